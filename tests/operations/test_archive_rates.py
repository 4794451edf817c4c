"""Handovers' last days, and each department's rates of a month (R-ARCH-04, R-FINE-05)."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.archives.rates import rate_month, rate_recent
from admin_app.rules.months import Month
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS

NOON = datetime(2026, 3, 31, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
MARCH = date(2026, 3, 1)
SALES, SERVICE = list(DEPARTMENT_IDS.values())[:2]


@pytest.fixture
def types(world):
    """Archive types of cars sold, of cars serviced and of others; their ids."""
    made = {}
    with world.writing() as session:
        for prefix, kinds in (("CX", ("car_buyer",)), ("CW", ("car_service",)), ("QT", ())):
            values = {"name": f"类型{prefix}", "prefix": prefix, "customer_kinds": kinds or None}
            made[prefix] = records.create(session, register_named("archive_type"), values).id
    return made


@pytest.fixture
def hand_over(world, types):
    """Write a handover into the book; its id."""

    def hand_over(kind, delivered, handed, department=SALES, **values):
        with clock.stopped_at(NOON), world.writing("archive_keeper") as session:
            given = {
                "archive_type_id": types[kind], "delivered_on": date.fromisoformat(delivered),
                "handed_on": date.fromisoformat(handed), "department_id": department, **values,
            }  # fmt: skip
            return records.add(session, register_named("archive_handover"), given).id

    return hand_over


def handover(world, id_):
    with world.open() as session:
        one = session.get(register_named("archive_handover"), id_)
        return one.due_on, one.on_time


def rates(world, month=MARCH, now=NOON):
    """(department, kind) -> counts and shares, computed now."""
    register = register_named("archive_rate")
    with clock.stopped_at(now), world.writing() as session:
        rate_month(session, Month.of(month), now)
    with world.open() as session:
        return {
            (one.rated_department_id, one.kind): (
                one.due_count, one.in_time_count, one.timeliness, one.handed_over_count, one.complete_count, one.completeness,
            )
            for one in session.scalars(select(register).where(register.month_on == month))
        }  # fmt: skip


@pytest.mark.rule("R-ARCH-04")
@pytest.mark.parametrize(
    ("kind", "delivered", "handed", "due", "on_time"),
    [
        ("CX", "2026-03-05", "2026-03-10", date(2026, 3, 10), True),  # Thursday: Friday, Monday, Tuesday
        ("CX", "2026-03-05", "2026-03-11", date(2026, 3, 10), False),
        ("CW", "2026-03-06", "2026-03-09", date(2026, 3, 9), True),  # Friday: Monday
        ("CW", "2026-03-06", "2026-03-10", date(2026, 3, 9), False),
        ("QT", "2026-03-05", "2026-03-30", None, None),
    ],
)
def test_a_handover_is_due_in_three_working_days_after_a_sale_and_one_after_a_service(
    world, hand_over, kind, delivered, handed, due, on_time
):
    assert handover(world, hand_over(kind, delivered, handed)) == (due, on_time)


@pytest.mark.rule("R-ARCH-04")
def test_the_last_day_follows_a_delivery_that_is_put_right(world, hand_over):
    id_ = hand_over("CX", "2026-03-05", "2026-03-11")
    with clock.stopped_at(NOON), world.writing("archive_keeper") as session:
        records.change(
            session, session.get(register_named("archive_handover"), id_), {"delivered_on": date(2026, 3, 6)}
        )
    assert handover(world, id_) == (date(2026, 3, 11), True)


@pytest.mark.rule("R-FINE-05")
def test_timeliness_is_of_what_fell_due_and_completeness_of_what_was_handed_over(world, hand_over):
    """Sales: due in March 3, in time 2: 66.67 %; handed over in March 4 (one due in February), complete 3: 75 %."""
    hand_over("CX", "2026-03-05", "2026-03-10", complete=True)
    hand_over("CX", "2026-03-05", "2026-03-12", complete=False, missing_count=2)
    hand_over("CW", "2026-03-09", "2026-03-10", complete=True)
    hand_over("CW", "2026-02-26", "2026-03-02", complete=True)  # due on Friday 27 February
    hand_over("CW", "2026-03-09", "2026-03-20", department=SERVICE, complete=True)
    found = rates(world)
    assert found[SALES, "all"] == (3, 2, Decimal("66.67"), 4, 3, Decimal(75))
    assert found[SALES, "sale"] == (2, 1, 50, 2, 1, 50)
    assert found[SALES, "service"] == (1, 1, 100, 2, 2, 100)
    assert found[SERVICE, "all"] == (1, 0, 0, 1, 1, 100)


@pytest.mark.rule("R-FINE-05")
def test_nothing_due_is_no_rate_and_a_voided_handover_counts_nowhere(world, hand_over):
    gone = hand_over("CX", "2026-03-05", "2026-03-10", complete=True)
    with clock.stopped_at(NOON), world.writing("archive_keeper") as session:
        records.void(session, session.get(register_named("archive_handover"), gone), "重复登记")
    hand_over("QT", "2026-03-05", "2026-03-10", complete=False)
    assert rates(world) == {(SALES, "all"): (0, 0, None, 1, 0, 0)}


@pytest.mark.rule("R-FINE-05", "R-AUDT-01")
def test_rating_a_month_again_changes_nothing(world, hand_over):
    hand_over("CX", "2026-03-05", "2026-03-10", complete=True)
    first = rates(world)
    with world.open() as session:
        before = session.scalar(select(func.count()).select_from(TrailEntry))
    assert rates(world, now=NOON.replace(hour=13)) == first
    with world.open() as session:
        assert session.scalar(select(func.count()).select_from(TrailEntry)) == before


@pytest.mark.rule("R-FINE-05")
def test_a_handover_put_right_moves_its_months_rates_and_departments_are_ranked(world, hand_over):
    late = hand_over("CX", "2026-03-05", "2026-03-12", complete=True)
    hand_over("CX", "2026-03-05", "2026-03-09", department=SERVICE, complete=True)
    rates(world)
    with world.open() as session:
        register = register_named("archive_rate")
        ranks = {
            one.rated_department_id: one.timeliness_rank
            for one in session.scalars(select(register).filter_by(kind="all"))
        }
    assert ranks == {SERVICE: 1, SALES: 2}
    with clock.stopped_at(NOON), world.writing("archive_keeper") as session:
        records.change(session, session.get(register_named("archive_handover"), late), {"handed_on": date(2026, 3, 10)})
    assert rates(world)[SALES, "all"][2] == 100


@pytest.mark.rule("R-FINE-05")
def test_the_clock_rates_this_month_and_the_last(world, hand_over):
    hand_over("CX", "2026-02-02", "2026-02-04", complete=True)
    hand_over("CX", "2026-03-05", "2026-03-09", complete=True)
    with world.writing() as session:
        rate_recent(session, NOON)
    with world.open() as session:
        register = register_named("archive_rate")
        assert set(session.scalars(select(register.month_on))) == {date(2026, 2, 1), MARCH}


@pytest.mark.rule("R-FINE-05")
def test_nobody_writes_a_rate_by_hand(world):
    with pytest.raises(Refused) as refused, world.writing("general_manager") as session:
        values = {"month_on": MARCH, "rated_department_id": SALES, "timeliness": Decimal(100)}
        records.add(session, register_named("archive_rate"), values)
    assert refused.value.verdict.code in ("operation_only", "no_right")


@pytest.mark.rule("R-FINE-05")
def test_a_department_whose_only_handover_was_a_mistake_keeps_no_old_rate(world, hand_over):
    only = hand_over("CX", "2026-03-05", "2026-03-12", complete=True)
    assert rates(world)[SALES, "all"][:3] == (1, 0, 0)
    with clock.stopped_at(NOON), world.writing("archive_keeper") as session:
        records.void(session, session.get(register_named("archive_handover"), only), "重复登记")
    assert rates(world)[SALES, "all"] == (0, 0, None, 0, 0, None)


@pytest.mark.rule("R-FINE-05")
def test_what_comes_in_weeks_late_counts_in_the_month_it_was_due(world, hand_over):
    hand_over("CX", "2026-01-08", "2026-03-20", complete=True)
    with world.writing() as session:
        rate_recent(session, NOON)
    with world.open() as session:
        register = register_named("archive_rate")
        january = session.scalars(select(register).filter_by(kind="all", month_on=date(2026, 1, 1))).one()
        assert (january.due_count, january.in_time_count, january.timeliness) == (1, 0, 0)


@pytest.mark.rule("R-FINE-05")
def test_a_handover_is_of_the_department_of_who_hands_over(world, hand_over):
    id_ = hand_over("CX", "2026-03-05", "2026-03-10", department=None, owner_id=PERSON_IDS["sales_adviser"])
    with world.open() as session:
        adviser = session.get(register_named("employee"), PERSON_IDS["sales_adviser"])
        assert session.get(register_named("archive_handover"), id_).department_id == adviser.department_id
