"""From computed to locked: each step in its place, by whom it is for and nobody else (R-SCOR-03, R-ROLE-03, R-ROLE-04)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from admin_app.permissions import Level, Person, Role
from admin_app.rules.scoring_steps import (
    APPROVE,
    LOCKED,
    REVIEW,
    Sheet,
    State,
    Verb,
    answer_by,
    is_over,
    may_accept,
    may_adjust,
    may_object,
    may_sign,
    may_take,
    signs,
    standing_at,
)
from admin_app.rules.signers import Department, Staff, StandIn
from admin_app.rules.working_days import PUBLIC, SHANGHAI

pytestmark = pytest.mark.rule("R-SCOR-03")
TODAY = date(2026, 4, 2)
NOW = datetime(2026, 4, 2, 10, tzinfo=SHANGHAI)
SCORED, DIRECTOR, SECOND, GENERAL, STORE, OTHER = 1, 2, 3, 4, 5, 6
ROLES = {
    SCORED: Role.CUSTOMER_MANAGER, DIRECTOR: Role.DIRECTOR, SECOND: Role.DIRECTOR, GENERAL: Role.GENERAL_MANAGER,
    STORE: Role.STORE_MANAGER, OTHER: Role.CUSTOMER_MANAGER,
}  # fmt: skip


def staff(*stand_ins, without=()):
    people = {
        id_: Person(id_, f"p{id_}", f"p{id_}", frozenset({role}), role.clearance, department_id=1)
        for id_, role in ROLES.items()
        if id_ not in without
    }
    return Staff(people, {1: Department(1, STORE, 2), 2: Department(2, GENERAL)}, stand_ins, TODAY)


def sheet(state=State.COMPUTED, **more):
    return Sheet(state=state, person=SCORED, department_id=1, **more)


REVIEWED = sheet(State.REVIEWED, reviewer=DIRECTOR, answer_by=NOW + timedelta(days=1))
#: what each state allows, and the code of what it refuses
ALLOWED = {
    State.COMPUTED: {Verb.COMPUTE, Verb.ADJUST, Verb.REVIEW},
    State.REVIEWED: {Verb.COMPUTE, Verb.ADJUST, Verb.ACCEPT, Verb.OBJECT},
    State.OBJECTED: {Verb.COMPUTE, Verb.ADJUST, Verb.REVIEW},
    State.ACCEPTED: {Verb.COMPUTE, Verb.APPROVE},
    State.APPROVED: {Verb.CORRECT},
    State.CORRECTED: set(),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_each_state_allows_these_steps_and_no_others(state, verb):
    verdict = may_take(verb, sheet(state, answer_by=NOW + timedelta(days=1)), NOW)
    expected = "" if verb in ALLOWED[state] else "locked" if state in LOCKED else "wrong_state"
    assert (bool(verdict), verdict.code) == (not expected, expected)
    assert verdict.rule == ("R-SCOR-03" if expected else "")


@pytest.mark.rule("R-ROLE-04")
@pytest.mark.parametrize(
    ("step", "codes"),
    [
        (REVIEW, {DIRECTOR: "", SECOND: "", GENERAL: "not_signer"}),
        (APPROVE, {DIRECTOR: "same_person", SECOND: "", GENERAL: ""}),
    ],
    ids=["review", "approve"],
)  # fmt: skip
def test_directors_review_and_another_director_or_the_general_manager_approves(step, codes):
    reviewed = sheet(State.ACCEPTED, reviewer=DIRECTOR)
    nobody_else = {SCORED: "own_request", STORE: "not_signer", OTHER: "not_signer"}
    assert {person: signs(step, person, reviewed, staff()).code for person in ROLES} == codes | nobody_else


@pytest.mark.rule("R-ROLE-04")
def test_who_waived_or_added_does_not_approve():
    assert (
        signs(APPROVE, SECOND, sheet(State.ACCEPTED, reviewer=DIRECTOR, adjusters=frozenset({SECOND})), staff()).code
        == "same_person"
    )


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_with_the_clearance_signs_for_the_absent_director():
    """The store manager's clearance is 2, the step's 3."""
    days = (TODAY, TODAY)
    assert signs(REVIEW, GENERAL, sheet(), staff(StandIn(DIRECTOR, GENERAL, *days)))
    assert signs(REVIEW, STORE, sheet(), staff(StandIn(DIRECTOR, STORE, *days))).code == "not_signer"


@pytest.mark.rule("R-ROLE-04")
def test_with_nobody_left_to_sign_it_is_said_so():
    assert signs(REVIEW, STORE, sheet(), staff(without=(DIRECTOR, SECOND))).code == "no_signer"


def test_whom_it_is_about_never_signs_whatever_their_roles():
    mine = replace(sheet(), person=DIRECTOR)
    assert signs(REVIEW, DIRECTOR, mine, staff()).code == "own_request"
    assert signs(REVIEW, SECOND, mine, staff())


def test_two_working_days_after_the_review_silence_accepts():
    """Reviewed on Thursday 2 April 2026; Friday is worked, Saturday to Monday is Qingming, Tuesday the 7th is the second."""
    until = answer_by(NOW, 2, PUBLIC)
    assert until == datetime(2026, 4, 7, 18, tzinfo=SHANGHAI)
    waiting = sheet(State.REVIEWED, reviewer=DIRECTOR, answer_by=until)
    assert standing_at(waiting, until) is State.REVIEWED
    assert standing_at(waiting, until + timedelta(seconds=1)) is State.ACCEPTED
    assert may_take(Verb.APPROVE, waiting, until).code == "wrong_state"
    assert may_take(Verb.APPROVE, waiting, until + timedelta(seconds=1))
    assert may_object(SCORED, waiting, "有误", until + timedelta(seconds=1)).code == "wrong_state"


@pytest.mark.parametrize("person", sorted(set(ROLES) - {SCORED}))
def test_nobody_accepts_or_objects_in_the_persons_place(person):
    assert may_accept(person, REVIEWED, NOW).code == "not_signer"
    assert may_object(person, REVIEWED, "有误", NOW).code == "not_signer"


def test_the_person_objects_once_and_says_why():
    assert may_accept(SCORED, REVIEWED, NOW)
    assert may_object(SCORED, REVIEWED, "3 月 5 日已补登", NOW)
    assert may_object(SCORED, REVIEWED, "  ", NOW).code == "no_reason"
    assert may_object(SCORED, replace(REVIEWED, objected=True), "再提", NOW).code == "wrong_state"
    assert may_accept(SCORED, replace(REVIEWED, objected=True), NOW)


def test_adjusting_needs_a_reason_and_a_reviewer():
    assert may_adjust(DIRECTOR, sheet(), staff(), "已核实", NOW)
    assert may_adjust(DIRECTOR, sheet(), staff(), "", NOW).code == "no_reason"
    assert may_adjust(GENERAL, sheet(), staff(), "已核实", NOW).code == "not_signer"
    assert may_adjust(DIRECTOR, sheet(State.APPROVED), staff(), "已核实", NOW).code == "locked"


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize(
    ("seen", "minutes", "code"),
    [("is", 5, ""), ("was", 5, "changed"), ("is", 11, "password_due"), ("is", None, "password_due")],
)  # fmt: skip
def test_a_signature_is_for_what_was_seen_and_after_the_password(seen, minutes, code):
    checked = None if minutes is None else NOW - timedelta(minutes=minutes)
    verdict = may_sign(
        Verb.REVIEW, DIRECTOR, sheet(), staff(), seen=seen, digest="is", password_checked_at=checked,
        password_good_for=timedelta(minutes=10), now=NOW,
    )  # fmt: skip
    assert verdict.code == code


def test_a_month_is_scored_once_it_is_over():
    end = datetime(2026, 4, 1, tzinfo=SHANGHAI)
    assert is_over(end, end)
    assert is_over(end, end - timedelta(seconds=1)).code == "wrong_state"


def test_the_steps_ask_for_the_clearance_of_their_roles():
    assert {step.clearance for step in (REVIEW, APPROVE)} == {Level.CONFIDENTIAL}
