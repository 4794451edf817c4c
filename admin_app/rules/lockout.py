"""How failed sign-ins lock an account and slow an address (R-SIGN-01).

The same for names that don't exist: nothing here asks whether there is an account.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .figures import LOCK_FAILURES, LOCK_MINUTES
from .moments import instant

#: failures from one address that are forgiven, and those under one name unless the company takes fewer
FAILURES = LOCK_FAILURES.default
WINDOW = timedelta(minutes=15)
MOST_DOUBLINGS = 4  # of a second: 16 at most


@dataclass(frozen=True, slots=True)
class Lock:
    """After how many failures within the window a name is locked, and for how long."""

    failures: int = LOCK_FAILURES.default
    lasts: timedelta = timedelta(minutes=LOCK_MINUTES.default)


USUAL = Lock()


def locked_until(failures: Iterable[datetime], now: datetime, lock: Lock = USUAL) -> datetime | None:
    """Until when (UTC) the name is locked after *failures* since its last success; None when it isn't.

    Attempts during a lock don't count, or anybody could keep a colleague out for ever.
    """
    until: datetime | None = None
    recent: list[datetime] = []
    for failure in sorted(map(instant, failures)):
        if until is not None and failure < until:
            continue
        recent = [earlier for earlier in recent if failure - earlier <= WINDOW] + [failure]
        if len(recent) == lock.failures:
            until, recent = failure + lock.lasts, []
    return until if until is not None and instant(now) < until else None


@rule("R-SIGN-01", "十五分钟内输错五次，锁定十五分钟（公司可从严）；不存在的用户名同样处理。")
def may_try(failures: Iterable[datetime], now: datetime, lock: Lock = USUAL) -> Verdict:
    """Whether a sign-in under this name may be tried; refused "locked", the same for names unknown."""
    until = locked_until(failures, now, lock)
    if until is None:
        return ALLOWED
    minutes = -((instant(now) - until) // timedelta(minutes=1))
    return refuse("R-SIGN-01", "locked", say("尝试次数过多，请 {minutes} 分钟后再试", minutes=minutes))


def pause(failures: int) -> timedelta:
    """How long to wait after *failures* from one address in the window: not for four, then doubling."""
    if failures < FAILURES:
        return timedelta(0)
    return timedelta(seconds=2 ** min(failures - FAILURES, MOST_DOUBLINGS))


def slowed_until(failures: Collection[datetime], now: datetime) -> datetime | None:
    """Until when (UTC) an address waits after its *failures* in the window; None when it need not."""
    if not (wait := pause(len(failures))):
        return None
    until = max(map(instant, failures)) + wait
    return until if instant(now) < until else None


@rule("R-SIGN-01", "同一地址失败越多，下一次要等得越久。")
def may_try_from(failures: Collection[datetime], now: datetime) -> Verdict:
    """Whether an address may try again; refused "too_soon" at once, as waiting would hold up everybody else."""
    until = slowed_until(failures, now)
    if until is None:
        return ALLOWED
    seconds = -((instant(now) - until) // timedelta(seconds=1))
    return refuse("R-SIGN-01", "too_soon", say("尝试过于频繁，请 {seconds} 秒后再试", seconds=seconds))
