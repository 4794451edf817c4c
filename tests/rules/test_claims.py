"""What makes two registrations one customer, which of them counts first, and who rules (R-CUST-03).

Examples computed by hand: names, estates and plates as two people write them.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from admin_app.permissions import Person, Role
from admin_app.rules.claims import Match, Told, counts_from, head_above, match
from admin_app.rules.registering import Hours
from admin_app.rules.signers import Department, Staff

HOURS = Hours(time(18), time(10), ZoneInfo("Asia/Shanghai"))


def told(*phones, name="陈女士", estate="", plate="", unit=""):
    return Told(
        phones=frozenset(phones), name=name, estate=estate, plates=frozenset({plate}), units=frozenset({unit})
    )  # fmt: skip


@pytest.mark.rule("R-CUST-03")
@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (told("13800000001"), told("13800000001", name="周先生"), Match.PHONE),
        (told("13800000001", "073188888888"), told("073188888888"), Match.PHONE),
        (told("13800000001", estate="望湖花园"), told("13800000002", estate="望湖 花园"), Match.NAME_ESTATE),
        (told(estate="望湖花园"), told(estate="春和里"), None),
        (told(), told(), None),
        (told(plate="湘A·88T21"), told(name="周先生", plate="湘a88t21"), Match.VEHICLE_UNIT),
        (told(estate="春和里", unit="3-602"), told(name="周先生", estate="春和里", unit="3602"), Match.VEHICLE_UNIT),
        (told(estate="春和里", unit="3栋602"), told(name="周先生", estate="青石苑", unit="3栋602"), None),
        (told(unit="3栋602"), told(name="周先生", unit="3栋602"), None),
    ],
)
def test_one_customer_by_phone_else_name_and_estate_else_vehicle_or_unit(one, other, by):
    assert match(one, other) is by
    assert match(other, one) is by


@pytest.mark.rule("R-CUST-03", "R-CUST-05")
@pytest.mark.parametrize(
    ("entered", "hour"),
    [
        ((11, 9), (11, 1)),  # 17:00 of the same day: in time, 9:00 counts
        ((11, 11), (11, 11)),  # 19:00: late, the entry counts
        ((12, 1), (12, 1)),  # 9:00 of the next day
        (None, (11, 1)),  # a ledger
    ],
)
def test_a_late_sheet_counts_from_its_entry(entered, hour):
    def at(day, utc):
        return datetime(2026, 3, day, utc, tzinfo=UTC)

    assert counts_from(at(11, 1), entered and at(*entered), HOURS) == at(*hour)


@pytest.mark.rule("R-CUST-03", "R-ROLE-04")
@pytest.mark.parametrize(
    ("first", "later", "head"), [(11, 12, 10), (11, 21, 1), (10, 11, 1), (1, 11, 2), (11, 99, 10), (99, 98, 1)]
)
def test_the_head_is_the_nearest_above_both_and_never_one_of_them(first, later, head):
    """Store 1 (head 10: 11, 12) and store 2 (head 20: 21) under the general manager 1; 2 is general manager, too."""
    under = {1: 1, 2: 1, 10: 2, 11: 2, 12: 2, 20: 3, 21: 3}
    generals = {1, 2}
    people = {
        id_: Person(id_, "", "", frozenset({Role.GENERAL_MANAGER} if id_ in generals else ()), department_id=department)
        for id_, department in under.items()
    }
    departments = {1: Department(1, 1), 2: Department(2, 10, 1), 3: Department(3, 20, 1)}
    assert head_above(first, later, Staff(people, departments, (), date(2026, 3, 11))) == head
