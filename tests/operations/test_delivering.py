"""Messages that really leave: to an SMTP server and to the robots of chat groups, once, and what becomes of those that don't.

The robots are a server of this test, to which the makers' addresses are pointed.
"""

import base64
import hmac
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from admin_app import clock
from admin_app.guard import act_as
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.notices import channels, delivering, group_robots, messages, sending
from admin_app.operations.notices.reminders import REMINDERS, remind
from admin_app.permissions import Level
from admin_app.rules.channels import KINDS
from admin_app.storage import Seal
from admin_app.working.notices import Channel, Delivery
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS

pytestmark = [
    pytest.mark.rule("R-NOTE-01"),
    # the mail server of the test is on this machine
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

SEAL = Seal(b"k" * 32)
PASSWORD = "shouquanma-7788"
KEY = "693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa"


class Mailbox:
    """What a mail server took: envelope and text."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken += [(to, envelope.content) for to in envelope.rcpt_tos]
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@pytest.fixture
def post_office() -> Iterator[Any]:
    """A real SMTP server that asks for a password."""
    mailbox = Mailbox()

    def check(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=given.password.decode() == PASSWORD, handled=False)

    office = Controller(
        mailbox, hostname="127.0.0.1", port=free_port(), authenticator=check, auth_require_tls=False, auth_required=True
    )
    office.mailbox = mailbox
    office.start()
    yield office
    office.stop()


@contextmanager
def robots(monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any] | bytes) -> Iterator[list[tuple[str, Any]]]:
    """A server in the makers' place that answers all with *answer*; what it was sent, by address."""
    received: list[tuple[str, Any]] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *line: Any) -> None:
            """Nothing to the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Robot)
    for kind, address in group_robots.HOSTS.items():
        here = urlsplit(address)._replace(scheme="http", netloc=f"127.0.0.1:{server.server_port}")
        monkeypatch.setitem(group_robots.HOSTS, kind, here.geturl())
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()


def set_up(room: Any, kind: str, enabled: bool = True, **typed: str) -> None:
    with room.acting("admin") as session:
        channels.set_up(session, KINDS[kind], typed, enabled, SEAL, room.now)


def set_up_mail(room: Any, port: int, username: str = "kedang", password: str = PASSWORD) -> None:
    set_up(
        room, "mail", host="127.0.0.1", port=str(port), security="none", sender="kedang@example.com", username=username,
        password=password,
    )  # fmt: skip
    with room.acting("system") as session:
        for person in ("customer_manager", "store_manager"):
            employee = session.get_one(register_named("employee"), PERSON_IDS[person])
            employee.email = f"{person}@example.com"


def look(room: Any, **span: float) -> int:
    """Reminders are looked through and sent *span* later; how many messages went."""
    room.pass_time(**span)
    with clock.stopped_at(room.now), room.world.open() as session:
        act_as(session, REMINDERS)
        remind(session, room.now)
        return delivering.deliver(session, SEAL, sending.send, room.now)


def deliveries(room: Any) -> list[tuple[str, int, str | None]]:
    with room.world.open() as session:
        rows = session.scalars(select(Delivery).order_by(Delivery.notice_id, Delivery.channel))
        return [(row.state, row.tries, row.reason) for row in rows]


def second_loan(room: Any) -> int:
    """Of the same borrower: another item of the file."""
    with room.acting("system") as session:
        values = {"file_id": room.file_id, "name": "补充协议", "copies": 1, "level": int(Level.SECRET)}
        room.items["second"] = records.create(session, register_named("archive_item"), values).id
    return room.on_loan(level="second")


@pytest.mark.rule("R-LOAN-09")
def test_one_mail_a_day_gathers_a_person_s_loans_and_names_no_customer(room, post_office):
    set_up_mail(room, post_office.port)
    numbers = [room.get("archive_loan", request).number for request in (room.on_loan(), second_loan(room))]
    assert [look(room, days=3), look(room), look(room, hours=3)] == [1, 0, 0]
    ((to, mail),) = post_office.mailbox.taken
    letter = decoded(mail)
    assert to == "customer_manager@example.com"
    assert all(f"借阅 {number} 今天到期，请在 2026-03-14 10:00 前归还" in letter for number in numbers)
    assert not any(told in letter for told in ("沈若兰", "13800138000", "合同"))
    look(room, days=2)
    assert [to for to, _mail in post_office.mailbox.taken[1:]] == [
        "customer_manager@example.com",
        "store_manager@example.com",
    ]


def decoded(mail: bytes) -> str:
    return message_from_bytes(mail, policy=default).get_content()


def test_what_was_returned_before_it_left_is_not_sent(room, post_office):
    set_up_mail(room, post_office.port)
    request = room.on_loan()
    room.pass_time(days=3)
    with clock.stopped_at(room.now), room.world.open() as session:
        act_as(session, REMINDERS)
        remind(session, room.now)
    room.take_back(request, good=2)
    assert look(room) == 0
    assert post_office.mailbox.taken == []


def test_a_wrong_password_is_kept_as_the_reason_tried_again_and_never_told(room, post_office, caplog):
    set_up_mail(room, post_office.port, password="wrong-7788")
    room.on_loan()
    assert look(room, days=3) == 0
    assert deliveries(room) == [("waiting", 1, "login")]
    assert look(room) == 0
    assert deliveries(room) == [("waiting", 1, "login")]  # not before its time
    for wait in delivering.WAITS:
        look(room, seconds=wait.total_seconds())
    assert deliveries(room) == [("failed", 5, "login")]
    with room.world.open() as session:
        assert [one.reason for one in channels.failures(session, 10)] == ["login"]
        trail = " ".join(entry.detail for entry in session.scalars(select(TrailEntry)))
        kept = session.get_one(Channel, "mail")
    assert "wrong-7788" not in trail + caplog.text + kept.open_values + kept.sealed_values
    assert channels.values_of(kept, SEAL)["password"] == "wrong-7788"


def test_a_server_that_is_not_there_holds_nothing_up(room):
    set_up_mail(room, 9)
    room.on_loan()
    assert look(room, days=3) == 0
    assert deliveries(room) == [("waiting", 1, "unreachable")]


ROBOTS = {
    "wecom": ({"key": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"}, {"errcode": 0}),
    "dingtalk": ({"token": "a" * 64, "secret": "SEC" + "b" * 60}, {"errcode": 0}),
    "feishu": ({"token": KEY, "secret": "c" * 22}, {"code": 0}),
}


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_group_is_told_by_its_robot_once_and_signed(room, kind, monkeypatch):
    typed, answer = ROBOTS[kind]
    set_up(room, kind, **typed)
    number = room.get("archive_loan", room.on_loan()).number
    with robots(monkeypatch, answer) as received:
        assert [look(room, days=3), look(room)] == [1, 0]
    ((path, payload),) = received
    assert (KEY if kind != "dingtalk" else typed["token"]) in path
    text = payload["content"]["text"] if kind == "feishu" else payload["text"]["content"]
    assert f"借阅 {number} 今天到期，请在 2026-03-14 10:00 前归还" in text
    assert is_signed(kind, path, payload, typed)


def is_signed(kind: str, path: str, payload: dict[str, Any], typed: dict[str, str]) -> bool:
    """The makers' own recipes: DingTalk signs in the address, Feishu in the payload, WeCom not at all."""
    if kind == "feishu":
        key, content, sign = f"{payload['timestamp']}\n{typed['secret']}", "", payload["sign"]
    elif kind == "dingtalk":
        query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        key, content, sign = typed["secret"], f"{query['timestamp']}\n{typed['secret']}", query["sign"]
    else:
        return True
    return base64.b64decode(sign) == hmac.digest(key.encode(), content.encode(), "sha256")


def test_a_robot_that_answers_200_with_an_error_hasn_t_taken_it(room, monkeypatch):
    set_up(room, "wecom", key=KEY)
    room.on_loan()
    with robots(monkeypatch, {"errcode": 93000, "errmsg": f"invalid webhook url {KEY}"}):
        assert look(room, days=3) == 0
    with room.world.open() as session:
        (failure,) = channels.failures(session, 10)
    assert (failure.reason, failure.detail) == ("refused", "93000 invalid webhook url ***")


@pytest.mark.parametrize("level", [Level.CONFIDENTIAL, Level.TOP_SECRET])
def test_a_group_hears_nothing_of_classified_loans(room, monkeypatch, level):
    set_up(room, "wecom", key=KEY)
    request = room.on_loan()
    with room.acting("system") as session, operating(session):
        session.get_one(register_named("archive_loan"), request).object_level = level
    assert room.get("archive_loan", request).level == Level.SECRET  # the register's own
    with robots(monkeypatch, {"errcode": 0}) as received:
        assert look(room, days=3) == 0
    assert received == []


def test_what_was_claimed_and_cut_is_not_sent_again(room, monkeypatch):
    set_up(room, "wecom", key=KEY)
    room.on_loan()

    def cut(*message: Any) -> None:
        raise KeyboardInterrupt

    room.pass_time(days=3)
    with clock.stopped_at(room.now), room.world.open() as session:
        act_as(session, REMINDERS)
        remind(session, room.now)
        with pytest.raises(KeyboardInterrupt):
            delivering.deliver(session, SEAL, cut, room.now)
    with robots(monkeypatch, {"errcode": 0}) as received:
        assert [look(room), look(room, minutes=20)] == [0, 0]
    assert received == []
    assert deliveries(room)[-1] == ("failed", 1, "interrupted")


@contextmanager
def rude_office(at: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A mail server that hangs up when it hears *at*: QUIT, or the end of a letter; its port and what it took."""
    taken: list[bytes] = []

    def talk() -> None:
        for _visit in range(2):
            try:
                here, _peer = listening.accept()
            except OSError:
                return
            with here, here.makefile("rwb", buffering=0) as line:
                line.write(b"220 here\r\n")
                while heard := line.readline():
                    verb = heard.split()[0].upper() if heard.split() else b""
                    if verb == b"DATA":
                        line.write(b"354 go on\r\n")
                        letter = b""
                        while (part := line.readline()) != b".\r\n":
                            letter += part
                        taken.append(letter)
                        verb = b"LETTER"
                    if verb == at:
                        break
                    line.write(b"250 OK\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=talk, daemon=True)
        thread.start()
        yield listening.getsockname()[1], taken
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.mark.parametrize(
    ("at", "then"), [(b"QUIT", ("sent", 1, None)), (b"LETTER", ("failed", 1, "interrupted"))], ids=["quit", "letter"]
)
def test_a_letter_that_has_left_is_not_sent_again(room, at, then):
    with rude_office(at) as (port, taken):
        set_up_mail(room, port, username="", password="")
        room.on_loan()
        look(room, days=3)
        assert deliveries(room) == [then]
        look(room, hours=2)
    assert len(taken) == 1


@pytest.mark.parametrize("said", [b"<html>", b"[]", b'{"ok": true}'])
def test_a_robot_s_answer_that_cannot_be_read_is_no_reason_to_tell_the_group_twice(room, monkeypatch, said):
    set_up(room, "wecom", key=KEY)
    room.on_loan()
    with robots(monkeypatch, said) as received:
        look(room, days=3)
        look(room, hours=2)
    assert len(received) == 1
    assert deliveries(room) == [("failed", 1, "interrupted")]


def test_an_old_ledger_s_bad_address_stops_nobody_else_s_mail(room, post_office):
    set_up_mail(room, post_office.port)
    with room.acting("system") as session:
        session.get_one(register_named("employee"), PERSON_IDS["customer_manager"]).email = "没有\n无@例子"
    room.on_loan()
    look(room, days=5)
    assert [to for to, _mail in post_office.mailbox.taken] == ["store_manager@example.com"]
    assert sorted(state for state, _tries, _reason in deliveries(room)) == ["dropped", "sent"]


def test_what_cannot_be_foreseen_in_one_channel_holds_up_no_other(room, monkeypatch, caplog):
    set_up(room, "dingtalk", token="a" * 64)
    set_up(room, "feishu", token=KEY)
    set_up(room, "wecom", key=KEY)
    with room.acting("system") as session:  # sealed under another key
        session.get_one(Channel, "dingtalk").sealed_values = base64.b64encode(
            Seal(b"x" * 32).close(b"{}", "channel dingtalk")
        ).decode()
    monkeypatch.setitem(sending._SENDERS, "feishu", lambda values, message: int("x"))
    room.on_loan()
    with robots(monkeypatch, {"errcode": 0}) as received:
        assert look(room, days=3) == 1
    assert [KEY in path for path, _payload in received] == [True]
    with room.world.open() as session:
        rows = {one.channel: (one.state, one.reason, one.detail) for one in session.scalars(select(Delivery))}
    assert rows["feishu"] == ("waiting", "refused", "ValueError")
    assert rows["wecom"][0] == "sent"


def test_each_message_is_claimed_just_before_it_leaves(room, post_office):
    set_up_mail(room, post_office.port)
    room.on_loan()
    seen: list[list[str]] = []

    def send(kind: str, values: Any, message: messages.Message) -> None:
        seen.append(sorted(state for state, _tries, _reason in deliveries(room)))

    room.pass_time(days=5)
    with clock.stopped_at(room.now), room.world.open() as session:
        act_as(session, REMINDERS)
        remind(session, room.now)
        assert delivering.deliver(session, SEAL, send, room.now) == 2
    assert seen == [["sending", "waiting"], ["sending", "sent"]]


def test_a_group_s_message_fits_and_says_how_many_there_are():
    lines = [f"借阅 DA-2026-{number:05} 今天到期，请在 2026-03-14 10:00 前归还" for number in range(60)]
    fitting = messages.fitting_a_group(lines)
    assert fitting[-1] == "等 60 条"
    assert fitting[:-1] == lines[: len(fitting) - 1]
    assert 1500 < len("\n".join(fitting).encode()) < 1800
    assert messages.fitting_a_group(lines[:3]) == lines[:3]
