"""Fines of archive violations as they are written down: the month's order, doubling, repeats, what has been executed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.guard.session import SYSTEM
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import clashes, records
from admin_app.operations.nightly import nightly
from admin_app.verdicts import Refused
from admin_app.working.settings import Setting
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS

SHANGHAI = ZoneInfo("Asia/Shanghai")
ADVISER = PERSON_IDS["sales_adviser"]
TABLE = "archive_violation"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def violate(world, clause, recorded, kind="sales", now="2026-03-31T12:00", username="archive_keeper", **values):
    """Write a violation down; its id."""
    with clock.stopped_at(at(now)), world.writing(username) as session:
        given = {"adviser_id": ADVISER, "adviser_kind": kind, "clause": clause, "recorded_at": at(recorded), **values}
        return records.add(session, register_named(TABLE), given).id


def change(world, id_, now="2026-03-31T12:00", username="archive_keeper", **values):
    with clock.stopped_at(at(now)), world.writing(username) as session:
        records.change(session, session.get(register_named(TABLE), id_), values)


def fines(world):
    """(place in the month, times, amount, repeats, total) of every violation in force, by recorded time."""
    register = register_named(TABLE)
    with world.open() as session:
        found = session.scalars(select(register).where(register.voided_at.is_(None)).order_by(register.recorded_at))
        return [(one.month_count, one.multiplier, one.amount, one.repeats, one.total) for one in found]


@pytest.mark.rule("R-FINE-01", "R-FINE-02", "R-FINE-04")
def test_the_manuals_example_of_a_sales_adviser(world):
    """3 March late (50), 5 March 9:00 one unsigned form (20 doubled), 15:00 late (50 doubled): 50 + 40 + 100 = 190."""
    violate(world, "sale_late", "2026-03-03T10:00")
    violate(world, "sale_inspection_sign", "2026-03-05T09:00")
    violate(world, "sale_late", "2026-03-05T15:00")
    assert [total for *_, total in fines(world)] == [50, 40, 100]


@pytest.mark.rule("R-FINE-01", "R-FINE-02", "R-FINE-04")
def test_the_manuals_example_of_a_service_adviser(world):
    """3 March contact (50), 5 March 9:00 one incomplete item (20), 15:00 late (50 doubled): 50 + 20 + 100 = 170."""
    violate(world, "service_contact", "2026-03-03T10:00", "service")
    violate(world, "service_defect", "2026-03-05T09:00", "service")
    violate(world, "service_late", "2026-03-05T15:00", "service")
    assert [total for *_, total in fines(world)] == [50, 20, 100]


@pytest.mark.rule("R-FINE-01", "R-FINE-04")
def test_three_items_at_once_are_one_violation(world):
    """3 × 20 = 60, and the next one of the month is the second."""
    violate(world, "service_defect", "2026-03-03T10:00", "service", items=3)
    violate(world, "service_contact", "2026-03-04T10:00", "service")
    assert fines(world) == [(1, 1, 60, 0, 60), (2, 1, 50, 0, 50)]


@pytest.mark.rule("R-FINE-03", "R-FINE-04")
def test_a_fine_repeats_each_working_day_until_corrected_and_counts_once(world):
    """Told on Tuesday 3 March; Wednesday and Thursday close: 50 × 3 = 150. The next violation is still the second."""
    late = violate(world, "sale_late", "2026-03-03T10:00", now="2026-03-03T10:00", told_at=at("2026-03-03T10:30"))
    assert fines(world) == [(1, 1, 50, 0, 50)]
    with clock.stopped_at(at("2026-03-06T01:00")), world.open() as session:
        nightly(session, clock.now())
    assert fines(world) == [(1, 1, 50, 2, 150)]
    change(world, late, now="2026-03-06T09:00", corrected_on=date(2026, 3, 6))
    with clock.stopped_at(at("2026-03-12T01:00")), world.open() as session:
        nightly(session, clock.now())
    violate(world, "sale_late", "2026-03-12T10:00", now="2026-03-12T10:00")
    assert fines(world) == [(1, 1, 50, 2, 150), (2, 2, 100, 0, 100)]


@pytest.mark.rule("R-FINE-02")
def test_the_month_is_that_of_the_company(world):
    """31 March 23:30 and 1 April 00:30 in Shanghai are one day in UTC and two months here."""
    violate(world, "sale_late", "2026-03-31T23:30", now="2026-04-02T12:00")
    violate(world, "sale_late", "2026-04-01T00:30", now="2026-04-02T12:00")
    assert [count for count, *_ in fines(world)] == [1, 1]


@pytest.mark.rule("R-FINE-02")
def test_one_entered_late_moves_those_after_it_and_one_voided_moves_them_back(world):
    violate(world, "sale_late", "2026-03-10T10:00")
    earlier = violate(world, "sale_late", "2026-03-03T10:00")
    assert fines(world) == [(1, 1, 50, 0, 50), (2, 2, 100, 0, 100)]
    with world.writing("archive_keeper") as session:
        records.void(session, session.get(register_named(TABLE), earlier), "录错了")
    assert fines(world) == [(1, 1, 50, 0, 50)]
    with world.writing("archive_keeper") as session:
        records.restore(session, session.get(register_named(TABLE), earlier))
    assert fines(world) == [(1, 1, 50, 0, 50), (2, 2, 100, 0, 100)]


@pytest.mark.rule("R-FINE-02")
def test_one_that_turns_out_to_be_anothers_counts_for_neither_wrongly(world):
    first = violate(world, "sale_late", "2026-03-03T10:00")
    violate(world, "sale_late", "2026-03-04T10:00")
    change(world, first, adviser_id=PERSON_IDS["service_adviser"])
    assert fines(world) == [(1, 1, 50, 0, 50), (1, 1, 50, 0, 50)]


@pytest.mark.rule("R-FINE-02")
def test_what_the_director_has_executed_stays_and_still_counts(world):
    executed = violate(world, "sale_late", "2026-03-10T10:00")
    with world.writing() as session, operating(session):
        one = session.get(register_named(TABLE), executed)
        one.executed_by_id, one.executed_at = PERSON_IDS["director"], at("2026-03-11T09:00")
    violate(world, "sale_late", "2026-03-03T10:00")
    violate(world, "sale_late", "2026-03-12T10:00")
    assert [amount for _, _, amount, *_ in fines(world)] == [50, 50, 100]
    assert [count for count, *_ in fines(world)] == [1, 1, 3]


def third_of_march(world):
    """A service adviser's third violation of the month, from which on pay may be cut; its id."""
    return [violate(world, "service_contact", f"2026-03-{day:02}T10:00", "service") for day in (3, 4, 5)][-1]


@pytest.mark.rule("R-FINE-02")
def test_pay_is_cut_by_the_director_from_the_third_on(world):
    third = third_of_march(world)
    with pytest.raises(Refused) as refused:
        change(world, third, username="director", performance_cut=Decimal(40))
    assert (refused.value.verdict.rule, refused.value.verdict.code) == ("R-FINE-02", "out_of_range")
    change(world, third, username="director", performance_cut=Decimal(15))
    with world.open() as session:
        assert session.get(register_named(TABLE), third).performance_cut == 15


@pytest.mark.rule("R-FINE-02")
def test_a_cut_that_may_not_be_leaves_nothing_behind(world):
    first = violate(world, "service_contact", "2026-03-03T10:00", "service")
    with pytest.raises(Refused) as refused:
        change(world, first, username="director", performance_cut=Decimal(15))
    assert refused.value.verdict.code == "wrong_state"
    with world.open() as session:
        assert session.get(register_named(TABLE), first).performance_cut is None


@pytest.mark.rule("R-FINE-01")
def test_an_old_violation_is_fined_by_the_figures_of_its_day(world):
    with world.writing() as session:
        session.add(
            Setting(
                name="fine_sale_late",
                value="80",
                valid_from=date(2026, 3, 10),
                set_by_id=SYSTEM.id,
                set_at=at("2026-03-01T09:00"),
            )
        )
    violate(world, "sale_late", "2026-03-09T10:00")
    violate(world, "sale_inspection_sign", "2026-03-10T10:00")
    violate(world, "sale_late", "2026-03-11T10:00")
    assert [amount for _, _, amount, *_ in fines(world)] == [50, 40, 160]


@pytest.mark.rule("R-FINE-02")
def test_two_written_down_at_once_are_a_first_and_a_second(world):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda hour: violate(world, "sale_late", f"2026-03-03T{hour}:00"), ("09", "10")))
    assert fines(world) == [(1, 1, 50, 0, 50), (2, 2, 100, 0, 100)]


@pytest.mark.rule("R-AUDT-01", "R-CONF-03")
def test_the_trail_names_what_reckoned_the_fines_of_others(world):
    violate(world, "sale_late", "2026-03-10T10:00")
    violate(world, "sale_late", "2026-03-03T10:00")
    with world.open() as session:
        entries = session.scalars(select(TrailEntry).where(TrailEntry.table_name == TABLE)).all()
    jobs = ['"job": "fines"' in entry.detail for entry in entries]
    assert any(jobs) and not all(jobs)


@pytest.mark.rule("R-FINE-02", "R-ROLE-05")
def test_the_day_of_payment_takes_no_execution_back_and_another_clause_does(world):
    paid = violate(world, "sale_late", "2026-03-03T10:00")
    with world.writing() as session, operating(session):
        one = session.get(register_named(TABLE), paid)
        one.executed_by_id, one.executed_at = PERSON_IDS["director"], at("2026-03-11T09:00")
    change(world, paid, settled_on=date(2026, 4, 10), remark="四月工资扣")
    assert executed(world, paid) == PERSON_IDS["director"]
    change(world, paid, clause="sale_inspection_sign")
    assert executed(world, paid) is None
    assert fines(world) == [(1, 1, 20, 0, 20)]


def executed(world, id_):
    with world.open() as session:
        return session.get(register_named(TABLE), id_).executed_by_id


@pytest.mark.rule("R-FINE-02")
def test_who_writes_violations_down_cuts_nobodys_pay(world):
    third = third_of_march(world)
    with pytest.raises(Refused) as refused:
        change(world, third, performance_cut=Decimal(15))
    assert refused.value.verdict.code == "no_right"
    change(world, third, username="director", performance_cut=Decimal(15))
    change(world, third, corrected_on=date(2026, 3, 6))
    with world.open() as session:
        assert session.get(register_named(TABLE), third).performance_cut == 15


@pytest.mark.rule("R-FINE-02")
def test_a_violation_is_of_the_department_of_who_is_fined(world):
    id_ = violate(world, "sale_late", "2026-03-03T10:00")
    with world.open() as session:
        register, employee = register_named(TABLE), register_named("employee")
        assert session.get(register, id_).department_id == session.get(employee, ADVISER).department_id


@pytest.mark.rule("R-LIST-04")
def test_a_fine_reckoned_meanwhile_is_no_other_savers_work_and_what_a_person_changed_is(world):
    """The first of the month becomes the second while its form is open."""
    first = violate(world, "sale_late", "2026-03-10T10:00")
    with world.open("archive_keeper") as session:
        opened = session.get(register_named(TABLE), first).version
    violate(world, "sale_late", "2026-03-03T10:00")
    with world.writing("archive_keeper") as session:
        record = session.get(register_named(TABLE), first)
        clashes.check_version(session, record, opened)
        assert (record.month_count, record.version > opened) == (2, True)
    change(world, first, description="客户催交")
    with pytest.raises(clashes.Outdated), world.writing("archive_keeper") as session:
        clashes.check_version(session, session.get(register_named(TABLE), first), opened)
