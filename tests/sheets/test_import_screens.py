"""The four steps of an import and the export on screen: addresses of one's own, every guess changeable."""

import io
import re
from urllib.parse import quote

import pytest

from tests.fixtures.web import post
from tests.sheets.conftest import sheet, visitor

IMPORT = "/admin/visitor/import/"


def upload(client, content: str, name: str = "来店.csv"):
    return post(client, IMPORT, {"file": (io.BytesIO(content.encode()), name)})


def checked(client, content: str) -> tuple[str, str]:
    """The batch's address and the fingerprint of its check."""
    address = upload(client, content).location
    page = client.get(f"{address}check/").text
    return address, re.search(r'name="seen" value="(\w+)"', page)[1]


@pytest.mark.rule("R-IMPT-01", "R-IMPT-03", "R-IMPT-04")
def test_a_file_goes_through_reading_and_check_to_the_result(office, client_of):
    client = client_of("clerk")
    address, seen = checked(client, sheet(visitor(), visitor(phone="联系不上")))
    reading = client.get(address).text
    assert "来店时间" in reading
    assert "utf-8" in reading
    check = client.get(f"{address}check/").text
    assert "bad_phone" in check
    assert office.count() == 0
    answer = post(client, f"{address}check/", {"write": "good", "seen": seen})
    assert answer.location == f"{address}done/"
    assert office.count() == 1
    assert "已导入" in client.get(answer.location).text
    refused = client.get(f"{address}refused/")
    assert "联系不上" in refused.data.decode()
    assert (
        "filename*=UTF-8''%E6%9D%A5%E5%BA%97-%E9%97%AE%E9%A2%98%E8%A1%8C.csv" in refused.headers["Content-Disposition"]
    )


@pytest.mark.rule("R-CONF-02", "R-IMPT-07")
@pytest.mark.parametrize("step", ["", "check/", "done/", "refused/", "run/", "undo/"])
def test_a_batch_does_not_exist_for_anybody_else(client_of, step):
    address, _seen = checked(client_of("clerk"), sheet(visitor()))
    assert client_of("clerk2").get(address + step).status_code == 404
    assert client_of("info_officer").get(address + step).status_code == 404


@pytest.mark.rule("R-IMPT-07")
def test_without_the_right_to_import_the_addresses_do_not_exist(client_of):
    client = client_of("customer_manager")
    assert client.get(IMPORT).status_code == 404
    assert upload(client, sheet(visitor())).status_code == 404
    assert client.get(f"{IMPORT}template/").status_code == 404


@pytest.mark.rule("R-IMPT-03")
def test_what_changed_since_the_check_is_shown_again_before_anything_is_written(office, client_of):
    client = client_of("clerk")
    address, seen = checked(client, sheet(visitor(note="甲")))
    office.take_in("other.csv", sheet(visitor(note="乙")))
    answer = post(client, f"{address}check/", {"write": "good", "seen": seen})
    assert answer.location == f"{address}check/"
    assert "请再看一遍" in client.get(answer.location).text
    assert [record.remark for record in office.all()] == ["乙"]


@pytest.mark.rule("R-IMPT-02")
def test_a_column_mapped_by_hand_is_offered_again_for_the_next_file_of_the_same_shape(office, client_of):
    client = client_of("clerk")
    header = ("来店时间", "顾客姓名", "联系电话", "顾客来源", "接待人", "随便写写")
    address = upload(client, sheet(visitor(note="甲"), header=header)).location
    answer = post(client, address, {"map-5": "remark", "shown-5": "", "check": "yes"})
    seen = re.search(r'name="seen" value="(\w+)"', client.get(answer.location).text)[1]
    post(client, f"{address}check/", {"write": "all", "seen": seen})
    assert [record.remark for record in office.all()] == ["甲"]
    next_file = client.get(
        upload(client, sheet(visitor(day="2026-03-03", note="乙"), header=header[::-1][:1] + header[:5])).location
    )
    assert "上次这样对应" in next_file.text


@pytest.mark.rule("R-IMPT-01")
def test_every_guess_can_be_changed(client_of):
    client = client_of("clerk")
    address = upload(
        client, "第一行\n" + sheet(visitor(), visitor(day="合计", name="", phone="", source="", by=""))
    ).location
    assert "第 4 行是数据" in client.get(address).text
    post(client, address, {"data": "4", "not_data": "3", "again": "yes"})
    again = client.get(address).text
    assert "由您标为不是数据" in again
    assert "第 4 行当作数据" in again
    post(client, address, {"header_line": "1", "again": "yes"})
    assert re.search(r'<option value="1" selected>', client.get(address).text)
    post(client, address, {"encoding": "utf-16", "again": "yes"})
    assert client.get(address).status_code == 200


@pytest.mark.rule("R-IMPT-02")
def test_two_columns_on_one_field_are_named_and_go_no_further(client_of):
    client = client_of("clerk")
    address = upload(client, sheet(visitor())).location
    answer = post(client, address, {"map-5": "name", "shown-5": "remark", "check": "yes"})
    assert answer.status_code == 200
    assert "都对应" in answer.text


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize(("content", "name"), [(b"", "x.csv"), (b"%PDF-1.4", "x.pdf"), (b"PK\x03\x04broken", "x.xlsx")])
def test_a_file_that_is_no_table_is_turned_away_with_a_reason(client_of, content, name):
    answer = post(client_of("clerk"), IMPORT, {"file": (io.BytesIO(content), name)})
    assert answer.status_code == 200
    assert 'id="file-error"' in answer.text


@pytest.mark.rule("R-IMPT-01")
def test_a_table_pasted_from_a_spreadsheet_is_read_too(office, client_of):
    client = client_of("clerk")
    address = post(client, IMPORT, {"pasted": sheet(visitor()).replace(",", "\t")}).location
    assert "新增 <b>1</b>" in client.get(f"{address}check/").text


@pytest.mark.rule("R-CONF-13")
def test_the_import_page_says_that_state_secrets_must_not_be_kept_here(client_of):
    assert "国家秘密不得录入" in client_of("clerk").get(IMPORT).text


@pytest.mark.rule("R-CONF-12")
def test_an_export_asks_for_its_purpose_first_and_then_holds_what_the_list_shows(office, client_of):
    office.take_in("a.csv", sheet(visitor(), visitor(name="解放", phone="13900001111", source="自然客流")))
    client = client_of("store_manager")
    address = "/admin/visitor/export/csv/?q=单秀兰&col=name&col=phone"
    assert 'name="reason"' in client.get(address).text
    answer = client.get(f"{address}&reason=核对")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[1:] == ["顾客姓名,联系电话", "单秀兰,138****5678"]
    assert f"filename*=UTF-8''{quote('日来店顾客登记表')}" in answer.headers["Content-Disposition"]
    assert client.get(address.replace("csv", "pdf")).status_code == 404


@pytest.mark.rule("R-CONF-12", "R-ROLE-01")
def test_without_the_right_to_export_the_address_does_not_exist(client_of):
    assert client_of("clerk").get("/admin/visitor/export/csv/?reason=x").status_code == 404
