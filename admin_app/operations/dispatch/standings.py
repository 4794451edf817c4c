"""Designers as the rules of dispatch see them, loaded all at once: as many queries for forty as for one (R-DISP-03 … 07)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.codes import reading
from ...models import Register, register_named
from ...permissions import Role
from ...rules.dispatch import Standing, counts_from
from ...rules.figures import INCIDENT_DAYS, INCIDENTS, PLANS_UNSIGNED
from ..figures import value_on
from ..today import local_day
from . import conduct, tallies

#: kind of a suspension that is the end, once the general manager has signed it
STRUCK_OFF = "struck_off"


@dataclass(frozen=True)
class _Limits:
    """The company's figures on the day."""

    plans: int
    incidents: int
    days: int


@dataclass(frozen=True)
class _Stop:
    """What a designer's suspensions come to."""

    struck_off: bool = False
    suspended: bool = False
    until: date | None = None


def files_of_store(session: Session, store_id: int | None) -> Sequence[Register]:
    """The designers' files of one store, in use; none where there is no store."""
    designer = register_named("designer")
    asked = select(designer).where(designer.store_id == store_id, designer.voided_at.is_(None))
    return session.scalars(asked.order_by(designer.id)).all()


def standings(session: Session, files: Iterable[Register], now: datetime) -> dict[int, Standing]:
    """Employee id -> how each designer of *files* stands at *now*; *session* sees beneath the row rule."""
    files, today = list(files), local_day(session, now)
    people = {one.employee_id for one in files}
    limits = _Limits(*(value_on(session, figure, now) for figure in (PLANS_UNSIGNED, INCIDENTS, INCIDENT_DAYS)))
    stops, forgiven = _stops(session, people, now)
    seen = {
        "held": tallies.held(session, people, today),
        "last": tallies.last_orders(session, people),
        "plans": tallies.plans_unsigned(session, people, forgiven, limits.plans, today),
        "incidents": conduct.incidents(session, people, counts_from(today, limits.days), today),
        "roster": conduct.on_roster(session, people, today),
        "out": conduct.outings_now(session, people, now),
        "employee": _employees(session, people),
        "levels": {code: place for place, code in enumerate(reading(session).options("designer_level"))},
    }
    return {one.employee_id: _standing(one, seen, stops.get(one.employee_id, _Stop()), limits, today) for one in files}


def _standing(file: Any, seen: dict[str, Any], stop: _Stop, limits: _Limits, today: date) -> Standing:
    person = file.employee_id
    return Standing(
        designer=person, number=seen["employee"][person].number or f"{person:09}",
        level=seen["levels"].get(file.level_code, len(seen["levels"])), charges_fee=bool(file.charges_fee),
        material_target_met=bool(file.material_target_met), department_rank=file.department_rank,
        styles=frozenset(file.styles or ()), customer_types=frozenset(file.customer_types or ()),
        held=seen["held"][person], on_roster=person in seen["roster"], is_out=person in seen["out"],
        last_order_at=seen["last"].get(person), active=_is_active(seen["employee"][person], today),
        struck_off=stop.struck_off, suspended=stop.suspended, suspended_until=stop.until,
        plans_unsigned=seen["plans"].get(person, 0), incidents=tuple(seen["incidents"].get(person, ())),
        most_plans=limits.plans, most_incidents=limits.incidents, incident_days=limits.days,
    )  # fmt: skip


def _employees(session: Session, people: Collection[int]) -> dict[int, Any]:
    employee = register_named("employee")
    return {one.id: one for one in session.scalars(select(employee).where(employee.id.in_(people)))}


def _is_active(employee: Any, today: date) -> bool:
    """Whether somebody still works here as a designer."""
    here = employee.left_on is None or employee.left_on >= today
    return here and employee.voided_at is None and Role.DESIGNER in (employee.roles or ())


def _stops(session: Session, people: Collection[int], now: datetime) -> tuple[dict[int, _Stop], dict[int, date]]:
    """What holds of each one's suspensions, and the day on which their plans were last forgiven (R-DISP-06)."""
    found: dict[int, list[Any]] = {}
    forgiven: dict[int, date] = {}
    for one in tallies.suspensions(session, people, local_day(session, now)):
        if one.lifted_at is None or one.lifted_at > now or _is_final(one):
            found.setdefault(one.designer_id, []).append(one)
        elif one.kind == "no_signature":
            day = local_day(session, one.lifted_at)
            forgiven[one.designer_id] = max(day, forgiven.get(one.designer_id, day))
    return {person: _stop(rows, local_day(session, now)) for person, rows in found.items()}, forgiven


def _is_final(one: Any) -> bool:
    return one.kind == STRUCK_OFF and one.struck_off_by_id is not None


def _stop(rows: list[Any], today: date) -> _Stop:
    running = [one.until_on for one in rows if one.until_on is None or one.until_on >= today]
    ends = [until for until in running if until is not None]
    last = max(ends) if running and len(ends) == len(running) else None
    return _Stop(any(map(_is_final, rows)), bool(running), last)
