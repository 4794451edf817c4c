"""The points of a customer manager's month: four parts, 100 in all (R-SCOR-01, R-SCOR-05). Points are exact decimals."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType

from ..texts import Titled, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

_TENTH = Decimal("0.1")
_HALF = Decimal("0.5")


class Part(Titled):
    """The parts of a sheet; their names are its fields and the codes of score_part."""

    INFORMATION = "information", say("信息管理")
    FOLLOW_UP = "follow_up", say("顾客追访")
    INTERNAL_SERVICE = "internal_service", say("内部服务")
    OUTINGS = "outings", say("外出登记")


class Kind(StrEnum):
    """What points come off for: the codes of score_fault."""

    INCOMPLETE = "incomplete"
    FORM = "form"
    LATE = "late"
    UNTRUE = "untrue"
    MISSING_CONTACT = "missing_contact"
    OUTING_MISSING = "outing_missing"
    OUTING_INACCURATE = "outing_inaccurate"
    OUTING_LATE = "outing_late"
    OTHER = "other"


FULL_MARKS: Mapping[Part, int] = MappingProxyType(
    {Part.INFORMATION: 30, Part.FOLLOW_UP: 30, Part.INTERNAL_SERVICE: 20, Part.OUTINGS: 20}
)
#: what a reviewer may add by hand, and to which part it counts; contacts are counted, and ratings are their authors'
BY_HAND: Mapping[Kind, Part] = MappingProxyType(
    {kind: Part.INFORMATION for kind in (Kind.FORM, Kind.INCOMPLETE, Kind.LATE, Kind.UNTRUE)}
    | {kind: Part.OUTINGS for kind in (Kind.OUTING_MISSING, Kind.OUTING_INACCURATE, Kind.OUTING_LATE)}
)


@rule("R-SCOR-01", "每一项最多扣到零分；扣满以后的问题不再扣分。")
def points_taken(points: Iterable[Decimal], part: Part) -> list[Decimal]:
    """How much of each fault comes off, in their order: all of it until the part is used up, then nothing."""
    left, taken = Decimal(FULL_MARKS[part]), []
    for one in points:
        taken.append(min(one, left))
        left -= taken[-1]
    return taken


@rule("R-SCOR-01", "内部服务由同事按四项评分，每项零至五分，可打半分。")
def is_rating(criteria: Iterable[Decimal | None]) -> Verdict:
    """Whether the criteria of a rating are of 0 to 5 in half points; refused "out_of_range"."""
    if all(one is not None and 0 <= one <= 5 and one % _HALF == 0 for one in criteria):
        return ALLOWED
    return refuse("R-SCOR-01", "out_of_range", say("每项评分为 0 至 5 分，可打半分"))


@rule("R-SCOR-01", "内部服务得分为各人评分合计的平均数，保留一位小数，四舍五入；无人评分的不计。")
def mean_rating(totals: Sequence[Decimal]) -> Decimal | None:
    """The mean of the ratings' totals (0 to 20) to one decimal, half up; None where nobody rated."""
    if not totals:
        return None
    return (sum(totals, Decimal(0)) / len(totals)).quantize(_TENTH, ROUND_HALF_UP)


@rule("R-SCOR-02", "内部服务所扣的分，按各份评分少给的分数分摊到每份评分。")
def rating_shares(totals: Sequence[Decimal]) -> list[Decimal]:
    """What each rating takes off, in tenths; they add up to full marks less the mean.

    Shares are rounded down, the tenths left over go to the largest fractions, then by order.
    """
    mean, full = mean_rating(totals), FULL_MARKS[Part.INTERNAL_SERVICE]
    lacking = sum((full - one for one in totals), Decimal(0))
    if mean is None or not lacking:
        return [Decimal(0) for _one in totals]
    tenths = (full - mean) / _TENTH
    exact = [tenths * (full - one) / lacking for one in totals]
    shares = [int(one) for one in exact]
    by_fraction = sorted(range(len(exact)), key=lambda n: (shares[n] - exact[n], n))
    for n in by_fraction[: int(tenths) - sum(shares)]:
        shares[n] += 1
    return [share * _TENTH for share in shares]


@rule("R-SCOR-01", "总分为各项之和，满分一百；无人评分的，内部服务不计，满分八十。")
def total_of(parts: Mapping[Part, Decimal | None]) -> tuple[Decimal, int]:
    """The total and what it is out of; a part without points (None) is left out of both."""
    scored = {part: points for part, points in parts.items() if points is not None}
    return sum(scored.values(), Decimal(0)), sum(FULL_MARKS[part] for part in scored)


@rule("R-SCOR-01", "满分一百的按总分排名，同分同名次；满分八十的不排名。")
def ranks(totals: Mapping[int, tuple[Decimal, int]]) -> dict[int, int | None]:
    """Person -> place, of person -> (total, full marks); whoever is out of less than 100 has none."""
    whole = sum(FULL_MARKS.values())
    ranked = [total for total, full in totals.values() if full == whole]
    return {
        person: 1 + sum(other > total for other in ranked) if full == whole else None
        for person, (total, full) in totals.items()
    }
