"""Files of ten years ago that came with the company: closed, kept until their time, some of it up (R-ARCH-07)."""

from datetime import date, timedelta

from admin_app.guard.numbers import next_number
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.registers.archives.archive_file import ArchiveFile
from admin_app.registers.archives.archive_item import ArchiveItem
from admin_app.registers.archives.archive_place import ArchivePlace
from admin_app.registers.archives.archive_type import ArchiveType
from admin_app.registers.customers.customer import Customer
from admin_app.rules.archives import archive_number
from admin_app.rules.retention import kept_until

from .invented import local_day
from .people import Company

#: how long before today each ends to be kept, in days; below nought it is still kept
_SINCE = (700, 420, 390, 200, 95, 40, 12, -45, -120)
#: the place in the list -> why it is held
_HELD = {3: "税务检查调阅"}
_PAPERS = ("旧咨询登记表", "客户往来函件")


def bring_along(company: Company, customers: list[Customer]) -> None:
    """An older file for some customers who have been here before, in the last cabinet, with two papers each."""
    session, today = company.session, local_day(company.invent.now)
    types = {kind: type_ for type_ in session.query(ArchiveType) for kind in type_.customer_kinds}
    places = session.query(ArchivePlace).filter_by(cabinet="B", shelf=5).order_by(ArchivePlace.position).all()
    with operating(session):
        for number, (since, customer) in enumerate(zip(_SINCE, customers[10:], strict=False)):
            file = _file(company, types[customer.kind], customer, _ten_years_before(today - timedelta(days=since)))
            file.place_id, file.held_reason = places[number % len(places)].id, _HELD.get(number)
            file.held = number in _HELD
            session.add(file)
            session.flush()
            session.add_all(_paper(file, place, name) for place, name in enumerate(_PAPERS, start=1))


def _ten_years_before(day: date) -> date:
    return day.replace(year=day.year - 10, day=min(day.day, 28))


def _file(company: Company, type_: ArchiveType, customer: Customer, closed_on: date) -> ArchiveFile:
    opened_on, keeper = closed_on - timedelta(days=210), company.people["archive_keeper"]
    counter = next_number(company.session, type_.prefix, opened_on.year)
    return ArchiveFile(
        number=archive_number(type_.prefix, opened_on.year, counter), title=f"{customer.name}旧卷", customer_id=customer.id,
        archive_type_id=type_.id, year=opened_on.year, state="closed", custodian_id=keeper.id, important=False,
        opened_on=opened_on, closed_on=closed_on, retained_until=kept_until(closed_on, type_.retention_years),
        created_at=customer.registered_at, created_by_id=keeper.id,
    )  # fmt: skip


def _paper(file: ArchiveFile, place: int, name: str) -> ArchiveItem:
    return ArchiveItem(
        number=f"{file.number}-{place:02}", file_id=file.id, name=name, copies=1, form="original", pages=6 + place,
        received_on=file.closed_on, medium="paper", ink_ok=True, scanned=False, important=False, state="in",
        created_at=file.created_at, created_by_id=file.created_by_id,
    )  # fmt: skip


def remember_inspections(company: Company) -> None:
    """Files know when they were inspected last, as when inspections are written one by one."""
    session, inspection = company.session, register_named("archive_inspection")
    with operating(session):
        for one in session.query(inspection).filter(inspection.file_id.is_not(None)).order_by(inspection.inspected_on):
            session.get_one(ArchiveFile, one.file_id).inspected_on = one.inspected_on
