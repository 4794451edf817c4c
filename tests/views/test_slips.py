"""A record on the paper that is signed: what stands on it, who gets it, and that it was looked at (R-CONF-12)."""

import html
import re

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.permissions import Level
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.forms import form_of, trail_of
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CONF-12")


def slip(client, table, public_id):
    return client.get(f"/admin/{table}/slip/?id={public_id}")


def told(page):
    """Field -> what the paper says of it, a table of lines by the texts of its cells."""
    found = re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", page.split('class="places"')[0], re.DOTALL)
    return {label: re.sub(r"\s*<[^>]+>\s*", "|", html.unescape(text)).strip("|") for label, text in found}


def places(page):
    """Who signs, and what stands there: the name and the moment, or nothing."""
    found = re.findall(r"<li><b>([^<]*)</b>(.*?)</li>", page.split('class="places"')[1], re.DOTALL)
    return {who: re.findall(r"<dd>(.*?)</dd>", place, re.DOTALL) for who, place in found}


@pytest.fixture
def handover(world, make, client_of):
    """A file handed over with one paper missing."""
    table = "archive_handover"
    both = {"owner_id": PERSON_IDS["customer_manager"], "receiver_id": PERSON_IDS["archive_keeper"]}
    made = make(table, vin="LSVAA4182E2184847", on_time=True, **both)
    form = form_of(world, table, made.id) | {"missing-0-name": "保修卡", "missing-0-copies": "2"}
    assert post(client_of("archive_keeper"), f"/admin/{table}/edit/?id={made.public_id}", form).status_code == 302
    return made


def test_a_slip_has_the_forms_fields_its_lines_and_a_line_for_each_who_signs(client_of, handover):
    keeper = client_of("archive_keeper")
    page = slip(keeper, "archive_handover", handover.public_id).text
    assert "<h1>档案交接单</h1>" in page
    assert re.search(r"打印人：档案管理员　时间：\d{4}-\d\d-\d\d \d\d:\d\d　用途：档案交接单", page)
    said = told(page)
    assert said["日期"] == "2026-03-02 周一"
    assert said["车架号（VIN）"] == "LSVAA4182E2184847"
    assert re.findall(r"[^|]+", said["缺项明细"])[-2:] == ["保修卡", "2"]
    # what the manuals' form has is left to be filled in by hand, what the program adds to it is not
    assert said["交车日期"] == "—"
    assert not {"移交份数", "备注", "所属店面", "移交人签字", "接收人签字时间"} & said.keys()
    assert places(page) == {"移交人签字": ["", ""], "接收人签字": ["", ""]}
    address = f"/admin/archive_handover/slip/?id={handover.public_id}"
    assert f'href="{address}">打印</a>' in keeper.get(address.replace("slip", "details")).text


def test_where_somebody_has_signed_stand_their_name_and_the_moment(client_of, handover):
    keeper, table = client_of("archive_keeper"), "archive_handover"
    signing = f"/admin/{table}/sign/?id={handover.public_id}&field=received_by_id"
    version = re.search(r'name="version" value="(\d+)"', keeper.get(signing).text)[1]
    assert post(keeper, signing, {"version": version, "confirmed": "yes"}).status_code == 302
    signed = places(slip(keeper, table, handover.public_id).text)
    assert signed["接收人签字"][0] == "档案管理员 0019"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", signed["接收人签字"][1])
    assert signed["移交人签字"] == ["", ""]


def test_a_customer_who_signs_the_paper_alone_has_a_line_too(client_of, make):
    made = make("change_order")
    assert places(slip(client_of("general_manager"), "change_order", made.public_id).text)["客户"] == ["", ""]


@pytest.mark.rule("R-CONF-06")
def test_a_slip_masks_what_the_records_page_masks(client_of, handover):
    page = slip(client_of("info_officer"), "archive_handover", handover.public_id).text
    assert told(page)["车架号（VIN）"] == "L***"
    assert "LSVAA4182E2184847" not in page
    assert "data-reveal" not in page


@pytest.mark.rule("R-CONF-02")
def test_whom_a_record_is_hidden_from_gets_no_slip_and_a_register_without_paper_has_none(client_of, make):
    made = make("copy_permit", level=Level.TOP_SECRET)
    assert slip(client_of("clerk"), "copy_permit", made.public_id).status_code == 404
    assert slip(client_of("service_manager"), "copy_permit", made.public_id).status_code == 404
    visitor, clerk = make("visitor", store_id=1), client_of("clerk")
    assert slip(clerk, "visitor", visitor.public_id).status_code == 404
    assert "/slip/" not in clerk.get(f"/admin/visitor/details/?id={visitor.public_id}").text


@pytest.mark.rule("R-AUDT-01")
def test_a_slip_from_secret_up_bears_its_mark_and_is_noted_as_a_view(world, client_of, make):
    made = make("copy_permit", level=Level.CONFIDENTIAL)
    page = slip(client_of("info_supervisor"), "copy_permit", made.public_id).text
    assert page.count('class="tag level-3" title="密级">机密</span>') == 2, "on the page and at the head of each sheet"
    event, table, detail = trail_of(world)[-1]
    assert (event, table, detail["via"], detail["ids"]) == ("viewed", "copy_permit", "slip", [made.id])


@pytest.mark.rule("R-LOAN-02", "R-LOAN-07")
def test_a_loan_slip_has_the_steps_of_its_ladder_and_the_borrowers_line(room, clients):
    request = room.submitted()
    room.sign("store_manager", request)
    loan = room.get("archive_loan", request)
    page = slip(clients("customer_manager"), "archive_loan", loan.public_id).text
    assert "<h1>档案借阅单</h1>" in page
    assert loan.number in page
    assert "秘密合同" in told(page)["借阅文件"]
    assert told(page)["理由"] == "客户来电询问增项"
    signed = places(page)
    head, keeper, borrower = signed.values()
    assert (re.sub(r"\s*<[^>]+>\s*", " ", head[0]).strip(), head[1]) == ("店经理 0009 同意", "2026-03-11 10:00")
    assert (keeper, borrower) == (["", ""], ["", ""])
    assert list(signed)[-1] == "借阅人签字"


def test_a_void_record_says_so_on_its_paper(world, client_of, handover):
    with world.writing("archive_keeper") as session:
        records.void(session, session.get_one(register_named("archive_handover"), handover.id), "开错")
    page = slip(client_of("archive_keeper"), "archive_handover", handover.public_id).text
    assert re.search(r'class="flash stays warning"[^>]*>已于 .* 作废，原因：开错', page)


def test_every_page_carries_who_prints_it_and_when(client_of):
    for address in ("/", "/admin/visitor/"):
        assert re.search(r'class="printed">打印人：前台录入员　时间：2\d{3}-', client_of("clerk").get(address).text)
