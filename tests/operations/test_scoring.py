"""A month's score from its records: the rules' example, each fault by itself, the same however often (R-SCOR-01 … 05)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.permissions import Level
from admin_app.rules.months import Month
from admin_app.verdicts import Refused
from admin_app.working.settings import Setting
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.queries import counted_queries
from tests.fixtures.records import make_record
from tests.fixtures.scoring import MARCH, at, values_of

pytestmark = pytest.mark.rule("R-SCOR-01")


def points(*numbers):
    return [None if one is None else Decimal(str(one)) for one in numbers]


@pytest.mark.rule("R-SCOR-05")
def test_the_example_of_the_rules_comes_to_91(office):
    """27 for two incomplete and one late, 27 for one and two missing contacts, 18.0, 19 for one without return."""
    office.example()
    office.compute()
    assert office.points() == points(27, 27, 18, 19, 91)
    sheet = office.sheet()
    assert (sheet.full_marks, sheet.ratings_count, sheet.state, sheet.rank_no) == (100, 3, "computed", 1)


@pytest.mark.rule("R-SCOR-02")
def test_every_point_off_names_its_record_and_the_points_add_up(office):
    office.example()
    office.compute()
    held = office.deductions()
    assert sum(one.points for one in held) == Decimal(100) - office.sheet().total
    with office.world.open() as session:
        for one in held:
            table, public_id = one.evidence_path.split("/")
            record = records.find(session, register_named(table), public_id)
            assert record is not None
            assert one.evidence_table == register_named(table).declaration.title
            assert one.evidence_number
            assert one.evidence_summary


def test_a_manager_without_fault_and_without_rating_has_80_of_80_and_no_place(office):
    office.example()
    office.compute()
    other = office.sheet("customer_manager2")
    assert (other.total, other.full_marks, other.internal_service, other.rank_no) == (Decimal(80), 80, None, None)


@pytest.mark.rule("R-CUST-05")
@pytest.mark.parametrize(
    ("registration", "late"),
    [
        ({"sent_at": at(2, 18)}, False),
        ({"sent_at": at(2, 19)}, True),
        ({"sent_at": at(3, 9), "leave_given": True}, False),
        ({"sent_at": at(3, 11), "leave_given": True}, True),
        ({"sent_at": None, "created_at": at(2, 17)}, False),
        ({"sent_at": None, "created_at": at(5, 17)}, True),
    ],
)
def test_a_registration_is_late_after_six_and_with_leave_after_ten_of_the_next_day(office, registration, late):
    made = office.registration(**registration)
    office.compute()
    assert office.found() == ([("late", Decimal(1), f"customer_registration/{made.public_id}")] if late else [])


def test_one_record_loses_one_point_for_each_kind_of_fault(office):
    """Three fields blank are one fault; late and a wrong source are others: 30 - 3 = 27."""
    made = office.consultation(
        estate=None, home=None, wishes=None, entered_at=at(3, 9), source_verdict="wrong"
    )  # fmt: skip
    office.make("source_check", consultation_id=made.id, on_arrival="wrong", owner_id=2, came_on=date(2026, 3, 2))
    office.compute()
    assert [fault for fault, _points, _path in office.found()] == ["incomplete", "late", "untrue"]
    assert office.points() == points(27, 30, None, 20, 77)


def test_a_wrong_source_counts_against_the_record_that_the_check_names_and_else_against_the_check(office):
    visitor = office.visitor()
    office.make("source_check", visitor_id=visitor.id, on_arrival="wrong", owner_id=2, came_on=date(2026, 3, 2))
    office.make(
        "source_check", visitor_id=office.visitor().id, on_arrival="right", owner_id=2, came_on=date(2026, 3, 2)
    )
    alone = office.make("source_check", on_arrival="wrong", owner_id=2, came_on=date(2026, 3, 9))
    office.compute()
    expected = [f"source_check/{alone.public_id}", f"visitor/{visitor.public_id}"]
    assert office.found() == [("untrue", Decimal(1), path) for path in expected]


def test_what_a_patrol_finds_untrue_or_of_outings_comes_off_line_by_line(office):
    patrol = register_named("weekly_patrol")
    line = patrol.__mapper__.relationships["items"].mapper.class_
    with office.world.writing() as session:
        made = make_record(session, patrol, store_id=1, person_id=2, patrolled_on=date(2026, 3, 5))
        for part, fault, untrue in (
            ("information", None, True), ("information", "untrue", None), ("outings", "outing_missing", None),
            ("information", "form", None), ("follow_up", None, True),
        ):  # fmt: skip
            made.items.append(line(part=part, fault=fault, untrue=untrue, finding="抽查"))
        path = f"weekly_patrol/{made.public_id}"
    office.compute()
    assert office.found() == [("outing_missing", Decimal(1), path), ("untrue", Decimal(2), path)]


def test_outings_without_return_entered_late_or_known_from_elsewhere(office):
    """Back on the 2nd, entered in time: none. No return, entered next day: two. Out by attendance on the 5th and by a
    site visit the same day: one entry is missing. Attendance of the 2nd: it was entered. 20 - 3 = 17."""
    office.outing(2)
    office.outing(4, back=False, created_at=at(5, 9))
    for day in (2, 5):
        office.make("attendance", employee_id=2, state="out", day=date(2026, 3, day), store_id=1)
    office.make("site_visit", owner_id=2, visited_on=date(2026, 3, 5), store_id=1)
    office.compute()
    assert [fault for fault, _points, _path in office.found()] == ["outing_inaccurate", "outing_late", "outing_missing"]
    assert office.points() == points(30, 30, None, 17, 77)


@pytest.mark.rule("R-FOLL-01")
def test_completed_contacts_count_one_a_day_and_those_of_other_months_not(office):
    """A needs 4: two on one day, one not completed, one in February, one at 1:00 of 2 April (Shanghai): 3 missing."""
    customer = office.customer("A")
    office.contact(customer, 3, 9)
    office.contact(customer, 3, 17)
    office.contact(customer, 4, completed=False)
    office.contact(customer, 5, happened_at=at(28, month=2))
    office.contact(customer, 5, happened_at=at(2, 1, month=4))
    office.compute()
    assert office.found() == [("missing_contact", Decimal(3), f"customer/{customer.public_id}")]


@pytest.mark.rule("R-FOLL-01")
@pytest.mark.parametrize(("hour", "counts"), [(0, 1), (7, 1), (23, 1), (24, 0)])
def test_a_day_is_that_of_the_company(office, hour, counts):
    """31 March 0:00 to 23:00 in Shanghai is March; an hour later it is April."""
    office.contact(customer := office.customer("D"), 31, happened_at=at(31, hour))
    office.compute()
    assert len(office.found()) == 1 - counts, customer


@pytest.mark.rule("R-FOLL-01")
def test_registered_in_the_month_it_is_pro_rata(office):
    """A on 20 March: 4 x 12/31 = 1.5, so 1. B on 2 March: 3 x 30/31 = 2.9, so 2. In April: none."""
    office.customer("A", registered_at=at(20))
    office.customer("B", registered_at=at(2))
    office.customer("A", registered_at=at(1, month=4))
    office.compute()
    assert [points for _fault, points, _path in office.found()] == points_of(1, 2)


def points_of(*numbers):
    return [Decimal(one) for one in numbers]


@pytest.mark.rule("R-FOLL-01")
def test_who_withdrew_consent_or_has_no_grade_is_not_missed(office):
    office.customer("A", ground_on=date(2026, 1, 1), withdrawn_on=date(2026, 3, 31))
    office.customer(None)
    office.customer("B", contacts=3)
    office.compute()
    assert office.found() == []


@pytest.mark.rule("R-FOLL-01")
def test_grade_and_owner_are_those_of_the_months_end(office):
    """In April A becomes D and another is handed to the colleague; March is scored as it was. A third was handed over
    in March already."""
    graded, handed, before = office.customer("A"), office.customer("B"), office.customer("C")
    customer = register_named("customer")
    for made, when, change in (
        (before, at(30), {"owner_id": PERSON_IDS["customer_manager2"]}),
        (graded, at(1, month=4), {"grade": "D"}),
        (handed, at(1, month=4), {"owner_id": PERSON_IDS["customer_manager2"]}),
    ):
        office.now = when
        with office.acting("store_manager") as session:
            records.change(session, session.get_one(customer, made.id), change)
    office.now = at(2, month=4)
    office.compute()
    assert [points for _fault, points, _path in office.found()] == points_of(3, 4)
    assert [points for _fault, points, _path in office.found("customer_manager2")] == points_of(2)


def test_what_was_filled_in_after_the_months_end_was_empty_at_it(office):
    made = office.visitor(estate=None)
    with office.acting("store_manager") as session:
        records.change(session, session.get_one(register_named("visitor"), made.id), {"estate": "青石里"})
    office.compute()
    assert office.found() == [("incomplete", Decimal(1), f"visitor/{made.public_id}")]


@pytest.mark.rule("R-CUST-05")
@pytest.mark.parametrize(
    ("told", "better"),
    [
        ({"sent_at": at(2, 19)}, {"sent_at": at(2, 12)}),
        ({"sent_at": at(3, 9)}, {"leave_given": True}),
        ({"sent_at": None, "created_at": at(5, 17)}, {"sent_at": at(2, 12)}),
    ],
)
def test_an_hour_or_leave_told_after_the_months_end_makes_nothing_timely(office, told, better):
    made = office.registration(**told)
    with office.acting("customer_manager") as session:
        records.change(session, session.get_one(register_named("customer_registration"), made.id), better)
    office.compute()
    assert office.found() == [("late", Decimal(1), f"customer_registration/{made.public_id}")]


@pytest.mark.rule("R-CUST-05")
@pytest.mark.parametrize(("now", "points_off"), [(at(31), 0), (at(1, month=4), 1)])
def test_what_is_put_right_before_the_month_ends_counts(office, now, points_off):
    made = office.registration(sent_at=at(2, 19))
    office.now = now
    with office.acting("customer_manager") as session:
        records.change(
            session, session.get_one(register_named("customer_registration"), made.id), {"sent_at": at(2, 12)}
        )
    office.now = at(2, month=4)
    office.compute()
    assert len(office.found()) == points_off


def test_no_part_falls_below_nothing_and_the_worst_come_first(office):
    """Nine customers of grade A without contact lack 36: seven fours and two of the eighth are 30. 25 outings: 20."""
    for _n in range(9):
        office.customer("A")
    for day in range(1, 26):
        office.outing(day, back=False)
    office.compute()
    assert office.points() == points(30, 0, None, 0, 30)
    missing = [one for one in office.deductions() if one.part == "follow_up"]
    assert sorted(one.points for one in missing) == points_of(2, 4, 4, 4, 4, 4, 4, 4)
    assert "缺追访 36 次" in office.sheet().evidence


@pytest.mark.rule("R-SCOR-04")
@pytest.mark.parametrize("username", ["director", "general_manager"])
def test_computing_again_changes_nothing_whoever_asks(office, username):
    office.example()
    office.compute()
    before = state_of(office)
    office.compute(username)
    assert state_of(office) == before


def state_of(office):
    """All sheets and deductions, and how long the trail is."""
    with office.world.open() as session:
        tables = map(register_named, ("score_sheet", "score_deduction"))
        rows = [list(map(values_of, session.scalars(select(one).order_by(one.id)))) for one in tables]
        return rows, session.scalar(select(func.max(TrailEntry.seq)))


@pytest.mark.rule("R-SCOR-04")
def test_computing_again_follows_the_records(office):
    gone, left = office.visitor(estate=None), office.visitor(3, estate=None)
    office.compute()
    with office.acting("store_manager") as session:
        records.void(session, session.get_one(register_named("visitor"), gone.id), "重复登记")
    office.outing(back=False)
    office.compute()
    assert office.points() == points(29, 30, None, 19, 78)
    assert f"visitor/{left.public_id}" in [path for _fault, _points, path in office.found()]
    (voided,) = (one for one in office.deductions(voided=True) if one.voided_at)
    assert voided.evidence_path == f"visitor/{gone.public_id}"
    with office.acting("store_manager") as session:
        records.restore(session, session.get_one(register_named("visitor"), gone.id))
    office.compute()
    assert office.points() == points(28, 30, None, 19, 77)
    assert not any(one.voided_at for one in office.deductions(voided=True))


@pytest.mark.rule("R-SCOR-04")
def test_an_old_month_uses_the_settings_of_its_time(office):
    """From 1 April B needs 5; March asks for 3 still, and a change in March counts for March."""
    office.customer("B")
    with office.world.writing() as session:
        session.add(setting("contacts_b", "5", date(2026, 4, 1)))
    office.compute()
    assert [points for _fault, points, _path in office.found()] == points_of(3)
    with office.world.writing() as session:
        session.add(setting("contacts_b", "2", date(2026, 3, 31)))
    office.compute()
    assert [points for _fault, points, _path in office.found()] == points_of(2)


def setting(name, value, day):
    return Setting(name=name, value=value, valid_from=day, set_by_id=1, set_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.rule("R-CONF-02")
def test_a_record_above_the_sheets_level_is_named_by_its_number_alone(office):
    office.customer("A", name="顾维钧", level=Level.CONFIDENTIAL)
    office.compute()
    (one,) = office.deductions()
    assert one.level == Level.SECRET
    assert "顾维钧" not in f"{one.evidence_number}{one.evidence_summary}"
    assert one.evidence_number


@pytest.mark.rule("R-AUDT-01")
def test_the_trail_has_each_sheet_and_deduction_in_the_name_of_who_computed(office):
    office.example()
    office.compute()
    with office.world.open() as session:
        entries = select(TrailEntry.table_name, TrailEntry.record_id).where(
            TrailEntry.table_name.in_(("score_sheet", "score_deduction")), TrailEntry.event == "added",
            TrailEntry.actor_id == PERSON_IDS["director"],
        )  # fmt: skip
        told = set(map(tuple, session.execute(entries)))
        kept = {
            (name, id_) for name in ("score_sheet", "score_deduction")
            for id_ in session.scalars(select(register_named(name).id))
        }  # fmt: skip
    assert told == kept
    assert len(kept) == 2 + 3 + 2 + 3 + 1


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("username", ["customer_manager", "store_manager", "hr", "admin", "service_manager"])
def test_only_who_keeps_the_scores_computes_them(office, username):
    with pytest.raises(Refused) as refusal:
        office.compute(username)
    assert refusal.value.verdict.code == "no_right"
    with pytest.raises(LookupError):
        office.sheet()


def test_a_month_is_not_computed_before_it_is_over(office):
    with pytest.raises(Refused) as refusal:
        office.compute(month=Month(2026, 4))
    assert (refusal.value.verdict.rule, refusal.value.verdict.code) == ("R-SCOR-01", "wrong_state")


def test_the_questions_do_not_grow_with_the_managers(office):
    office.example()
    with counted_queries(office.world) as few:
        office.compute()
    employee = register_named("employee")
    with office.world.writing() as session:
        for n in range(12):
            id_ = make_record(session, employee, roles=("customer_manager",), number=f"X{n}", store_id=1).id
            session.flush()
            make_record(session, "customer", owner_id=id_, store_id=1, grade="A", registered_at=at(2, month=2))
    with counted_queries(office.world) as many:
        office.compute()
    assert reads(many) <= reads(few) + 3, "first computing has no sheets to read"
    assert MARCH.length == 31


def reads(statements):
    return sum(statement.lstrip().startswith("SELECT") for statement in statements)
