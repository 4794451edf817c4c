"""What leaves in a file is what the list shows, does no harm, and comes back without changing anything (R-IMPT-08)."""

import csv
import json

import openpyxl
import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.guard import writing
from admin_app.guard.codes import reading
from admin_app.models import register_named
from admin_app.permissions import Action, Level, Scope
from admin_app.sheets import export_files
from admin_app.sheets.export_files import csv_chunks
from admin_app.sheets.exporting import prepare, whole_list
from admin_app.sheets.formulas import guarded, guarded_in_workbook, unguarded
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.sheets.conftest import sheet, verdicts, visitor
from tests.sheets.test_rights import change_right

LIVE = (
    '=HYPERLINK("http://127.0.0.1/","点")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A", "'=1",
)  # fmt: skip


def rows_of(path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        sheet_ = openpyxl.load_workbook(path).worksheets[0]
        return [[cell.value or "" for cell in row] for row in sheet_.iter_rows()]
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


@pytest.mark.rule("R-IMPT-08")
@pytest.mark.parametrize("text", [*LIVE, "\t=1", "\r=1", "''+1", "平常", "'引号", "", "a=1"])
def test_one_apostrophe_is_put_before_what_would_run_and_taken_off_again(text):
    assert unguarded(guarded(text)) == text
    assert unguarded(guarded_in_workbook(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def take_in_live(office) -> None:
    """A visitor for each text that would run; one with an apostrophe of its own needs another before it."""
    notes = [f"'{text}" if text.startswith("'") else text for text in LIVE]
    rows = [visitor(phone=f"1381234{n:04}", note=note) for n, note in enumerate(notes)]
    office.take_in("a.csv", sheet(*rows), as_="info_officer")


@pytest.mark.rule("R-IMPT-08")
@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_exporting_and_importing_again_changes_nothing(office, name):
    take_in_live(office)
    assert [record.remark for record in office.all()] == list(LIVE)
    office.export(name, as_="info_officer")
    assert verdicts(office.take_in(name, as_="info_officer")) == {"not_data": 2, "same": len(LIVE)}


@pytest.mark.rule("R-IMPT-08")
def test_no_cell_of_a_csv_runs_and_no_cell_of_a_workbook_is_a_formula(office):
    take_in_live(office)
    cells = [cell for row in rows_of(office.export("out.csv", as_="info_officer")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))]
    book = openpyxl.load_workbook(office.export("out.xlsx", as_="info_officer"))
    assert "f" not in {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}


@pytest.mark.rule("R-CONF-06", "R-IMPT-08")
@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_is_masked_as_the_screen_and_comes_back_without_a_change(office, name):
    office.take_in("a.csv", sheet(visitor(), visitor(name="解放", phone="13900001111", note="甲")))
    change_right(office, "store_manager", Action.IMPORT, Scope.STORE)
    change_right(office, "store_manager", Action.ADD, Scope.STORE)
    path = office.export(name, as_="store_manager")
    text = str(rows_of(path))
    assert "138****5678" in text
    assert "13812345678" not in text
    assert verdicts(office.take_in(name, as_="store_manager")) == {"not_data": 2, "same": 2}
    assert {record.phone for record in office.all()} == {"13812345678", "13900001111"}


@pytest.mark.rule("R-CONF-06")
def test_a_mask_is_no_value_for_who_sees_the_whole_one(office):
    office.take_in("a.csv", sheet(visitor()))
    outcome = office.take_in("b.csv", sheet(visitor(phone="138****5678")))
    assert [error["code"] for error in outcome["errors"]] == ["bad_phone"]


@pytest.mark.rule("R-CONF-12", "R-AUDT-01")
def test_an_export_says_who_when_why_and_how_many_in_the_file_and_in_the_trail(office):
    office.take_in("a.csv", sheet(visitor()))
    path = office.export("out.csv", as_="store_manager", reason="月度核对")
    [first, header, row] = rows_of(path)
    assert first[0].startswith("导出人：")
    assert "共 1 条" in first[0]
    assert first[0].endswith("用途：月度核对")
    assert (header[0], row[0]) == ("来店时间", "2026-03-02")
    with office.world.open() as session:
        entry = session.scalars(select(TrailEntry).where(TrailEntry.event == "exported")).one()
    detail = json.loads(entry.detail)
    assert (detail["table"], detail["rows"], detail["reason"]) == ("visitor", 1, "月度核对")
    assert entry.actor_id == office.world.person("store_manager").id


@pytest.mark.rule("R-CONF-02", "R-LIST-02")
def test_an_export_holds_only_rows_that_are_seen_and_may_leave(office):
    office.take_in("a.csv", sheet(visitor(name="本店")))
    office.take_in("b.csv", sheet(visitor(name="别店")), as_="clerk2")
    text = str(rows_of(office.export("out.csv", as_="store_manager")))
    assert "本店" in text
    assert "别店" not in text


@pytest.mark.rule("R-CONF-12")
@pytest.mark.parametrize(("username", "reason"), [("store_manager", " "), ("clerk", "核对")])
def test_an_export_needs_the_right_and_a_reason(office, username, reason):
    with pytest.raises(Refused):
        office.export("out.csv", as_=username, reason=reason)


@pytest.mark.rule("R-CONF-12")
def test_important_material_leaves_with_a_copy_permit_only(office):
    with office.world.writing() as session:
        make_record(session, "archive_file", important=True, title="要紧的")
    with pytest.raises(Refused) as refused:
        office.export("out.csv", as_="service_manager", table="archive_file")
    assert refused.value.verdict.code == "no_permit"


@pytest.mark.rule("R-CONF-02", "R-CONF-12", "R-CONF-15")
@pytest.mark.parametrize("important", [True, False])
def test_a_refused_export_doesnt_tell_a_party_whether_a_record_is_marked_important(office, important):
    """Whoever wrote a file of another store gets it in the fields for parties, the mark not among them."""
    change_right(office, "store_manager", Action.EXPORT, Scope.ALL, "archive_file")
    with office.world.writing() as session:
        author = PERSON_IDS["store_manager"]
        make_record(session, "archive_file", important=important, title="别店的", store_id=2, created_by_id=author)
    with pytest.raises(Refused) as refused:
        office.export("out.csv", as_="store_manager", table="archive_file")
    assert refused.value.verdict.code == "no_permit"
    with office.world.open() as session:
        assert session.scalars(select(TrailEntry).where(TrailEntry.event == "exported")).all() == []


@pytest.mark.rule("R-AUDT-01")
def test_rows_from_secret_up_that_leave_are_noted_as_viewed(office):
    with office.world.writing() as session:
        file = make_record(session, "archive_file", title="平常的").id
    office.export("out.csv", as_="service_manager", table="archive_file")
    with office.world.open() as session:
        viewed = session.scalars(select(TrailEntry).where(TrailEntry.event == "viewed")).one()
    assert json.loads(viewed.detail) == {"ids": [file], "via": "export"}


@pytest.mark.rule("R-AUDT-01", "R-CONF-01")
def test_a_row_whose_level_rises_while_the_export_runs_is_left_out(office):
    """Three visitors are found and noted; one is raised to 秘密 before its rows are read: that view was not noted."""
    office.take_in("a.csv", sheet(*(visitor(phone=f"1381234000{n}") for n in range(3))), as_="info_officer")
    register = register_named("visitor")
    with office.world.open("info_officer") as session:
        with writing(session):
            columns = [register.faces["phone"]]
            export = prepare(session, whole_list(register), columns, reading(session), now=clock.now(), reason="核对")
        assert session.person.clearance >= Level.SECRET
        with office.world.writing() as other:
            risen = other.get_one(register, export.ids[1])
            risen.level = Level.SECRET
        told = b"".join(csv_chunks(export)).decode("utf-8-sig").splitlines()[2:]
    assert len(export.ids) == 3
    assert told == ["13812340002", "13812340000"]


@pytest.mark.rule("R-IMPT-08")
def test_more_rows_than_a_sheet_holds_are_refused_as_a_workbook_and_leave_as_csv(office, monkeypatch):
    office.take_in("a.csv", sheet(*(visitor(phone=f"1381234000{n}") for n in range(3))), as_="info_officer")
    monkeypatch.setattr(export_files, "MOST_ROWS", 2)
    with pytest.raises(Refused, match="请改用 CSV") as refused:
        office.export("out.xlsx", as_="info_officer")
    assert (refused.value.verdict.rule, refused.value.verdict.code) == ("R-IMPT-08", "too_many_rows")
    assert not (office.folder / "out.xlsx").exists()
    assert len(rows_of(office.export("out.csv", as_="info_officer"))) == 2 + 3
