"""A customer's archive file opens with the customer, on every path (R-ARCH-01)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from admin_app import clock, registers
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.verdicts import Refused
from tests.fixtures.archive_room import CUSTOMER, DECORATION
from tests.fixtures.company import PERSON_IDS, today

YEAR = today().year


@pytest.fixture(autouse=True)
def _types(world):
    registers.load_all()
    with world.writing() as session:
        records.create(session, register_named("archive_type"), DECORATION)


def add_customer(world, username="clerk", now=None, **values):
    with clock.stopped_at(now or clock.now()), world.writing(username) as session:
        return records.add(session, register_named("customer"), {**CUSTOMER, **values}).id


def file_of(world, customer):
    with world.open() as session:
        return session.query(register_named("archive_file")).filter_by(customer_id=customer).one()


@pytest.mark.rule("R-ARCH-01")
@pytest.mark.parametrize(("kind", "prefix"), [("general", "KH"), ("special", "KH"), ("decoration", "ZX")])
def test_a_new_customers_file_is_general_unless_their_kind_names_another_type(world, kind, prefix):
    partner = "lawyer" if kind == "special" else None
    file = file_of(world, add_customer(world, kind=kind, special_partner=partner))
    assert file.number == f"{prefix}-{YEAR}-000001"
    assert file.state == "open"
    assert file.title.startswith("沈若兰")


@pytest.mark.rule("R-ARCH-01", "R-CONF-01")
def test_the_file_takes_store_owner_and_level_from_its_customer_though_the_clerk_cannot_read_it(world):
    customer = add_customer(world, level=3)
    file = file_of(world, customer)
    assert (file.store_id, file.owner_id, file.level) == (1, PERSON_IDS["customer_manager"], 3)
    with world.open("clerk") as session:
        assert session.get(register_named("archive_file"), file.id) is None


@pytest.mark.rule("R-ARCH-01")
def test_numbers_count_within_type_and_the_companys_year(world):
    new_years_morning = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    first = file_of(world, add_customer(world, now=new_years_morning, kind="general"))
    second = file_of(world, add_customer(world, now=new_years_morning, kind="general"))
    assert (first.number, second.number) == ("KH-2027-000001", "KH-2027-000002")


@pytest.mark.rule("R-ARCH-01")
def test_simultaneous_saves_never_share_a_number(world):
    with ThreadPoolExecutor(4) as pool:
        customers = list(pool.map(lambda _n: add_customer(world, kind="general"), range(12)))
    numbers = {file_of(world, customer).number for customer in customers}
    assert len(numbers) == 12


@pytest.mark.rule("R-ARCH-01")
def test_a_save_that_fails_opens_no_file_and_uses_no_number(world):
    with pytest.raises(RuntimeError), world.writing("clerk") as session:
        records.add(session, register_named("customer"), {**CUSTOMER, "kind": "general"})
        raise RuntimeError("after the customer was written")
    assert file_of(world, add_customer(world, kind="general")).number.endswith("-000001")


@pytest.mark.rule("R-ARCH-01")
def test_a_customer_whom_no_type_serves_is_refused_with_a_reason(world):
    with world.writing() as session:
        for one in session.query(register_named("archive_type")):
            one.voided_at = clock.now()
    with pytest.raises(Refused) as refusal:
        add_customer(world)
    assert refusal.value.verdict.code == "no_type"


@pytest.mark.rule("R-ARCH-01")
def test_items_added_to_a_file_are_numbered_after_it(world):
    file = file_of(world, add_customer(world, kind="general"))
    with world.writing("archive_keeper") as session:
        item = register_named("archive_item")
        papers = [records.add(session, item, {"file_id": file.id, "name": name}).number for name in ("合同", "图纸")]
    assert papers == [f"{file.number}-001", f"{file.number}-002"]


@pytest.mark.rule("R-ARCH-01")
def test_a_file_without_the_day_it_was_opened_is_refused_and_uses_no_number(world):
    customer = add_customer(world, kind="general")
    opened = file_of(world, customer)
    values = {"customer_id": customer, "archive_type_id": opened.archive_type_id, "title": "补档"}
    with pytest.raises(Refused) as refusal, world.writing() as session:
        records.create(session, register_named("archive_file"), values)
    assert refusal.value.verdict.code == "incomplete"
    with world.writing() as session:
        later = records.create(
            session, register_named("archive_file"), {**values, "opened_on": opened.opened_on}
        ).number
    assert int(later.rsplit("-")[-1]) == int(opened.number.rsplit("-")[-1]) + 1
