"""Archive types with their checklists, the shelves, and a file for every customer."""

from typing import NamedTuple

from admin_app.guard.numbers import next_number
from admin_app.guard.stamps import operating
from admin_app.permissions import Level
from admin_app.registers.archives.archive_file import ArchiveFile
from admin_app.registers.archives.archive_item import ArchiveItem
from admin_app.registers.archives.archive_place import ArchivePlace
from admin_app.registers.archives.archive_type import ArchiveType, ArchiveTypeItem
from admin_app.registers.customers.customer import Customer
from admin_app.rules.archives import archive_number

from .codes import shipped_list
from .invented import Invention, local_day
from .people import Company


class _Described(NamedTuple):
    """A type in short; *checklist* names the code list of its items."""

    name: str
    prefix: str
    checklist: str
    kinds: tuple[str, ...]
    department: str
    months: int = 6
    important: bool = False


_TYPES = (
    _Described("一般客户档案", "KH", "archive_item_general", ("general", "special"), "客户服务部"),
    _Described("新车销售档案", "GC", "archive_item_sale", ("car_buyer",), "汽车服务部"),
    _Described("车辆售后档案", "WX", "archive_item_service", ("car_service",), "汽车服务部", months=3),
    _Described("装修客户档案", "ZX", "archive_item_decoration", ("decoration",), "客户服务部"),
    _Described("物业单元档案", "WY", "archive_item_property", ("owner",), "客户服务部"),
    _Described("大客户档案", "DK", "archive_item_key_account", ("key_account",), "客户开发部", 3, important=True),
)
_BOTH_SIDES = "两面"
_OPTIONAL = "可选"
#: cabinet -> the level it is meant for, and whose charge it is (R-CONF-04)
_CABINETS = {
    "A": (Level.SECRET, None),
    "B": (Level.SECRET, None),
    "J": (Level.CONFIDENTIAL, "info_supervisor"),
    "M": (Level.TOP_SECRET, "info_supervisor2"),
}
#: every so many files is 机密 or 绝密
_CONFIDENTIAL_EVERY, _TOP_SECRET_EVERY = 33, 90


def set_up_room(company: Company) -> None:
    """Types and places."""
    session = company.session
    session.add_all(_type(company, described) for described in _TYPES)
    for cabinet, (level, custodian) in _CABINETS.items():
        session.add_all(
            ArchivePlace(
                code=f"{cabinet}-{shelf:02}-{position:02}",
                room="保密室" if level.classified else "档案室",
                cabinet=cabinet,
                shelf=shelf,
                position=position,
                clearance=str(int(level)),
                custodian_id=company.people[custodian].id if custodian else None,
                capacity=20,
            )
            for shelf in range(1, 6)
            for position in range(1, 7)
        )
    session.flush()


def _type(company: Company, described: _Described) -> ArchiveType:
    items = [
        ArchiveTypeItem(
            position=position,
            code=code,
            name=label,
            copies=2 if _BOTH_SIDES in label else 1,
            form="copy" if "复印件" in label else "original",
            required=_OPTIONAL not in label,
        )
        for position, (code, label) in enumerate(shipped_list(described.checklist).items())
    ]
    return ArchiveType(
        name=described.name,
        prefix=described.prefix,
        customer_kinds=described.kinds,
        department_id=company.departments[described.department].id,
        retention_years=10,
        inspection_months=described.months,
        important=described.important,
        items=items,
    )


def open_files(company: Company, customers: list[Customer]) -> list[ArchiveItem]:
    """A file for every customer, of the type its kind names, and the papers that came in; the papers (R-ARCH-01)."""
    session, invent = company.session, company.invent
    types = {kind: type_ for type_ in session.query(ArchiveType) for kind in type_.customer_kinds}
    shelves: dict[str, list[ArchivePlace]] = {}
    for place in session.query(ArchivePlace).order_by(ArchivePlace.code):
        shelves.setdefault(place.cabinet, []).append(place)
    with operating(session):
        files = [
            _file(company, types[customer.kind], customer, level, _place(shelves, level, count))
            for count, customer in enumerate(customers, start=1)
            for level in [_level(count)]
        ]
        session.add_all(files)
        session.flush()
        papers = [
            paper
            for file, customer in zip(files, customers, strict=True)
            for paper in _papers(invent, file, types[customer.kind], customer)
        ]
        session.add_all(papers)
    return papers


def _level(count: int) -> Level:
    if count % _TOP_SECRET_EVERY == 0:
        return Level.TOP_SECRET
    return Level.CONFIDENTIAL if count % _CONFIDENTIAL_EVERY == 0 else Level.SECRET


def _place(shelves: dict[str, list[ArchivePlace]], level: Level, count: int) -> ArchivePlace:
    cabinet = {Level.CONFIDENTIAL: "J", Level.TOP_SECRET: "M"}.get(level, "AB"[count % 2])
    return shelves[cabinet][count % len(shelves[cabinet])]


def _file(company: Company, type_: ArchiveType, customer: Customer, level: Level, place: ArchivePlace) -> ArchiveFile:
    opened_on, keeper = local_day(customer.registered_at), company.people["archive_keeper"]
    counter = next_number(company.session, type_.prefix, opened_on.year)
    return ArchiveFile(
        level=level,
        number=archive_number(type_.prefix, opened_on.year, counter),
        title=f"{customer.name}{type_.name}",
        customer_id=customer.id,
        archive_type_id=type_.id,
        year=opened_on.year,
        state="open",
        vin=customer.vin,
        plate=customer.plate,
        place_id=place.id,
        custodian_id=place.custodian_id or keeper.id,
        important=type_.important,
        opened_on=opened_on,
        held=False,
        created_at=customer.registered_at,
        created_by_id=keeper.id,
    )


def _papers(invent: Invention, file: ArchiveFile, type_: ArchiveType, customer: Customer) -> list[ArchiveItem]:
    """What is in the file: nearly all of its list once the customer signed, else its first papers."""
    wanted = type_.items if customer.status in ("signed", "completed") else type_.items[:2]
    present = [item for item in wanted if invent.chance(0.9)]
    return [
        ArchiveItem(
            number=f"{file.number}-{place:02}",
            file_id=file.id,
            code=item.code,
            name=item.name,
            copies=item.copies,
            form=item.form,
            pages=invent.random.randint(1, 12),
            received_on=file.opened_on,
            medium="photo" if "照片" in item.name else "paper",
            ink_ok=True,
            scanned=place % 7 != 0,
            important=False,
            state="in",
            created_at=customer.registered_at,
            created_by_id=file.created_by_id,
        )
        for place, item in enumerate(present, start=1)
    ]
