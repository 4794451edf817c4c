"""Whose charge a file is put in: somebody whose role keeps archives, on every path; who was named before stays (R-CONF-04)."""

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.leaving.leaving import Plan, leave
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.forms import form_of
from tests.fixtures.records import values_of
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CONF-04")
#: username -> whether a file is put in their charge
MAY = {
    "archive_keeper": True, "info_officer": True, "info_supervisor": True, "service_manager": True, "general_manager": True,
    "customer_manager": False, "designer": False, "clerk": False, "store_manager": False, "director": False, "hr": False,
    "auditor": False, "admin": False,
}  # fmt: skip


def custodian(world, made):
    with world.open() as session:
        return session.get_one(register_named("archive_file"), made.id).custodian_id


def refused():
    return pytest.raises(Refused, check=lambda error: (error.verdict.rule, error.verdict.code) == ("R-CONF-04", "role"))


@pytest.mark.parametrize("username", MAY)
def test_a_form_names_those_of_the_table_and_nobody_else(world, client_of, make, username):
    file = make("archive_file", store_id=1, custodian_id=None)
    sent = {**form_of(world, "archive_file", file.id), "custodian_id__text": f"{PERSON_IDS[username]:04}"}
    answer = post(client_of("archive_keeper"), f"/admin/archive_file/edit/?id={file.public_id}", sent)
    if MAY[username]:
        assert (answer.status_code, custodian(world, file)) == (302, PERSON_IDS[username])
    else:
        assert (answer.status_code, custodian(world, file)) == (403, None)
        assert "R-CONF-04" in answer.text
        assert "保管人由管理档案的岗位担任" in answer.text


def test_a_new_file_is_put_in_nobody_else_s_charge_by_ledger_command_or_the_system(world, make):
    """Ledgers and commands write by ``create_many`` and ``create``."""
    like = make("archive_file", custodian_id=None)
    register = register_named("archive_file")
    for write in (
        lambda session, values: records.create(session, register, values),
        lambda session, values: records.create_many(session, register, [values]),
    ):
        with refused(), world.writing() as session:
            values = values_of(session, register, True, 1, custodian_id=PERSON_IDS["designer"])
            write(session, {name: value for name, value in values.items() if not register.faces[name].computed})
    with world.open() as session:
        assert [one.id for one in session.query(register)] == [like.id]


def test_who_was_named_before_stays_while_nobody_else_is_named(world, make):
    """A designer, of old; the file's title changes, its custodian doesn't, and is then given to a keeper, not back."""
    file = make("archive_file", custodian_id=PERSON_IDS["designer"])
    for values in ({"title": "改过"}, {"title": "又改", "custodian_id": PERSON_IDS["designer"]}):
        with world.writing("archive_keeper") as session:
            records.change(session, session.get_one(register_named("archive_file"), file.id), values)
        assert custodian(world, file) == PERSON_IDS["designer"]
    with world.writing("archive_keeper") as session:
        mine = session.get_one(register_named("archive_file"), file.id)
        records.change(session, mine, {"custodian_id": PERSON_IDS["archive_keeper"]})
    with refused(), world.writing("archive_keeper") as session:
        mine = session.get_one(register_named("archive_file"), file.id)
        records.change(session, mine, {"custodian_id": PERSON_IDS["designer"]})
    assert custodian(world, file) == PERSON_IDS["archive_keeper"]


def test_the_box_offers_those_who_may_be_named(client_of):
    """Typed is nothing: of the whole staff those come up whose role keeps archives; in another box everybody does."""
    client = client_of("archive_keeper")
    offered = {name: _offered(client, name) for name in ("custodian_id", "owner_id")}
    keepers = ("archive_keeper", "archive_keeper2", "info_officer", "info_supervisor", "info_supervisor2",
               "service_manager", "general_manager")  # fmt: skip
    assert offered["custodian_id"] == {f"{PERSON_IDS[one]:04}" for one in keepers}
    assert offered["owner_id"] - offered["custodian_id"]
    assert [
        one for one in client.get("/admin/archive_file/ajax/lookup/?name=custodian_id&query=设计师").get_json()
    ] == []


def _offered(client, name):
    found = client.get(f"/admin/archive_file/ajax/lookup/?name={name}").get_json()
    return {word for _id, title, second in found for word in f"{title} {second}".split() if word.isdigit()}


@pytest.mark.rule("R-CUST-09")
def test_a_leaver_s_files_go_to_a_successor_who_keeps_archives(world, make):
    """Of two keepers one leaves; a customer manager may not have the file, the other keeper may."""
    leaver = PERSON_IDS["archive_keeper"]
    file = make("archive_file", store_id=1, custodian_id=leaver)
    with world.open() as session:
        today = session.get_one(register_named("archive_file"), file.id).opened_on

    def see_off(successor):
        with world.writing("general_manager") as session:
            employee = session.get_one(register_named("employee"), leaver)
            leave(session, employee, Plan(first=PERSON_IDS[successor], last_day=today), clock.now())

    with pytest.raises(Refused):
        see_off("store_manager")
    assert custodian(world, file) == leaver
    see_off("archive_keeper2")
    assert custodian(world, file) == PERSON_IDS["archive_keeper2"]
