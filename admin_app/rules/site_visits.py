"""Five visits of the designer to a site, and what each missing one takes off the project's commission (R-DISP-09)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .book import rule

#: those that must be among them: briefing, carpentry base done, before the interim payment
REQUIRED = ("briefing", "carpentry", "before_interim")


@dataclass(frozen=True, slots=True)
class Visits:
    """How many visits count of how many due, the stages required and not recorded, the percentage taken off."""

    counted: int
    due: int
    missing_stages: tuple[str, ...]
    percent_off: int

    @property
    def missing(self) -> int:
        return self.due - self.counted


@rule(
    "R-DISP-09",
    "五次下场（公司可改）中每缺一次，扣该项目提成的百分之十（公司可改）；交底、木工基础完活、中期款前须各有一次。",
)
def visits_of(stages: Iterable[str | None], due: int, percent: int) -> Visits:
    """*stages*: of each visit recorded, None where its stage isn't known (a line of the station book).

    A required stage not recorded is missing however many others there are; its second visit counts among the others.
    """
    seen = Counter(stages)
    made = tuple(stage for stage in REQUIRED if seen[stage])
    others = min(seen.total() - len(made), due - len(REQUIRED))
    counted = len(made) + others
    missing = tuple(stage for stage in REQUIRED if stage not in made)
    return Visits(counted, due, missing, min(100, (due - counted) * percent))
