"""The month's summary: approved once all sheets are locked, by whom it is to, sent to HR with that (R-SCOR-03)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.operations.followups import keep_true
from admin_app.operations.scoring import steps
from admin_app.rules.scoring_steps import may_send_summary
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import values_of
from tests.fixtures.scoring import MARCH, overview_of

pytestmark = pytest.mark.rule("R-SCOR-03")


def summary(session):
    return session.scalars(
        select(register_named("hr_report")).where(register_named("hr_report").month_on == MARCH.first)
    ).one()


def lock(office, who):
    """Reviewed on the day, silent for the time to object, approved."""
    for step, by, days in ((steps.review, "director", 0), (steps.approve, "general_manager", 6)):
        office.now += timedelta(days=days)
        with office.acting(by) as session:
            sheet = overview_of(session, who, MARCH)
            step(session, sheet, steps.Signing(sheet.evidence_digest, office.now), office.now)


def sign(office, who):
    """The code with which *who* is refused the approval; nothing where they give it."""
    try:
        with office.acting(who) as session:
            report = summary(session)
            face = report.faces["approved_by_id"]
            signatures.sign(session, report, face, report.version, office.now, office.now)
    except Refused as refused:
        return refused.verdict.code


def standing(office):
    with office.world.open() as session:
        report = summary(session)
        return report.approved_by_id, report.sent_on, report.people_count


def test_a_summary_waits_for_every_sheet():
    assert may_send_summary(0)
    assert may_send_summary(1).code == "wrong_state"


def test_the_summary_is_approved_once_all_are_locked_by_another_than_who_made_it_and_sent_that_day(example):
    """Two managers. With one locked nobody approves; with both HR and a head don't, nor who locked the sheets; the director does.

    From 2 April six days for each of the two: the 14th.
    """
    lock(example, "customer_manager")
    assert sign(example, "director") == "wrong_state"
    lock(example, "customer_manager2")
    assert [sign(example, who) for who in ("hr", "general_manager")] == ["not_signer", "own_request"]
    assert standing(example) == (None, None, 2)
    assert sign(example, "director") is None
    assert standing(example) == (PERSON_IDS["director"], date(2026, 4, 14), 2)
    assert sign(example, "director") is not None


def test_on_screen_the_button_stands_for_whom_it_is_to(example, client_of):
    for who in ("customer_manager", "customer_manager2"):
        lock(example, who)
    with example.world.open() as session:
        address = f"/admin/hr_report/details/?id={summary(session).public_id}"
    pages = {who: client_of(who).get(address) for who in ("director", "hr", "customer_manager")}
    assert [page.status_code for page in pages.values()] == [200, 200, 404]
    assert ["field=approved_by_id" in page.text for page in pages.values()] == [True, False, False]


@pytest.mark.rule("R-SCOR-06")
def test_a_reward_approved_after_the_last_lock_is_in_the_summary_that_is_signed(example):
    for who in ("customer_manager", "customer_manager2"):
        lock(example, who)
    with example.world.writing() as session, operating(session):
        paid = register_named("reward_penalty")
        values = values_of(session, paid, kind="reward", clause_text="顾客公开表扬", amount=Decimal(100))
        given = {"month_on": MARCH.first, "decided_on": MARCH.last, "approved_by_id": None, "approved_at": None}
        reward = records.create(session, paid, {**values, **given})
        assert summary(session).rewards_count == 0
        approved = {"approved_by_id": PERSON_IDS["general_manager"], "approved_at": example.now}
        before = records.bring(reward, approved)
        session.flush()
        keep_true(session, reward, before)
    with example.world.open() as session:
        assert (summary(session).rewards_count, summary(session).rewards_amount) == (1, Decimal(100))


@pytest.mark.rule("R-SCOR-06")
def test_the_summary_tells_clause_count_and_sum_in_the_words_of_the_list_and_what_was_recovered(example):
    """Two fines of 50 for 店面形象, written in two ways; of a private deal 8000 are fined and 3000 recovered: 8100 in all."""
    fined = (
        ("破坏形象（张）", "store_image", 50, None),
        ("店面", "store_image", 50, None),
        ("私单", "private_deal", 8000, 3000),
    )
    with example.world.writing() as session, operating(session):
        paid = register_named("reward_penalty")
        for text, clause, amount, back in fined:
            given = {"month_on": MARCH.first, "decided_on": MARCH.last, "approved_by_id": PERSON_IDS["general_manager"]}
            values = {"kind": "penalty", "penalty_clause": clause, "reward_clause": None, "clause_text": text, **given}
            amounts = {"amount": Decimal(amount), "recovered": back and Decimal(back), "approved_at": example.now}
            records.create(session, paid, values_of(session, paid, **values, **amounts))
    lock(example, "customer_manager")
    with example.world.open("hr") as session:
        made = session.scalars(select(register_named("hr_report"))).one()
        assert [(line.clause, line.people, line.amount) for line in made.clauses] == [
            ("破坏店面形象、扰乱秩序", 2, 100), ("私自串通做私单（开除）", 1, 8000),
        ]  # fmt: skip
        assert (made.penalties_count, made.penalties_amount, made.recovered_amount) == (3, 8100, 3000)
