"""A field that is required or closed by what another holds: refused on the form, in a ledger and beneath both."""

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.permissions import Level
from admin_app.sheets import results
from admin_app.storage import LocalFiles
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS, STORE_IDS
from tests.fixtures.forms import box_on, faults_on, form_of
from tests.fixtures.records import make_record
from tests.fixtures.web import post

EAST = STORE_IDS["城东店"]
CHECK = {"checked_on": "2026-03-02", "room": "一号库", "result": "unfit"}
FOUND, NONE_FOUND = {**CHECK, "problems_found": "yes"}, {**CHECK, "problems_found": "no"}
REQUIRED, CLOSED = "发现问题为“是”时必填（依据 R-ARCH-06）", "发现问题为“是”时才填，请清空（依据 R-ARCH-06）"


def problems_of(world):
    """What the checks of the store room say of problems."""
    with world.open() as session:
        return [one.problems for one in session.query(register_named("storage_check"))]


@pytest.mark.parametrize(
    ("typed", "reason"), [(FOUND, REQUIRED), ({**NONE_FOUND, "problems": "返潮"}, CLOSED)], ids=["blank", "filled"]
)
def test_the_form_tells_it_at_the_field_and_keeps_what_was_typed(world, client_of, typed, reason):
    answer = post(client_of("archive_keeper"), "/admin/storage_check/new/", typed)
    assert (answer.status_code, faults_on(answer.text)) == (200, {"problems": reason})
    assert box_on(answer.text, "room") == "一号库"
    assert typed.get("problems", "") in answer.text
    assert problems_of(world) == []


def test_the_form_says_it_beforehand_and_takes_what_agrees(world, client_of):
    client = client_of("archive_keeper")
    page = client.get("/admin/storage_check/new/").text
    assert 'data-only-if="problems_found: yes" data-required-if="problems_found: yes"' in page
    assert "发现问题为“是”时必填，其他情况不填" in page
    for typed in ({**FOUND, "problems": "返潮"}, NONE_FOUND, {**CHECK, "problems": "返潮"}):
        assert post(client, "/admin/storage_check/new/", typed).status_code == 302
    assert problems_of(world) == ["返潮", None, "返潮"]


def test_a_change_is_asked_only_of_what_it_touches(world, client_of):
    with world.writing() as session:
        check = make_record(session, "storage_check")
        table = register_named("storage_check").__table__
        session.connection().execute(table.update().values(problems_found=False, problems="旧账所写"))
        id_, address = check.id, f"/admin/storage_check/edit/?id={check.public_id}"
    client, opened = client_of("archive_keeper"), form_of(world, "storage_check", id_)
    assert post(client, address, {**opened, "room": "二号库"}).status_code == 302
    answer = post(client, address, {**opened, "version": "2", "problems": "又写"})
    assert faults_on(answer.text) == {"problems": CLOSED}
    assert problems_of(world) == ["旧账所写"]
    assert post(client, address, {**opened, "version": "2", "problems": ""}).status_code == 302
    assert problems_of(world) == [None]


@pytest.mark.rule("R-SIGN-06", "R-ARCH-06")
def test_a_programme_is_refused_beneath_with_the_field_the_condition_and_the_rule(world, make):
    made = make("storage_check")
    with pytest.raises(Refused) as refused, world.writing("archive_keeper") as session:
        records.change(session, session.get_one(register_named("storage_check"), made.id), {"problems_found": True})
    verdict = refused.value.verdict
    assert (verdict.rule, verdict.code, verdict.status) == ("R-ARCH-06", "inconsistent", 409)
    assert str(verdict.reason) == f"“问题说明”：{REQUIRED}"
    with world.open() as session:
        assert session.get_one(register_named("storage_check"), made.id).problems_found is None


@pytest.mark.rule("R-IMPT-03", "R-IMPT-07")
def test_a_ledger_is_told_each_such_line_before_anything_is_written(world, tmp_path):
    ledger = tmp_path / "检查.csv"
    lines = ["是,返潮", "是,", "否,返潮", "否,", ",返潮"]
    rows = (f"2026-03-0{n},库房{n},待处理,{line}" for n, line in enumerate(lines, 1))
    ledger.write_text("\n".join(["检查日期,库房,检查结果,发现问题,问题说明", *rows]), encoding="utf-8")
    files = LocalFiles(world.settings.data_dir / "files", world.settings.wrapping_key())
    with world.open("archive_keeper") as session:
        outcome = results.import_file(session, "storage_check", ledger, store=files)
    told = [(fault["line"], fault["field"], fault["code"], fault["reason"]) for fault in outcome["errors"]]
    assert told == [(3, "problems", "missing", REQUIRED), (4, "problems", "closed", CLOSED)]
    assert problems_of(world) == ["返潮", None, "返潮"]


@pytest.mark.rule("R-CONF-02", "R-CONF-14")
def test_who_does_not_read_the_field_is_neither_asked_nor_told(world, make):
    """A party sees the state of an agreement, and not why somebody withdrew."""
    me = PERSON_IDS["store_manager"]
    made = make(
        "design_agreement",
        store_id=EAST,
        designer_id=me,
        level=Level.CONFIDENTIAL,
        state="withdrawn",
        withdraw_reason="搬家",
    )
    with world.writing("store_manager") as session:
        records.change(session, session.get_one(register_named("design_agreement"), made.id), {"state": "held"})
    with world.open() as session:
        assert session.get_one(register_named("design_agreement"), made.id).state == "held"
