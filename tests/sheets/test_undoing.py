"""A batch is taken back record by record; what was worked on or used since stays and is listed (R-IMPT-05)."""

import json
import re

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.guard import trail
from admin_app.guard.codes import reading
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.intakes import intake_of
from admin_app.sheets.aftermath import Aftermath
from admin_app.sheets.undoing import USED, Undone, outlook, undo
from admin_app.sheets.work import Work
from admin_app.verdicts import Refused
from admin_app.working.imports import ImportBatch, ImportLine
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.fixtures.web import post
from tests.sheets.conftest import sheet, verdicts, visitor
from tests.sheets.test_import_screens import checked

CUSTOMER = ("姓名", "登记时间", "联系电话", "来源")
WHY = "导错了表"


def people(*names: str, **cells: str) -> list[tuple[str, ...]]:
    return [visitor(name=name, phone=f"1390000{place:04}", **cells) for place, name in enumerate(names)]


def undone(office, table: str = "visitor", as_: str = "clerk") -> Undone:
    """Undo the newest batch of *table*, once the outlook has said the same."""
    with office.world.open(as_) as session:
        batch = session.scalars(
            select(ImportBatch).where(ImportBatch.table_name == table).order_by(ImportBatch.id.desc())
        ).first()
        work = Work(session, intake_of(register_named(table)), reading(session), clock.now())
        before = outlook(work, batch)
        done = undo(work, batch, WHY)
        assert done == before
        assert Undone.from_json(batch.undone) == done
        return done


def edit(office, name: str, **values: str) -> None:
    register = register_named("visitor")
    with office.world.writing("clerk") as session:
        records.change(session, session.scalars(select(register).where(register.name == name)).one(), values)


@pytest.mark.rule("R-IMPT-05", "R-LIST-03")
def test_what_a_batch_added_is_voided_and_what_it_changed_is_as_before(office):
    office.take_in("a.csv", sheet(*people("周平", "吴安")))
    office.take_in("b.csv", sheet(*people("周平", "吴安", "郑和", note="周末再来")))
    assert undone(office) == Undone(1, 2)
    held = {record.name: (record.remark, record.voided_at is None, record.void_reason) for record in office.all()}
    assert held == {"周平": (None, True, None), "吴安": (None, True, None), "郑和": ("周末再来", False, WHY)}


@pytest.mark.rule("R-IMPT-05")
def test_a_record_edited_since_is_left_and_listed(office):
    office.take_in("a.csv", sheet(*people("周平", "吴安")))
    edit(office, "吴安", remark="已联系")
    (kept,) = [record.id for record in office.all() if record.name == "吴安"]
    assert undone(office) == Undone(1, 0, {kept: USED})
    assert {record.name: record.voided_at is None for record in office.all()} == {"周平": False, "吴安": True}


@pytest.mark.rule("R-IMPT-05")
def test_a_record_that_the_batch_changed_and_somebody_changed_again_keeps_what_they_wrote(office):
    office.take_in("a.csv", sheet(*people("周平")))
    office.take_in("b.csv", sheet(*people("周平", note="周末再来")))
    edit(office, "周平", remark="已联系")
    with pytest.raises(Refused) as refused:  # nothing else is in the batch
        undone(office)
    assert refused.value.verdict.code == "wrong_state"
    assert office.all()[0].remark == "已联系"
    with office.world.open("clerk") as session:
        assert set(session.scalars(select(ImportBatch.state))) == {"written"}


@pytest.mark.rule("R-IMPT-05", "R-ARCH-01")
def test_with_a_customer_goes_the_file_that_was_opened_for_them_unless_something_lies_in_it(office):
    rows = [
        ("周平", "2026-03-02 10:00", "13900000001", "朋友介绍"),
        ("吴安", "2026-03-02 10:00", "13900000002", "朋友介绍"),
    ]
    outcome = office.take_in("c.csv", sheet(*rows, header=CUSTOMER), as_="info_officer", table="customer")
    assert verdicts(outcome) == {"not_data": 1, "added": 2}
    customers = {record.name: record.id for record in office.all("customer")}
    files = {file.customer_id: file.id for file in office.all("archive_file")}
    with office.world.writing() as session:
        paper = {"file_id": files[customers["吴安"]], "name": "合同"}
        records.create(session, register_named("archive_item"), paper)
    assert undone(office, "customer", "info_officer") == Undone(1, 0, {customers["吴安"]: USED})
    in_use = {
        record.id for table in ("customer", "archive_file") for record in office.all(table) if record.voided_at is None
    }
    assert in_use >= {customers["吴安"], files[customers["吴安"]]}
    assert not in_use & {customers["周平"]}
    assert [file.void_reason for file in office.all("archive_file") if file.customer_id == customers["周平"]] == [WHY]


@pytest.mark.rule("R-IMPT-05", "R-AUDT-01")
def test_undoing_stands_in_the_trail_with_its_reason_and_is_done_once(office):
    office.take_in("a.csv", sheet(*people("周平")))
    undone(office)
    with office.world.open() as session:
        (entry,) = session.scalars(select(TrailEntry).where(TrailEntry.event == "import_undone"))
    assert {name: json.loads(entry.detail)[name] for name in ("voided", "restored", "left", "reason")} == {
        "voided": 1, "restored": 0, "left": 0, "reason": WHY,
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        undone(office)
    assert refused.value.verdict.code == "wrong_state"


@pytest.mark.rule("R-IMPT-05")
def test_batches_are_undone_one_after_the_other(office):
    office.take_in("a.csv", sheet(*people("周平")))
    office.take_in("b.csv", sheet(*people("周平", note="周末再来")))
    assert undone(office) == Undone(0, 1)
    with office.world.open("clerk") as session:
        first, second = session.scalars(select(ImportBatch).order_by(ImportBatch.id))
        assert (first.state, second.state) == ("written", "undone")
        undo(Work(session, intake_of(register_named("visitor")), reading(session), clock.now()), first, WHY)
    (record,) = office.all()
    assert (record.remark, record.void_reason) == (None, WHY)


@pytest.mark.rule("R-IMPT-05", "R-CONF-02")
def test_of_a_record_out_of_sight_it_is_not_told_whether_anybody_worked_on_it(office):
    office.take_in("a.csv", sheet(*people("周平", "吴安", "郑和")))
    secret, changed, _seen = office.all()
    with office.world.writing() as session:
        for record, values in ((secret, {"level": 3}), (changed, {"level": 3, "remark": "已联系"})):
            for name, value in values.items():
                setattr(session.get_one(register_named("visitor"), record.id), name, value)
    with office.world.open("clerk") as session:
        (batch,) = session.scalars(select(ImportBatch))
        told = outlook(Work(session, intake_of(register_named("visitor")), reading(session), clock.now()), batch)
    assert told == Undone(1, 0, {secret.id: "hidden", changed.id: "hidden"})


@pytest.mark.rule("R-IMPT-05", "R-DISP-05")
def test_an_older_order_that_an_imported_agreement_took_up_keeps_the_agreement(office):
    """The order wasn't the batch's: what it did to it stands, and so does what it did it with."""
    agreement, order = register_named("design_agreement"), register_named("dispatch_order")
    with office.world.writing() as session:
        older = make_record(session, order, state="dispatched").id
        made = make_record(session, agreement).id
        batch = ImportBatch(
            public_id="b" * 16, table_name="design_agreement", filename="x", file_digest="", stored="", state="written",
            person_id=PERSON_IDS["clerk"], created_at=clock.now(), written_at=clock.now(),
        )  # fmt: skip
        session.add(batch)
        session.flush()
        with trail.part_of(session, batch=batch.public_id), operating(session):
            session.get_one(order, older).design_agreement_id = made
            session.get_one(agreement, made).dispatch_id = older
        session.add(
            ImportLine(batch_id=batch.id, line=2, verdict="added", table_name="design_agreement", record_id=made)
        )
        session.flush()
        assert Aftermath(session, batch).used == {made}


@pytest.mark.rule("R-IMPT-05")
def test_an_undone_file_can_be_imported_anew(office):
    ledger = sheet(*people("周平", "吴安"))
    office.take_in("a.csv", ledger)
    undone(office)
    assert verdicts(office.take_in("a.csv", ledger)) == {"not_data": 1, "added": 2}
    assert len([record for record in office.all() if record.voided_at is None]) == 2


@pytest.mark.rule("R-IMPT-05")
def test_on_screen_undoing_tells_beforehand_what_it_does_and_asks_for_a_reason(office, client_of):
    client = client_of("clerk")
    address, seen = checked(client, sheet(*people("周平", "吴安")))
    post(client, f"{address}check/", {"write": "good", "seen": seen})
    edit(office, "吴安", remark="已联系")
    page = client.get(f"{address}undo/").text
    assert "新增的 1 条作废，修改的 0 条改回原样，1 条保留不动" in page
    assert "请写明原因" in post(client, f"{address}undo/", {"confirmed": "yes", "reason": " "}).text
    assert all(record.voided_at is None for record in office.all())
    answer = post(client, f"{address}undo/", {"confirmed": "yes", "reason": WHY})
    assert answer.location == f"{address}done/"
    result = client.get(answer.location).text
    assert "已撤销" in result
    assert re.search(r"吴安.*导入之后有改动", result)
    assert "undo/" not in result


@pytest.mark.rule("R-IMPT-07", "R-CONF-02")
def test_nobody_else_undoes_a_batch(office, client_of):
    address, seen = checked(client_of("clerk"), sheet(*people("周平")))
    post(client_of("clerk"), f"{address}check/", {"write": "good", "seen": seen})
    for other in ("clerk2", "info_officer", "admin"):
        assert post(client_of(other), f"{address}undo/", {"confirmed": "yes", "reason": WHY}).status_code == 404
    assert [record.voided_at for record in office.all()] == [None]
