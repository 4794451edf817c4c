"""Parts of pages are kept from one to the next: what stands in them is each record's own."""

import re
from datetime import datetime

import pytest

from admin_app.fields.kind import SHANGHAI
from admin_app.guard.codes import reading
from admin_app.operations import code_lists
from tests.fixtures.company import STORE_IDS

EAST = STORE_IDS["城东店"]


def form_of(client, visit):
    return client.get(f"/admin/visitor/edit/?id={visit.public_id}").text


def box(page, name):
    return re.search(rf'<(?:input|textarea)[^>]* name="{name}"[^>]*>', page)[0]


@pytest.mark.rule("R-CONF-02")
def test_a_box_that_is_kept_holds_the_text_of_its_record_alone(client_of, make):
    client = client_of("store_manager")
    first, second = (
        make("visitor", store_id=EAST, name=name, came_at=datetime(2026, 3, 2, hour, 5, tzinfo=SHANGHAI))
        for name, hour in (('"<b>甲', 9), ("乙", 10))
    )  # fmt: skip
    pages = [form_of(client, visit) for visit in (first, second, first)]
    assert [re.search('value="([^"]*)"', box(page, "name"))[1] for page in pages] == [
        "&#34;&lt;b&gt;甲",
        "乙",
        "&#34;&lt;b&gt;甲",
    ]
    assert [re.search('value="([^"]*)"', box(page, "came_at__time"))[1] for page in pages] == [
        "09:05",
        "10:05",
        "09:05",
    ]
    assert "甲" not in pages[1]


@pytest.mark.rule("R-LIST-01")
def test_a_new_question_on_a_later_page_starts_at_the_first_row(client_of, make):
    visit = make("visitor", store_id=EAST)
    page = client_of("store_manager").get(f"/admin/visitor/?size=20&page=2&after={visit.public_id}&or=2").text
    assert '<input type="hidden" name="size" value="20">' in page
    assert not re.search('<input type="hidden" name="(after|page)"', page)


@pytest.mark.rule("R-CUST-01")
def test_a_renamed_option_stands_under_its_new_name_in_a_list_that_was_open_before(world, client_of):
    clerk = client_of("clerk")
    with world.open() as session:
        code, label = next(iter(reading(session).options("source").items()))
    assert f">{label}<" in clerk.get("/admin/visitor/").text
    with world.writing("admin") as session:
        code_lists.rename(session, "source", code, "换了名称的来源")
    page = clerk.get("/admin/visitor/").text
    assert ">换了名称的来源<" in page
    assert f">{label}<" not in page
