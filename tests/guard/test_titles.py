"""What a record is called: in words of its own and by whose it is, as far as the reader sees both (R-CONF-02)."""

from zoneinfo import ZoneInfo

import pytest

from admin_app.guard.codes import reading
from admin_app.guard.titles import linked
from admin_app.models import register_named
from admin_app.permissions import Level
from tests.fixtures.company import STORE_IDS

pytestmark = pytest.mark.rule("R-CONF-02")
EAST = STORE_IDS["城东店"]


@pytest.fixture
def visit(world, make):
    """A visit report of 2026-03-09 to a customer called 钱先来."""
    customer = make("customer", store_id=EAST, name="钱先来")
    return make(
        "visit_report", store_id=EAST, customer_id=customer.id, owner_id=world.person("customer_manager").id
    ), customer


def called(world, username, record, table="visit_report"):
    with world.open(username) as session:
        read = reading(session, ZoneInfo("Asia/Shanghai"))
        return linked(session, table, [record.id], world.person(username), read)[record.id]


def test_a_visit_is_called_by_its_moment_and_whose_it_is(world, visit):
    record, _customer = visit
    title, id_ = called(world, "store_manager", record)
    assert "钱先来" in title.split()
    assert id_ == record.public_id


def test_whoever_the_reader_does_not_see_is_not_named(world, make):
    person = world.person("clerk")
    praise = make("praise", store_id=EAST, person_id=person.id, name="表扬前台")
    assert person.name in called(world, "store_manager", praise, "praise")[0]
    with world.writing() as session:
        session.get_one(register_named("employee"), person.id).level = Level.TOP_SECRET
    title, id_ = called(world, "store_manager", praise, "praise")
    assert (person.name in title, "№" in title, "表扬前台" in title) == (False, False, True)
    assert id_ == praise.public_id


def test_what_has_a_number_is_called_without_whose_it_is(world, make):
    customer = make("customer", store_id=EAST, name="钱先来")
    file = make("archive_file", store_id=EAST, customer_id=customer.id, title="装修档案", level=Level.INTERNAL)
    assert called(world, "general_manager", file, "archive_file")[0] == "装修档案"
