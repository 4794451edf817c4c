"""The invented company is believable: every role signs in, dates come in order, the database's own rules hold."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from admin_app.guard import GuardedSession, writing
from admin_app.guard.stamps import operating
from admin_app.models import Register, register_named
from admin_app.permissions import Level, Role
from admin_app.working.codes import CodeEntry
from admin_app.working.people import Account
from seed.codes import load_codes
from tests.fixtures.worlds import World
from tests.seed.conftest import NOW, SIZE

Registers = dict[str, type[Register]]


@pytest.fixture
def session(demo: World) -> Iterator[GuardedSession]:
    """The system's session on the demo company."""
    with demo.open() as opened:
        yield opened


@pytest.fixture
def staff(session: GuardedSession) -> dict[str, Register]:
    """Username -> employee."""
    accounts = {account.employee_id: account.username for account in session.scalars(select(Account))}
    employees = session.scalars(select(register_named("employee")))
    return {accounts[one.id]: one for one in employees if one.id in accounts}


def rows(session: GuardedSession, register: type[Register], *conditions: object) -> list:
    return list(session.scalars(select(register).where(*conditions)))


def test_every_role_signs_in_under_its_own_name(staff: dict[str, Register]):
    assert [role for role in Role if staff[role.value].roles != (role.value,)] == []


@pytest.mark.rule("R-ROLE-03")
def test_two_persons_have_the_highest_clearance(staff: dict[str, Register]):
    cleared = [name for name, person in staff.items() if person.clearance == str(int(Level.TOP_SECRET))]
    assert sorted(cleared) == ["general_manager", "info_supervisor2"]


@pytest.mark.rule("R-LOAN-01")
def test_every_department_has_a_head_who_signs_for_it(session: GuardedSession, registers: Registers):
    assert [one.name for one in rows(session, registers["department"]) if one.head_id is None] == []


def test_both_stores_have_a_manager_a_clerk_and_customer_managers(
    session: GuardedSession, registers: Registers, staff: dict[str, Register]
):
    for store in rows(session, registers["store"]):
        held = {role for person in staff.values() if person.store_id == store.id for role in person.roles}
        assert store.manager_id
        assert {Role.CLERK, Role.STORE_MANAGER, Role.CUSTOMER_MANAGER, Role.DESIGNER} <= held


def test_nobody_is_followed_up_before_the_first_visit(session: GuardedSession, registers: Registers):
    customers = {customer.id: customer for customer in rows(session, registers["customer"])}
    follow_ups = rows(session, registers["follow_up"])
    assert len(customers) == SIZE and len(follow_ups) > SIZE
    assert all(customers[one.customer_id].registered_at < one.happened_at < NOW for one in follow_ups)


def test_a_consultation_follows_its_visit(session: GuardedSession, registers: Registers):
    visits = {visitor.id: visitor.came_at for visitor in rows(session, registers["visitor"])}
    consultations = rows(session, registers["consultation"])
    assert consultations
    assert all(visits[one.visitor_id] < one.consulted_at for one in consultations)


@pytest.mark.rule("R-ARCH-01")
def test_every_customer_has_one_file_of_the_type_its_kind_names(session: GuardedSession, registers: Registers):
    kinds = {customer.id: customer.kind for customer in rows(session, registers["customer"])}
    types = {kind: one for one in rows(session, registers["archive_type"]) for kind in one.customer_kinds}
    files = rows(session, registers["archive_file"])
    assert {file.customer_id for file in files} == set(kinds)
    assert len(files) == SIZE
    for file in files:
        assert file.archive_type_id == types[kinds[file.customer_id]].id
        assert file.number.startswith(f"{types[kinds[file.customer_id]].prefix}-{file.year}-")


@pytest.mark.rule("R-CONF-04")
def test_classified_files_lie_where_they_are_meant_to_with_a_custodian_cleared_for_the_place(
    session: GuardedSession, registers: Registers, staff: dict[str, Register]
):
    clearances = {person.id: int(person.clearance) for person in staff.values()}
    places = {place.id: int(place.clearance) for place in rows(session, registers["archive_place"])}
    classified = rows(session, registers["archive_file"], registers["archive_file"].level >= Level.CONFIDENTIAL)
    assert {file.level for file in classified} == {3, 4}
    for file in classified:
        assert file.level <= places[file.place_id] <= clearances[file.custodian_id]


@pytest.mark.rule("R-CONF-01")
def test_no_item_is_below_its_file(session: GuardedSession, registers: Registers):
    levels = {file.id: file.level for file in rows(session, registers["archive_file"])}
    items = rows(session, registers["archive_item"])
    assert items
    assert all(item.level >= levels[item.file_id] for item in items)


@pytest.mark.rule("R-LOAN-10")
def test_an_item_is_out_exactly_while_a_loan_of_it_is_open(session: GuardedSession, registers: Registers):
    loan = registers["archive_loan"]
    out = {one.item_id: one.borrower_id for one in rows(session, loan, loan.state == "on_loan")}
    items = rows(session, registers["archive_item"], registers["archive_item"].state == "on_loan")
    assert {item.id: item.holder_id for item in items} == out
    assert len(out) == 4


@pytest.mark.rule("R-CUST-01")
def test_code_lists_loaded_again_keep_what_the_company_changed(session: GuardedSession):
    with writing(session):
        session.get_one(CodeEntry, ("source", "natural")).label = "路过"
    with writing(session):
        assert load_codes(session) == 0
    assert session.get_one(CodeEntry, ("source", "natural")).label == "路过"


@pytest.mark.rule("R-LOAN-02")
def test_the_database_takes_history_from_a_ledger_only_as_returned(session: GuardedSession, registers: Registers):
    loan = registers["archive_loan"]
    past = rows(session, loan, loan.source == "ledger")[0]
    with pytest.raises(IntegrityError, match="history_is_closed"), writing(session), operating(session):
        session.get_one(loan, past.id).returned_at = None
    session.rollback()
