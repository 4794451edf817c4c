"""Who judges a request below the level of what it asks for sees number, applicant, purpose and mark, on every path."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from admin_app import clock
from admin_app.fields import Reading
from admin_app.guard.shown import rows_of
from admin_app.models import register_named
from admin_app.operations import stand_ins
from admin_app.operations.histories import history
from admin_app.permissions import Level, Sight
from admin_app.rules.signers import StandIn
from tests.fixtures.archive_room import WEDNESDAY, Room
from tests.fixtures.company import PERSON_IDS

pytestmark = pytest.mark.rule("R-CONF-14")
SECRET = "暗语其一"
TABLES = ("archive_loan", "access_request")
ASKED = {"reason": SECRET, "facts": f"{SECRET}之二"}
#: they stand in every list that is asked for
COLUMNS = "col=number&col=purpose&col=reason&col=facts&col=submitted_at&col=granted_at&col=granted_level"


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def above(room: Room, table: str) -> int:
    """A request of archive_keeper2 for a paper of 机密, signed by info_supervisor: the keeper, clearance 2, is next."""
    request = room.submitted("archive_keeper2", Level.CONFIDENTIAL, table=table, **ASKED)
    room.sign("info_supervisor", request, table, reason=f"{SECRET}之三")
    return request


@pytest.fixture
def plain(room: Room, table: str, above: int) -> int:
    """Another of theirs, for a paper of 秘密, whose contents the keeper may read."""
    return room.submitted(
        "archive_keeper2", Level.SECRET, table=table, purpose="一般", reason="平常的理由", facts="平常"
    )


def sights(room: Room, username: str, table: str, ids: list[int]) -> list[Sight]:
    register = register_named(table)
    with room.world.open(username) as session, clock.stopped_at(room.now):
        found = [session.get_one(register, one) for one in ids]
        return [row.sight for row in rows_of(session, register, found, (), Reading())]


def pages(client: FlaskClient, table: str, public_id: str) -> Iterator[str]:
    """The text of everything that shows requests."""
    base = f"/admin/{table}/"
    yield client.get(f"{base}?{COLUMNS}").text
    yield client.get(f"{base}?{COLUMNS}&sort=granted_at").text
    yield client.get(f"{base}?{COLUMNS}&q={SECRET}").text.replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", "")
    yield client.get(f"{base}details/?id={public_id}").text
    yield client.get(f"{base}export/csv/?{COLUMNS}&reason=核对").data.decode("utf-8-sig")
    book = client.get(f"{base}export/xlsx/?{COLUMNS}&reason=核对")
    if book.status_code == 200:
        rows = load_workbook(BytesIO(book.data)).active.iter_rows()
        yield "\n".join(str(cell.value) for row in rows for cell in row)
    for address in ("/", "/approvals/", "/loans/", f"/loans/?id={public_id}"):
        yield client.get(address).text


def test_below_the_level_no_path_tells_the_reason(room: Room, table: str, above: int, plain: int, clients: Any) -> None:
    public_id = room.get(table, above).public_id
    keeper = clients("archive_keeper")
    for page in pages(keeper, table, public_id):
        assert SECRET not in re.sub(r'href="[^"]*"', "", page)
    shown = keeper.get(f"/admin/{table}/?{COLUMNS}").text
    assert {room.get(table, one).number in shown for one in (above, plain)} == {True}
    assert "平常的理由" in shown
    exported = keeper.get(f"/admin/{table}/export/csv/?{COLUMNS}&reason=核对").data.decode("utf-8-sig")
    assert room.get(table, above).number in exported
    assert "平常的理由" in exported
    assert sights(room, "archive_keeper", table, [above, plain]) == [Sight.PARTY, Sight.FULL]


@pytest.mark.parametrize(("username", "sight"), [("info_supervisor", Sight.FULL), ("archive_keeper2", Sight.CONCERNED)])
def test_who_has_the_level_and_who_asked_read_the_reason(
    room: Room, table: str, above: int, clients: Any, username: str, sight: Sight
) -> None:
    client = clients(username)
    assert SECRET in client.get(f"/admin/{table}/?{COLUMNS}").text
    assert SECRET in client.get(f"/admin/{table}/details/?id={room.get(table, above).public_id}").text
    assert sights(room, username, table, [above]) == [sight]


@pytest.mark.parametrize("asked", ["f-granted_at-op=empty", "f-issued_at-op=empty"])
def test_a_filter_on_what_is_hidden_finds_nothing_of_it(
    room: Room, table: str, above: int, plain: int, clients: Any, asked: str
) -> None:
    found = clients("archive_keeper").get(f"/admin/{table}/?{asked}").text
    assert room.get(table, above).number not in found
    assert room.get(table, plain).number in found
    assert room.get(table, above).number in clients("info_supervisor").get(f"/admin/{table}/?{asked}").text


def test_a_history_is_told_without_what_was_filled_in(room: Room, table: str, above: int) -> None:
    register = register_named(table)

    def told(username: str) -> str:
        with room.world.open(username) as session, clock.stopped_at(room.now):
            (row,) = rows_of(session, register, [session.get_one(register, above)], (), Reading())
            return str(history(session, row))

    assert "核对合同" in told("archive_keeper")
    assert SECRET not in told("archive_keeper")
    assert SECRET in told("info_supervisor")


def test_a_stand_in_below_the_level_gets_no_more(room: Room, table: str, above: int, clients: Any) -> None:
    """A designer, who sees requests as a party only, signs for the keeper for some days."""
    day = WEDNESDAY.date()
    named = StandIn(PERSON_IDS["archive_keeper"], PERSON_IDS["sales"], day, day + timedelta(days=3))
    with room.acting("general_manager") as session:
        stand_ins.name(session, named, room.now)
    assert sights(room, "sales", table, [above]) == [Sight.PARTY]
    for page in pages(clients("sales"), table, room.get(table, above).public_id):
        assert SECRET not in re.sub(r'href="[^"]*"', "", page)


def test_raising_what_was_asked_for_hides_the_reason_at_once(room: Room, table: str) -> None:
    request = room.submitted("archive_keeper2", Level.SECRET, table=table, **ASKED)
    assert sights(room, "archive_keeper", table, [request]) == [Sight.FULL]
    version = room.get(table, request).version
    with room.acting("system") as session:
        session.get_one(register_named("archive_item"), room.items[Level.SECRET]).level = int(Level.CONFIDENTIAL)
    now = room.get(table, request)
    assert (now.object_level, now.version) == (Level.CONFIDENTIAL, version)
    assert sights(room, "archive_keeper", table, [request]) == [Sight.PARTY]


def test_a_request_whose_objects_level_nobody_noted_is_one_for_the_highest(room: Room, table: str) -> None:
    request = room.submitted("archive_keeper2", Level.SECRET, table=table, **ASKED)
    with room.world.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET object_level = NULL WHERE id = {request}")
    assert sights(room, "archive_keeper", table, [request]) == [Sight.PARTY]
    assert sights(room, "general_manager", table, [request]) == [Sight.FULL]
