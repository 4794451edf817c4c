"""Whoever a record names sees it without any right on its register: by address and under 与我有关, in no menu (R-CONF-14)."""

import html
import re
from datetime import date

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.queries import counted_queries
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CONF-14")

MINE = "/naming-me/"
#: nobody grants an inspector anything on complaints
TABLE = "complaint_resolution"
LONG_AGO = date(2026, 3, 5)


@pytest.fixture
def remedy(make):
    """A remedy that the inspector proposed, and another that doesn't name them."""
    return (
        make(TABLE, proposer_id=PERSON_IDS["inspector"], remedy="更换地砖", agreement="协商内容"),
        make(TABLE, proposer_id=PERSON_IDS["sales"], remedy="退还定金"),
    )


def details(record):
    return f"/admin/{TABLE}/details/?id={record.public_id}"


def told(answer):
    """Status and page, without what differs from page to page."""
    return answer.status_code, re.sub(r'(nonce|value)="[^"]+"|<p class="printed">[^<]*</p>', "", answer.text)


def test_it_opens_with_what_parties_get_and_stands_under_what_names_me(client_of, remedy):
    mine, others = remedy
    client = client_of("inspector")
    page = html.unescape(client.get(details(mine)).text)
    assert ("更换地砖" in page, "协商内容" in page) == (True, False)
    listed = client.get(MINE).text
    assert re.findall(rf"/admin/{TABLE}/details/\?id=([\w-]+)", listed) == [mine.public_id]
    assert "退还定金" not in listed


def test_what_does_not_name_them_does_not_exist_and_neither_does_the_register(client_of, remedy):
    mine, others = remedy
    client = client_of("inspector")
    unissued = told(client.get(f"/admin/{TABLE}/details/?id=never-issued"))
    for page in ("details", "slip", "sign", "why", "file"):
        assert told(client.get(f"/admin/{TABLE}/{page}/?id={others.public_id}")) == unissued
    for page in ("", "new/", f"edit/?id={mine.public_id}", f"delete/?id={mine.public_id}", "import/", "export/csv/"):
        assert client.get(f"/admin/{TABLE}/{page}").status_code == 404
    assert f'href="/admin/{TABLE}/"' not in client.get(details(mine)).text


def test_whom_no_record_names_is_told_so(client_of, remedy):
    page = client_of("call_inspector").get(MINE).text
    assert (f"/admin/{TABLE}/" in page, "没有与您有关的记录" in page) == (False, True)


def test_a_register_of_the_menu_is_not_listed_again(client_of, remedy):
    assert f"/admin/{TABLE}/details/" not in client_of("sales").get(MINE).text


@pytest.mark.rule("R-COMP-02", "R-ROLE-01")
def test_the_proposer_signs_without_a_right(world, client_of, remedy):
    client, mine = client_of("inspector"), remedy[0]
    address = f"/admin/{TABLE}/sign/?id={mine.public_id}&field=proposed_by_id"
    version = re.search(r'name="version" value="([^"]+)"', client.get(address).text)[1]
    assert post(client, address, {"version": version, "confirmed": "yes"}).status_code == 302
    with world.open() as session:
        record = records.find(session, register_named(TABLE), mine.public_id)
        assert record.proposed_by_id == PERSON_IDS["inspector"]


@pytest.mark.parametrize(
    "table, field",
    [
        ("complaint", "accused_id"), ("complaint_slip", "handler_id"), ("complaint_inquiry", "direct_id"),
        ("complaint_followup", "executor_id"), ("praise", "person_id"), ("satisfaction_survey", "measures_by_id"),
        ("service_rectification", "proposed_for_id"), ("management_check", "responsible_id"), ("office_audit", "head_id"),
    ],
)  # fmt: skip
def test_the_staff_find_what_names_them_in_every_such_register(client_of, make, table, field):
    record = make(table, **{field: PERSON_IDS["archive_keeper"]})
    client = client_of("archive_keeper")
    address = f"/admin/{table}/details/?id={record.public_id}"
    assert client.get(address).status_code == 200
    assert html.escape(address) in client.get(MINE).text


def test_the_page_asks_no_more_for_more_records(world, client_of, make):
    client, numbers = client_of("archive_keeper"), []
    for _more in range(2):
        for _one in range(3):
            make("praise", person_id=PERSON_IDS["archive_keeper"])
        client.get(MINE)
        with counted_queries(world) as asked:
            client.get(MINE)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


@pytest.mark.rule("R-DESK-01")
def test_what_somebody_without_a_right_has_to_put_right_falls_due_on_their_desk(client_of, make):
    check = make("management_check", responsible_id=PERSON_IDS["designer"], rectify_by=LONG_AGO)
    address = f"/admin/management_check/details/?id={check.public_id}"
    assert html.escape(address) in client_of("designer").get("/due/").text
