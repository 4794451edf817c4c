"""All that is found of a month, by person: faults in a fixed order, ratings, how many contacts are missing in all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...rules.scoring import FULL_MARKS, Kind, Part, rating_shares
from ...texts import Text, say, several
from .contacts import missing_contacts
from .information import information_faults
from .late_files import late_files
from .outings import outing_faults
from .patrols import patrol_faults
from .period import Fault, Period
from .ratings import Rating, ratings_of


@dataclass
class Findings:
    """What is found of one person's month."""

    faults: list[Fault] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    contacts_missing: int = 0
    late_files: list[Fault] = field(default_factory=list)

    @property
    def summary(self) -> Text:
        """The month in a sentence."""
        information = sum(fault.points for fault in self.faults if fault.part is Part.INFORMATION)
        information -= sum(fault.points for fault in self.late_files)
        outings = sum(fault.points for fault in self.faults if fault.part is Part.OUTINGS)
        counts = (
            say("登记问题 {n} 处", n=information), say("缺追访 {n} 次", n=self.contacts_missing),
            say("内部评分 {n} 份", n=len(self.ratings)), say("外出登记问题 {n} 处", n=outings),
        )  # fmt: skip
        files = (say("客户档案迟交 {n} 份", n=len(self.late_files)),) if self.late_files else ()
        return say("{counts}", counts=several((*counts, *files)))


def find(period: Period, moving_up: int) -> Mapping[int, Findings]:
    """Person -> what is found; *moving_up*: how many contacts may take the place of waived ones."""
    found = {person: Findings() for person in sorted(period.people)}
    for fault in (*information_faults(period), *patrol_faults(period), *outing_faults(period)):
        found[fault.person].faults.append(fault)
    for fault, of_all in missing_contacts(period, FULL_MARKS[Part.FOLLOW_UP] + moving_up):
        found[fault.person].faults.append(fault)
        found[fault.person].contacts_missing = of_all
    for fault in late_files(period):
        found[fault.person].faults.append(fault)
        found[fault.person].late_files.append(fault)
    for person, ratings in ratings_of(period).items():
        found[person].ratings = ratings
        found[person].faults += rating_faults(person, ratings)
    for one in found.values():
        one.faults.sort(key=_order)
    return found


def _order(fault: Fault) -> tuple[object, ...]:
    """The same from the same records, whatever the database hands out first."""
    return fault.part, -fault.points, fault.noted_on, fault.table, fault.record, fault.kind


def rating_faults(person: int, ratings: list[Rating]) -> Iterator[Fault]:
    """What each rating takes off; a colleague's name is never in it."""
    for rating, share in zip(ratings, rating_shares([one.total for one in ratings]), strict=True):
        if share:
            why = say("评分合计 {total} 分", total=f"{rating.total:.1f}")
            about = Part.INTERNAL_SERVICE, Kind.OTHER, share, "internal_rating", rating.record, rating.rated_on
            yield Fault(person, *about, why)
