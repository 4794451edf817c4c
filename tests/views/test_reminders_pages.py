"""Reminders on the desk and on admin's page of channels (R-NOTE-01, R-DESK-01)."""

import base64

import pytest

from admin_app import clock
from admin_app.guard import act_as, trail
from admin_app.guard.session import READ_ONLY
from admin_app.operations.notices import sending
from admin_app.operations.notices.reminders import REMINDERS, remind
from admin_app.storage import Seal
from admin_app.verdicts import Refused
from admin_app.working.notices import Channel
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-NOTE-01")

KEY = "693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture
def due_today(room):
    """A loan that is due today, told of; its number."""
    request = room.on_loan()
    room.pass_time(days=3)
    with clock.stopped_at(room.now), room.world.open() as session:
        act_as(session, REMINDERS)
        remind(session, room.now)
    return room.get("archive_loan", request).number


@pytest.mark.rule("R-DESK-01")
def test_what_one_is_told_stands_on_the_desk_and_counts_until_it_is_ticked_off(room, due_today, client_of):
    with clock.stopped_at(room.now):
        borrower, other = client_of("customer_manager"), client_of("store_manager2")
        assert f"借阅 {due_today} 今天到期" in borrower.get("/").text
        assert due_today not in other.get("/").text
        counted = borrower.get("/waiting/").json["count"]
        page = borrower.get("/told/").text
        notice = page.partition('name="notice" value="')[2].partition('"')[0]
        assert post(other, "/notices/read/", {"notice": notice}).status_code == 302
        assert due_today in borrower.get("/told/").text
        assert post(borrower, "/notices/read/", {"notice": notice, "back": "/told/"}).location == "/told/"
        assert due_today not in borrower.get("/told/").text
        assert borrower.get("/waiting/").json["count"] == counted - 1


def test_a_channel_is_set_up_by_admin_and_its_key_never_shown_again(client_of):
    admin = client_of("admin")
    assert client_of("general_manager").get("/channels/").status_code == 404
    page = post(admin, "/channels/wecom/", {"key": "", "enabled": "yes"})
    assert (page.status_code, "启用前须填写" in page.text) == (200, True)
    assert post(admin, "/channels/wecom/", {"key": KEY, "enabled": "yes"}).location == "/channels/"
    shown = admin.get("/channels/wecom/").text + admin.get("/channels/").text + admin.get("/audit/").text
    assert KEY not in shown
    assert "已保存并启用" in shown


def test_a_channel_sealed_with_another_key_says_so_and_is_set_up_anew(world, client_of):
    """The data came back without its key: the pages open, nothing is sent, and typing the key again mends it."""
    admin = client_of("admin")
    post(admin, "/channels/wecom/", {"key": KEY, "enabled": "yes"})
    with world.writing() as session:
        channel = session.get_one(Channel, "wecom")
        channel.sealed_values = base64.b64encode(Seal(b"another key of thirty-two bytes!").close(b"{}", "x")).decode()
    assert "须重填密钥" in admin.get("/channels/").text
    assert post(admin, "/channels/wecom/try/").location == "/channels/wecom/"
    assert "读不出来" in admin.get("/channels/wecom/").text
    assert post(admin, "/channels/wecom/", {"key": "", "enabled": "yes"}).status_code == 200
    assert post(admin, "/channels/wecom/", {"key": KEY, "enabled": "yes"}).location == "/channels/"
    assert "须重填密钥" not in admin.get("/channels/").text


@pytest.mark.rule("R-AUDT-01")
def test_the_auditor_reads_which_channel_was_changed_and_tried(client_of):
    admin = client_of("admin")
    typed = {"host": "127.0.0.1", "port": "9", "security": "none", "sender": "a@example.com", "enabled": "yes"}
    post(admin, "/channels/mail/", typed)
    post(admin, "/channels/mail/try/")
    post(admin, "/channels/mail/", {**typed, "enabled": ""})
    told = client_of("auditor").get("/audit/")
    assert told.status_code == 200
    assert all(text in told.text for text in ("渠道：邮件（已启用）", "渠道：邮件（已停用）"))


def test_a_test_mail_to_somebody_without_an_address_says_so(client_of):
    admin = client_of("admin")
    typed = {"host": "127.0.0.1", "port": "9", "security": "none", "sender": "a@example.com", "enabled": "yes"}
    post(admin, "/channels/mail/", typed)
    post(admin, "/channels/mail/try/")
    assert "没有电子邮箱" in admin.get("/channels/").text


@pytest.mark.rule("R-AUDT-01")
def test_a_test_message_that_cannot_be_noted_is_not_sent(client_of, monkeypatch):
    admin, gone, noted = client_of("admin"), [], trail.note
    post(admin, "/channels/wecom/", {"key": KEY, "enabled": "yes"})
    monkeypatch.setattr(sending, "send", lambda *message: gone.append(message))

    def refuse(session, what, *args, **detail):
        if what == "channel_tried":
            raise Refused(READ_ONLY)
        noted(session, what, *args, **detail)

    monkeypatch.setattr(trail, "note", refuse)
    post(admin, "/channels/wecom/try/")
    assert gone == []
    monkeypatch.setattr(trail, "note", noted)
    post(admin, "/channels/wecom/try/")
    assert len(gone) == 1
