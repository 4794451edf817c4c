"""What a new form begins with: the present day or moment where its register says so, in the company's zone."""

from datetime import UTC, datetime

import pytest

from admin_app import clock
from admin_app.models import all_registers
from tests.fixtures.forms import box_on
from tests.fixtures.web import post

#: 00:05 of the next day in Shanghai
LATE = datetime(2026, 3, 31, 16, 5, 40, tzinfo=UTC)


def boxes(page, name):
    """What the box of a day, and that of its time, hold."""
    return box_on(page, name), box_on(page, f"{name}__time")


@pytest.mark.parametrize(
    ("address", "name", "expected"),
    [
        ("visitor", "came_at", ("2026-04-01", "00:05")),
        ("front_desk_check", "checked_on", ("2026-04-01", None)),
        ("appointment", "promised_at", ("", "")),
    ],
    ids=["a moment, to the minute", "a day", "what lies ahead begins blank"],
)
def test_a_new_form_begins_with_today_where_it_is_written_on_the_day(client_of, address, name, expected):
    with clock.stopped_at(LATE):
        assert boxes(client_of("clerk").get(f"/admin/{address}/new/").text, name) == expected


def test_the_next_form_has_its_own_moment_and_a_box_that_was_emptied_stays_empty(client_of):
    with clock.stopped_at(LATE):
        client = client_of("clerk")
        assert boxes(client.get("/admin/visitor/new/").text, "came_at") == ("2026-04-01", "00:05")
    with clock.stopped_at(LATE.replace(minute=17)):
        assert boxes(client.get("/admin/visitor/new/").text, "came_at") == ("2026-04-01", "00:17")
        refused = post(client, "/admin/visitor/new/", {"came_at": "", "name": "陈女士"})
        assert "来店时间" in refused.text
        assert not box_on(refused.text, "came_at")


def test_only_days_and_moments_that_people_write_begin_so():
    beginning = [
        (face.kind.name, face.required, face.computed)
        for register in all_registers().values()
        for face in register.faces.values()
        if face.today
    ]
    assert len(beginning) > 100
    assert set(beginning) == {("day", True, False), ("moment", True, False)}
