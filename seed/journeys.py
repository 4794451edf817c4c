"""A customer's way through the house, planned before anything is written, so that its dates come in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_app.permissions import Role
from admin_app.registers.organisation.employee import Employee

from .invented import Invention, local_day
from .people import Company

#: customer kind -> share of all, role of whoever looks after them
KINDS = {
    "decoration": (70, Role.CUSTOMER_MANAGER),
    "general": (8, Role.CUSTOMER_MANAGER),
    "owner": (6, Role.CUSTOMER_MANAGER),
    "car_buyer": (6, Role.SALES_ADVISER),
    "car_service": (4, Role.SERVICE_ADVISER),
    "key_account": (4, Role.SALES),
    "special": (2, Role.SALES),
}
#: status -> share, grade that goes with it
STATUSES = {
    "prospect": (35, "C"),
    "negotiating": (25, "B"),
    "signed": (20, "A"),
    "completed": (12, "A"),
    "lost": (8, "D"),
}


@dataclass
class Journey:
    """First visit, consultation (None where there was none), later contacts; all before now and in this order."""

    kind: str
    status: str
    grade: str
    owner: Employee
    store_id: int | None
    came_at: datetime
    consulted_at: datetime | None
    contacts: list[datetime]
    designer: Employee | None

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
    status = _draw(invent, {name: share for name, (share, _) in STATUSES.items()})
    owner = invent.random.choice(company.of_role(KINDS[kind][1]))
    came_at = invent.working_moment(invent.random.randint(4, 360))
    decorates = kind == "decoration"
    designers = company.of_role(Role.DESIGNER, owner.store_id) if decorates and status != "prospect" else []
    consulted_at = _later(invent, came_at, 0, 3) if decorates and (designers or invent.chance(0.5)) else None
    return Journey(
        kind=kind,
        status=status,
        grade=STATUSES[status][1],
        owner=owner,
        store_id=owner.store_id,
        came_at=came_at,
        consulted_at=consulted_at,
        contacts=_contacts(invent, consulted_at or came_at),
        designer=invent.random.choice(designers) if designers else None,
    )


def _draw(invent: Invention, shares: dict[str, int]) -> str:
    return invent.random.choices(list(shares), weights=list(shares.values()))[0]


def _later(invent: Invention, moment: datetime, least: int, most: int) -> datetime | None:
    """A moment *least* to *most* days later in shop hours, after *moment*; None once that is not past."""
    day = local_day(moment) + timedelta(days=invent.random.randint(least, most))
    later = max(invent.in_shop_hours(day), moment + timedelta(minutes=30))
    return later if later < invent.now else None


def _contacts(invent: Invention, since: datetime) -> list[datetime]:
    contacts: list[datetime] = []
    moment: datetime | None = since
    for _ in range(invent.random.randint(2, 6)):
        moment = _later(invent, moment, 3, 25)
        if moment is None:
            break
        contacts.append(moment)
    return contacts
