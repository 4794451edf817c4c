"""While one types: records alike are told within rights, and a form whose session ended leads back to itself."""

import pytest

from admin_app.permissions import Level
from tests.fixtures.company import STORE_IDS
from tests.fixtures.web import post

EAST, WEST = STORE_IDS["城东店"], STORE_IDS["城西店"]
PHONE = "13800138000"


def told(client, **typed):
    answer = post(client, "/admin/customer/alike/", typed)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.rule("R-CUST-03")
@pytest.mark.parametrize("typed", [{"phone": "138 0013 8000"}, {"name": "钱先来"}], ids=["phone", "name"])
def test_a_customer_of_the_same_phone_or_name_is_told(client_of, make, typed):
    customer = make("customer", store_id=EAST, name="钱先来", phone=PHONE)
    page = told(client_of("clerk"), **typed)
    assert ("钱先来" in page, f"details/?id={customer.public_id}" in page) == (True, True)


@pytest.mark.rule("R-CUST-03")
@pytest.mark.parametrize("typed", [{"phone": "13800138001"}, {"phone": "1380013"}, {"phone": ""}, {"name": "钱"}, {}])
def test_nothing_is_told_where_nothing_is_the_same(client_of, make, typed):
    make("customer", store_id=EAST, name="钱先来", phone=PHONE)
    assert told(client_of("clerk"), **typed).strip() == ""


@pytest.mark.rule("R-CONF-02")
@pytest.mark.parametrize(
    ("username", "values"),
    [("clerk2", {"store_id": EAST}), ("clerk", {"store_id": EAST, "level": Level.TOP_SECRET})],
    ids=["another store's", "above the clearance"],
)
def test_a_customer_that_one_may_not_see_is_not_told(client_of, make, username, values):
    make("customer", name="钱先来", phone=PHONE, **values)
    assert told(client_of(username), phone=PHONE, name="钱先来").strip() == ""


def test_who_may_not_add_asks_nothing(client_of):
    assert post(client_of("auditor"), "/admin/customer/alike/", {"phone": PHONE}).status_code in (403, 404)


@pytest.mark.rule("R-SIGN-05")
def test_a_form_sent_after_the_session_ended_leads_back_to_it_by_the_sign_in_page(client_of):
    client = client_of("clerk")
    post(client, "/logout")
    answer = client.post(
        "/admin/visitor/new/",
        data={"name": "钱先来"},
        headers={"Referer": "http://localhost/admin/visitor/new/?source=friend"},
    )
    assert answer.status_code == 401
    assert "/login?next=/admin/visitor/new/?source%3Dfriend" in answer.text or "next=%2Fadmin%2Fvisitor" in answer.text
    strange = client.post("/admin/visitor/new/", headers={"Referer": "http://elsewhere.example/admin/"})
    assert "elsewhere" not in strange.text
