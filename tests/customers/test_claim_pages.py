"""The claim's screens: its writer is told, the head finds it on the desk and rules beside both sides (R-CUST-03)."""

import html
import re

import pytest

from admin_app.models import register_named
from tests.customers.conftest import id_of
from tests.fixtures.web import post


@pytest.mark.rule("R-CUST-03", "R-CONF-15")
def test_the_later_writer_is_told_with_whom_and_no_more(client_of, register):
    register("customer_manager2", minutes=60, need="三居室，预算八十万", name="周先生")
    sheet = {"day": "2026-03-11", "registered_at": "2026-03-11 10:00", "channel": "visit", "name": "陈女士"}
    sheet |= {"phone": "138 0000 0001", "wants": "buy", "intending": "yes", "via_intermediary": "no"}
    client = client_of("customer_manager")
    answer = post(client, "/admin/customer_registration/new/", sheet, follow_redirects=True)
    page = html.unescape(answer.text)
    assert page.count("该客户已登记，客户经理为客户经理2") == 1
    assert re.search("已提交总经理.*裁定", page)
    assert "周先生" not in page
    assert "三居室" not in page


@pytest.mark.rule("R-CUST-03", "R-CONF-06")
def test_the_head_sees_both_sides_with_the_rest_masked_and_rules_once(client_of, register, claims):
    register("customer_manager", minutes=60, need="三居室，预算八十万", estate="望湖花园")
    register("sales_adviser", name="陈大姐", estate="望湖花园")
    client, (claim,) = client_of("store_manager"), claims()
    address = f"/customers/claims/{claim.public_id}/"
    assert address in client.get("/").text
    assert address in client.get("/customers/claims/").text
    page = client.get(address).text
    for shown in ("陈女士", "陈大姐", "138****0001", "望湖花园", "相同", "不同"):
        assert shown in page
    for hidden in ("13800000001", "三居室"):
        assert hidden not in page
    asked = {
        "ruling": "same",
        "reason": "电话、小区都相同",
        "version": re.search(r'name="version" value="(\d+)"', page)[1],
    }
    assert post(client, address, asked | {"reason": ""}).status_code == 403
    assert claims()[0].verdict == "open"
    assert post(client, address, asked).status_code == 302
    assert (claims()[0].verdict, claims()[0].owner_after_id) == ("same", id_of("customer_manager"))
    assert post(client, address, asked).status_code == 409
    assert address not in client.get("/").text


@pytest.mark.rule("R-CUST-03", "R-CONF-02")
def test_a_claim_waits_for_its_head_and_stand_in_alone_and_above_their_clearance_says_only_whether_the_sides_agree(
    client_of, register, claims, world
):
    first = register("customer_manager", minutes=60)
    with world.writing() as session:
        session.get_one(register_named("customer_registration"), first).level = 3
    register("sales_adviser")
    (claim,) = claims()
    address = f"/customers/claims/{claim.public_id}/"
    assert claim.level == 3
    for who in ("customer_manager", "sales_adviser", "marketing_manager", "general_manager"):
        assert client_of(who).get(address).status_code == 404
    page = client_of("store_manager").get(address).text
    assert "***" in page
    assert "相同" in page


@pytest.mark.rule("R-CUST-03", "R-CONF-02")
def test_a_claim_above_ones_clearance_tells_neither_its_head_nor_the_first_owner_what_it_says(
    client_of, register, claims, world
):
    register("customer_manager", minutes=60)
    register("sales_adviser", name="欧阳大姐", estate="望湖花园")
    with world.writing() as session:
        claim = session.get_one(register_named("customer_claim"), claims()[0].id)
        claim.level, claim.customer_names, claim.grounds = 3, "说得出司马经理", "端午就联系过"
        session.get_one(register_named("customer_registration"), claim.claiming_id).level = 3
    address = claims()[0].public_id
    page = client_of("store_manager").get(f"/customers/claims/{address}/").text
    assert "***" in page
    theirs = client_of("customer_manager").get(f"/admin/customer_claim/details/?id={address}")
    for hidden in ("欧阳大姐", "望湖花园", "司马经理", "端午"):
        assert hidden not in page
        assert hidden not in theirs.text
    assert theirs.status_code == 200
