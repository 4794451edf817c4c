"""Archive files opened by 64 clients at once: numbers in sequence, none twice, none left out (R-ARCH-01), over HTTP."""

from dataclasses import replace
from functools import partial
from itertools import cycle, islice

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.working.numbers import NumberSeries
from tests.fixtures.company import today
from tests.races.conftest import at_once, rounds

CLIENTS = 64
PREFIX = "BF"


@pytest.fixture
def form(room):
    """What the form of a new file sends, of a type that nobody else numbers."""
    with room.world.writing() as session:
        values = {"name": "并发档案", "prefix": PREFIX, "customer_kinds": ()}
        kind = records.create(session, register_named("archive_type"), values)
        file = session.get_one(register_named("archive_file"), room.file_id)
        customer = session.get_one(register_named("customer"), file.customer_id)
        return {"title": "同时立卷", "customer_id": customer.public_id, "archive_type_id": kind.public_id,
                "opened_on": f"{today()}", "level": "2"}  # fmt: skip


def until_saved(client, form):
    """Whoever is told that it took too long sends the same again; how often it was sent."""
    for times in range(1, 20):
        status, page = client.post("/admin/archive_file/new/", **form)
        if status != 503:
            assert status == 302, page
            return times
        assert "请过一两分钟再试" in page
    raise AssertionError("never saved")


@pytest.mark.rule("R-ARCH-01")
def test_64_clients_get_64_numbers_in_sequence_each_time(room, browser_of, form):
    signed_in = [browser_of(name) for name in ("archive_keeper", "archive_keeper2") for _ in range(2)]
    clients = [replace(one) for one in islice(cycle(signed_in), CLIENTS)]
    for turn in range(1, rounds(2) + 1):
        at_once([partial(until_saved, one, form) for one in clients])
        with room.world.open() as session:
            file = register_named("archive_file")
            given = sorted(one.number for one in session.query(file).filter(file.number.like(f"{PREFIX}-%")))
            year = today().year
            assert given == [f"{PREFIX}-{year}-{number:06}" for number in range(1, CLIENTS * turn + 1)]
            assert session.get_one(NumberSeries, (PREFIX, year)).last == CLIENTS * turn
