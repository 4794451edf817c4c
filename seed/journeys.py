"""A customer's way through the house, planned before anything is written, so that its dates come in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_app.permissions import Role
from admin_app.registers.organisation.employee import Employee

from .invented import Invention, local_day
from .people import Company

#: customer kind -> share of all, role of whoever looks after them
KINDS = {
    "decoration": (58, Role.CUSTOMER_MANAGER),
    "general": (5, Role.CUSTOMER_MANAGER),
    "owner": (13, Role.CUSTOMER_MANAGER),
    "car_buyer": (8, Role.SALES_ADVISER),
    "car_service": (5, Role.SERVICE_ADVISER),
    "key_account": (9, Role.SALES),
    "special": (2, Role.SALES),
}
GRADES = {"prospect": "C", "negotiating": "B", "signed": "A", "completed": "A", "lost": "D"}
#: days since the first visit, from which on -> shares of the statuses: nobody's home is finished within a month
STATUSES = {
    0: {"prospect": 55, "negotiating": 40, "lost": 5},
    50: {"prospect": 30, "negotiating": 18, "signed": 45, "lost": 7},
    165: {"prospect": 30, "negotiating": 4, "completed": 56, "lost": 10},
}
#: days from one step of a decoration to the next: agreement with deposit, contract, start, end of the works
_STEPS = {"agreed_at": (3, 8), "signed_at": (6, 16), "started_at": (5, 14), "finished_at": (75, 115)}
_REACHED = {"negotiating": 1, "signed": 3, "completed": 4}


#: days between two contacts with a customer of each grade (R-FOLL-01)
_CONTACT_EVERY = {"A": (4, 8), "B": (6, 11), "C": (9, 16), "D": (19, 30)}
_FORGOTTEN, _LET_GO, _GIVEN_UP = 0.03, 0.12, 0.3


@dataclass
class Journey:
    """First visit, consultation, later contacts and the steps of the works; all before now; None for what never was."""

    kind: str
    status: str
    grade: str
    owner: Employee
    store_id: int | None
    came_at: datetime
    consulted_at: datetime | None
    contacts: list[datetime]
    designer: Employee | None
    agreed_at: datetime | None = None
    signed_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def dispatched_at(self) -> datetime | None:
        """When the designer was proposed."""
        return self.consulted_at + timedelta(hours=1) if self.designer and self.consulted_at else None

    @property
    def bought_at(self) -> datetime | None:
        """From when on there is something to look after: finished works, a car."""
        if self.kind == "decoration":
            return self.finished_at
        return self.came_at if self.status in ("signed", "completed") else None

    @property
    def last_contact_at(self) -> datetime:
        return max([self.came_at, *filter(None, [self.consulted_at]), *self.contacts])


def plan(company: Company, size: int) -> list[Journey]:
    """*size* journeys over the past year, the earliest first."""
    journeys = [_journey(company) for _ in range(size)]
    return sorted(journeys, key=lambda journey: journey.came_at)


def _journey(company: Company) -> Journey:
    invent = company.invent
    kind = _draw(invent, {name: share for name, (share, _) in KINDS.items()})
    days_ago = invent.random.randint(4, 360)
    status = _draw(invent, next(shares for least, shares in reversed(STATUSES.items()) if days_ago >= least))
    owner = invent.random.choice(company.of_role(KINDS[kind][1]))
    came_at = invent.working_moment(days_ago)
    decorates = kind == "decoration"
    designers = (
        company.of_role(Role.DESIGNER, owner.store_id) if decorates and status not in ("prospect", "lost") else []
    )
    consulted_at = _later(invent, came_at, 0, 3) if decorates and (designers or invent.chance(0.5)) else None
    journey = Journey(
        kind=kind,
        status=status,
        grade=GRADES[status],
        owner=owner,
        store_id=owner.store_id,
        came_at=came_at,
        consulted_at=consulted_at,
        contacts=_contacts(invent, consulted_at or came_at, GRADES[status], status),
        designer=invent.random.choice(designers) if designers else None,
    )
    if designers and consulted_at:
        _build(invent, journey)
    return journey


def _build(invent: Invention, journey: Journey) -> None:
    """The steps that a decoration of this status has behind it."""
    moment: datetime | None = journey.consulted_at
    for name, (least, most) in list(_STEPS.items())[: _REACHED[journey.status]]:
        moment = _later(invent, moment, least, most) if moment else None
        setattr(journey, name, moment)


def _draw(invent: Invention, shares: dict[str, int]) -> str:
    return invent.random.choices(list(shares), weights=list(shares.values()))[0]


def _later(invent: Invention, moment: datetime, least: int, most: int) -> datetime | None:
    """A moment *least* to *most* days later in shop hours, after *moment*; None once that is not past."""
    day = local_day(moment) + timedelta(days=invent.random.randint(least, most))
    later = max(invent.in_shop_hours(day), moment + timedelta(minutes=30))
    return later if later < invent.now else None


def _contacts(invent: Invention, since: datetime, grade: str, status: str) -> list[datetime]:
    """As often as the grade asks for, but for a few forgotten; with who is lost it peters out, and with some prospects."""
    contacts: list[datetime] = []
    peters_out = status == "lost" or (status == "prospect" and invent.chance(_LET_GO))
    moment: datetime | None = since
    while moment := _later(invent, moment, *_CONTACT_EVERY[grade]):
        if invent.chance(_FORGOTTEN):
            continue
        contacts.append(moment)
        if peters_out and invent.chance(_GIVEN_UP):
            break
    return contacts
