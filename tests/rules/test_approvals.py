"""Signing: whose request it is, whose turn, what was seen, how fresh the password."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from admin_app.permissions import Level, Person, Role
from admin_app.rules.approvals import Request, Signature, has_reason, may_sign, may_withdraw, next_step
from admin_app.rules.ladders import GENERAL_MANAGER, HEAD, KEEPER, SERVICE_MANAGER, Kind, ladder
from admin_app.rules.signers import Department, Staff

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
AS_SEEN, AS_CHANGED = "a" * 64, "b" * 64

BOSS, SERVICE, ARCHIVIST, SALES_HEAD, SALESMAN = range(1, 6)
TOP, SALES = 1, 2


def person(id: int, department: int, clearance: int, *roles: Role) -> Person:
    return Person(id, f"u{id}", f"员工{id}", frozenset(roles), Level(clearance), None, department)


PEOPLE = {
    BOSS: person(BOSS, TOP, 4, Role.GENERAL_MANAGER),
    SERVICE: person(SERVICE, TOP, 3, Role.SERVICE_MANAGER),
    ARCHIVIST: person(ARCHIVIST, TOP, 2, Role.ARCHIVE_KEEPER),
    SALES_HEAD: person(SALES_HEAD, SALES, 2, Role.STORE_MANAGER, Role.ARCHIVE_KEEPER),
    SALESMAN: person(SALESMAN, SALES, 2, Role.CUSTOMER_MANAGER),
}
STAFF = Staff(PEOPLE, {TOP: Department(TOP, BOSS), SALES: Department(SALES, SALES_HEAD, TOP)}, (), date(2026, 11, 23))

LOAN = Request(applicant=SALESMAN, department_id=SALES, ladder=ladder(Kind.LOAN, Level.TOP_SECRET), digest=AS_SEEN)


def signed(*signatures: tuple[str, int], digest: str = AS_SEEN) -> Request:
    return replace(LOAN, signatures=tuple(Signature(step, by, digest) for step, by in signatures))


BY_HEAD = signed(("head", SALES_HEAD))
BY_KEEPER = signed(("head", SALES_HEAD), ("keeper", ARCHIVIST))
BY_SERVICE = signed(("head", SALES_HEAD), ("keeper", ARCHIVIST), ("service_manager", SERVICE))
BY_ALL = signed(("head", SALES_HEAD), ("keeper", ARCHIVIST), ("service_manager", SERVICE), ("general_manager", BOSS))


def code(step, by, request, *, seen=AS_SEEN, password_checked_at=NOW) -> str:
    return may_sign(step, by, request, STAFF, seen=seen, password_checked_at=password_checked_at,
                    password_good_for=10 * MINUTE, now=NOW).code  # fmt: skip


@pytest.mark.rule("R-LOAN-02")
@pytest.mark.parametrize(
    ("request_", "step"),
    [
        (LOAN, HEAD),
        (BY_HEAD, KEEPER),
        (BY_KEEPER, SERVICE_MANAGER),
        (BY_SERVICE, GENERAL_MANAGER),
        (BY_ALL, None),
    ],
)
def test_the_steps_come_in_order_and_the_last_grants(request_, step):
    assert next_step(request_) == step


@pytest.mark.rule("R-LOAN-02", "R-ROLE-03", "R-ROLE-04")
@pytest.mark.parametrize(
    ("step", "by", "request_", "expected"),
    [
        (HEAD, SALES_HEAD, LOAN, ""),
        (KEEPER, ARCHIVIST, BY_HEAD, ""),
        (SERVICE_MANAGER, SERVICE, BY_KEEPER, ""),
        (GENERAL_MANAGER, BOSS, BY_SERVICE, ""),
        (HEAD, SALESMAN, LOAN, "own_request"),
        (HEAD, BOSS, LOAN, "not_signer"),  # the general manager is not everybody's stand-in
        (KEEPER, SERVICE, BY_HEAD, "not_signer"),
        (KEEPER, SALES_HEAD, BY_HEAD, "same_person"),  # keeper and head, but one person
        (KEEPER, ARCHIVIST, LOAN, "not_signed"),  # before the head
        (GENERAL_MANAGER, BOSS, BY_KEEPER, "not_signed"),
        (HEAD, SALES_HEAD, BY_HEAD, "wrong_state"),  # a second time
        (GENERAL_MANAGER, BOSS, BY_ALL, "wrong_state"),
    ],
)
def test_a_step_is_signed_by_the_right_person_in_its_turn(step, by, request_, expected):
    assert code(step, by, request_) == expected


@pytest.mark.rule("R-ROLE-04")
@pytest.mark.parametrize("role", list(Role))
def test_no_role_lets_anyone_sign_their_own_request(role):
    everything = {
        **PEOPLE,
        SALESMAN: replace(PEOPLE[SALESMAN], roles=frozenset({role, *Role}), clearance=Level(4)),
    }
    for step, request_ in [
        (HEAD, LOAN),
        (KEEPER, BY_HEAD),
        (SERVICE_MANAGER, BY_KEEPER),
        (GENERAL_MANAGER, BY_SERVICE),
    ]:
        verdict = may_sign(
            step,
            SALESMAN,
            request_,
            replace(STAFF, people=everything),
            seen=AS_SEEN,
            password_checked_at=NOW,
            password_good_for=10 * MINUTE,
            now=NOW,
        )
        assert (verdict.rule, verdict.code) == ("R-ROLE-04", "own_request")


@pytest.mark.rule("R-ROLE-04")
def test_nobody_signs_what_is_about_themselves():
    assert code(HEAD, SALES_HEAD, replace(LOAN, about=frozenset({SALES_HEAD}))) == "own_request"


@pytest.mark.rule("R-ROLE-03", "R-ROLE-04")
def test_with_nobody_left_the_refusal_names_the_rule_of_two_persons():
    by_boss = replace(BY_SERVICE, about=frozenset({BOSS}))
    fresh = {"password_checked_at": NOW, "password_good_for": 10 * MINUTE, "now": NOW}
    verdict = may_sign(GENERAL_MANAGER, SERVICE + 90, by_boss, STAFF, seen=AS_SEEN, **fresh)
    assert (verdict.rule, verdict.code) == ("R-ROLE-04", "no_signer")


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize(
    ("checked_at", "expected"),
    [
        (NOW, ""),
        (NOW - 10 * MINUTE, ""),
        (NOW - 10 * MINUTE - SECOND, "password_due"),
        (None, "password_due"),
    ],
)
def test_the_password_is_asked_for_again_after_ten_minutes(checked_at, expected):
    assert code(HEAD, SALES_HEAD, LOAN, password_checked_at=checked_at) == expected


@pytest.mark.rule("R-ROLE-05")
def test_what_is_signed_is_what_was_seen():
    assert code(HEAD, SALES_HEAD, LOAN, seen=AS_CHANGED) == "changed"


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize("request_", [BY_HEAD, BY_KEEPER, BY_SERVICE, BY_ALL])
def test_a_request_that_changes_loses_its_signatures(request_):
    changed = replace(request_, digest=AS_CHANGED)
    assert changed.standing == ()
    assert next_step(changed) == HEAD
    assert code(HEAD, SALES_HEAD, changed, seen=AS_CHANGED) == ""


@pytest.mark.rule("R-LOAN-01")
@pytest.mark.parametrize(("reason", "expected"), [("理由不充分", ""), ("", "no_reason"), (" \n", "no_reason")])
def test_a_refusal_gives_its_reason(reason, expected):
    assert has_reason("R-LOAN-01", reason).code == expected


@pytest.mark.rule("R-LOAN-02")
@pytest.mark.parametrize(("by", "expected"), [(SALESMAN, ""), (SALES_HEAD, "not_applicant"), (BOSS, "not_applicant")])
def test_only_the_applicant_withdraws(by, expected):
    assert may_withdraw(by, LOAN).code == expected
