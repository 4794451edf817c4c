"""The company's list of job titles and their roles, and giving somebody what goes with theirs (R-ROLE-01, R-ROLE-02)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..guard.session import acting
from ..guard.settings import setting
from ..guard.stamped import hold
from ..models import Register
from ..permissions import Level, Role
from ..rules.powers import Power, ladder_of, may_administer
from ..rules.titles import Titles, may_be_title, roles_of_title, shipped
from ..verdicts import require
from . import power_requests, powers
from .settings import put
from .today import local_day

#: the setting's name
TITLES = "titles"


def titles(session: Session, now: datetime) -> Titles:
    """Title -> roles, as the list stands today."""
    kept = setting(session, TITLES, local_day(session, now))
    if kept is None:
        return shipped()
    return {title: [Role(role) for role in roles] for title, roles in kept.items()}


def add(session: Session, title: str, role: Role, now: datetime) -> None:
    """Let *role* go with *title* from today on, as admin; raises Refused: role, incomplete."""
    require(may_administer(acting(session).roles))
    title = "".join(title.split())
    require(may_be_title(title))
    hold(session, "settings")
    held = titles(session, now)
    _keep(session, {**held, title: list(dict.fromkeys([*held.get(title, ()), role]))}, now)


def remove(session: Session, title: str, role: Role, now: datetime) -> None:
    """Let *role* go with *title* no longer; a title without any role leaves the list. Raises Refused: role."""
    require(may_administer(acting(session).roles))
    hold(session, "settings")
    held = titles(session, now)
    _keep(session, {**held, title: [one for one in held.get(title, ()) if one is not role]}, now)


def _keep(session: Session, wanted: Titles, now: datetime) -> None:
    put(session, TITLES, {title: [role.value for role in roles] for title, roles in wanted.items() if roles}, now)


@dataclass(frozen=True)
class Lacking:
    """What goes with somebody's post and they lack: given by admin at once, or to be granted by others."""

    roles: tuple[Role, ...]
    at_once: tuple[Role, ...]
    asked: tuple[Power, ...]


def lacking(session: Session, employee: Register, now: datetime) -> Lacking:
    """What *employee* would need for their post; what is held already, or asked for, isn't among it."""
    roles = roles_of_title(employee.post or "", titles(session, now))
    held, oneself = powers.roles_of(employee), acting(session).id == employee.id
    waiting = {
        power_requests.power_of(one)
        for one in power_requests.about(session, employee.id)
        if one.state == power_requests.WAITING
    }
    wanted = [role for role in roles if role not in held and role not in waiting]
    level = max((role.clearance for role in roles), default=Level.OPEN)
    asks_level = level > powers.clearance_of(employee) and not any(isinstance(one, Level) for one in waiting)
    return Lacking(
        roles,
        tuple(role for role in wanted if not ladder_of(role, oneself)),
        (*(role for role in wanted if ladder_of(role, oneself)), *([level] if asks_level else [])),
    )


def supply(session: Session, employee: Register, reason: str, now: datetime) -> Lacking:
    """Give at once what admin gives, and ask for the rest; what it was. Raises Refused: role, incompatible, no_reason."""
    lack = lacking(session, employee, now)
    for role in lack.at_once:
        powers.give(session, employee, role, now)
    for power in lack.asked:
        power_requests.ask(session, employee, power, reason, now)
    return lack
