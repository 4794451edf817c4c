"""The demo company: who there is, what whoever signs in finds, and the database's own rules on files and loans."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from admin_app.guard import GuardedSession, act_as, chain, writing
from admin_app.guard.stamps import operating
from admin_app.models import Register, all_registers, register_named
from admin_app.operations.accounts import find_account, password_matches
from admin_app.operations.archives.inbox import inbox
from admin_app.operations.people import load_person
from admin_app.permissions import Level, Role
from admin_app.working.codes import CodeEntry
from admin_app.working.people import Account
from seed.codes import load_codes
from seed.ledgers import ROWS
from tests.fixtures.worlds import World
from tests.seed.conftest import NOW, SIZE, WEAK

Registers = dict[str, type[Register]]
#: why a year has fewer than thirty rows -> of which registers
REASONS = {
    "a house has so many": "store department designer estate archive_type policy_document community_group",
    "one a month": "archive_rate hr_report quality_feedback",
    "one a whole quarter": "complaint_analysis",
    "it seldom comes to that": "bad_debt designer_suspension dispatch_refusal move_out",
    "of papers that lay there by then; the tests' company is a quarter of the demo's": "access_request",
    "one of each that signed; the tests' company is a quarter of the demo's": "decoration_contract project_site "
    "signed_order warranty",
    "one of each such customer; the tests' company is a quarter of the demo's": "contract credit_survey key_account "
    "property_unit occupancy",
}
FEWER = {name for names in REASONS.values() for name in names.split()}


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


def test_every_register_has_thirty_rows_or_what_a_year_honestly_gives(demo: World):
    with demo.open() as session:
        rows = {
            name: session.scalar(select(func.count()).select_from(one.__table__))
            for name, one in all_registers().items()
        }
    assert [name for name, number in rows.items() if not number] == []
    assert {name for name, number in rows.items() if number < ROWS} == FEWER


def test_there_is_somebody_for_every_role_who_signs_in_with_the_password_asked_for(demo):
    with demo.open() as session:
        for username in [*(role.value for role in Role), "clerk2", "store_manager2"]:
            assert password_matches(find_account(session, username), WEAK), username


def test_the_second_clerk_and_store_manager_belong_to_the_other_store(demo):
    employee = register_named("employee")
    with demo.open() as session:
        stores = {name: session.get_one(employee, find_account(session, name).employee_id).store_id
                  for name in ("clerk", "store_manager", "clerk2", "store_manager2")}  # fmt: skip
    assert stores["clerk"] == stores["store_manager"] != stores["clerk2"] == stores["store_manager2"]


@pytest.mark.rule("R-LOAN-04")
def test_loans_are_of_three_days_and_some_are_out_and_overdue(demo):
    loan = register_named("archive_loan")
    with demo.open() as session:
        lent = select(loan).where(loan.source == "system", loan.issued_at.is_not(None))
        loans = session.scalars(lent).all()
    assert all((one.due_at - one.issued_at).total_seconds() <= 72 * 3600 for one in loans)
    assert any(one.returned_at is None for one in loans)
    assert any(one.returned_at for one in loans)
    assert any(one.returned_at is None and one.due_at < NOW for one in loans)


@pytest.mark.rule("R-DESK-01")
@pytest.mark.parametrize("username", ["store_manager", "archive_keeper", "info_officer"])
def test_who_signs_finds_requests_waiting(demo, username):
    with demo.open() as session:
        person = load_person(session, find_account(session, username).employee_id)
        act_as(session, person)
        assert inbox(session, NOW)


def test_nothing_in_it_lies_in_the_future(demo):
    with demo.open() as session:
        for register in all_registers().values():
            for face in register.faces.values():
                if face.kind.name == "moment" and face.name in ("came_at", "happened_at", "issued_at", "returned_at"):
                    newest = session.scalar(select(func.max(getattr(register, face.name))))
                    assert newest is None or newest <= NOW, (register.__tablename__, face.name)


@pytest.mark.rule("R-AUDT-01")
def test_its_trail_is_whole(demo):
    with demo.engine.connect() as connection:
        assert chain.verify(connection) is None
        assert chain.head(connection).seq > 0


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
        held = {role for person in staff.values() if person.store_id == store.id for role in person.roles or ()}
        assert store.manager_id
        assert {Role.CLERK, Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.CUSTOMER_MANAGER, Role.DESIGNER} <= held


@pytest.mark.rule("R-CUST-09")
def test_somebody_left_and_a_colleague_has_their_customers(
    session: GuardedSession, registers: Registers, staff: dict[str, Register]
):
    leaver, successor = staff["customer_manager5"], staff["customer_manager3"]
    assert NOW.date() - timedelta(days=365) < leaver.left_on < NOW.date()
    assert (leaver.roles, find_account(session, "customer_manager5").disabled) == (None, True)
    owners = [customer.owner_id for customer in rows(session, registers["customer"])]
    assert leaver.id not in owners
    assert successor.id in owners


def test_somebody_joined_last_month(staff: dict[str, Register]):
    assert [name for name, one in staff.items() if one.joined_on > NOW.date() - timedelta(days=31)] == [
        "customer_manager6"
    ]


def test_who_borrowed_a_paper_may_see_it_without_the_grant_too(
    demo: World, session: GuardedSession, registers: Registers
):
    item, loan = registers["archive_item"], registers["archive_loan"]
    returned = rows(session, loan, loan.state == "returned", loan.source == "system")
    assert returned
    for one in returned:
        with demo.open() as theirs:
            act_as(theirs, load_person(theirs, one.borrower_id))
            assert theirs.scalar(select(item.id).where(item.id == one.item_id)), one.number


@pytest.mark.rule("R-ARCH-01")
def test_every_customer_has_one_file_of_the_type_its_kind_names(session: GuardedSession, registers: Registers):
    kinds = {customer.id: customer.kind for customer in rows(session, registers["customer"])}
    types = {kind: one for one in rows(session, registers["archive_type"]) for kind in one.customer_kinds}
    files = rows(session, registers["archive_file"], registers["archive_file"].state == "open")
    assert {file.customer_id for file in files} == set(kinds)
    assert len(files) == SIZE
    for file in files:
        assert file.archive_type_id == types[kinds[file.customer_id]].id
        assert file.number.startswith(f"{types[kinds[file.customer_id]].prefix}-{file.year}-")


@pytest.mark.rule("R-ARCH-07")
def test_older_files_are_due_or_soon_will_be_and_one_is_held(session: GuardedSession, registers: Registers):
    old = rows(session, registers["archive_file"], registers["archive_file"].state == "closed")
    due = [file for file in old if file.retained_until < NOW.date()]
    assert (len(old), len(due), [file.held_reason for file in due if file.held]) == (9, 7, ["税务检查调阅"])


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
