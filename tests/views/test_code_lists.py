"""Code lists on screen: a company adds, renames and retires options; rule lists and old records stay (R-CUST-01)."""

import re

import pytest
from sqlalchemy import select

from admin_app.fields.choices import find_code
from admin_app.guard.codes import reading
from admin_app.models import register_named
from admin_app.working.codes import CodeEntry
from tests.fixtures.company import STORE_IDS
from tests.fixtures.forms import trail_of
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CUST-01")
EAST = STORE_IDS["城东店"]


def labels(world, name="source"):
    """code -> label and whether it is retired, as the database has them."""
    with world.open() as session:
        rows = session.scalars(select(CodeEntry).where(CodeEntry.codes == name))
        return {row.code: (row.label, row.retired) for row in rows}


def change(client, name="source", **sent):
    return post(client, f"/code-lists/{name}/", sent)


def offered(client):
    """The options of the source on a new visitor's form."""
    form = client.get("/admin/visitor/new/").text
    box = re.search(r'name="source".*?(?:</select>|</fieldset>)', form, re.DOTALL)
    return re.findall(r">([^<>]+)</(?:option|label)>", box[0])


def test_an_added_option_is_offered_in_forms_at_once(world, client_of):
    assert change(client_of("admin"), what="add", label=" 短视频 ").status_code == 302
    assert labels(world)["own_1"] == ("短视频", False)
    assert "短视频" in offered(client_of("clerk"))
    assert trail_of(world)[-1][0] == "code_list_changed"


def test_a_renamed_option_has_its_new_name_in_old_records_too(world, client_of, make):
    visitor = make("visitor", store_id=EAST, source="media")
    assert change(client_of("admin"), what="rename", code="media", label="广告").status_code == 302
    assert "广告" in client_of("clerk").get(f"/admin/visitor/details/?id={visitor.public_id}").text


def test_a_retired_option_is_offered_no_more_and_stays_in_old_records(world, client_of, make):
    visitor = make("visitor", store_id=EAST, source="media")
    label = labels(world)["media"][0]
    assert change(client_of("admin"), what="retire", code="media").status_code == 302
    assert label not in offered(client_of("clerk"))
    assert label in client_of("clerk").get(f"/admin/visitor/details/?id={visitor.public_id}").text
    assert change(client_of("admin"), what="reinstate", code="media").status_code == 302
    assert label in offered(client_of("clerk"))


@pytest.mark.parametrize("label", ["", "   ", "长" * 61])
def test_an_option_without_a_usable_name_is_refused_and_nothing_changes(world, client_of, label):
    before = labels(world)
    answer = change(client_of("admin"), what="add", label=label)
    assert (answer.status_code, "R-CUST-01" in answer.text) == (403, True)
    assert labels(world) == before


def test_two_options_of_a_list_never_share_a_name(world, client_of):
    taken = labels(world)["natural"][0]
    answer = change(client_of("admin"), what="rename", code="media", label=taken)
    assert "已有" in answer.text
    assert labels(world)["media"][0] != taken


@pytest.mark.parametrize("name", ["grade", "level", "request_state"])
def test_a_list_that_drives_rules_is_shown_and_closed(world, client_of, name):
    before = labels(world, name)
    client = client_of("admin")
    assert "由制度规定" in client.get(f"/code-lists/{name}/").text
    assert change(client, name, what="add", label="新的").status_code in (403, 409)
    assert labels(world, name) == before


@pytest.mark.rule("R-ROLE-01", "R-SIGN-05")
@pytest.mark.parametrize("username", ["clerk", "general_manager", "info_supervisor", "auditor"])
def test_for_everybody_but_admin_there_are_no_such_pages(world, client_of, username):
    client, before = client_of(username), labels(world)
    assert client.get("/code-lists/").status_code == 404
    assert client.get("/code-lists/source/").status_code == 404
    assert change(client, what="add", label="短视频").status_code == 404
    assert labels(world) == before


def test_a_list_or_option_that_there_is_not_is_no_page(client_of):
    client = client_of("admin")
    assert client.get("/code-lists/nothing/").status_code == 404
    assert change(client, what="retire", code="nothing").status_code == 404
    assert change(client, what="delete", code="media").status_code == 404


def test_the_lists_are_named_by_the_fields_that_use_them(world, client_of):
    page = client_of("admin").get("/code-lists/").text
    assert "来源" in page
    with world.open() as session:
        assert reading(session).options("source")
    assert register_named("visitor").faces["source"].codes == "source"


def test_a_class_is_offered_with_the_letter_that_paper_has_and_read_in_either_writing(world, client_of):
    """000 客户分级 prints A 已签订设计协议并交定金 … D 无意向; a ledger's cell holds the letter, the words or both."""
    form = client_of("clerk").get("/admin/visitor/new/").text
    box = re.search(r'name="grade".*?</fieldset>', form, re.DOTALL)[0]
    assert re.findall(r">([A-D] [^<>]+)</label>", box) == [
        "A 已签订设计协议并交定金", "B 未交定金很有意向", "C 未交定金基本有意向", "D 无意向",
    ]  # fmt: skip
    with world.open() as session:
        now = reading(session)
    assert [find_code(text, now, "grade") for text in ("D", "ｄ", "无意向", "D 无意向")] == ["D"] * 4
