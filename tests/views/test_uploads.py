"""A file sent with a form that is refused waits for it, for nobody else, and not for long."""

import html
import io
import os
import re
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.views.register import uploads
from tests.fixtures.forms import faults_on
from tests.fixtures.records import texts_of, values_of
from tests.fixtures.web import post

NEW = "/admin/praise/new/"
PDF = b"%PDF-1.4 the banner" + b" " * 2000
GONE = {"proof": "先前选的文件已不在，请重新选择"}


def typed(world, **changed):
    """What a form of a praise sends, by who may keep them all."""
    with world.writing() as session:
        return texts_of(session, register_named("praise"), values_of(session, register_named("praise"))) | changed


def chosen(content=PDF, name="锦旗.pdf"):
    return {"proof": (io.BytesIO(content), name)}


def send(client, values):
    return post(client, NEW, values, content_type="multipart/form-data")


def refused(client, values):
    """The token for the file of a form that was refused."""
    answer = send(client, {**values, "content": "", **chosen()})
    assert answer.status_code == 200
    return html.unescape(re.search(r'name="proof__held" value="([^"]+)"', answer.text)[1])


def stored(world):
    """What the praises hold as their proof, and how many files lie in the store and wait beside it."""
    with world.open() as session:
        proofs = [one.proof for one in session.query(register_named("praise"))]
    places = [world.settings.data_dir / name for name in ("files", "held")]
    return proofs, *(sum(path.is_file() for path in place.rglob("*")) for place in places)


def test_a_file_is_chosen_once_however_often_its_form_is_refused(world, client_of):
    client, values = client_of("service_officer"), typed(world)
    first = send(client, {**values, "content": "", **chosen()})
    assert all(text in first.text for text in ("锦旗.pdf", "2.0 KB", "去掉"))
    token = re.search(r'name="proof__held" value="([^"]+)"', first.text)[1]
    again = send(client, {**values, "amount_proposed": "-1", "proof__held": token})
    assert ("proof__held" in again.text, stored(world)) == (True, ([], 0, 1))
    token = re.search(r'name="proof__held" value="([^"]+)"', again.text)[1]
    saved = send(client, {**values, "proof__held": token})
    assert saved.status_code == 302
    [proof], *numbers = stored(world)
    assert (proof.partition("/")[2], numbers) == ("锦旗.pdf", [1, 0])
    record = saved.location.rsplit("id=")[1]
    assert client.get(f"/admin/praise/file/?id={record}&field=proof").data == PDF


@pytest.mark.parametrize("name", [None, "另一张.pdf"], ids=["dropped", "replaced"])
def test_what_waits_is_dropped_or_gives_way_to_another(world, client_of, name):
    more = chosen(name=name) if name else {"proof__drop": "yes"}
    client, values = client_of("service_officer"), typed(world)
    token = refused(client, values)
    assert send(client, {**values, "proof__held": token, **more}).status_code == 302
    [proof], kept, held = stored(world)
    assert (proof and proof.partition("/")[2], kept, held) == (name, int(bool(name)), 0)


@pytest.mark.rule("R-CONF-02")
def test_nobody_else_and_no_other_register_can_use_it(world, client_of):
    mine, values = client_of("service_officer"), typed(world)
    token = refused(mine, values)
    for client, wrong in (
        (client_of("service_manager"), token),
        (mine, token[:-8] + "AAAAAAA="),
        (mine, "é"),
        (mine, "x"),
    ):
        assert faults_on(send(client, {**values, "proof__held": wrong}).text) == GONE
    complaint = post(mine, "/admin/complaint/new/", {"evidence__held": token})
    assert faults_on(complaint.text)["evidence"] == GONE["proof"]
    assert stored(world) == ([], 0, 1)


def test_a_token_is_of_use_once_and_for_half_a_day(world, client_of):
    client, values = client_of("service_officer"), typed(world)
    token = refused(client, values)
    with clock.stopped_at(clock.now() + timedelta(hours=11)):
        client = client_of("service_officer")
        assert send(client, {**values, "proof__held": token}).status_code == 302
        assert faults_on(send(client, {**values, "proof__held": token}).text) == GONE
    token = refused(client_of("service_officer"), values)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        assert faults_on(send(client_of("service_officer"), {**values, "proof__held": token}).text) == GONE


def test_what_nobody_came_back_for_goes_when_the_next_is_held(world, client_of):
    client, values = client_of("service_officer"), typed(world)
    refused(client, values)
    [path] = [path for path in (world.settings.data_dir / "held").rglob("*") if path.is_file()]
    assert PDF not in path.read_bytes()
    old = path.stat().st_mtime - 13 * 3600
    os.utime(path, (old, old))
    refused(client, values)
    assert not path.exists()
    assert stored(world) == ([], 0, 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"#!/bin/sh", "只接受 PDF、图片、Word 和 Excel 文件"), (PDF, "文件超过 0 MB，请拆分或压缩后再上传")],
)
def test_a_file_of_another_kind_or_size_is_not_held(world, client_of, monkeypatch, content, reason):
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    answer = send(client_of("service_officer"), {**typed(world), **chosen(content)})
    assert faults_on(answer.text) == {"proof": reason}
    assert ("proof__held" in answer.text, stored(world)) == (False, ([], 0, 0))
