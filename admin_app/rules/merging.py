"""Two records of one thing made one, and taken apart again (R-CUST-07)."""

from collections.abc import Set
from datetime import datetime

from ..permissions import Role
from ..texts import say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-CUST-07", "重复记录由登记簿指定的岗位合并。")
def may_merge(roles: Set[Role], declared: Set[Role]) -> Verdict:
    """Whether someone with *roles* makes one of two; *declared*: whose it is. Refused "role"."""
    if roles & declared:
        return ALLOWED
    whose = several(role.title for role in Role if role in declared)
    return refuse("R-CUST-07", "role", say("合并由{roles}办理", roles=whose))


@rule("R-CUST-07", "合并的是同一登记簿在用的两条记录。")
def are_two(kept: int, gone: int, void: bool) -> Verdict:
    """Refused "same_record", or "wrong_state" where one of them is *void*, as what was merged before is."""
    if kept == gone:
        return refuse("R-CUST-07", "same_record", say("请另选一条记录"))
    if void:
        return refuse("R-CUST-07", "wrong_state", say("已作废或已合并的记录不能再合并"))
    return ALLOWED


@rule("R-CUST-07", "页面打开后改动过的，重新核对再合并。")
def are_as_seen(seen: tuple[int, int], now: tuple[int, int]) -> Verdict:
    """*seen*, *now*: versions of both as the page showed them and as they are; refused "changed"."""
    return ALLOWED if seen == now else refuse("R-CUST-07", "changed", say("内容已变更，请重新核对后再合并"))


@rule("R-CUST-07", "有人正在改动关联记录的，稍后再合并。")
def is_quiet(quiet: bool) -> Verdict:
    """Whether nobody is writing what hangs on either record; refused "changed"."""
    return ALLOWED if quiet else refuse("R-CUST-07", "changed", say("关联记录正在由他人改动，请稍后再办"))


@rule("R-CUST-07", "没有妨碍时可以撤销合并：两条记录仍是合并后的状态，后来的合并先撤销。")
def may_undo(undone: datetime | None, kept_void: bool, gone_void: bool, merged_on: bool) -> Verdict:
    """Whether a merge may be undone; *merged_on*: the kept record went up in a third. Refused "wrong_state"."""
    if undone is not None:
        return refuse("R-CUST-07", "wrong_state", say("这次合并已经撤销"))
    if merged_on:
        return refuse("R-CUST-07", "wrong_state", say("保留的记录后来又并入别的记录，请先撤销那一次"))
    if kept_void or not gone_void:
        return refuse("R-CUST-07", "wrong_state", say("合并后记录已另行作废或恢复，不能撤销"))
    return ALLOWED


@rule("R-CUST-07", "已并入别的记录的，只能撤销合并，不能直接恢复。")
def is_no_merged(merged: bool) -> Verdict:
    return refuse("R-CUST-07", "wrong_state", say("已并入别的记录，请在原页面撤销合并")) if merged else ALLOWED
