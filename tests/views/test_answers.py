"""What the program answers when it can't do what was asked, and what holds for every answer (R-SIGN-05, R-SIGN-06)."""

import gc
import hashlib
import json
import re
import sqlite3
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg.errors import LockNotAvailable
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.working.trail import TrailEntry
from tests.fixtures.web import post
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-SIGN-05")


def visitors(world: World) -> int:
    with world.open() as session:
        return len(session.scalars(select(register_named("visitor").id)).all())


@pytest.mark.parametrize("token", [None, "", "stale"])
def test_a_form_without_its_token_is_refused_and_what_was_typed_is_kept(
    world: World, client_of: Any, token: str | None
) -> None:
    typed = {"name": "王一一", "enquiry": "问了三个户型", "password": "geheim-geheim"}
    sent = typed if token is None else {**typed, "csrf_token": token}
    answer = client_of("clerk").post("/admin/visitor/new/", data=sent)
    assert answer.status_code == 400
    assert "王一一" in answer.text
    assert "问了三个户型" in answer.text
    assert "geheim-geheim" not in answer.text
    assert visitors(world) == 0


def test_every_form_of_every_register_wants_a_token(client_of: Any) -> None:
    client = client_of("general_manager")
    for page in ("new/", "edit/", "delete/", "restore/", "action/", "reveal/"):
        assert client.post(f"/admin/customer/{page}").status_code == 400, page


def test_hidden_and_never_issued_look_the_same(client_of: Any, make: Any) -> None:
    hidden = make("visitor", store_id=2).public_id
    client = client_of("clerk")
    for page in ("details", "edit", "delete", "restore"):
        there, nowhere = (client.get(f"/admin/visitor/{page}/?id={id_}") for id_ in (hidden, "A" * 16))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert without_nonce(there.text, hidden) == without_nonce(nowhere.text, "A" * 16)


def without_nonce(page: str, id_: str) -> str:
    return re.sub(r'(nonce|value)="[^"]+"|<p class="printed">[^<]*</p>', "", page.replace(id_, ""))


@pytest.mark.rule("R-SIGN-06")
def test_a_refusal_names_rule_reason_and_code_on_screen_and_in_the_trail(
    world: World, client_of: Any, make: Any
) -> None:
    visitor = make("visitor", store_id=1)
    answer = post(client_of("store_manager"), f"/admin/visitor/restore/?id={visitor.public_id}")
    assert answer.status_code == 409
    assert all(text in answer.text for text in ("R-LIST-03", "wrong_state", "这条记录没有作废"))
    with world.open() as session:
        told = session.scalars(select(TrailEntry).where(TrailEntry.event == "refused")).one()
    assert {"rule": "R-LIST-03", "code": "wrong_state"}.items() <= json.loads(told.detail).items()


def test_scripts_and_styles_are_kept_for_good_under_addresses_that_name_their_contents(anonymous: Any) -> None:
    kept = re.findall(r'(?:href|src)="(/static/([^"?]+)[^"]*)"', anonymous.get("/login").text)
    assert {name.rsplit(".", 1)[-1] for _address, name in kept} == {"svg", "css", "js"}
    for address, name in kept:
        with anonymous.get(address) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", name
            assert hashlib.sha256(answer.data).hexdigest()[:10] in address, name
    with anonymous.get("/static/css/tokens.css") as bare:
        assert "immutable" not in bare.headers["Cache-Control"]


def test_an_error_of_ours_gives_a_number_and_no_trace(
    app: Flask, client_of: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*arguments: Any) -> None:
        raise ZeroDivisionError("王一的电话 13800000000")

    monkeypatch.setattr(records, "find", broken)
    client = client_of("clerk")
    with pytest.raises(AssertionError, match="answered 500") as failed:
        client.get("/admin/visitor/details/?id=x")
    assert isinstance(failed.value.__cause__, ZeroDivisionError)
    page = FlaskClient(app, app.response_class, use_cookies=True)
    page.set_cookie("session", client.get_cookie("session").value)
    answer = page.get("/admin/visitor/details/?id=x")
    assert answer.status_code == 500
    assert "13800000000" not in answer.text
    assert "Traceback" not in answer.text
    assert "联系管理员时请报编号" in answer.text


def test_whoever_waits_too_long_for_another_writer_is_told_so_and_keeps_what_was_typed(
    world: World, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_the_way(*arguments: Any) -> None:
        meant = {"sqlite": sqlite3.OperationalError("database is locked"), "postgresql": LockNotAvailable()}
        raise OperationalError("INSERT", None, meant[world.kind])

    monkeypatch.setattr(records, "add", in_the_way)
    typed = {"came_at": "2026-03-02 10:00", "name": "王一一", "phone": "13812345678", "received_by": "李芳"}
    answer = post(client_of("clerk"), "/admin/visitor/new/", typed | {"source": "natural"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "这一次没有保存" in answer.text
    assert "王一一" in answer.text
    assert visitors(world) == 0


@pytest.mark.parametrize(
    "address",
    [
        "?page=999999999",
        "?size=-1&page=x&sort=nothing&col=x",
        "?f-came_at=nonsense&f-phone-op=drop&q=%00",
        "?after=x",
        "details/?id=%27%20OR%201=1",
        "ajax/lookup/?name=x",
    ],
)
def test_an_address_typed_by_hand_never_breaks_the_program(client_of: Any, address: str) -> None:
    assert client_of("clerk").get(f"/admin/visitor/{address}").status_code in (200, 400, 404)


def test_long_and_odd_texts_are_kept_as_typed_or_refused_in_words(world: World, client_of: Any) -> None:
    client = client_of("clerk")
    base = {"came_at": "2026-03-02", "phone": "13912345678", "source": "natural", "received_by": "李"}
    odd = "=1+1 <script>alert('x')</script> ' OR 1=1 -- 𠮷"
    answer = post(client, "/admin/visitor/new/", {**base, "name": odd}, follow_redirects=True)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    with world.open() as session:
        assert session.scalars(select(register_named("visitor").name)).all() == [odd]
    too_long = post(client, "/admin/visitor/new/", {**base, "name": "王" * 201})
    assert "最多 200 个字" in too_long.text


def test_an_export_gives_its_connection_back_when_the_file_is_written(world: World, client_of: Any, make: Any) -> None:
    make("visitor", name="王一一")
    client = client_of("info_officer")
    gc.disable()  # which would give back what was forgotten
    try:
        answer = client.get("/admin/visitor/export/csv/?reason=核对")
        assert "王一一" in answer.text
        assert world.engine.pool.checkedout() == 0
    finally:
        gc.enable()
