"""Who may sign a step: those whose step it is, or whoever stands for them (R-ROLE-03, R-ROLE-04)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..permissions import Person, Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .ladders import Step


@dataclass(frozen=True, slots=True)
class Department:
    """A department with its head and the department above it, None at the top or while nobody heads it."""

    id: int
    head: int | None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who signs for an absent person, from *first* to *last*, both days included."""

    absent: int
    person: int
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Staff:
    """The company today: people who can sign in, departments by id, stand-ins named."""

    people: Mapping[int, Person]
    departments: Mapping[int, Department]
    stand_ins: tuple[StandIn, ...]
    today: date

    def heads_from(self, department_id: int | None) -> Iterator[int]:
        """The heads of the department and of those above it, nearest first."""
        passed: set[int] = set()
        while (department := self.departments.get(department_id)) and department.id not in passed:
            passed.add(department.id)  # two departments put above each other would never end
            if department.head in self.people:
                yield department.head
            department_id = department.parent

    def stand_ins_of(self, person: int) -> tuple[int, ...]:
        """Who stands in for *person* today; not for whom *person* stands in: delegation doesn't pass on."""
        return tuple(
            named.person
            for named in self.stand_ins
            if named.absent == person and named.covers(self.today) and named.person in self.people
        )


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who may sign, and for whom, when it isn't for themselves."""

    person: int
    stands_for: int | None = None


def holders(step: Step, department_id: int | None, staff: Staff) -> tuple[int, ...]:
    """Whose step it is: everyone with its role, or the head of the applicant's department."""
    if step.roles:
        return tuple(person.id for person in staff.people.values() if person.roles & step.roles)
    return tuple(staff.heads_from(department_id))[:1]


@rule(
    "R-ROLE-03 R-ROLE-04",
    "本人的步骤由最近的上级负责人办理，没有时由具有该步骤密级的代理人办理；代理不得转托，也不得批自己提出的。",
)
def who_may_sign(step: Step, department_id: int | None, barred: frozenset[int], staff: Staff) -> tuple[Signer, ...]:
    """Everyone who may sign *step* of a request from *department_id*; empty when nobody is left.

    *barred*: those it concerns and those who signed another step of it. Whoever signs in another's stead, the
    head above included, needs the step's clearance.
    """
    own = holders(step, department_id, staff)
    free = [person for person in own if person not in barred]
    if not free and step.escalates:
        free = [head for person in own if (head := _nearest_head(person, step, barred, staff)) is not None]
    signers = {person: Signer(person) for person in free}
    for stand_in in _standing_in(free or own, step, barred, staff):
        signers.setdefault(stand_in.person, stand_in)
    return tuple(signers.values())


def _nearest_head(person: int, step: Step, barred: frozenset[int], staff: Staff) -> int | None:
    heads = staff.heads_from(staff.people[person].department_id)
    return next((head for head in heads if head != person and _may_replace(head, step, barred, staff)), None)


def _standing_in(persons: Iterable[int], step: Step, barred: frozenset[int], staff: Staff) -> Iterator[Signer]:
    for person in persons:
        for stand_in in staff.stand_ins_of(person):
            if _may_replace(stand_in, step, barred, staff):
                yield Signer(stand_in, stands_for=person)


def _may_replace(person: int, step: Step, barred: frozenset[int], staff: Staff) -> bool:
    return person not in barred and staff.people[person].clearance >= step.clearance


@rule("R-ROLE-03", "代理人由本人或总经理指定，写明起止日期。")
def may_name_stand_in(named: StandIn, by: Person) -> Verdict:
    """Whether *by* may name this stand-in: for themselves, or as general manager."""
    if by.id != named.absent and Role.GENERAL_MANAGER not in by.roles:
        return refuse("R-ROLE-03", "role", say("代理人由本人或总经理指定"))
    if named.person == named.absent:
        return refuse("R-ROLE-03", "same_person", say("不能由本人代理本人"))
    if named.last < named.first:
        return refuse("R-ROLE-03", "time_order", say("结束日期不能早于开始日期"))
    return ALLOWED
