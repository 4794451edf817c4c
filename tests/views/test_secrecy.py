"""The three don'ts stand before the first classified content of a day, on every page, and are in the trail (R-CONF-11)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.models import register_named
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import STORE_IDS
from tests.fixtures.records import make_record
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CONF-11")
MORNING = datetime(2027, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DONTS = ("私人交往中不谈客户信息", "公共场所不谈客户信息", "普通电话、明码电报、私人通信中不提客户信息")


@pytest.fixture
def records(world):
    """Ids in addresses of a visit of 秘密 and of one of 机密."""
    with clock.stopped_at(MORNING), world.writing() as session:
        made = {}
        for name, level in (("secret", 2), ("classified", 3)):
            record = make_record(session, "visitor", store_id=STORE_IDS["城东店"], level=level, name=f"顾客{name}")
            made[name] = record.public_id
        return made


def unread(client_of, username="general_manager"):
    """A client whose browser knows of no reading."""
    client = client_of(username)
    with client.session_transaction() as cookie:
        del cookie["donts_until"]
    return client


def events(world, event):
    with world.open() as session:
        return session.scalars(select(TrailEntry).where(TrailEntry.event == event)).all()


def page_of(record):
    return f"/admin/visitor/details/?id={record}"


@pytest.mark.parametrize("page", ["details", "list", "search"])
def test_no_page_shows_classified_content_before_they_are_read(world, client_of, records, page):
    address = {
        "details": page_of(records["classified"]), "list": "/admin/visitor/", "search": "/admin/visitor/?q=classified",
    }[page]  # fmt: skip
    with clock.stopped_at(MORNING):
        answer = unread(client_of).get(address)
    assert answer.status_code == 403
    assert all(dont in answer.text for dont in DONTS)
    assert "顾客classified" not in answer.text
    assert events(world, "viewed") == []


def test_what_is_not_classified_is_shown_at_once(world, client_of, records):
    with clock.stopped_at(MORNING):
        answer = unread(client_of).get(page_of(records["secret"]))
    assert answer.status_code == 200 and "顾客secret" in answer.text
    assert len(events(world, "viewed")) == 1


def test_once_read_the_page_asked_for_follows_and_the_trail_has_who_and_when(world, client_of, records):
    address = page_of(records["classified"])
    with clock.stopped_at(MORNING):
        client = unread(client_of)
        answer = post(client, "/three-donts/", {"next": address})
        assert (answer.status_code, answer.location) == (302, address)
        assert "顾客classified" in client.get(address).text
    (read,) = events(world, "donts_read")
    assert (read.actor_id, read.at) == (world.person("general_manager").id, MORNING)


def test_on_another_machine_of_the_same_day_they_are_not_asked_again(client_of, records):
    with clock.stopped_at(MORNING):
        post(unread(client_of), "/three-donts/", {"next": "/"})
    with clock.stopped_at(MORNING + timedelta(hours=14)):
        assert unread(client_of).get(page_of(records["classified"])).status_code == 200


def test_the_next_day_they_are_asked_again(client_of, records):
    with clock.stopped_at(MORNING):
        post(unread(client_of), "/three-donts/", {"next": "/"})
    with clock.stopped_at(MORNING + timedelta(hours=15)):
        assert unread(client_of).get(page_of(records["classified"])).status_code == 403


def test_anothers_reading_is_nobody_elses(client_of, records):
    with clock.stopped_at(MORNING):
        post(unread(client_of, "director"), "/three-donts/", {"next": "/"})
        assert unread(client_of).get(page_of(records["classified"])).status_code == 403


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", ""])
def test_no_address_outside_is_gone_on_to(client_of, records, elsewhere):
    with clock.stopped_at(MORNING):
        assert post(unread(client_of), "/three-donts/", {"next": elsewhere}).location == "/"


def test_a_masked_field_of_a_classified_record_is_not_shown_either(world, client_of, records):
    with clock.stopped_at(MORNING):
        client = unread(client_of, "director")
        answer = post(client, f"/admin/visitor/reveal/?id={records['classified']}&field=phone", {"reason": "核对"})
    assert (answer.status_code, "R-CONF-11" in answer.text) == (403, True)
    assert events(world, "revealed") == []


def test_what_a_script_asks_for_is_held_back_and_told_where_to_go(client_of, records):
    with clock.stopped_at(MORNING):
        answer = unread(client_of).get("/admin/consultation/ajax/lookup/?name=visitor_id&query=classified")
        assert unread(client_of).get("/three-donts/").status_code == 200
    assert (answer.status_code, answer.headers["X-Read-First"]) == (403, "/three-donts/")


def test_that_it_was_held_back_is_in_the_trail_and_nothing_else_of_it(world, client_of, records):
    with clock.stopped_at(MORNING):
        unread(client_of).get(page_of(records["classified"]))
    (refused,) = events(world, "refused")
    assert '"donts"' in refused.detail and "R-CONF-11" in refused.detail
    assert events(world, "viewed") == []


def test_who_looks_on_as_somebody_else_reads_for_themselves(world, client_of, records):
    admin = world.person("admin")
    with clock.stopped_at(MORNING):
        post(unread(client_of, "general_manager"), "/three-donts/", {"next": "/"})
        client = unread(client_of, "admin")
        with world.open() as session:
            seen_as = session.get(register_named("employee"), world.person("general_manager").id).public_id
        post(client, f"/people/{seen_as}/view/")
        assert post(client, "/three-donts/", {"next": "/"}).location == "/"
    assert [one.actor_id for one in events(world, "donts_read")] == [world.person("general_manager").id, admin.id]


def test_a_token_is_asked_for(world, client_of, records):
    with clock.stopped_at(MORNING):
        assert unread(client_of).post("/three-donts/", data={"next": "/"}).status_code == 400
    assert events(world, "donts_read") == []
