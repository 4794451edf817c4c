"""How long a file is kept, and what stands in the way of destroying it: every obstacle at once (R-ARCH-07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .disclosures import Fact, disclose

#: the manual's; a type may say longer, never less
TEN_YEARS = 10


@rule("R-ARCH-07", "案卷自结案之日起保管十年，类型规定更长的从其规定。")
def kept_until(closed_on: date, years: int) -> date:
    """The last day on which a file closed on *closed_on* is kept; *years*: what its type says."""
    year = closed_on.year + max(years, TEN_YEARS)
    try:
        return closed_on.replace(year=year)
    except ValueError:  # closed on a 29 February: a day more rather than one too few
        return date(year, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file as its destruction sees it on *today*.

    ``kept_until``: None while it isn't closed. ``out``: how many of its papers are on loan or being read. ``listed_in``:
    the number of another open list that it stands in.
    """

    today: date
    kept_until: date | None
    destroyed: bool = False
    void: bool = False
    out: int = 0
    disputed: bool = False
    held: bool = False
    listed_in: str | None = None


@rule("R-ARCH-07 R-LIST-03", "已销毁或已作废的案卷不再列入销毁清单。")
def is_there(file: Kept) -> Verdict:
    if file.destroyed:
        return refuse("R-ARCH-07", "destroyed", say("已销毁"))
    return refuse("R-LIST-03", "wrong_state", say("已作废")) if file.void else ALLOWED


@rule("R-ARCH-07", "保管期满的次日起才能列入销毁清单。")
def is_expired(file: Kept) -> Verdict:
    if file.kept_until is None:
        return refuse("R-ARCH-07", "retained", say("尚未结案"))
    if file.today > file.kept_until:
        return ALLOWED
    reason = say("保管期未满，还差 {n} 个月", n=months_left(file.today, file.kept_until))
    return refuse("R-ARCH-07", "retained", reason)


def months_left(today: date, until: date) -> int:
    """The months begun from *today* to *until*, one at least."""
    months = (until.year - today.year) * 12 + until.month - today.month
    return max(1, months + (until.day > today.day))


@rule("R-ARCH-07", "有文件在外的案卷不得列入销毁清单。")
def is_all_in(file: Kept) -> Verdict:
    return refuse("R-ARCH-07", "on_loan", say("有 {n} 件文件在外", n=file.out)) if file.out else ALLOWED


@rule("R-ARCH-07", "客户有未了结投诉的案卷不得列入销毁清单。")
def is_undisputed(file: Kept) -> Verdict:
    return refuse("R-ARCH-07", "disputed", disclose(Fact.UNDER_COMPLAINT)) if file.disputed else ALLOWED


@rule("R-ARCH-07", "封存的案卷不得列入销毁清单。")
def is_not_held(file: Kept) -> Verdict:
    return refuse("R-ARCH-07", "held", say("已封存")) if file.held else ALLOWED


@rule("R-ARCH-07", "一个案卷同时只在一张销毁清单上。")
def is_in_no_other_list(file: Kept) -> Verdict:
    if file.listed_in is None:
        return ALLOWED
    return refuse("R-ARCH-07", "listed", say("已列入销毁清单 {number}", number=file.listed_in))


#: in the order in which the worklist shows them
CHECKS: tuple[Callable[[Kept], Verdict], ...] = (
    is_there, is_expired, is_all_in, is_undisputed, is_not_held, is_in_no_other_list,
)  # fmt: skip


def obstacles(file: Kept) -> tuple[Verdict, ...]:
    """Every refusal that stands in the way of destroying *file*; empty when it may be listed."""
    return tuple(verdict for check in CHECKS if not (verdict := check(file)))
