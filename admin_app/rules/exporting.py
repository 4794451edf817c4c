"""Exports in the background: which are, where one stands, and what its owner may do with it (R-CONF-12)."""

from datetime import datetime

from ..texts import Titled, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: rows beyond which nobody is made to wait for the answer
BACKGROUND_FROM = 20_000
#: so many of one person may wait or be made at a time
MOST_OPEN = 5


class Stage(Titled):
    """Where an export stands."""

    WAITING = "waiting", say("等待中")
    MAKING = "making", say("准备中")
    READY = "ready", say("可下载")
    FAILED = "failed", say("未完成")
    INTERRUPTED = "interrupted", say("已中断")
    CANCELLED = "cancelled", say("已取消")
    EXPIRED = "expired", say("已过期")


#: not yet made
OPEN = (Stage.WAITING, Stage.MAKING)


def stage_at(kept: str, at_work: bool, expires_at: datetime | None, now: datetime) -> Stage:
    """Where an export stands at *now*, *at_work* whether somebody is making it: being left interrupts it and time expires it,
    whether or not anybody has come by to note it."""
    stage = Stage(kept)
    if stage is Stage.MAKING and not at_work:
        return Stage.INTERRUPTED
    if stage is Stage.READY and (expires_at is None or now >= expires_at):
        return Stage.EXPIRED
    return stage


@rule("R-CONF-12", "后台导出的文件只在有效期内、由本人下载；导出后权限有变，须重新生成。")
def may_fetch(stage: Stage, same_powers: bool) -> Verdict:
    """Whether the owner may download the file; refused "wrong_state" without one, "no_right" after a change of powers."""
    if stage is not Stage.READY:
        return refuse("R-CONF-12", "wrong_state", say("这份导出{state}，没有可下载的文件", state=stage.title))
    if not same_powers:
        return refuse("R-CONF-12", "no_right", say("导出之后您的权限有变，请重新生成"))
    return ALLOWED


@rule("R-CONF-12", "还没有完成的后台导出可由本人取消。")
def may_cancel(stage: Stage) -> Verdict:
    """Whether the owner may cancel it; refused "wrong_state" once it is over."""
    return (
        ALLOWED
        if stage in OPEN
        else refuse("R-CONF-12", "wrong_state", say("这份导出{state}，不用取消", state=stage.title))
    )


@rule("R-CONF-12", "已结束的后台导出可重新生成，权限和用途按当时重新核对。")
def may_make_anew(stage: Stage) -> Verdict:
    """Whether the same may be asked again; refused "wrong_state" while the first is under way."""
    return refuse("R-CONF-12", "wrong_state", say("这份导出还在准备")) if stage in OPEN else ALLOWED


@rule("R-CONF-12", "每人同时等待或准备中的后台导出不超过 5 份。")
def may_ask(open_ones: int) -> Verdict:
    """Whether a person who has *open_ones* under way may ask for one more; refused "full"."""
    if open_ones < MOST_OPEN:
        return ALLOWED
    return refuse("R-CONF-12", "full", say("您已有 {n} 份导出在准备，请等完成或取消后再导出", n=open_ones))
