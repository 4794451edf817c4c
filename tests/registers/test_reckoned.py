"""What a form works out of its own fields: on every path, again when they change, blank where it can't be told."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from admin_app.fields import after, below, consumed, difference, excess, mean, total
from admin_app.models import all_registers, register_named
from admin_app.operations import records

ZONE = ZoneInfo("Asia/Shanghai")


class Form:
    def __init__(self, **values):
        self.__dict__.update(values)


@pytest.mark.parametrize(
    ("reckoned", "values", "expected"),
    [
        (total("a", "b"), {"a": 3, "b": 2}, 5),
        (total("a", "b"), {"a": None, "b": 2}, 2),
        (total("a", "b"), {"a": None, "b": None}, None),
        (difference("a", "b"), {"a": Decimal("10.10"), "b": Decimal("12.00")}, Decimal("-1.90")),
        (difference("a", "b"), {"a": Decimal(10), "b": None}, None),
        (excess("a", "b"), {"a": Decimal(10), "b": Decimal(12)}, Decimal(0)),
        (excess("a", "b"), {"a": Decimal(12), "b": Decimal("9.99")}, Decimal("2.01")),
        (below("a", "b"), {"a": 79, "b": 80}, True),
        (below("a", "b"), {"a": 80, "b": 80}, False),
        (mean("a", "b", "c"), {"a": 90, "b": 85, "c": None}, Decimal("87.50")),
        (mean("a", "b", "c"), {"a": 100, "b": 100, "c": 99}, Decimal("99.67")),
        (consumed("a", "b", "c"), {"a": Decimal(100), "b": Decimal(130), "c": None}, Decimal(30)),
        (consumed("a", "b", "c"), {"a": Decimal(100), "b": Decimal(130), "c": Decimal(40)}, Decimal(1200)),
        (after("a", months=36), {"a": date(2024, 2, 29)}, date(2027, 2, 28)),
        (after("a", months=3), {"a": date(2025, 11, 30)}, date(2026, 2, 28)),
        (after("a", days=15), {"a": date(2025, 12, 20)}, date(2026, 1, 4)),
        (
            after("a", minutes=30),
            {"a": datetime(2026, 3, 1, 23, 45, tzinfo=ZONE)},
            datetime(2026, 3, 2, 0, 15, tzinfo=ZONE),
        ),
        (after("a", days=15), {"a": None}, None),
    ],
)
def test_each_way_of_reckoning(reckoned, values, expected):
    assert reckoned.value(Form(**values)) == expected


def test_a_warranty_lasts_three_years_and_follows_its_day(world, make):
    """As R-SERV-02 has it; its clock comes with the rest of that rule."""
    site = make("project_site")
    with world.writing() as session:
        one = records.create(
            session,
            register_named("warranty"),
            {"accepted_on": date(2026, 1, 31), "site_id": site.id, "number": "BX1"},
        )
        id_ = one.id
    assert told(world, id_) == (date(2029, 1, 31), date(2026, 2, 15), date(2026, 3, 2), None)
    with world.writing("service_manager") as session:
        one = session.get_one(register_named("warranty"), id_)
        records.change(session, one, {"accepted_on": date(2026, 2, 1), "moved_in_on": date(2026, 2, 10)})
    assert told(world, id_) == (date(2029, 2, 1), date(2026, 2, 16), date(2026, 3, 3), date(2026, 5, 10))


def told(world, id_):
    with world.open() as session:
        one = session.get_one(register_named("warranty"), id_)
        return one.until_on, one.callback_from, one.callback_until, one.visit3_on


def test_what_is_worked_out_is_asked_of_nobody():
    """No box, no column of a ledger: every field that is worked out is one of the program's."""
    faces = [face for register in all_registers().values() for face in register.faces.values() if face.reckoned]
    assert len(faces) >= 19
    assert all(face.computed and not face.required for face in faces)
