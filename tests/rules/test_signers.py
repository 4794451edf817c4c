"""Who may sign a step, in a small company where everybody can be away or have signed already."""

from datetime import date

import pytest

from admin_app.permissions import Person, Role
from admin_app.rules.ladders import GENERAL_MANAGER, HEAD, ISSUE, KEEPER, REVIEW, SERVICE_MANAGER
from admin_app.rules.signers import Department, Signer, Staff, StandIn, may_name_stand_in, who_may_sign

TODAY = date(2026, 11, 23)

# Sales (4) and archives (3) lie under service (2), service under the board (1).
BOSS, SERVICE, KEEPER_1, KEEPER_2, SALES_HEAD, SALESMAN, DEPUTY, AIDE = range(1, 9)
BOARD_DEPT, SERVICE_DEPT, ARCHIVE_DEPT, SALES_DEPT = 1, 2, 3, 4


def person(id: int, department: int, clearance: int, *roles: Role) -> Person:
    return Person(id, f"u{id}", f"员工{id}", frozenset(roles), clearance, None, department)


PEOPLE = [
    person(BOSS, BOARD_DEPT, 4, Role.GENERAL_MANAGER),
    person(SERVICE, SERVICE_DEPT, 3, Role.SERVICE_MANAGER),
    person(KEEPER_1, ARCHIVE_DEPT, 2, Role.ARCHIVE_KEEPER),
    person(KEEPER_2, ARCHIVE_DEPT, 2, Role.ARCHIVE_KEEPER),
    person(SALES_HEAD, SALES_DEPT, 2, Role.STORE_MANAGER),
    person(SALESMAN, SALES_DEPT, 2, Role.CUSTOMER_MANAGER),
    person(DEPUTY, BOARD_DEPT, 4, Role.DIRECTOR),
    person(AIDE, SERVICE_DEPT, 2, Role.CLERK),
]
DEPARTMENTS = [
    Department(BOARD_DEPT, BOSS),
    Department(SERVICE_DEPT, SERVICE, BOARD_DEPT),
    Department(ARCHIVE_DEPT, SERVICE, SERVICE_DEPT),
    Department(SALES_DEPT, SALES_HEAD, SERVICE_DEPT),
]


def standing_in(absent: int, by: int, first: date = TODAY, last: date = TODAY) -> StandIn:
    return StandIn(absent, by, first, last)


def staff(*stand_ins: StandIn, without: tuple[int, ...] = ()) -> Staff:
    people = {person.id: person for person in PEOPLE if person.id not in without}
    return Staff(people, {department.id: department for department in DEPARTMENTS}, stand_ins, TODAY)


def signers(step, *stand_ins, barred=(SALESMAN,), department=SALES_DEPT, without=()) -> dict[int, int | None]:
    """Person -> for whom, of everyone who may sign."""
    found = who_may_sign(step, department, frozenset(barred), staff(*stand_ins, without=without))
    return {signer.person: signer.stands_for for signer in found}


@pytest.mark.rule("R-LOAN-01", "R-LOAN-02")
@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (HEAD, {SALES_HEAD}),
        (KEEPER, {KEEPER_1, KEEPER_2}),
        (REVIEW, {KEEPER_1, KEEPER_2, SERVICE}),
        (SERVICE_MANAGER, {SERVICE}),
        (GENERAL_MANAGER, {BOSS}),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_step_is_signed_by_whose_it_is(step, expected):
    assert set(signers(step)) == expected


@pytest.mark.rule("R-ROLE-03")
@pytest.mark.parametrize(
    ("step", "barred", "expected"),
    [
        (HEAD, {SALES_HEAD}, {SERVICE}),  # a head who asks: the head above
        (HEAD, {SALES_HEAD, SERVICE}, {BOSS}),  # who has signed or asked as well: the next one up
        (KEEPER, {KEEPER_1}, {KEEPER_2}),  # another keeper is as good
        (KEEPER, {KEEPER_1, KEEPER_2}, {SERVICE}),
        (SERVICE_MANAGER, {SALESMAN, SERVICE}, {BOSS}),  # the service manager reviewed already
        (SERVICE_MANAGER, {SERVICE, BOSS}, set()),
        (GENERAL_MANAGER, {BOSS}, set()),
    ],
)
def test_ones_own_step_goes_to_the_nearest_head_above(step, barred, expected):
    assert set(signers(step, barred=barred)) == expected


@pytest.mark.rule("R-ROLE-03")
def test_a_head_below_the_steps_clearance_is_passed_over():
    people = {p.id: p for p in [*PEOPLE, person(9, ARCHIVE_DEPT, 3, Role.SERVICE_MANAGER)]}
    departments = {d.id: d for d in DEPARTMENTS} | {ARCHIVE_DEPT: Department(ARCHIVE_DEPT, KEEPER_1, BOARD_DEPT)}
    company = Staff(people, departments, (), TODAY)
    barred = frozenset({9, SERVICE})
    assert who_may_sign(SERVICE_MANAGER, SALES_DEPT, barred, company) == (Signer(BOSS),)


@pytest.mark.rule("R-ROLE-03")
def test_an_absent_managers_step_goes_to_the_stand_in_too():
    assert signers(HEAD, standing_in(SALES_HEAD, AIDE)) == {SALES_HEAD: None, AIDE: SALES_HEAD}


@pytest.mark.rule("R-ROLE-03")
@pytest.mark.parametrize(
    ("first", "last", "stands_in"),
    [
        (TODAY, TODAY, True),
        (date(2026, 11, 20), TODAY, True),
        (date(2026, 11, 20), date(2026, 11, 22), False),
        (date(2026, 11, 24), date(2026, 11, 30), False),
    ],
)
def test_a_stand_in_signs_on_the_days_named(first, last, stands_in):
    assert (AIDE in signers(HEAD, standing_in(SALES_HEAD, AIDE, first, last))) is stands_in


@pytest.mark.rule("R-ROLE-03")
def test_delegation_does_not_pass_on():
    chain = standing_in(SALES_HEAD, AIDE), standing_in(AIDE, DEPUTY)
    assert set(signers(HEAD, *chain)) == {SALES_HEAD, AIDE}


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_never_signs_what_they_proposed():
    assert set(signers(HEAD, standing_in(SALES_HEAD, SALESMAN))) == {SALES_HEAD}


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_needs_the_steps_clearance():
    assert set(signers(SERVICE_MANAGER, standing_in(SERVICE, AIDE))) == {SERVICE}


@pytest.mark.rule("R-ROLE-03")
@pytest.mark.parametrize(("by", "expected"), [(DEPUTY, {DEPUTY: BOSS}), (AIDE, {}), (SERVICE, {})])
def test_the_general_managers_own_request_goes_to_the_second_person_of_clearance_4(by, expected):
    assert signers(GENERAL_MANAGER, standing_in(BOSS, by), barred={BOSS}, department=BOARD_DEPT) == expected


@pytest.mark.rule("R-ROLE-03")
def test_the_head_above_comes_before_ones_own_stand_in():
    assert signers(SERVICE_MANAGER, standing_in(SERVICE, DEPUTY), barred={SERVICE}) == {BOSS: None}


@pytest.mark.rule("R-ROLE-03")
def test_the_head_above_may_be_stood_in_for_when_absent():
    found = signers(SERVICE_MANAGER, standing_in(BOSS, DEPUTY), barred={SERVICE})
    assert found == {BOSS: None, DEPUTY: BOSS}


@pytest.mark.rule("R-ROLE-03")
@pytest.mark.parametrize(
    ("stand_ins", "expected"),
    [((), {}), ((standing_in(KEEPER_1, AIDE),), {AIDE: KEEPER_1})],
    ids=["nobody", "aide"],
)
def test_issuing_to_oneself_goes_to_the_keepers_stand_in_and_to_nobody_above(stand_ins, expected):
    assert signers(ISSUE, *stand_ins, barred={KEEPER_1}, without=(KEEPER_2,)) == expected


@pytest.mark.rule("R-ROLE-03")
def test_a_department_without_a_head_is_signed_for_by_the_head_above():
    assert set(signers(HEAD, without=(SALES_HEAD,))) == {SERVICE}


@pytest.mark.rule("R-ROLE-04")
def test_a_role_nobody_holds_has_no_signer():
    assert signers(GENERAL_MANAGER, without=(BOSS,)) == {}


@pytest.mark.rule("R-ROLE-03")
def test_two_departments_above_each_other_come_to_an_end():
    departments = {1: Department(1, None, 2), 2: Department(2, None, 1)}
    assert who_may_sign(HEAD, 1, frozenset(), Staff({}, departments, (), TODAY)) == ()


@pytest.mark.rule("R-ROLE-03")
@pytest.mark.parametrize(
    ("by", "absent", "stand_in", "last", "code"),
    [
        (SERVICE, SERVICE, DEPUTY, TODAY, ""),
        (BOSS, SERVICE, DEPUTY, TODAY, ""),
        (AIDE, SERVICE, DEPUTY, TODAY, "role"),
        (DEPUTY, SERVICE, DEPUTY, TODAY, "role"),  # not even who would stand in
        (SERVICE, SERVICE, SERVICE, TODAY, "same_person"),
        (SERVICE, SERVICE, DEPUTY, date(2026, 11, 22), "time_order"),
    ],
)
def test_a_stand_in_is_named_by_the_absent_or_the_general_manager(by, absent, stand_in, last, code):
    assert may_name_stand_in(StandIn(absent, stand_in, TODAY, last), staff().people[by]).code == code
