"""Three registers that only these tests know: with scopes, with scopes and the need to know, with none."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.orm import Mapped, configure_mappers

from admin_app.declaration import REGISTERS
from admin_app.fields import Day, Phone, ShortText, field, person
from admin_app.fields.declare import child_rows
from admin_app.models import Base, Lines, Register
from admin_app.registers import load_all
from admin_app.working.approvals import RecordParty
from tests.fixtures.worlds import World
from tests.guard.truth import ME, PLACES, RECORDS, SOMEBODY, Record

NOW = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
LINES_EACH = 2


@cache
def _classes() -> dict[str, type[Register]]:
    """Declared once per process, and taken out of the program's schema at once."""
    load_all()

    class TruthLine(Lines, of="truth_scoped"):
        """A child line."""

        text: Mapped[ShortText] = field("内容")

    class TruthScoped(
        Register,
        title="真值",
        key="name",
        list="name phone seen_on",
        level=0,
        scope="store department owner",
        parties="name",
    ):
        """Every scope, party, custodian and the party table."""

        has_party_table = True
        name: Mapped[ShortText] = field("名称", search=True, filter=True)
        phone: Mapped[Phone | None] = field("电话", mask=True, search=True, filter=True)
        seen_on: Mapped[Day | None] = field("日期", filter=True)
        secret: Mapped[ShortText | None] = field("机密", level=3, filter=True)
        party_id: Mapped[int | None] = person("当事人", party=True)
        keeper_id: Mapped[int | None] = person("保管人", custodian=True)
        lines = child_rows("行", TruthLine)

    class TruthClassified(Register, title="真值密", key="name", list="name", level=0, scope="store department owner"):
        """The same, where contents of classified rows need a custodian or a grant."""

        need_to_know = True
        has_party_table = True
        name: Mapped[ShortText] = field("名称")
        party_id: Mapped[int | None] = person("当事人", party=True)
        keeper_id: Mapped[int | None] = person("保管人", custodian=True)

    class TruthPlain(Register, title="真值平", key="name", list="name", level=0):
        """No scope at all."""

        has_party_table = True
        name: Mapped[ShortText] = field("名称")
        party_id: Mapped[int | None] = person("当事人", party=True)
        keeper_id: Mapped[int | None] = person("保管人", custodian=True)

    made = {cls.__tablename__: cls for cls in (TruthScoped, TruthClassified, TruthPlain)}
    configure_mappers()
    for table in (TruthLine.__table__, *(cls.__table__ for cls in made.values())):
        Base.metadata.remove(table)
        REGISTERS.pop(table.name, None)
    return made


@contextmanager
def declared() -> Iterator[dict[str, type[Register]]]:
    """The registers by table name, known to the program as long as this lasts."""
    REGISTERS.update(_classes())
    try:
        yield _classes()
    finally:
        for table in _classes():
            del REGISTERS[table]


@contextmanager
def filled(world: World, registers: dict[str, type[Register]]) -> Iterator[Engine]:
    """An engine on *world* with a row of each kind in each register; ids are places in ``RECORDS``, from 1."""
    engine = create_engine(world.settings.owner_database)
    lines = next(iter(registers.values())).__mapper__.relationships["lines"].mapper.class_
    with engine.begin() as connection:
        for cls in (*registers.values(), lines):
            cls.__table__.create(connection)
        for table, register in registers.items():
            connection.execute(insert(register.__table__), [_row(n, one, register) for n, one in numbered()])
            parties = [party for n, one in numbered() for party in _parties(table, n, one)]
            connection.execute(insert(RecordParty), parties)
        kept = [{"id": n * 10 + k, "parent_id": n, "position": k, "text": f"行{k}"}
                for n, _one in numbered() for k in range(LINES_EACH)]  # fmt: skip
        connection.execute(insert(lines.__table__), kept)
    try:
        yield engine
    finally:
        engine.dispose()


def numbered() -> Iterator[tuple[int, Record]]:
    return enumerate(RECORDS, start=1)


def _row(number: int, record: Record, register: type[Register]) -> dict[str, Any]:
    store, department, owner = PLACES[record.where]
    columns = register.__table__.c
    values = {
        "id": number, "public_id": f"row-{number}", "level": record.level, "version": 1, "created_at": NOW,
        "changed_at": NOW, "created_by_id": ME if record.named == "author" else SOMEBODY, "name": f"名{number % 7}",
        "phone": f"138{number:08}", "seen_on": None if number % 3 == 0 else (NOW + timedelta(days=number % 11)).date(),
        "secret": f"密{number % 5}", "party_id": ME if record.named == "party" else SOMEBODY,
        "keeper_id": ME if record.named == "custodian" else None, "store_id": store, "department_id": department,
        "owner_id": owner,
    }  # fmt: skip
    return {name: value for name, value in values.items() if name in columns}


def _parties(table: str, number: int, record: Record) -> Iterator[dict[str, Any]]:
    """Signers and grants, of somebody else too; a grant that has run out is none."""
    named = {"next": "next", "signed": "signed", "granted": "granted", "lapsed": "granted"}
    row = {"table_name": table, "record_id": number, "kind": named.get(record.named, "signed"), "until": None}
    if record.named in named:
        yield {**row, "person_id": ME, "until": NOW + timedelta(days=-1 if record.named == "lapsed" else 3000)}
    yield {**row, "person_id": SOMEBODY}
