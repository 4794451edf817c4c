"""Job titles as aliases of roles: what a post is called in the manuals, and which roles go with it (R-ROLE-01)."""

from collections.abc import Mapping, Sequence

from ..permissions import Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: title -> the roles that usually go with it
Titles = Mapping[str, Sequence[Role]]

LONGEST = 30
#: shorter ones are found as they stand only: 财务主管 is no 主管 of the call centre
_FOUND_AT_THE_END = 3

#: role -> the titles by which the manuals call it, besides its own
_MANUALS = {
    Role.CLERK: "前台 录入员",
    Role.CUSTOMER_MANAGER: "招商经理 客户关系顾问 客户关系专员",
    Role.PROJECT_MANAGER: "工长 工地主管",
    Role.INSPECTOR: "监理",
    Role.STORE_MANAGER: "店面经理",
    Role.MARKETING_MANAGER: "市场部部长",
    Role.SERVICE_OFFICER: "售后 投诉 回访 维修",
    Role.CALL_SUPERVISOR: "座席组长 组长 主管",
    Role.SALES: "调查专员",
    Role.SALES_MANAGER: "区域经理 销售总监",
    Role.ARCHIVE_KEEPER: "信息管理专员",
    Role.SERVICE_MANAGER: "客户关系经理",
    Role.DIRECTOR: "客户总监 副总经理",
    Role.HR: "集团人力资源",
}


def shipped() -> Titles:
    """The titles of the manuals, until the company changes them."""
    titles: dict[str, list[Role]] = {}
    for role in Role:
        for title in (str(role.title), *_MANUALS.get(role, "").split()):
            titles.setdefault(title, []).append(role)
    return titles


@rule("R-ROLE-01", "岗位名称按对照表对应系统岗位：先找全名，再找最长的结尾；对应只是建议，不自动授权。")
def roles_of_title(post: str, titles: Titles) -> tuple[Role, ...]:
    """The roles that usually go with *post* (城东店客户经理 is a 客户经理); none where no title fits."""
    post = "".join(post.split())
    endings = [title for title in titles if len(title) >= _FOUND_AT_THE_END and post.endswith(title)]
    found = post if post in titles else max(endings, key=len, default="")
    return tuple(titles.get(found, ()))


@rule("R-ROLE-01", "岗位名称不能空白，最多三十个字。")
def may_be_title(title: str) -> Verdict:
    """Whether a title can stand in the list; refused "incomplete"."""
    if 0 < len(title) <= LONGEST:
        return ALLOWED
    return refuse("R-ROLE-01", "incomplete", say("请填写岗位名称，最多 {n} 个字", n=LONGEST))
