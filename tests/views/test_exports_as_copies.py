"""Important material exported in the background leaves as a numbered copy, once (R-CONF-12, R-CONF-07)."""

import pytest
from sqlalchemy import select

from admin_app import clock, jobs
from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.permissions import Level
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PERSON_IDS, STORE_IDS
from tests.fixtures.exports import events
from tests.fixtures.records import make_record
from tests.fixtures.web import post

pytestmark = [pytest.mark.rule("R-CONF-12"), pytest.mark.usefixtures("more_than_two_are_large")]


@pytest.fixture
def copy_held(world, client_of, make):
    """Three important papers of one file, and the number of the one copy of it that the service manager holds."""
    with clock.stopped_at(WEDNESDAY):
        file = make("archive_file", important=True, title="要紧的案卷", store_id=1)
        for title in ("要紧之一", "要紧之二", "要紧之三"):
            make("archive_item", important=True, name=title, file_id=file.id, store_id=1)
        with world.writing() as session:
            clerk = PERSON_IDS["clerk"]
            values = {"applicant_id": clerk, "created_by_id": clerk, "file_id": file.id, "item_id": None}
            permit = make_record(session, "copy_permit", copies=1, decision="agreed", **values)
            public_id, number = permit.public_id, permit.number
        with world.writing("info_supervisor") as session:
            record = records.find(session, register_named("copy_permit"), public_id)
            face = record.faces["approved_by_id"]
            signatures.sign(session, record, face, record.version, WEDNESDAY, WEDNESDAY)
        to = {"id": public_id, "employee__text": f"{PERSON_IDS['service_manager']:04}", "wanted": "1"}
        answer = post(client_of("archive_keeper"), f"/copies/copy_permit/?id={public_id}", to)
        assert answer.status_code == 302
        yield f"{number} 1/1"


def important(client, copy):
    sent = {"reason": "理赔", "copy": copy}
    return post(client, "/admin/archive_item/export/csv/?f-name=要紧&f-name-op=contains", sent)


def used(world, number):
    with world.open() as session:
        register = register_named("copy_permit")
        permit = session.scalars(select(register).where(register.number == number.split()[0])).one()
        return [one.made_at is not None for one in permit.copies_given]


@pytest.mark.rule("R-CONF-07")
def test_important_material_is_refused_at_once_and_leaves_once_as_a_copy(app, world, client_of, copy_held, runs):
    client = client_of("service_manager")
    refused = important(client, "")
    assert (refused.status_code, "须有发给本人、内容相符的副本编号" in refused.text) == (403, True)
    assert (runs(), used(world, copy_held), events(world, "exported")) == ([], [False], [])
    assert important(client, copy_held).status_code == 302
    assert used(world, copy_held) == [False]  # asking for it uses nothing up
    jobs.make_exports(app)
    run = runs()[0]
    assert (run.stage, run.total, used(world, copy_held)) == ("ready", 3, [True])
    file = client.get(f"/exports/{run.public_id}/")
    assert f"副本：{copy_held}" in file.text.splitlines()[0]
    assert [detail["copy"] for _, _, detail in events(world, "exported")] == [copy_held]
    assert important(client, copy_held).status_code == 403


@pytest.mark.rule("R-CONF-07")
def test_a_copy_whose_file_never_came_to_be_may_be_used_again(app, world, client_of, copy_held, runs, monkeypatch):
    client = client_of("service_manager")
    important(client, copy_held)
    with monkeypatch.context() as broken:
        broken.setattr("admin_app.sheets.export_runs.csv_chunks", lambda export: 1 / 0)
        jobs.make_exports(app)
    assert (runs()[0].stage, used(world, copy_held)) == ("failed", [False])
    assert post(client, "/exports/", {"id": runs()[0].public_id, "what": "anew"}).status_code == 302
    jobs.make_exports(app)
    assert (runs()[1].stage, used(world, copy_held)) == ("ready", [True])


def test_classified_content_without_a_copy_is_refused_at_once(client_of, make, runs):
    for name in ("王建国", "王小明", "王若兰"):
        make("visitor", store_id=STORE_IDS["城东店"], name=name, level=3)
    refused = post(client_of("general_manager"), "/admin/visitor/export/csv/?q=王", {"reason": "核对"})
    assert (refused.status_code, "须有发给本人、内容相符的副本编号" in refused.text, runs()) == (403, True, [])


def test_the_form_asks_for_the_copy_where_a_permit_can_name_what_leaves(client_of, make):
    make("archive_item", name="往来信函", level=Level.INTERNAL, store_id=STORE_IDS["城东店"])
    page = client_of("service_manager").get("/admin/archive_item/export/csv/").text
    assert ('name="copy"' in page, "机密、绝密和标为重要的资料须凭复制审批单导出" in page) == (True, True)


def test_the_form_says_beforehand_that_classified_records_of_other_registers_do_not_leave(client_of, make):
    """A customer of 秘密 leaves freely; one of 机密 doesn't, and no permit can name it."""
    make("customer", name="孙将军", level=Level.SECRET, store_id=STORE_IDS["城东店"])
    client = client_of("info_supervisor")
    address = "/admin/customer/export/csv/"
    told, asks = "不能列入复制审批单", 'name="copy"'
    page = client.get(address).text
    assert (told in page, asks in page) == (False, False)
    assert client.get(f"{address}?reason=check").status_code == 200
    make("customer", name="孙尚书", level=Level.CONFIDENTIAL, store_id=STORE_IDS["城东店"])
    page = client.get(address).text
    assert (told in page, asks in page) == (True, False)
    assert client.get(f"{address}?reason=check").status_code == 403
    assert client.get(f"{address}?f-name-op=equals&f-name=孙将军&reason=check").status_code == 200


@pytest.mark.rule("R-CONF-02")
def test_whoever_sees_no_classified_record_is_told_of_none(client_of, make):
    make("customer", name="孙尚书", level=Level.CONFIDENTIAL, store_id=STORE_IDS["城东店"])
    page = client_of("info_officer").get("/admin/customer/export/csv/")
    assert (page.status_code, "机密" in page.text) == (200, False)
