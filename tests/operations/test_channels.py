"""Setting up the ways out of the house: admin alone, official addresses, secrets that stay where they were given (R-NOTE-01)."""

import pytest

from admin_app.operations.notices import channels
from admin_app.rules.channels import KINDS
from admin_app.verdicts import Refused
from admin_app.working.notices import Channel
from tests.operations.test_delivering import KEY, PASSWORD, SEAL, set_up


@pytest.mark.rule("R-ROLE-01")
def test_channels_are_admin_s_alone_and_a_robot_s_address_is_its_maker_s(room):
    with room.acting("general_manager") as session, pytest.raises(Refused):
        channels.set_up(session, KINDS["wecom"], {"key": KEY}, True, SEAL, room.now)
    for typed in (
        "",
        "http://127.0.0.1/?key=" + KEY,
        "https://qyapi.weixin.qq.com.example.com/cgi-bin/webhook/send?key=" + KEY,
    ):
        with pytest.raises(channels.Faulty) as faulty, room.acting("admin") as session:
            channels.set_up(session, KINDS["wecom"], {"key": typed}, True, SEAL, room.now)
        assert faulty.value.faults.keys() == {"key"}
    with room.world.open() as session:
        assert session.get(Channel, "wecom") is None


def test_a_blank_box_leaves_a_secret_as_it_is(room):
    set_up(room, "dingtalk", token="a" * 64, secret="SEC1")
    set_up(room, "dingtalk", token="", secret="SEC2")
    with room.world.open() as session:
        assert channels.values_of(session.get_one(Channel, "dingtalk"), SEAL) == {"token": "a" * 64, "secret": "SEC2"}


@pytest.mark.parametrize("port", ["99999", "65536", "0", "x"])
def test_a_port_that_there_is_not_is_told_at_its_box(room, port):
    with pytest.raises(channels.Faulty) as faulty:
        set_up(room, "mail", host="127.0.0.1", port=port, security="none", sender="kedang@example.com")
    assert faulty.value.faults.keys() == {"port"}


@pytest.mark.parametrize(
    "moved", [{"host": "mail.example.org"}, {"port": "26"}, {"security": "tls"}, {"username": "other"}], ids=str
)
def test_a_kept_password_goes_to_no_other_server_and_no_other_account(room, moved):
    typed = {
        "host": "mail.example.com",
        "port": "25",
        "security": "none",
        "sender": "kedang@example.com",
        "username": "a",
    }
    set_up(room, "mail", **typed, password=PASSWORD)
    set_up(room, "mail", **{**typed, "sender": "b@example.com"})
    with pytest.raises(channels.Faulty) as faulty:
        set_up(room, "mail", **{**typed, **moved})
    assert faulty.value.faults.keys() == {"password"}
    set_up(room, "mail", **{**typed, **moved}, password="another")
    with room.world.open() as session:
        assert channels.values_of(session.get_one(Channel, "mail"), SEAL)["password"] == "another"


def test_an_optional_secret_can_be_taken_away(room):
    set_up(room, "dingtalk", token="a" * 64, secret="SEC1")
    with room.acting("admin") as session:
        channels.set_up(session, KINDS["dingtalk"], {}, True, SEAL, room.now, dropped=["secret"])
    with room.world.open() as session:
        assert channels.values_of(session.get_one(Channel, "dingtalk"), SEAL) == {"token": "a" * 64}
