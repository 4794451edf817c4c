"""Of a long ledger the first lines are shown at once; its check reads the rest, and nothing of it is lost."""

import re

import pytest
from sqlalchemy import select

from admin_app.sheets import runs
from admin_app.sheets.reading import head
from admin_app.working.imports import ImportBatch
from tests.fixtures.web import post
from tests.sheets.conftest import sheet, visitor
from tests.sheets.test_import_screens import upload
from tests.sheets.test_runs import batch_state, wait_for


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch):
    monkeypatch.setattr(runs, "BACKGROUND_FROM", 1)


@pytest.fixture
def long_from_1000_bytes(monkeypatch):
    monkeypatch.setattr(head, "SHORT_TEXT", 1000)
    monkeypatch.setattr(head, "HEAD", 4000)


@pytest.mark.rule("R-IMPT-01", "R-IMPT-03")
def test_of_a_long_file_the_first_lines_are_shown_at_once_and_the_check_reads_the_rest(
    office, client_of, long_from_1000_bytes, monkeypatch
):
    """300 good lines and a total below, of which the pages before the check read some 80: nothing of the rest is lost."""
    read, lengths = head.read_table, []

    def watched(data, *others):
        lengths.append(len(data))
        return read(data, *others)

    monkeypatch.setattr(head, "read_table", watched)
    monkeypatch.setattr(runs, "BACKGROUND_FROM", 250)
    client = client_of("clerk")
    ledger = sheet(
        *(visitor(name=f"顾客{at}", phone=f"1390000{at:04}") for at in range(300)), ("合计", "", "300", "", "", "")
    )
    address = upload(client, ledger).location
    page = client.get(address).text
    assert "文件较大" in page
    assert "合计" not in page
    assert re.search(r"前 \d+ 行，其中数据", page)
    assert max(lengths) < 12_000 < len(ledger.encode())
    watch = post(client, address, {"map-5": "", "shown-5": "remark", "check": "yes"}).location
    assert watch == f"{address}run/"
    assert wait_for(client, watch) == f"{address}check/"
    page = client.get(f"{address}check/").text
    assert re.search(r"第 302 行.{0,60}合计行", page, re.DOTALL)
    assert 'name="data" value="302"' in client.get(address).text
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert (
        wait_for(client, post(client, f"{address}check/", {"write": "all", "seen": seen}).location) == f"{address}done/"
    )
    assert office.count() == 300
    assert {record.remark for record in office.all()} == {None}
    with office.world.open() as session:
        assert session.scalars(select(ImportBatch.lines)).one() == 302


@pytest.mark.rule("R-IMPT-02")
def test_a_column_chosen_by_hand_stays_the_same_where_a_long_file_turns_out_to_begin_further_left(
    office, client_of, long_from_1000_bytes
):
    """The table begins at C; line 300 alone has something in A. 说明, column H, was chosen for the remark: so it is."""
    header = ("", "", "来店时间", "顾客姓名", "联系电话", "顾客来源", "接待人", "说明文字")
    rows = [
        ("★" if at == 299 else "", "", *visitor(name=f"顾客{at}", phone=f"1390000{at:04}", note=f"第{at}位"))
        for at in range(300)
    ]
    client = client_of("clerk")
    address = upload(client, sheet(*rows, header=header)).location
    watch = post(client, address, {"map-5": "remark", "shown-5": "", "check": "yes"}).location
    wait_for(client, watch)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(f"{address}check/").text)[1]
    wait_for(client, post(client, f"{address}check/", {"write": "all", "seen": seen}).location)
    assert [record.remark for record in office.all()] == [f"第{at}位" for at in range(300)]


@pytest.mark.rule("R-CONF-13", "R-IMPT-06")
def test_a_state_secret_mark_far_below_in_a_long_file_removes_it_and_says_so(office, client_of, long_from_1000_bytes):
    client = client_of("clerk")
    rows = [visitor(name=f"顾客{at}", phone=f"1390000{at:04}") for at in range(300)]
    address = upload(client, sheet(*rows, ("备注：国家秘密，不得外传", "", "", "", "", ""))).location
    assert len(list(office.files.stored())) == 1
    watch = post(client, address, {"check": "yes"}).location
    assert wait_for(client, watch) == f"{address}done/"
    page = client.get(f"{address}done/").text
    assert "带有国家秘密标志，整份文件不得录入本系统" in page
    assert (office.count(), batch_state(office), list(office.files.stored())) == (0, "dropped", [])
