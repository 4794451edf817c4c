"""What the shipped grants give each role, after the role table of rules.md (R-ROLE-01)."""

import pytest

from admin_app.models import Register
from admin_app.permissions import Action, Role, Scope

Registers = dict[str, type[Register]]
CONTENTS = {
    "customer", "contact_person", "property_home", "visitor", "consultation", "follow_up", "archive_file",
    "archive_item", "archive_loan", "access_request",
}  # fmt: skip


def reach(registers: Registers, role: Role, table: str, action: Action) -> Scope | None:
    return registers[table].declaration.grants.get(role, {}).get(action)


def actions_of(registers: Registers, role: Role, table: str) -> set[Action]:
    return set(registers[table].declaration.grants.get(role, {}))


@pytest.mark.rule("R-ROLE-01")
def test_every_register_is_granted_to_somebody_and_kept_by_somebody(registers: Registers):
    for table, register in registers.items():
        granted = register.declaration.grants.values()
        assert any(Action.SEE in rights for rights in granted), table
        assert any(Action.ADD in rights for rights in granted), table


@pytest.mark.rule("R-ROLE-01")
def test_whoever_may_do_something_may_see_or_look_up_what_they_do_it_to(registers: Registers):
    blind = [
        (table, role.value)
        for table, register in registers.items()
        for role, rights in register.declaration.grants.items()
        if not {Action.SEE, Action.CATALOGUE} & set(rights)
    ]
    assert blind == []


@pytest.mark.rule("R-ROLE-01")
def test_a_scope_that_a_register_has_no_column_for_is_not_granted(registers: Registers):
    column = {Scope.STORE: "store", Scope.DEPARTMENT: "department", Scope.OWN: "owner"}
    empty = [
        (table, role.value, action.value)
        for table, register in registers.items()
        if register.declaration.scopes
        for role, rights in register.declaration.grants.items()
        for action, scope in rights.items()
        if scope and Scope.ALL not in scope and not {column[one] for one in scope} & set(register.declaration.scopes)
    ]
    assert empty == []


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_admin_and_auditor_have_no_part_in_customers_and_archives(registers: Registers, role: Role):
    assert {table: actions_of(registers, role, table) for table in CONTENTS} == dict.fromkeys(CONTENTS, set())


@pytest.mark.rule("R-ROLE-01")
def test_admin_approves_nothing(registers: Registers):
    assert [table for table in registers if Action.APPROVE in actions_of(registers, Role.ADMIN, table)] == []


@pytest.mark.rule("R-ROLE-01", "R-CONF-06")
@pytest.mark.parametrize("table", ["visitor", "consultation", "customer", "follow_up", "contact_person"])
def test_a_customer_manager_has_their_own_in_full_and_the_stores_list_masked(registers: Registers, table: str):
    manager = Role.CUSTOMER_MANAGER
    assert reach(registers, manager, table, Action.SEE) == Scope.STORE
    assert reach(registers, manager, table, Action.EDIT) == Scope.OWN
    assert reach(registers, manager, table, Action.PERSONAL) == Scope.OWN
    assert reach(registers, manager, table, Action.REVEAL) is None
    assert reach(registers, manager, table, Action.EXPORT) is None


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("table", ["visitor", "consultation", "follow_up"])
def test_a_clerk_types_and_imports_the_stores_ledgers(registers: Registers, table: str):
    for action in (Action.SEE, Action.ADD, Action.EDIT, Action.PERSONAL, Action.IMPORT):
        assert reach(registers, Role.CLERK, table, action) == Scope.STORE


@pytest.mark.rule("R-ROLE-01", "R-CONF-14")
@pytest.mark.parametrize("table", ["customer", "consultation", "property_home"])
def test_a_designer_sees_only_what_they_are_party_to(registers: Registers, table: str):
    assert actions_of(registers, Role.DESIGNER, table) == {Action.SEE}
    assert reach(registers, Role.DESIGNER, table, Action.SEE) == Scope.NOBODY


@pytest.mark.rule("R-CONF-04")
@pytest.mark.parametrize("table", ["archive_file", "archive_item"])
def test_the_catalogue_of_every_level_is_for_those_who_keep_or_answer_for_it(registers: Registers, table: str):
    grants = registers[table].declaration.grants
    catalogued = {role for role, rights in grants.items() if rights.get(Action.CATALOGUE) == Scope.ALL}
    assert catalogued == {
        Role.ARCHIVE_KEEPER, Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER, Role.GENERAL_MANAGER
    }  # fmt: skip


@pytest.mark.rule("R-LOAN-01")
@pytest.mark.parametrize("table", ["archive_loan", "access_request"])
def test_every_member_of_staff_may_ask_for_an_archive(registers: Registers, table: str):
    staff = [role for role in Role if role not in (Role.ADMIN, Role.AUDITOR)]
    assert [role for role in staff if reach(registers, role, table, Action.ADD) is None] == []


@pytest.mark.rule("R-LOAN-02")
def test_only_the_keeper_brings_in_past_loans(registers: Registers):
    grants = registers["archive_loan"].declaration.grants
    assert [role for role, rights in grants.items() if Action.IMPORT in rights] == [Role.ARCHIVE_KEEPER]
