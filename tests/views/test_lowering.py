"""Lowering a level on screen: proposed on the record's page, decided in the inbox, and no other way (R-CONF-05)."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.models import register_named
from admin_app.working.levels import LevelLowering
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PASSWORD, PERSON_IDS, STORE_IDS
from tests.fixtures.forms import form_of
from tests.fixtures.lowerings import change, level, propose, state, waiting
from tests.fixtures.queries import counted_queries
from tests.fixtures.web import post
from tests.fixtures.worlds import new_world

pytestmark = pytest.mark.rule("R-CONF-05")
EAST = STORE_IDS["城东店"]
DESK = "待批准的降密"
#: level of the customer -> who may open the page that proposes, with what it answers: 404 where they don't see the record
PROPOSERS = {
    2: {"info_supervisor": 200, "info_supervisor2": 200, "info_officer": 403, "archive_keeper": 403, "service_manager": 403,
        "general_manager": 403, "clerk": 404, "admin": 404},
    3: {"info_supervisor": 200, "info_supervisor2": 200, "info_officer": 404, "archive_keeper": 404, "service_manager": 403,
        "general_manager": 403, "clerk": 404, "admin": 404},
    4: {"info_supervisor": 404, "info_supervisor2": 200, "info_officer": 404, "archive_keeper": 404, "service_manager": 404,
        "general_manager": 403, "clerk": 404, "admin": 404},
}  # fmt: skip
#: level, who proposed -> what each gets who approves it, in this order, and who it waits for; 302 is done
APPROVERS = {
    (2, "info_supervisor"): {"info_supervisor": 403, "info_supervisor2": 404, "info_officer": 404, "general_manager": 404,
                             "clerk": 404, "service_manager": 302},
    (3, "info_supervisor2"): {"info_supervisor": 404, "info_supervisor2": 403, "info_officer": 404, "general_manager": 404,
                              "clerk": 404, "service_manager": 302},
    (4, "info_supervisor2"): {"info_supervisor": 404, "info_supervisor2": 403, "service_manager": 404, "clerk": 404,
                              "general_manager": 302},
}  # fmt: skip


@pytest.fixture(scope="module")
def world(engine_kind):
    with new_world(engine_kind) as made:
        yield made


def proposals(world, record):
    with world.open() as session:
        asked = select(LevelLowering.state).where(LevelLowering.record_id == record.id)
        return session.scalars(asked.order_by(LevelLowering.id)).all()


def lower(record, table="customer"):
    return f"/admin/{table}/lower/?id={record.public_id}"


def details(record, table="customer"):
    return f"/admin/{table}/details/?id={record.public_id}"


def page(proposal):
    return f"/approvals/lowering/{proposal}/"


def digest_on(client, proposal):
    found = re.search(r'name="digest" value="(\w+)"', client.get(page(proposal)).text)
    return found[1] if found else ""


def approve(client, proposal, **given):
    seen = given.pop("digest", None) or digest_on(client, proposal)
    return post(client, page(proposal), {"decision": "approve", "digest": seen, **given})


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize("held", PROPOSERS)
def test_who_may_propose_at_which_level(world, client_of, make, held):
    for username, status in PROPOSERS[held].items():
        record, client = make("customer", store_id=EAST, level=held), client_of(username)
        opened = client.get(lower(record))
        sent = post(client, lower(record), {"level_to": "1", "reason": "合同已公开"})
        assert (opened.status_code, sent.status_code) == (status, 302 if status == 200 else status), username
        assert (proposals(world, record), level(world, record)) == (["waiting"] if status == 200 else [], held), (
            username
        )
        if status != 404:
            text = client.get(details(record)).text
            told = (f'href="{lower(record)}"' in text, "等待批准" in text)
            assert told == (False, True) if status == 200 else (False, False), username
        if status == 403:
            assert "R-CONF-05" in opened.text


@pytest.mark.rule("R-ROLE-04", "R-CONF-02")
@pytest.mark.parametrize(("held", "by"), APPROVERS)
def test_who_may_approve_whose_proposal_at_which_level(world, client_of, make, held, by):
    record = make("customer", store_id=EAST, level=held)
    proposal = propose(world, record, by=by)
    for username, status in APPROVERS[held, by].items():
        client = client_of(username)
        mine = status == 302
        assert (page(proposal) in client.get("/approvals/").text, page(proposal) in client.get("/").text) == (
            mine,
            mine,
        )
        # the others send what the page of whose step it is has
        seen = digest_on(client_of(list(APPROVERS[held, by])[-1]), proposal)
        answer = approve(client, proposal, digest=seen)
        assert answer.status_code == status, username
        done = (1, ("granted", PERSON_IDS[username]))
        assert (level(world, record), state(world, proposal)) == (done if mine else (held, ("waiting", None))), username
        if status == 403:
            assert "own_request" in answer.text
    assert proposal not in waiting(world, username)


def test_a_level_raised_in_the_form_is_raised_at_once(world, client_of, make):
    record = make("customer", store_id=EAST, level=1)
    client, form = client_of("info_officer"), form_of(world, "customer", record.id)
    assert post(client, f"/admin/customer/edit/?id={record.public_id}", {**form, "level": "2"}).status_code == 302
    assert (level(world, record), proposals(world, record)) == (2, [])


def test_a_level_lowered_in_the_form_is_refused_with_what_to_do(world, client_of, make):
    record = make("customer", store_id=EAST, level=3)
    client, form = client_of("info_supervisor"), form_of(world, "customer", record.id)
    answer = post(client, f"/admin/customer/edit/?id={record.public_id}", {**form, "remark": "改", "level": "1"})
    assert answer.status_code == 403
    assert "R-CONF-05" in answer.text
    assert "申请降密" in answer.text
    with world.open() as session:
        kept = session.get_one(register_named("customer"), record.id)
        assert (kept.level, kept.remark) == (3, None)


@pytest.mark.parametrize("action", ["level", "lower", "restore", "edit"])
def test_no_bulk_action_lowers(world, client_of, make, action):
    record = make("customer", store_id=EAST, level=3)
    sent = {"action": action, "id": record.public_id, "level": "1", "level_to": "1", "confirmed": "yes", "reason": "试"}
    post(client_of("info_supervisor"), "/admin/customer/action/", sent)
    assert (level(world, record), proposals(world, record)) == (3, [])


@pytest.mark.rule("R-ROLE-05")
def test_what_changed_in_between_is_409_and_the_proposal_is_void(world, client_of, make):
    record = make("customer", store_id=EAST, level=3)
    proposal, client = propose(world, record), client_of("service_manager")
    seen = digest_on(client, proposal)
    change(world, record, remark="改过")
    answer = approve(client, proposal, digest=seen)
    assert answer.status_code == 409
    assert "R-CONF-05" in answer.text
    assert "已失效（记录有改动）" in answer.text
    assert (level(world, record), state(world, proposal)) == (3, ("lapsed", None))
    assert page(proposal) not in client.get("/approvals/").text
    assert "等待批准" not in client.get(details(record)).text
    assert f'href="{lower(record)}"' in client_of("info_supervisor").get(details(record)).text


@pytest.mark.rule("R-ROLE-05")
def test_the_password_is_asked_for_on_the_page(world, client_of, make):
    record = make("customer", store_id=EAST, level=3)
    proposal, client = propose(world, record), client_of("service_manager")
    with client.session_transaction() as cookie:
        cookie["checked"] = (clock.now() - timedelta(minutes=11)).timestamp()
    assert 'name="password"' in client.get(page(proposal)).text
    assert approve(client, proposal).status_code == 403
    assert approve(client, proposal, password="falsch").status_code == 403
    assert (level(world, record), state(world, proposal)) == (3, ("waiting", None))
    assert approve(client, proposal, password=PASSWORD).status_code == 302
    assert level(world, record) == 1


def test_it_is_refused_with_a_reason_which_the_proposer_reads(world, client_of, make):
    record = make("customer", store_id=EAST, level=3)
    proposal, client = propose(world, record), client_of("service_manager")
    refusing = {"decision": "refuse", "digest": digest_on(client, proposal)}
    assert post(client, page(proposal), refusing).status_code == 403
    assert post(client, page(proposal), {**refusing, "reason": "仍在谈判"}).status_code == 302
    assert (level(world, record), state(world, proposal)[0]) == (3, "refused")
    proposer = client_of("info_supervisor")
    assert "仍在谈判" in proposer.get(page(proposal)).text
    assert f'href="{page(proposal)}"' in proposer.get("/begun/").text
    assert details(record).replace("&", "&amp;") in client.get("/done/").text


def test_the_proposer_takes_it_back_from_the_records_page(world, client_of, make):
    record = make("customer", store_id=EAST, level=3)
    proposal, client, address = propose(world, record), client_of("info_supervisor"), None
    address = f"{page(proposal)}withdraw/"
    assert address in client.get(details(record)).text
    for other in ("service_manager", "info_supervisor2"):
        assert address not in client_of(other).get(details(record)).text
        assert post(client_of(other), address, {"confirmed": "yes"}).status_code == 404
    assert post(client, address).status_code == 200  # asked first
    assert state(world, proposal)[0] == "waiting"
    assert post(client, address, {"confirmed": "yes"}).status_code == 302
    assert state(world, proposal)[0] == "withdrawn"
    assert post(client, address, {"confirmed": "yes"}).status_code == 409
    assert post(client, lower(record), {"level_to": "2", "reason": "合同已公开"}).status_code == 302


@pytest.mark.rule("R-CONF-02", "R-DESK-01")
def test_a_proposal_about_a_record_that_one_does_not_see_does_not_exist(world, client_of, make):
    """A customer of 绝密 in proposal by the second person of that clearance.

    Written out by hand: the general manager, whose step it is, sees it; the service manager (机密), the info supervisor (机密)
    and the director (机密) don't, nor do clerk and admin, and get what an id that was never issued gets.
    """
    record = make("customer", store_id=EAST, level=4, name="单雄信")
    proposal = propose(world, record, by="info_supervisor2", why="秘而不宣的理由")
    assert client_of("general_manager").get(page(proposal)).status_code == 200
    for username in ("service_manager", "info_supervisor", "director", "clerk", "admin"):
        client = client_of(username)
        for address in (page(proposal), f"{page(proposal)}withdraw/", lower(record), details(record)):
            never = address.replace(proposal, "x" * 16).replace(record.public_id, "x" * 16)
            assert (client.get(address).status_code, client.get(never).status_code) == (404, 404), (username, address)
            sent = {"decision": "approve", "confirmed": "yes", "level_to": "1", "reason": "试"}
            assert address == details(record) or post(client, address, sent).status_code == 404, (username, address)
        for address in ("/", "/approvals/", "/begun/", "/done/"):
            text = client.get(address).text
            assert proposal not in text
            assert "秘而不宣的理由" not in text
        assert proposal not in waiting(world, username)
    assert (level(world, record), state(world, proposal)) == (4, ("waiting", None))


@pytest.mark.rule("R-AUDT-01", "R-CONF-15")
def test_the_auditor_learns_that_there_was_a_proposal_neither_title_nor_reason_nor_levels(world, client_of, make):
    record = make("customer", store_id=EAST, level=4, name="程咬金")
    propose(world, record, by="info_supervisor2", why="秘而不宣的理由")
    page = client_of("auditor").get("/audit/?event=lowering_proposed&table=customer").text
    assert "申请降密" in page
    for hidden in ("程咬金", "秘而不宣的理由"):
        assert hidden not in page
    with world.open() as session:
        asked = select(TrailEntry.detail).where(TrailEntry.event == "lowering_proposed")
        assert {*map(frozenset, map(json.loads, session.scalars(asked)))} == {frozenset({"lowering"})}


@pytest.mark.rule("R-DESK-01")
def test_desk_inbox_and_menu_count_alike_and_ask_no_more_for_more(world, client_of, make):
    client = client_of("service_manager")
    one = propose(world, make("customer", store_id=EAST, level=3, name="秦叔宝"), why="合同已公开")
    text = client.get("/approvals/").text
    for told in ("秦叔宝", "降密：", "机密", "内部", "合同已公开", "客户信息主管", page(one)):
        assert told in text
    counts = [_counted(world, client)]
    for _ in range(4):
        propose(world, make("customer", store_id=EAST, level=3))
    counts.append(_counted(world, client))
    assert counts[0]["queries"] == counts[1]["queries"]
    shown = [{name: held[name] for name in ("desk", "inbox", "menu")} for held in counts]
    (first, second) = ({name: number - shown[0]["inbox"] for name, number in held.items()} for held in shown)
    assert (first, second) == ({"desk": 0, "inbox": 0, "menu": 0}, {"desk": 4, "inbox": 4, "menu": 4})


def _counted(world, client):
    """What the desk says of lowerings, how many the inbox lists, what the menu counts, and the queries of both pages."""
    client.get("/"), client.get("/approvals/")
    with counted_queries(world) as statements:
        desk, inbox = client.get("/").text, client.get("/approvals/").text
    return {
        "desk": int(re.search(rf'{DESK} <b class="count">(\d+)', desk)[1]),
        "inbox": len(set(re.findall(r"/approvals/lowering/([\w-]+)/", inbox))),
        "menu": client.get("/waiting/").get_json()["count"],
        "queries": len(statements),
    }
