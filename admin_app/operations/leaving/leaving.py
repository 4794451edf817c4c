"""Seeing somebody off in one step: work handed over, roles, stand-ins and account ended, all or nothing (R-CUST-09)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.packed import unpacked
from ...guard.rights import rights_of
from ...guard.session import acting, elevated, state_of
from ...models import Register, register_named
from ...permissions import Level, Person
from ...rules.disclosures import Fact, disclose
from ...rules.leaving import has_returned, is_somebody_elses, may_leave_on, may_see_off, may_succeed
from ...texts import Text, say, several
from ...verdicts import Refused, refuse, require
from .. import power_requests, stand_ins
from ..accounts import account_of, close
from ..archives.departures import numbers_out, places_above, places_of
from ..archives.requests import withdraw_all
from ..archives.reservations import leave_queues
from ..archives.upkeep import keep_up
from ..people import load_person
from ..powers import clearance_of, roles_of, set_powers
from ..powers_kept import hold_powers
from ..staff import staff_on
from ..today import local_day
from .duties import may_know
from .handing_over import Handed, NotTaken, Successors, hand_over, handed_in
from .receipts import is_seen_off


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Who takes over, by employee id: *first* everything, *second* what the first may not have, *instead* by table."""

    first: int
    last_day: date
    second: int | None = None
    instead: Mapping[str, int] = field(default_factory=dict)

    def ids(self) -> set[int]:
        return {id_ for id_ in (self.first, self.second, *self.instead.values()) if id_ is not None}


def leave(session: Session, employee: Register, plan: Plan, now: datetime) -> None:
    """Hand over all that *employee* has charge of and end what they may do; raises Refused, and then nothing is done.

    Codes: role, own_request, same_person, wrong_state, time_order, on_loan, level, last_holder.
    """
    by, today = acting(session), local_day(session, now)
    require(may_see_off(by.roles))
    require(is_somebody_elses(by.id, by.roles, employee.id, plan.ids()))
    require(may_leave_on(plan.last_day, today, employee.joined_on, is_seen_off(session, employee)))
    hold_powers(session)
    successors = _successors(session, employee.id, plan, today)
    held = {"roles": [role.value for role in sorted(roles_of(employee))], "clearance": int(clearance_of(employee))}
    leaver, before = _person_of(session, employee), len(state_of(session).trail)
    with elevated(session) as beneath:
        require(has_returned(numbers_out(beneath, employee.id)))
        theirs = beneath.get_one(register_named("employee"), employee.id, with_for_update=True)
        _end_powers(beneath, theirs, plan.last_day, now)
        _hand_over(beneath, by, leaver, successors)
    handed = handed_in(list(unpacked(state_of(session).trail[before:])), employee.id)
    trail.note(session, "left", employee, last_day=plan.last_day.isoformat(), handed=_as_rows(handed), held=held)
    keep_up(session, now)


def _successors(session: Session, leaver: int, plan: Plan, today: date) -> Successors:
    """The people of *plan* with the rights they hold now; raises Refused for one who can't take over."""
    here = staff_on(session, today).people
    for id_ in sorted(plan.ids()):
        require(may_succeed(leaver, id_, id_ in here))
    people = {id_: _person(session, id_) for id_ in plan.ids()}
    return Successors(
        people[plan.first], people[plan.second] if plan.second else None,
        {table: people[id_] for table, id_ in plan.instead.items()},
    )  # fmt: skip


def _person(session: Session, employee_id: int) -> Person:
    person = load_person(session, employee_id)
    if person is None:
        raise LookupError(f"employee {employee_id} is no longer here")
    return person


def _person_of(session: Session, employee: Register) -> Person:
    """Who leaves, with the rights they held; by roles, since whose day was typed before may be nobody already."""
    roles, clearance = roles_of(employee), clearance_of(employee)
    return Person(
        employee.id,
        "",
        employee.name,
        roles,
        clearance,
        employee.store_id,
        employee.department_id,
        rights_of(session, roles),
    )


def _end_powers(session: Session, leaver: Any, last_day: date, now: datetime) -> None:
    """Roles, clearance, account, requests and stand-ins end; raises Refused "last_holder" (R-ROLE-02, R-SIGN-02)."""
    leave_queues(session, leaver.id, now)  # first: it locks items, which issue and return lock before requests
    withdraw_all(session, leaver.id)
    power_requests.drop_all(session, leaver)
    stand_ins.end_all(session, leaver.id, now)
    leaver.left_on = last_day
    session.flush()
    set_powers(session, leaver, frozenset(), Level.OPEN)
    if account := account_of(session, leaver.id):
        close(session, account)
    session.expunge_all()


def _hand_over(session: Session, by: Person, leaver: Person, successors: Successors) -> None:
    places = places_of(session, leaver.id)
    refused = hand_over(session, leaver, successors)
    unfit = places_above(session, places, successors.everybody())
    refused.update((register_named("archive_place").__tablename__, level) for level in unfit)
    if refused:
        raise Refused(refuse("R-CONF-02", "level", _told(by, refused)))


def _told(by: Person, refused: NotTaken) -> Text:
    """Which registers need another successor, as far as *by* may know of them; else that there are some (R-CONF-15)."""
    known = [
        (register_named(table), level, number)
        for (table, level), number in sorted(refused.items())
        if may_know(by, register_named(table), level)
    ]
    if not known:
        return disclose(Fact.MORE_THAN_SUCCESSOR_MAY)
    records = several(
        say("{register}（{level}）{n} 条", register=register.declaration.title, level=Level(level).label, n=number)
        for register, level, number in known
    )
    return say("{fact}：{records}", fact=disclose(Fact.MORE_THAN_SUCCESSOR_MAY), records=records)


def _as_rows(handed: Handed) -> list[list[Any]]:
    """Counts only: table, field, level, successor, number."""
    return [[*key, number] for key, number in sorted(handed.items())]
