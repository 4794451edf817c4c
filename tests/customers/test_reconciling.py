"""The weekly reconciliation: nothing unfinished is confirmed, disputes are natural flow, valid follows (R-CUST-06)."""

from datetime import date, timedelta

import pytest

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.operations.customers import reconciling
from admin_app.verdicts import Refused
from tests.customers.conftest import NOW, id_of
from tests.fixtures.web import post

WEEK = date(2026, 3, 9)


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


@pytest.fixture
def check(world):
    """``check(taken_back_at=None)``: a check whose consultation has all its steps but what is given; ids of both."""

    def made(on_arrival="right", **form):
        about = {
            "name": "陈女士",
            "phone": "13800000001",
            "sex": "female",
            "estate": "望湖花园",
            "owner_id": id_of("customer_manager"),
        }
        steps = {
            "designer_id": id_of("designer"), "confirmed_by_id": id_of("store_manager"), "handed_at": NOW - timedelta(days=2),
            "taken_back_at": NOW - timedelta(days=1), "completed_by_id": id_of("customer_manager"), "entered_at": NOW,
        }  # fmt: skip
        with world.writing() as session, operating(session):
            values = {**about, "store_id": 1, "source": "adviser", "consulted_at": NOW, **steps, **form}
            one = records.create(session, register_named("consultation"), values)
            came = {"came_on": date(2026, 3, 10), "claimed_source": "adviser", "pre_registered_by": "adviser"}
            values = {**about, **came, "store_id": 1, "consultation_id": one.id, "on_arrival": on_arrival}
            return records.create(session, register_named("source_check"), values).id, one.id

    return made


@pytest.fixture
def say(world):
    def said(id_, what, dispute="", who="marketing_manager"):
        with world.writing(who) as session:
            one = session.get_one(register_named("source_check"), id_)
            reconciling.say_of(session, one, what, dispute, one.version, NOW, NOW)

    return said


def get(world, table, id_):
    with world.open() as session:
        return session.get_one(register_named(table), id_)


@pytest.mark.rule("R-CUST-06")
def test_a_confirmed_customer_is_valid_and_counts_for_their_source(world, check, say):
    one, form = check()
    assert not get(world, "source_check", one).valid
    say(one, "confirmed")
    held = get(world, "source_check", one)
    assert (held.valid, held.source, held.verdict, held.week_on) == (True, "adviser", "confirmed", WEEK)
    assert held.confirmed_by_id == id_of("marketing_manager")
    assert get(world, "consultation", form).valid is True


@pytest.mark.rule("R-CUST-06")
def test_a_dispute_is_natural_flow_and_what_is_unfinished_is_not_confirmed(world, check, say):
    (disputed, _form), (unfinished, form) = check(), check(taken_back_at=None, completed_by_id=None)
    say(disputed, "disputed", "预登记晚于来店")
    held = get(world, "source_check", disputed)
    assert (held.valid, held.source, held.dispute) == (False, "natural", "预登记晚于来店")
    with refused("incomplete") as missing:
        say(unfinished, "confirmed")
    assert "收回登记表、客户经理签字" in str(missing.value.verdict.reason)
    assert get(world, "source_check", unfinished).verdict == "open"
    with refused("not_signer"):
        say(unfinished, "disputed", "不是本人的", who="clerk")
    assert (get(world, "consultation", form).valid or False) is False


@pytest.mark.rule("R-CUST-06", "R-ROLE-05")
def test_what_was_said_comes_with_the_signature_alone_and_falls_with_it(world, check, say):
    one, form = check()

    def change(who, **values):
        with world.writing(who) as session:
            records.change(session, session.get_one(register_named("source_check"), one), values)

    def sign():
        with world.writing("marketing_manager") as session:
            record = session.get_one(register_named("source_check"), one)
            signatures.sign(session, record, record.faces["confirmed_by_id"], record.version, NOW, NOW)

    for written in ({"verdict": "confirmed"}, {"week_on": WEEK}, {"dispute": "不对"}):
        with refused("operation_only"):
            change("info_officer", **written)
    with refused("incomplete"):
        sign()
    held = get(world, "source_check", one)
    assert (held.verdict, held.valid, held.confirmed_by_id) == ("open", None, None)
    say(one, "confirmed")
    change("info_officer", claimed_source="friend")
    held = get(world, "source_check", one)
    assert (held.verdict, held.week_on, held.valid, held.confirmed_by_id) == ("open", None, None, None)
    assert get(world, "consultation", form).valid is None


@pytest.mark.rule("R-CUST-06")
def test_a_form_of_two_checks_is_of_a_valid_customer_while_one_of_them_is(world, check, say):
    (valid, form), (disputed, _form) = check(), check()
    with world.writing() as session:
        session.get_one(register_named("source_check"), disputed).consultation_id = form
    say(valid, "confirmed")
    say(disputed, "disputed", "不是本人的")
    assert get(world, "consultation", form).valid is True
    assert get(world, "source_check", disputed).valid is False


@pytest.mark.rule("R-CUST-06")
def test_the_manager_signs_the_form_as_complete_once_it_is_back(world, check):
    _one, form = check(taken_back_at=None, completed_by_id=None)

    def sign(who="customer_manager"):
        with world.writing(who) as session:
            one = session.get_one(register_named("consultation"), form)
            signatures.sign(session, one, one.faces["completed_by_id"], one.version, NOW, NOW)

    with refused("not_signed"):
        sign()
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named("consultation"), form), {"taken_back_at": NOW})
    with refused("not_signer"):
        sign("store_manager")
    sign()
    assert get(world, "consultation", form).completed_by_id == id_of("customer_manager")


@pytest.mark.rule("R-CUST-06")
def test_on_screen_the_week_is_confirmed_and_written_up_and_a_form_that_is_out_stands_on_the_desk(
    world, client_of, check
):
    one, _form = check()
    check(taken_back_at=None, completed_by_id=None)
    page = client_of("customer_manager").get("/").text
    assert "未收回的咨询登记表" in page
    client, address = client_of("marketing_manager"), "/customers/reconciliation/?week=2026-03-09"
    page = client.get(address).text
    assert "收回登记表" in page
    held = get(world, "source_check", one)
    asked = {"check": held.public_id, "version": str(held.version), "said": "confirmed"}
    assert post(client, address, asked | {"said": "disputed"}).status_code == 403
    assert post(client, address, asked).status_code == 302
    with world.open() as session:
        owner = session.get_one(register_named("employee"), id_of("customer_manager")).public_id
    assert post(client, address, {"owner": owner}).status_code == 302
    with world.open() as session:
        (sheet,) = session.query(register_named("reconciliation")).all()
        assert (sheet.week_on, sheet.customers_count, sheet.matched, sheet.forms_out) == (WEEK, 2, 1, 1)
        assert [(line.source_check_id, line.verdict) for line in sheet.lines] == [(one, "matched")]
        sheet_id, address_of_sheet = sheet.id, sheet.public_id
    assert post(client, address, {"owner": owner}).headers["location"].endswith(address_of_sheet)
    with world.writing() as session, operating(session):
        session.get_one(register_named("reconciliation"), sheet_id).confirmed_by_id = id_of("marketing_manager")
    assert post(client, address, {"owner": owner}).status_code == 409
    with world.open() as session:
        assert session.query(register_named("reconciliation")).count() == 1
    assert "生成本周对单记录" in client.get(address).text
    assert post(client_of("customer_manager"), address, {"owner": owner}).status_code == 403
    assert client_of("designer").get(address).status_code == 404


@pytest.mark.rule("R-CUST-06")
def test_a_long_week_says_that_it_is_cut_and_the_ends_of_time_are_this_week(client_of, check, monkeypatch):
    check(), check()
    client, address = client_of("marketing_manager"), "/customers/reconciliation/?week="
    assert "只列出" not in client.get(f"{address}2026-03-09").text
    monkeypatch.setattr(reconciling, "MOST", 1)
    assert "只列出 1 条" in client.get(f"{address}2026-03-09").text
    for week in ("0001-01-01", "9999-12-31", "2026-W99"):
        assert client.get(address + week).status_code == 200


@pytest.mark.rule("R-CUST-12")
def test_a_valid_customer_shows_as_unreported_until_the_day_of_the_report_is_written(world, client_of, check, say):
    """Not before the source is confirmed: until then there is nothing to report."""
    one, form = check()
    client, address = client_of("marketing_manager"), "/customers/reconciliation/?week=2026-03-09"
    assert "未报备" not in client.get(address).text
    say(one, "confirmed")
    assert client.get(address).text.count("未报备") == 1
    with world.writing("customer_manager") as session:
        records.change(session, session.get_one(register_named("consultation"), form), {"reported_at": NOW})
    assert "未报备" not in client.get(address).text
