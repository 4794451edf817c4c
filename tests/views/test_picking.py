"""A linked record that is missing is made from the link's box, within rights, and handed back to it."""

import re

import pytest
from sqlalchemy import select

from admin_app.models import register_named
from tests.fixtures.web import post

KEY = "0b6f6a52-7d0e"


def offers(page):
    """The registers in which boxes of *page* offer to make a record."""
    return set(re.findall(r'data-create-url="/admin/(\w+)/new/"', page))


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize(
    ("username", "form", "made"),
    [
        ("clerk", "customer", {"customer", "estate"}),
        ("sales_adviser", "customer", {"customer"}),
        ("archive_keeper", "archive_repair", {"archive_file", "archive_inspection", "archive_item"}),
    ],
)
def test_a_box_offers_to_make_a_record_where_the_person_may_add_one(client_of, username, form, made):
    assert offers(client_of(username).get(f"/admin/{form}/new/").text) == made


def test_what_is_made_is_handed_back_with_the_key_of_the_box(world, client_of):
    client = client_of("clerk")
    form = client.get(f"/admin/estate/new/?pick={KEY}").text
    assert 'data-called="name"' in form
    assert "_add_another" not in form
    answer = post(client, f"/admin/estate/new/?pick={KEY}", {"name": "梧桐<里>"})
    with world.open() as session:
        estate = register_named("estate")
        public_id = session.scalar(select(estate.public_id).where(estate.name == "梧桐<里>"))
    assert answer.status_code == 200
    assert f'data-picked="{KEY}" data-id="{public_id}" data-title="梧桐&lt;里&gt;"' in answer.text


@pytest.mark.parametrize("key", ["", "short", 'x" onload="', "钥匙钥匙钥匙钥匙"])
def test_a_key_that_no_box_has_is_none(client_of, key):
    assert post(client_of("clerk"), f"/admin/estate/new/?pick={key}", {"name": "云栖苑"}).status_code == 302


@pytest.mark.rule("R-CONF-02")
def test_what_its_maker_may_not_see_again_is_not_handed_back(client_of):
    answer = post(client_of("clerk"), f"/admin/estate/new/?pick={KEY}", {"name": "云栖苑", "level": "4"})
    assert (answer.status_code, answer.location) == (302, "/admin/estate/")


def test_a_form_with_a_fault_keeps_its_key_and_hands_nothing_back(client_of):
    answer = post(client_of("clerk"), f"/admin/estate/new/?pick={KEY}", {"name": ""})
    assert answer.status_code == 200
    assert ("data-picked" in answer.text, 'data-called="name"' in answer.text) == (False, True)
