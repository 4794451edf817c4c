"""The visitors' book that hangs at the site."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Day, LongText, Moment, ShortText, YesNo, choice, field, link, person
from ...grants.construction import (
    designers_write,
    works_designed,
    works_headed,
    works_inspected,
    works_looked_up,
    works_of_store,
    works_run,
)
from ...models import Register


class SiteStationLog(
    Register,
    title="工地工作站登记",
    key="logged_at site_id name",
    list="logged_at site_id name identity visitor_id stage rectify_by counted",
    level=1,
    scope="store department owner",
    grants=works_run
    | works_inspected
    | works_looked_up
    | works_designed
    | designers_write
    | works_of_store
    | works_headed,
    parties="site_id project_manager_id designer_id inspector_id logged_at left_at visitor_id name identity stage "
    "problems message rectify_by rectified_on counted",
):
    """One line in the book; five visits of designer and of project manager are counted here (R-DISP-09, R-CONS-03). 002 轻舟."""

    due = "rectify_by until rectified_on by project_manager_id"

    __table_args__ = (in_order("logged_at", "left_at"),)

    site_id: Mapped[int] = link(
        "工地",
        also="客户 客户姓名 工程 工地名称 工地编号",
        to="project_site",
        belongs=True,
        filter=True,
        section="登记",
        place="002 轻舟 设计师8",
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 设计师8"
    )
    designer_id: Mapped[int | None] = person(
        "设计师", inherited=True, party=True, filter=True, place="002 轻舟 设计师8"
    )
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", inherited=True, party=True, filter=True, place="002 轻舟 设计师8"
    )
    logged_at: Mapped[Moment] = field(
        "到场时间", also="日期 登记日期", filter=True, today=True, place="002 轻舟 设计师8"
    )
    left_at: Mapped[Moment | None] = field("离场时间", place="+")
    visitor_id: Mapped[int | None] = person("到场员工", party=True, filter=True, place="002 轻舟 设计师8")
    name: Mapped[ShortText] = field("登记人", also="人员 姓名", search=True, place="002 轻舟 设计师8")
    identity: Mapped[Code] = choice("身份", codes="site_visitor_kind", filter=True, place="002 轻舟 项目经理4")
    stage: Mapped[Code | None] = choice(
        "施工阶段", also="阶段", codes="site_stage", filter=True, place="002 轻舟 设计师8"
    )
    problems: Mapped[LongText | None] = field("发现的问题", also="问题", place="002 轻舟 设计师8")
    message: Mapped[LongText | None] = field("留言", also="留言记录", place="002 轻舟 项目经理4")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="+")
    rectified_on: Mapped[Day | None] = field("整改完成日期", filter=True, place="+")
    counted: Mapped[YesNo | None] = field("计入次数", computed=True, filter=True, place="002 轻舟 设计师8")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
