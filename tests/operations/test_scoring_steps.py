"""A sheet's way to the lock, and that nothing passes it by (R-SCOR-02, R-SCOR-03, R-ROLE-04, R-ROLE-05)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from admin_app.guard import act_as
from admin_app.guard.session import writing
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.intakes import intake_of
from admin_app.operations.scoring import adjusting, overview, steps
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PEOPLE, PERSON_IDS
from tests.fixtures.scoring import COUNTED_ON, MARCH, at, refused, values_of
from tests.fixtures.worlds import person_of

pytestmark = pytest.mark.rule("R-SCOR-03")


def test_reviewed_accepted_approved_and_in_the_summary_for_hr(example):
    """The summary is due on the 5th working day of April: 1, 2, 3, then Qingming, 7 and 8."""
    example.review()
    assert (example.sheet().state, example.sheet().reviewed_by_id) == ("reviewed", PERSON_IDS["director"])
    example.accept()
    assert example.sheet().state == "accepted"
    example.approve()
    sheet = example.sheet()
    assert (sheet.state, sheet.approved_by_id, sheet.total) == ("approved", PERSON_IDS["general_manager"], Decimal(91))
    with example.world.open("hr") as session:
        (report,) = session.scalars(select(register_named("hr_report")))
        assert [(line.person_id, line.sheet_id, line.total, line.rank_no) for line in report.scores] == [
            (PERSON_IDS["customer_manager"], sheet.id, Decimal(91), 1)
        ]
        assert (report.people_count, report.mean_score, str(report.due_on)) == (1, Decimal(91), "2026-04-08")


def test_an_objection_is_answered_and_made_once(example):
    example.review()
    example.take(steps.object_to, "customer_manager", "3 月 4 日当天已交", example.now)
    assert (example.sheet().state, example.sheet().objection) == ("objected", "3 月 4 日当天已交")
    assert refused(example.review) == "no_reason"
    late = next(one for one in example.deductions() if one.fault == "late")
    example.waive(late, reason="当天交的纸质表")
    assert example.sheet().state == "objected"
    example.review(answer="已免扣一分")
    sheet = example.sheet()
    assert (sheet.state, sheet.total, sheet.objection_answer) == ("reviewed", Decimal(92), "已免扣一分")
    again = refused(example.take, steps.object_to, "customer_manager", "再提", example.now)
    assert (again, example.sheet().state) == ("wrong_state", "reviewed")


def test_silence_accepts_after_two_working_days(example):
    """Reviewed on Thursday 2 April: Friday, then Qingming until Monday, Tuesday 18:00."""
    example.review()
    example.now = at(7, 18, month=4)
    assert refused(example.approve) == "wrong_state"
    example.now += timedelta(minutes=1)
    example.approve()
    assert (example.sheet().state, example.sheet().accepted_at) == ("approved", at(7, 18, month=4))


@pytest.mark.rule("R-ROLE-05")
def test_who_signs_signs_what_they_saw_with_the_password_just_given(example):
    seen = example.sheet().evidence_digest
    old = steps.Signing(seen, example.now - timedelta(minutes=11))
    assert refused(example.take, steps.review, "director", old, example.now) == "password_due"
    example.waive(example.deductions()[0])
    stale = steps.Signing(seen, example.now)
    assert refused(example.take, steps.review, "director", stale, example.now) == "changed"
    assert example.sheet().state == "computed"


@pytest.mark.rule("R-ROLE-05", "R-SCOR-04")
def test_a_sheet_that_changes_after_the_review_is_reviewed_anew(example):
    example.review()
    example.accept()
    example.compute()
    assert example.sheet().state == "accepted", "the same records, the same sheet"
    example.outing(9, back=False)
    example.compute()
    sheet = example.sheet()
    assert (sheet.state, sheet.reviewed_by_id, sheet.accepted_at) == ("computed", None, None)


@pytest.mark.rule("R-SCOR-02", "R-SCOR-04")
def test_what_was_waived_and_added_by_hand_survives_and_the_points_add_up(example):
    """30-2-0 after one waived, 29-1 after a mark: 27, the total 91 again."""
    late = next(one for one in example.deductions() if one.fault == "late")
    example.waive(late)
    assert example.points()[0] == Decimal(28)
    visitor = example.visitor(9)
    example.add("form", f"visitor/{visitor.public_id}", reason="字迹不清")
    example.compute()
    held = example.deductions()
    assert sum(one.points for one in held if not one.waived) == Decimal(100) - example.sheet().total == Decimal(9)
    (mark,) = (one for one in held if one.added)
    assert (mark.part, mark.waive_reason, mark.waived_by_id) == ("information", "字迹不清", PERSON_IDS["director"])
    assert [one.public_id for one in held if one.waived] == [late.public_id]
    assert refused(example.add, "form", f"visitor/{visitor.public_id}") == "wrong_state"
    example.take(adjusting.waive, "director", late.public_id, "核实有误", example.now, waived=False)
    assert example.points()[0] == Decimal(26)


def test_a_waived_fault_beyond_the_full_marks_lets_another_take_its_place(office):
    """25 outings without return take 20; with one waived the 21st takes its place: still 0."""
    for day in range(1, 26):
        office.outing(day, back=False)
    office.compute()
    office.waive(office.deductions()[0])
    assert office.points()[3] == Decimal(0)
    counted = [one for one in office.deductions() if not one.waived]
    assert sum(one.points for one in counted) == Decimal(20)


@pytest.mark.rule("R-SCOR-01", "R-SCOR-04")
def test_a_waived_contact_of_which_little_was_left_lets_the_next_take_its_place(office):
    """Nine of grade A lack four each: seven take 28, the eighth the 2 left. With the eighth waived the ninth takes them."""
    customers = [office.customer("A") for _n in range(9)]
    office.compute()
    trimmed = next(one for one in office.deductions() if one.points == 2)
    office.waive(trimmed)
    assert office.points()[1] == Decimal(0)
    assert len(office.found()) == 8
    (last,) = (path for _fault, points, path in office.found() if points == 2)
    assert last == f"customer/{customers[8].public_id}" != trimmed.evidence_path
    before = office.found()
    office.compute()
    assert office.found() == before, "the same with all others as for the one alone"


@pytest.mark.rule("R-SCOR-02", "R-CONF-02")
@pytest.mark.parametrize(
    ("kind", "record", "reason", "code"),
    [
        ("form", "visitor/nothing", "有误", "incomplete"),
        ("form", "", "有误", "incomplete"),
        ("form", "nothing/x", "有误", "incomplete"),
        ("missing_contact", "{visitor}", "有误", "incomplete"),
        ("form", "{visitor}", " ", "no_reason"),
    ],
)
def test_a_point_is_added_for_a_record_that_is_there_with_a_reason(example, kind, record, reason, code):
    path = record.format(visitor=f"visitor/{example.visitor(9).public_id}")
    assert refused(example.add, kind, path, reason=reason) == code
    assert not any(one.added for one in example.deductions())


@pytest.mark.rule("R-ROLE-04")
def test_nobody_else_takes_a_step_and_nothing_changes(example):
    """Every person of the company tries each step at its moment; the state stays."""
    signing, reviewers, approvers = example.signing(), {"director"}, {"general_manager"}
    mark = example.deductions()[0]
    for username in PEOPLE:
        for step, arguments, may in (
            (steps.review, (signing, example.now), reviewers),
            (adjusting.waive, (mark.public_id, "有误", example.now), reviewers),
        ):
            if username not in may:
                with example.world.open("system") as session:
                    sheet = session.get_one(register_named("score_sheet"), example.sheet().id)
                    assert tried(session, sheet, username, step, arguments) in ("not_signer", "own_request"), username
    example.review()
    for username in PEOPLE:
        with example.world.open("system") as session:
            sheet = session.get_one(register_named("score_sheet"), example.sheet().id)
            if username != "customer_manager":
                assert tried(session, sheet, username, steps.accept, (example.now,)) == "not_signer", username
    example.accept()
    for username in PEOPLE:
        if username not in approvers:
            with example.world.open("system") as session:
                sheet = session.get_one(register_named("score_sheet"), example.sheet().id)
                code = tried(session, sheet, username, steps.approve, (signing, example.now))
                assert code in ("not_signer", "own_request", "same_person"), username
    assert (example.sheet().state, example.sheet().approved_by_id) == ("accepted", None)


def tried(session, sheet, username, step, arguments):
    """The code with which *username* is refused *step* on a sheet that they were handed."""
    act_as(session, person_of(session, username))
    with pytest.raises(Refused) as refusal, writing(session):
        step(session, sheet, *arguments)
    return refusal.value.verdict.code


@pytest.mark.rule("R-SCOR-04", "R-IMPT-07", "R-LIST-03")
def test_a_locked_sheet_and_its_deductions_refuse_every_verb_of_everyone(example):
    """Steps, edit, void, import, computing: each is refused by its rule, and the rows stay byte for byte."""
    example.lock()
    before, mark = locked_rows(example), example.deductions()[0]
    example.outing(9, back=False)
    assert example.compute().locked == 1
    signing = example.signing()
    locked = {
        steps.review: (signing, example.now), adjusting.waive: (mark.public_id, "有误", example.now),
        adjusting.add: ("form", f"visitor/{example.visitor(9).public_id}", "有误", example.now),
    }  # fmt: skip
    for step, arguments in locked.items():
        assert refused(example.take, step, "director", *arguments) == "locked"
    assert refused(example.accept) == "locked"
    assert refused(example.take, steps.object_to, "customer_manager", "有误", example.now) == "locked"
    for username in PEOPLE:
        for record in (example.sheet(), mark):
            for verb in (change, void):
                assert verb(example, username, record) in ("no_right", "operation_only", "locked", "unseen"), username
        with example.world.open(username) as session:
            for table in ("score_sheet", "score_deduction"):
                assert not intake_of(register_named(table)).may_enter(person_of(session, username))
    assert locked_rows(example) == before


def locked_rows(office):
    return values_of(office.sheet()), [values_of(one) for one in office.deductions(voided=True)]


def change(office, username, record):
    """The code with which *username* is refused a change by hand."""
    field = "remark" if "remark" in type(record).faces else "explanation"
    return by_hand(office, username, record, lambda session, mine: records.change(session, mine, {field: "改"}))


def void(office, username, record):
    return by_hand(office, username, record, lambda session, mine: records.void(session, mine, "作废"))


def by_hand(office, username, record, act):
    with office.world.open(username) as session:
        if records.find(session, type(record), record.public_id) is None:
            return "unseen"
    with pytest.raises(Refused) as refusal, office.acting(username) as session:
        act(session, records.find(session, type(record), record.public_id))
    return refusal.value.verdict.code


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE score_sheet SET total = 10000 WHERE id = :sheet",
        "UPDATE score_sheet SET state = 'computed', approved_by_id = NULL, approved_at = NULL WHERE id = :sheet",
        "UPDATE score_deduction SET points = 0 WHERE sheet_id = :sheet",
        "UPDATE score_deduction SET voided_at = created_at WHERE sheet_id = :sheet",
        "UPDATE score_deduction SET evidence_summary = 'x' WHERE sheet_id = :sheet",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_locked(example, statement):
    example.lock()
    with example.world.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="locked"):
            connection.execute(text(statement), {"sheet": example.sheet().id})
        connection.rollback()
        other = {"sheet": example.sheet("customer_manager2").id}
        connection.execute(text("UPDATE score_sheet SET total = 7000 WHERE id = :sheet"), other)
        connection.rollback()


def test_a_correction_is_a_new_sheet_naming_the_old_which_stays(example):
    example.lock()
    before, locked = locked_rows(example), example.sheet()
    example.outing(9, back=False)
    assert refused(example.take, steps.correct, "director", " ", example.now) == "no_reason"
    assert refused(example.take, steps.correct, "customer_manager", "有误", example.now) == "no_right"
    example.take(steps.correct, "director", "漏记一次外出", example.now)
    new = example.sheet()
    assert (new.version_no, new.replaces_id, new.state, new.total) == (2, locked.id, "computed", Decimal(90))
    with example.world.open() as session:
        old = session.get_one(register_named("score_sheet"), locked.id)
        assert values_of(old) == before[0]
    example.lock()
    with example.world.open("hr") as session:
        (report,) = session.scalars(select(register_named("hr_report")))
        assert [(line.sheet_id, line.total) for line in report.scores] == [(new.id, Decimal(90))]


def test_a_summary_that_was_sent_stays_and_a_new_one_follows(example):
    example.lock()
    report = register_named("hr_report")
    with example.world.writing() as session:
        session.execute(text("UPDATE hr_report SET sent_on = '2026-04-03'"))
    example.take(steps.correct, "director", "漏记一次外出", example.now)
    example.lock()
    with example.world.open("hr") as session:
        found = session.execute(select(report.version_no, report.mean_score).order_by(report.version_no)).all()
    assert list(map(tuple, found)) == [(1, Decimal(91)), (2, Decimal(91))]


@pytest.mark.rule("R-DESK-01")
def test_a_sheet_waits_for_whom_its_next_step_is(example):
    def waits():
        found = {}
        for username in PEOPLE:
            with example.world.open(username) as session:
                mine = overview.waiting(session, person_of(session, username), example.now)
                if mine:
                    found[username] = [one.verb.value for one in mine]
        return found

    assert waits() == {"director": ["review", "review"]}
    example.review()
    assert waits() == {"director": ["review"], "customer_manager": ["accept"]}
    example.accept()
    assert waits() == {"director": ["review"], "general_manager": ["approve"]}
    example.approve()
    assert waits() == {"director": ["review"]}


@pytest.mark.rule("R-CONF-02")
def test_a_manager_sees_their_own_sheet_and_nobody_elses(example):
    seen = {}
    for username in PEOPLE:
        with example.world.open(username) as session:
            rows = overview.month_rows(session, MARCH, COUNTED_ON)
            deductions = session.scalar(select(func.count()).select_from(register_named("score_deduction")))
            if rows or deductions:
                seen[username] = sorted(row.sheet.person_id for row in rows), deductions
    mine, other = PERSON_IDS["customer_manager"], PERSON_IDS["customer_manager2"]
    every = [mine, other], 9
    assert seen == {
        "customer_manager": ([mine], 9), "customer_manager2": ([other], 0), "store_manager": ([mine], 9),
        "store_manager2": ([other], 0), "director": every, "general_manager": every, "hr": ([mine, other], 0),
    }  # fmt: skip


@pytest.mark.rule("R-SCOR-07", "R-CONF-03")
@pytest.mark.parametrize("username", ["director", "hr"])
def test_weeks_without_a_patrol_show_beside_the_sheet_to_who_may_not_read_patrols_too(example, username):
    example.make("weekly_patrol", person_id=2, patrolled_on=at(11).date(), store_id=1)
    with example.world.open(username) as session:
        rows = overview.month_rows(session, MARCH, COUNTED_ON)
        patrols = session.scalar(select(func.count()).select_from(register_named("weekly_patrol")))
        assert patrols == (username == "director"), "the patrols themselves stay whose they are"
        missing = {row.sheet.person_id: [day.day for day in row.unpatrolled] for row in rows}
    assert missing == {2: [2, 16, 23], PERSON_IDS["customer_manager2"]: [2, 9, 16, 23]}


@pytest.mark.rule("R-SIGN-06")
def test_a_refused_step_leaves_the_data_as_they_were(example):
    before = locked_rows(example)
    with example.world.open() as session:
        entries = session.scalar(select(func.max(TrailEntry.seq)))
    assert refused(example.accept) == "wrong_state"
    assert refused(example.approve) == "wrong_state"
    with example.world.open() as session:
        assert session.scalar(select(func.max(TrailEntry.seq))) == entries
    assert locked_rows(example) == before
