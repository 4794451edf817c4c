"""Who has withdrawn consent is contacted no more, on any path (R-PRIV-01). Now is ten o'clock on 2026-03-11."""

import re
from datetime import date, timedelta

import pytest

from admin_app.guard.withdrawn import NO_MORE
from admin_app.models import all_registers, register_named
from admin_app.operations import records
from admin_app.rules.disclosures import DISCLOSURES, Fact
from admin_app.sheets import results
from admin_app.storage import LocalFiles
from admin_app.verdicts import Refused
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries
from tests.fixtures.records import texts_of
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-PRIV-01")
WITHDREW = date(2026, 3, 10)
DAY = timedelta(1)


@pytest.fixture
def customer(make):
    """``customer(withdrawn_on=…)``: one of the customer manager's, whom consent let them contact since January."""

    def made(withdrawn_on=WITHDREW, **values):
        theirs = {"store_id": 1, "owner_id": id_of("customer_manager"), "status": "prospect"}
        return make("customer", **theirs, ground_on=date(2026, 1, 1), withdrawn_on=withdrawn_on, **values)

    return made


def call(customer, at, **values):
    return {
        "customer_id": customer.id,
        "happened_at": at,
        "method": "phone",
        "completed": True,
        "content": "问候",
        **values,
    }


def written(world, table, values, who="customer_manager"):
    """The code of the refusal, None where it was written."""
    try:
        with world.writing(who) as session:
            records.add(session, register_named(table), values)
    except Refused as refused:
        assert refused.verdict.rule == "R-PRIV-01"
        assert "撤回同意" in str(refused.verdict.reason)
        return refused.verdict.code
    return None


def moments(world, table="follow_up", name="happened_at"):
    with world.open() as session:
        register = register_named(table)
        return [getattr(one, name) for one in session.query(register).order_by(register.id)]


def test_from_the_day_of_the_withdrawal_on_no_follow_up_is_written_and_one_of_before_still_is(world, customer):
    """Withdrawn on 10 March: 23:59 of the 9th is before, 00:00 of the 10th (16:00 UTC of the 9th) isn't. An attempt that
    reached nobody would have been a contact, too."""
    one = customer()
    midnight = NOW.replace(day=9, hour=16, minute=0)
    assert written(world, "follow_up", call(one, midnight - timedelta(minutes=1))) is None
    assert written(world, "follow_up", call(one, midnight)) == "wrong_state"
    assert written(world, "follow_up", call(one, NOW, completed=False)) == "wrong_state"
    assert moments(world) == [midnight - timedelta(minutes=1)]


def test_a_visit_is_not_reported_a_plan_not_carried_out_and_nobody_is_greeted(world, customer):
    one = customer()
    assert (
        written(world, "visit_report", {"customer_id": one.id, "visited_at": NOW, "host_name": "周先生"})
        == "wrong_state"
    )
    planned = {"customer_id": one.id, "planned_on": NOW.date(), "method": "phone", "topic": "回访"}
    assert written(world, "contact_plan", {**planned, "done_on": NOW.date()}) == "wrong_state"
    greeted = {"customer_id": one.id, "occasion": "birthday", "due_on": NOW.date()}
    assert written(world, "greeting", {**greeted, "done_at": NOW}) == "wrong_state"
    assert (moments(world, "visit_report", "visited_at"), moments(world, "greeting", "done_at")) == ([], [])
    assert written(world, "greeting", greeted) is None  # nobody was greeted yet


def test_no_visit_is_planned_no_gift_given_and_nobody_entertained_any_more(world, customer):
    """A present of the day before the withdrawal is still written down."""
    one = customer()
    gift = {"customer_id": one.id, "occasion": "birthday", "item": "茶叶"}
    assert written(world, "gift", {**gift, "given_on": WITHDREW}) == "wrong_state"
    assert written(world, "gift", {**gift, "given_on": WITHDREW - DAY}) is None
    plan = {"customer_id": one.id, "purposes": ["care"], "aim": "回访", "visit_on": NOW.date() + DAY}
    assert written(world, "visit_plan", plan) == "wrong_state"
    meal = {"customer_id": one.id, "guests": "陈女士", "occasion": "答谢", "held_at": NOW + DAY, "budget": 300}
    assert written(world, "hospitality", meal) == "wrong_state"
    assert (moments(world, "gift", "given_on"), moments(world, "visit_plan", "visit_on")) == ([WITHDREW - DAY], [])
    assert moments(world, "hospitality", "held_at") == []


def test_who_gave_consent_again_or_comes_by_themselves_is_written_down(world, customer):
    again, comes = customer(withdrawn_on=None), customer()
    assert written(world, "follow_up", call(again, NOW)) is None
    came = {
        "received_at": NOW,
        "name": "陈女士",
        "matter": "enquiry",
        "content": "来店询问",
        "received_by_id": id_of("clerk"),
    }
    with world.writing() as session:
        records.create(
            session,
            register_named("phone_visit_log"),
            {"to_handle": False, "form": "visit", **came, "customer_id": comes.id},
        )
    assert moments(world, "phone_visit_log", "received_at") == [NOW]


def test_what_was_written_stays_may_be_worded_anew_and_is_not_moved_past_the_withdrawal(world, customer):
    one, another = customer(), customer(withdrawn_on=None, name="另一位")
    assert written(world, "follow_up", call(one, NOW - 2 * DAY)) is None
    assert written(world, "follow_up", call(another, NOW)) is None
    earlier, later = changed(world, 0, content="补充"), changed(world, 0, happened_at=NOW)
    moved = changed(world, 1, customer_id=one.id)
    assert (earlier, later, moved) == (None, "wrong_state", "wrong_state")
    assert moments(world) == [NOW - 2 * DAY, NOW]


def changed(world, position, **values):
    """The code of the refusal of a change to that follow-up, None where it was made."""
    register = register_named("follow_up")
    try:
        with world.writing("customer_manager") as session:
            records.change(session, session.query(register).order_by(register.id)[position], values)
    except Refused as refused:
        return refused.verdict.code
    return None


def test_the_form_says_why_and_nothing_is_written(world, client_of, customer):
    one, client = customer(), client_of("customer_manager")
    with world.open("customer_manager") as session:
        sent = texts_of(session, register_named("follow_up"), call(one, NOW))
    answer = post(client, "/admin/follow_up/new/", sent)
    assert "撤回当日起不再联系" in answer.text
    assert moments(world) == []


@pytest.mark.rule("R-IMPT-03")
def test_of_a_ledger_only_the_lines_of_before_come_in(world, customer, tmp_path):
    """The import page and the command read it with the same function; the two good lines of three are written."""
    customer(name="撤回客"), customer(withdrawn_on=None, name="照旧客")
    rows = (
        "撤回客,2026-03-09 10:00,电话,是,之前",
        "撤回客,2026-03-10 10:00,电话,是,之后",
        "照旧客,2026-03-10 10:00,电话,是,照旧",
    )
    ledger = tmp_path / "calls.csv"
    ledger.write_text("\n".join(("客户,追访时间,追访方式,联系上,追访内容", *rows)))
    store = LocalFiles(world.settings.data_dir / "files", world.settings.wrapping_key())
    with world.open("clerk") as session:
        outcome = results.import_file(session, "follow_up", ledger, store=store)
    assert outcome["added"] == 2
    assert [(one["line"], one["field"], one["code"]) for one in outcome["errors"]] == [
        (3, "customer_id", "wrong_state")
    ]
    with world.open() as session:
        assert sorted(one.content for one in session.query(register_named("follow_up"))) == ["之前", "照旧"]


def test_many_records_together_ask_once(world, customer):
    """Written by an operation, past the unit of work; one with a customer who withdrew stops all."""
    asked, gone, good = [], customer(), [customer(withdrawn_on=None) for _ in range(6)]
    for some in (good[:2], good):
        with counted_queries(world) as statements, world.writing() as session:
            records.create_many(session, register_named("follow_up"), [call(one, NOW) for one in some])
        asked.append(
            len([one for one in statements if re.search("SELECT.*withdrawn_on IS NOT NULL", str(one), re.DOTALL)])
        )
    assert asked == [1, 1]
    with pytest.raises(Refused, check=lambda error: error.verdict.rule == "R-PRIV-01"), world.writing() as session:
        records.create_many(session, register_named("follow_up"), [call(one, NOW) for one in (good[0], gone)])
    assert len(moments(world)) == 8


def test_every_register_of_contacts_that_the_company_makes_says_so():
    told = {table: register.reaches for table, register in all_registers().items() if register.reaches}
    assert told == {
        "follow_up": "happened_at", "visit_report": "visited_at", "outbound_call": "called_at", "callback": "called_at",
        "greeting": "done_at", "contact_plan": "done_on", "visit_plan": "visit_on", "gift": "given_on",
        "hospitality": "held_at",
    }  # fmt: skip


@pytest.mark.rule("R-CONF-15")
def test_the_refusal_says_what_is_listed_and_no_more():
    assert DISCLOSURES[Fact.CUSTOMER_WITHDREW].sentence == NO_MORE
