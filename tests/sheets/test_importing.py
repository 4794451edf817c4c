"""What an import does to the register: new, changed, same, duplicate, refused."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from admin_app import clock
from admin_app.guard.codes import reading
from admin_app.guard.listing import ListQuery, find_page
from admin_app.guard.searching import found
from admin_app.models import register_named
from admin_app.operations.intakes import intake_of
from admin_app.sheets.batches import keep_original, open_batch
from admin_app.sheets.reading import read_table
from admin_app.sheets.work import Work
from admin_app.sheets.writing import ALL, Writer
from admin_app.verdicts import Refused
from admin_app.working.imports import ImportBatch, ImportLine
from tests.fixtures.queries import counted_queries
from tests.sheets.conftest import codes, sheet, verdicts, visitor


def batch_of(session, office, content: str, table: str = "visitor"):
    """A batch put in, the work on it and its table."""
    work = Work(session, intake_of(register_named(table)), reading(session), clock.now())
    read = read_table(content.encode(), "x.csv", work.words)
    stored = keep_original(work, office.files, content.encode(), read)
    batch = open_batch(work, stored, content.encode(), "x.csv", read)
    session.commit()
    return work, batch, read


@pytest.mark.rule("R-IMPT-03", "R-IMPT-04")
def test_a_line_with_the_key_of_a_record_changes_only_what_differs(office):
    office.take_in("a.csv", sheet(visitor(note="周末再来")))
    outcome = office.take_in("b.csv", sheet(visitor(source="自然客流")))
    assert verdicts(outcome) == {"not_data": 1, "changed": 1}
    [record] = office.all()
    assert (record.source, record.remark, record.version) == ("natural", "周末再来", 2)


@pytest.mark.rule("R-IMPT-04", "R-LIST-01")
def test_what_a_ledger_brings_in_or_changes_is_found_by_part_and_by_pinyin(office):
    office.take_in("a.csv", sheet(visitor(name="单秀兰"), visitor(name="周平", phone="13900001111")))
    office.take_in("b.csv", sheet(visitor(name="周平", phone="13900001111", by="仇万里")))
    with office.world.open("general_manager") as session:
        for typed, name in (("秀兰", "单秀兰"), ("sxl", "单秀兰"), ("9000011", "周平"), ("qiuwanli", "周平")):
            query = ListQuery(register_named("visitor"), ["name"], [found(session, register_named("visitor"), typed)])
            assert [row.name for row in find_page(session, query).rows] == [name], typed


@pytest.mark.rule("R-IMPT-05")
def test_lines_of_one_file_that_mean_one_record_leave_it_as_the_last_does_and_again_nothing_changes(office):
    ledger = sheet(visitor(note="甲"), visitor(note="乙"), visitor(note="甲"))
    first = office.take_in("a.csv", ledger)
    assert verdicts(first) == {"not_data": 1, "added": 1, "changed": 1, "duplicate": 1}
    assert [record.remark for record in office.all()] == ["乙"]
    assert verdicts(office.take_in("a.csv", ledger)) == {"not_data": 1, "same": 2, "duplicate": 1}


def test_a_longer_ledger_asks_no_more_than_its_insertions(office):
    asked = {}
    for lines in (20, 120):
        rows = [visitor(name=f"周{lines}号{n}", phone=f"139{lines:04}{n:04}") for n in range(lines)]
        with counted_queries(office.world) as statements:
            assert verdicts(office.take_in(f"{lines}.csv", sheet(*rows)))["added"] == lines
        asked[lines] = len([one for one in statements if not one.startswith("INSERT INTO")])
    assert asked[120] <= asked[20]


@pytest.mark.rule("R-IMPT-04")
def test_all_or_nothing_writes_nothing_while_a_line_is_bad(office):
    with office.world.open("clerk") as session:
        work, batch, read = batch_of(session, office, sheet(visitor(), visitor(phone="联系不上")))
        with pytest.raises(Refused) as refused:
            Writer(work, office.files, ALL).write(batch, read)
    assert refused.value.verdict.code == "refused_lines"
    assert office.count() == 0


@pytest.mark.rule("R-IMPT-06")
def test_an_import_that_breaks_off_leaves_nothing(office, monkeypatch):
    monkeypatch.setattr("admin_app.sheets.writing.line_row", lambda *_: 1 / 0)
    with office.world.open("clerk") as session:
        work, batch, read = batch_of(session, office, sheet(visitor(), visitor(phone="联系不上")))
        with pytest.raises(ZeroDivisionError):
            Writer(work, office.files).write(batch, read)
    assert office.count() == 0
    assert len([path for path in office.files.folder.rglob("*") if path.is_file()]) == 1
    with office.world.open() as session:
        assert session.scalars(select(ImportBatch.state)).all() == ["uploaded"]
        assert not session.scalars(select(ImportLine.line)).all()


@pytest.mark.rule("R-IMPT-03")
def test_a_verdict_that_moved_since_the_check_stops_the_writing(office):
    with office.world.open("clerk") as session:
        work, batch, read = batch_of(session, office, sheet(visitor()))
        office.take_in("same.csv", sheet(visitor()))
        with pytest.raises(Refused) as refused:
            Writer(work, office.files, expected="what was seen before").write(batch, read)
    assert refused.value.verdict.code == "changed"


@pytest.mark.rule("R-IMPT-05")
def test_a_batch_is_written_once(office):
    with office.world.open("clerk") as session:
        work, batch, read = batch_of(session, office, sheet(visitor()))
        Writer(work, office.files).write(batch, read)
        with pytest.raises(Refused) as refused:
            Writer(work, office.files).write(batch, read)
    assert refused.value.verdict.code == "wrong_state"


@pytest.mark.rule("R-IMPT-04", "R-AUDT-01")
def test_the_batch_keeps_the_original_and_every_line_encrypted_with_the_record_it_became(office):
    ledger = sheet(visitor(name="单秀兰"), visitor(phone="联系不上"))
    office.take_in("a.csv", ledger)
    [record] = office.all()
    with office.world.open() as session:
        batch = session.scalars(select(ImportBatch)).one()
        good, bad = session.scalars(select(ImportLine).order_by(ImportLine.line)).all()
    assert office.files.get(batch.stored) == ledger.encode()
    assert (good.verdict, good.record_id, bad.verdict, bad.record_id) == ("added", record.id, "refused", None)
    assert json.loads(bad.faults) == [["联系电话", "phone", "bad_phone"]]
    assert "单秀兰".encode() not in good.cells
    cells = json.loads(office.files.seal.open(good.cells, f"{batch.public_id}:{good.line}"))
    assert cells[:2] == ["2026-03-02", "单秀兰"]


@pytest.mark.rule("R-ARCH-01")
def test_an_imported_customer_gets_an_archive_file(office):
    header = ("客户姓名", "手机号", "登记日期")
    outcome = office.take_in("c.csv", sheet(("单秀兰", "13812345678", "2026-03-02"), header=header), as_="info_officer",
                             table="customer")  # fmt: skip
    assert outcome["added"] == 1
    [customer] = office.all("customer")
    [file] = office.all("archive_file")
    assert customer.number.startswith("CU-")
    assert (file.customer_id, file.number[:3]) == (customer.id, "KH-")


@pytest.mark.rule("R-IMPT-07")
def test_new_records_belong_to_the_importers_store_and_to_nobody(office):
    office.take_in("a.csv", sheet(visitor()), as_="clerk2")
    [record] = office.all()
    assert (record.store_id, record.owner_id) == (office.world.person("clerk2").store_id, None)


@pytest.mark.rule("R-IMPT-03")
@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (visitor(phone="1.38E+10"), "联系电话", "damaged"),
        (visitor(day="同上"), "来店时间", "ditto"),
        (visitor(note="国家秘密：勿传"), "备注", "state_secret"),
        (visitor(note="机密★10年"), "备注", "state_secret"),
        ((*visitor(), "多出的一格"), "", "too_many_cells"),
    ],
)
def test_a_cell_that_lost_its_value_or_may_not_be_kept_is_refused(reading_room, row, column, code):
    outcome = reading_room.take_in("a.csv", sheet(row, visitor(name="好的")), check_only=True)
    assert codes(outcome) == [(2, column, code)]
    assert outcome["added"] == 1


@pytest.mark.rule("R-IMPT-03")
def test_fields_that_contradict_each_other_are_refused_by_the_tables_own_check(reading_room):
    header = ("来店时间", "离店时间", "顾客姓名", "联系电话", "顾客来源", "接待人")
    row = ("2026-03-02 15:00", "2026-03-02 14:00", "单秀兰", "13812345678", "朋友介绍", "王凡")
    outcome = reading_room.take_in("a.csv", sheet(row, header=header), check_only=True)
    assert codes(outcome) == [(2, "来店时间", "inconsistent")]
    assert "离店时间" in outcome["errors"][0]["reason"]


@pytest.mark.rule("R-CONF-13")
def test_of_a_file_with_a_state_secret_mark_neither_the_original_nor_the_cell_is_kept(office):
    outcome = office.take_in("a.csv", sheet(visitor(), visitor(name="绝密★启用前")))
    assert outcome["added"] == 1
    assert "绝密" not in (office.folder / outcome["refused_file"]).read_text("utf-8")
    with office.world.open() as session:
        assert session.scalars(select(ImportBatch.stored)).one() == ""
        assert session.scalars(select(ImportLine.cells).where(ImportLine.verdict == "refused")).one() is None
    assert len([path for path in office.files.folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.rule("R-CONF-13")
def test_a_state_secret_mark_above_the_header_refuses_the_whole_file(office):
    with pytest.raises(Refused) as refused:
        office.take_in("a.csv", "机密★长期,,,,,\n" + sheet(visitor()))
    assert refused.value.verdict.code == "state_secret"
    assert not office.files.folder.exists()


@pytest.mark.rule("R-IMPT-01")
def test_choices_in_traditional_characters_are_understood(reading_room):
    header = ("來店時間", "顧客姓名", "聯繫電話", "顧客來源", "接待人", "備註")
    ledger = sheet(visitor(source="自然客流"), visitor(name="乙", source="媒體推廣"), header=header)
    outcome = reading_room.take_in("a.csv", ledger, check_only=True)
    assert outcome["added"] == 2


@pytest.mark.rule("R-IMPT-02")
def test_two_columns_on_one_field_are_refused_and_unmapped_ones_listed(reading_room):
    header = ("来店时间", "日期", "顾客姓名", "联系电话", "顾客来源", "接待人")
    with pytest.raises(Refused) as refused:
        reading_room.take_in("a.csv", sheet(("2026-03-02", *visitor()[:5]), header=header), check_only=True)
    assert refused.value.verdict.code == "two_columns"
    header = (*header[:1], "天气", *header[2:])
    outcome = reading_room.take_in(
        "b.csv", sheet(("2026-03-02", "晴", *visitor()[1:5]), header=header), check_only=True
    )
    assert outcome["unmapped"] == ["天气"]


CELLS = {
    "day": st.sampled_from(["2026-03-02", "2026/3/2", "2月30日", "同上", ""]),
    "name": st.sampled_from(["单秀兰", "解放", "=1+1", ""]),
    "phone": st.sampled_from(["13812345678", "138-1234-5678", "联系不上"]),
    "source": st.sampled_from(["朋友介绍", "路过看看"]),
    "note": st.sampled_from(["", "甲", "乙"]),
}


@pytest.mark.rule("R-IMPT-04")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.builds(visitor, **CELLS), max_size=6))
def test_every_line_of_any_file_is_accounted_for(reading_room, rows):
    outcome = reading_room.take_in("a.csv", sheet(*rows), check_only=True)
    verdicts(outcome)
    assert outcome["lines"] == len(rows) + 1
    assert len({error["line"] for error in outcome["errors"]}) == outcome["refused"]


@pytest.mark.rule("R-IMPT-03")
def test_a_check_asks_the_database_no_more_often_for_more_rows(reading_room):
    asked: list[str] = []

    def note(connection, cursor, statement, *_: object) -> None:
        asked.append(statement)

    event.listen(reading_room.world.engine, "before_cursor_execute", note)
    try:
        counts = []
        for number in (1, 1, 400):  # the first fills what is kept in memory
            asked.clear()
            rows = [visitor(phone=f"1381234{n:04}", note=str(n)) for n in range(number)]
            reading_room.take_in("a.csv", sheet(*rows), check_only=True)
            counts.append(len(asked))
    finally:
        event.remove(reading_room.world.engine, "before_cursor_execute", note)
    assert counts[1] == counts[2]
