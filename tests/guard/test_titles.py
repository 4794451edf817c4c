"""What a record is called: in words of its own and by whose it is, as far as the reader sees both (R-CONF-02)."""

from zoneinfo import ZoneInfo

import pytest

from admin_app.guard.codes import reading
from admin_app.guard.titles import linked, title_fields, title_link
from admin_app.models import all_registers, register_named
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


def test_what_is_called_by_number_and_whose_it_is_tells_the_number_alone_where_that_is_hidden(world, make):
    """A statement of materials of 2026-03-09 for the site 钱家: its day alone tells nobody which one it is."""
    site = make("project_site", store_id=EAST, name="钱家")
    statement = make("material_statement", store_id=EAST, site_id=site.id, number="WJ-2026-000123")
    assert called(world, "general_manager", statement, "material_statement")[0].split()[:2] == [
        "WJ-2026-000123",
        "钱家",
    ]
    with world.writing() as session:
        session.get_one(register_named("project_site"), site.id).level = Level.TOP_SECRET
    assert called(world, "director", statement, "material_statement")[0] == "WJ-2026-000123"


def test_no_register_is_called_by_a_day_or_a_moment_alone():
    bare = {
        table
        for table, register in all_registers().items()
        if {register.faces[name].kind.name for name in title_fields(register)} <= {"day", "moment"}
        and title_link(register) is None
    }
    assert bare == set()
