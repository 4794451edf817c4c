"""What undoing a large batch would do is found without the browser, before anybody says that it is to be done."""

import pytest
from sqlalchemy import select

from admin_app.models import register_named
from admin_app.sheets import runs
from admin_app.working.imports import ImportBatch
from tests.fixtures.web import post
from tests.sheets.conftest import sheet
from tests.sheets.test_runs import PEOPLE, batch_state, checked, wait_for


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch):
    monkeypatch.setattr(runs, "BACKGROUND_FROM", 1)


@pytest.mark.rule("R-IMPT-05", "R-IMPT-06")
def test_what_an_undo_would_do_to_a_large_batch_is_found_in_the_background_when_asked_for(office, client_of):
    """Four records, one of them edited since: looking at the page begins nothing; asked for, it says three and one."""
    client = client_of("clerk")
    address, seen = checked(client, sheet(*PEOPLE))
    wait_for(client, post(client, f"{address}check/", {"write": "good", "seen": seen}).location)
    with office.world.writing("clerk") as session:
        session.scalars(select(register_named("visitor")).order_by("id")).first().remark = "已回访"
    undo = f"{address}undo/"
    page = client.get(undo).text
    assert ("先核对哪些可以撤销" in page, 'name="reason"' in page) == (True, False)
    with office.world.open("clerk") as session:
        assert runs.asked_of(session.scalars(select(ImportBatch)).one()) is None
    assert wait_for(client, post(client, undo, {"answer": "again"}).location) == undo
    page = client.get(undo).text
    assert "新增的 3 条作废，修改的 0 条改回原样，1 条保留不动" in page
    assert "撤销时会再核对一遍" in page
    assert (batch_state(office), {record.void_reason for record in office.all()}) == ("written", {None})
    assert wait_for(client, post(client, undo, {"reason": "导错了表"}).location) == f"{address}done/"
    assert len([record for record in office.all() if record.void_reason == "导错了表"]) == 3
    assert list(office.held.folder.glob("*/*")) == []


@pytest.mark.rule("R-IMPT-06")
def test_what_is_written_leads_to_its_end_while_its_check_is_still_kept(office, client_of, monkeypatch):
    """As in the moment between the ledger's transaction and the one that puts the check away."""
    monkeypatch.setattr(runs.Run, "_forget", lambda *_more: None)
    client = client_of("clerk")
    address, seen = checked(client, sheet(*PEOPLE))
    watch = post(client, f"{address}check/", {"write": "good", "seen": seen}).location
    assert (wait_for(client, watch), office.count()) == (f"{address}done/", 4)
