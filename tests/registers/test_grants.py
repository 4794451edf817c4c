"""What the shipped grants give each role, after the role table of rules.md (R-ROLE-01)."""

import pytest

from admin_app.models import Register, lines_of
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
@pytest.mark.parametrize("table", ["visitor", "consultation", "customer", "contact_person"])
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
    for action in (Action.SEE, Action.ADD, Action.EDIT, Action.IMPORT):
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


@pytest.mark.rule("R-LOAN-01", "R-CONF-04")
@pytest.mark.parametrize("table", ["archive_loan", "access_request"])
def test_who_finds_archives_may_ask_for_them_and_nobody_else(registers: Registers, table: str):
    finds = {
        role
        for role in Role
        if reach(registers, role, "archive_item", Action.SEE)
        or reach(registers, role, "archive_item", Action.CATALOGUE)
    }
    assert {role for role in Role if reach(registers, role, table, Action.ADD) is not None} == finds


@pytest.mark.rule("R-LOAN-02")
def test_only_the_keeper_brings_in_past_loans(registers: Registers):
    grants = registers["archive_loan"].declaration.grants
    assert [role for role, rights in grants.items() if Action.IMPORT in rights] == [Role.ARCHIVE_KEEPER]


def masks(register: type[Register]) -> bool:
    """Whether some field of the register or of its lines is masked."""
    lines = (lines_of(register, face) for face in register.faces.values() if face.kind.name == "rows")
    return any(face.mask for one in (register, *lines) for face in one.faces.values())


def signers(register: type[Register], right: str) -> set[str]:
    """The roles that give a signature of the form which takes *right*."""
    faces = (face for face in register.faces.values() if face.signed_with == right)
    return {role for face in faces for role in face.roles.split()}


def granted(registers: Registers, *actions: Action):
    """(table, register, role, rights) of all that is granted with one of *actions*."""
    for table, register in registers.items():
        for role, rights in register.declaration.grants.items():
            if set(actions) & set(rights):
                yield table, register, role, rights


@pytest.mark.rule("R-ROLE-01", "R-CONF-06")
def test_masked_fields_are_shown_or_revealed_only_where_there_are_any(registers: Registers):
    idle = [
        (table, role.value)
        for table, register, role, _rights in granted(registers, Action.REVEAL, Action.PERSONAL)
        if not masks(register)
    ]
    assert idle == []


@pytest.mark.rule("R-ROLE-01", "R-CONF-06")
def test_nobody_reveals_with_a_reason_what_is_shown_to_them_anyway(registers: Registers):
    idle = [
        (table, role.value)
        for table, _register, role, rights in granted(registers, Action.REVEAL)
        if Action.PERSONAL in rights and not rights[Action.REVEAL] & ~rights[Action.PERSONAL]
    ]
    assert idle == []


#: written by operations; a ledger of them is closed history, which the information desk brings in
CLOSED_HISTORY = {"dispatch_order"}


@pytest.mark.rule("R-ROLE-01", "R-IMPT-07")
def test_ledgers_are_brought_in_only_by_who_may_write_or_as_closed_history(registers: Registers):
    idle = [
        (table, role.value)
        for table, _register, role, rights in granted(registers, Action.IMPORT)
        if not {Action.ADD, Action.EDIT} & set(rights) and table not in CLOSED_HISTORY
    ]
    assert idle == []


@pytest.mark.rule("R-ROLE-01")
def test_who_may_approve_has_something_to_approve(registers: Registers):
    """On the form itself; requests, what is computed and signatures in an order are for operations of their own."""
    idle = [
        (table, role.value)
        for table, register, role, _rights in granted(registers, Action.APPROVE)
        if not (register.has_party_table or register.operations_only)
        and all(face.signed_with for face in register.faces.values() if face.signature)
        and role.value not in signers(register, "approve")
    ]
    assert idle == []


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("right", [Action.EDIT, Action.APPROVE])
def test_every_role_that_a_signature_names_has_the_right_it_takes(registers: Registers, right: Action):
    without = [
        (table, role)
        for table, register in registers.items()
        for role in signers(register, right)
        if reach(registers, Role(role), table, right) is None
    ]
    assert without == []


@pytest.mark.rule("R-ROLE-01")
def test_a_register_without_scope_is_granted_as_a_whole_or_to_parties(registers: Registers):
    misleading = [
        (table, role.value, action.value)
        for table, register in registers.items()
        if not register.declaration.scopes
        for role, rights in register.declaration.grants.items()
        for action, scope in rights.items()
        if scope not in (Scope.ALL, Scope.NOBODY)
    ]
    assert misleading == []


@pytest.mark.rule("R-SERV-01")
def test_service_calls_back_for_every_store_and_the_store_changes_nothing(registers: Registers):
    assert reach(registers, Role.SERVICE_OFFICER, "callback", Action.EDIT) == Scope.ALL
    writing = {Action.ADD, Action.EDIT, Action.VOID, Action.IMPORT}
    for table in ("callback", "supervision_feedback"):
        for role in (Role.CLERK, Role.CUSTOMER_MANAGER, Role.STORE_MANAGER, Role.MARKETING_MANAGER):
            assert not actions_of(registers, role, table) & writing


@pytest.mark.rule("R-INCE-05")
@pytest.mark.parametrize("table", ["receipt", "sale_return", "sale_cancellation", "sale_discount", "contract"])
def test_customer_information_only_reads_what_bonuses_are_computed_from(registers: Registers, table: str):
    for role in (Role.INFO_OFFICER, Role.INFO_SUPERVISOR):
        assert actions_of(registers, role, table) == {Action.SEE, Action.EXPORT}


@pytest.mark.rule("R-SCOR-06")
def test_human_resources_get_the_months_results_and_not_what_they_are_made_of(registers: Registers):
    assert reach(registers, Role.HR, "hr_report", Action.SEE) == Scope.ALL
    assert reach(registers, Role.HR, "score_deduction", Action.SEE) is None
    assert reach(registers, Role.HR, "reward_penalty", Action.SEE) == Scope.NOBODY


@pytest.mark.rule("R-ARCH-11")
def test_the_head_of_sales_confirms_the_deals_of_every_store(registers: Registers):
    assert reach(registers, Role.SALES_MANAGER, "closed_customer_file", Action.APPROVE) == Scope.ALL
    assert reach(registers, Role.STORE_MANAGER, "closed_customer_file", Action.APPROVE) is None


#: both signatures are asked of these very persons: what one of them asks for is refused them (R-CONF-09, R-ARCH-08), as is
#: closing what the general manager reported, and an order's confirmation is the absent one's to countersign (R-DISP-02)
ASKED_OF_ONE = frozenset({"external_provision", "report_release", "leak_report", "dispatch_order"})


@pytest.mark.rule("R-ROLE-03", "R-ROLE-04")
def test_what_a_head_may_write_somebody_else_may_judge(registers: Registers):
    alone = [
        (table, face.name)
        for table, register in registers.items()
        for face in register.faces.values()
        if face.signed_with == "approve" and not face.by and " " not in face.roles and table not in ASKED_OF_ONE
        if reach(registers, Role(face.roles), table, Action.ADD) is not None
    ]
    assert alone == []
