"""Lists kept under a name: how they may be called, with whom shared, who changes and drops them (R-LIST-01)."""

from collections.abc import Collection, Set

from ..permissions import Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .powers import may_administer

LONGEST_NAME = 40
LONGEST_QUERY = 2000


@rule("R-LIST-01", "视图要有名称，最长四十字；条件过多的存不下。")
def may_be_kept(name: str, query: str) -> Verdict:
    """Whether a list whose address says *query* may be kept as *name*; refused "incomplete", "too_long"."""
    if not name:
        return refuse("R-LIST-01", "incomplete", say("请填写视图名称"))
    if len(name) > LONGEST_NAME:
        return refuse("R-LIST-01", "too_long", say("视图名称最多 {n} 字", n=LONGEST_NAME))
    if len(query) > LONGEST_QUERY:
        return refuse("R-LIST-01", "too_long", say("条件太多，存不下，请减少一些"))
    return ALLOWED


@rule("R-LIST-01", "视图可以只自己用，也可以给一个能看这个登记表的岗位共用。")
def may_share(role: Role | None, readers: Collection[Role]) -> Verdict:
    """Whether a list may be shared with *role* (None: kept for oneself); *readers*: who sees the register; refused "no_right"."""
    if role is None or role in readers:
        return ALLOWED
    return refuse("R-LIST-01", "no_right", say("这个岗位看不到这个登记表，不能共用"))


@rule("R-LIST-01", "同一个登记表，一个人的视图不重名。")
def may_be_called(name: str, taken: Collection[str]) -> Verdict:
    """Whether a list may be called *name* beside one's others, called *taken*; refused "taken"."""
    if name not in taken:
        return ALLOWED
    return refuse("R-LIST-01", "taken", say("您已有同名的视图"))


@rule("R-LIST-01", "视图由存的人更改。")
def may_change_kept(owner: int, by: int) -> Verdict:
    """Whether employee *by* may change what *owner* kept; refused "no_right"."""
    if owner == by:
        return ALLOWED
    return refuse("R-LIST-01", "no_right", say("只有存这个视图的人可以更改"))


@rule("R-LIST-01", "视图由存的人删除；共用的，系统管理员也可以删除。")
def may_drop_kept(owner: int, shared: bool, by: int, roles: Set[Role]) -> Verdict:
    """Whether employee *by*, who holds *roles*, may drop what *owner* kept; refused "no_right"."""
    if owner == by or (shared and may_administer(roles)):
        return ALLOWED
    return refuse("R-LIST-01", "no_right", say("只有存这个视图的人可以删除"))
