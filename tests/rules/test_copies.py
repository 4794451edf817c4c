"""How many copies there may be, by whom, of what kind of permit; when important material leaves as one (R-CONF-07, R-CONF-12)."""

from dataclasses import replace
from datetime import date

import pytest

from admin_app.permissions import Level, Person, Role
from admin_app.rules.copies import (
    Permit,
    copy_numbers,
    may_be_approved,
    may_be_handed_out_by,
    may_be_voided,
    may_end,
    may_hand_out,
    may_leave_as,
)
from admin_app.rules.ladders import ISSUE
from admin_app.rules.signers import Staff, StandIn

TODAY = date(2026, 3, 11)
PERMIT = Permit(rule="R-CONF-07", signed=True, refused=False, permitted=5, given=2, use_until=TODAY)


@pytest.mark.rule("R-CONF-07", "R-ARCH-08")
@pytest.mark.parametrize(
    ("changed", "wanted", "code"),
    [
        ({}, 3, ""), ({}, 4, "copies"), ({}, 0, "copies"), ({}, -1, "copies"),
        ({"signed": False}, 1, "not_signed"), ({"refused": True}, 1, "wrong_state"), ({"voided": True}, 1, "wrong_state"),
        ({"use_until": date(2026, 3, 10)}, 1, "lapsed"), ({"use_until": None}, 1, ""), ({"given": 5}, 1, "copies"),
    ],
)  # fmt: skip
def test_a_permit_gives_what_was_permitted_while_it_is_in_force(changed, wanted, code):
    verdict = may_hand_out(replace(PERMIT, **changed), wanted, TODAY)
    assert (verdict.code, verdict.rule) == (code, "R-CONF-07" if code else "")


def _staff(**roles):
    """Persons 1, 2 … by name with a role each; the last stands in for the first."""
    people = {
        id_: Person(id_, name, name, frozenset({role}), Level.TOP_SECRET, 1, 1)
        for id_, (name, role) in enumerate(roles.items(), start=1)
    }
    return Staff(people, {}, (StandIn(1, len(people), TODAY, TODAY),), TODAY)


@pytest.mark.rule("R-CONF-07", "R-ROLE-04")
@pytest.mark.parametrize("role", list(Role))
def test_copies_are_handed_out_by_the_keeper_and_not_to_whoever_asked_themselves(role):
    staff = _staff(other=Role.STORE_MANAGER, one=role, another=Role.STORE_MANAGER)
    answer = may_be_handed_out_by(2, ISSUE, frozenset(), staff, PERMIT)
    assert answer.code == ("" if role is Role.ARCHIVE_KEEPER else "role")
    assert may_be_handed_out_by(2, ISSUE, frozenset({2}), staff, PERMIT).code == "own_request"


@pytest.mark.rule("R-ROLE-03", "R-CONF-07")
def test_what_the_only_keeper_asks_for_is_handed_out_by_who_stands_in():
    staff, keepers = _staff(keeper=Role.ARCHIVE_KEEPER, clerk=Role.CLERK), frozenset({1})
    assert may_be_handed_out_by(2, ISSUE, keepers, staff, PERMIT)
    assert may_be_handed_out_by(1, ISSUE, keepers, staff, PERMIT).rule == "R-ROLE-04"
    assert not may_be_handed_out_by(2, ISSUE, keepers, replace(staff, stand_ins=()), PERMIT)


@pytest.mark.rule("R-CONF-07", "R-ARCH-08")
def test_a_permit_with_copies_out_stays():
    assert [may_be_voided("R-ARCH-08", out).code for out in (0, 1)] == ["", "wrong_state"]


@pytest.mark.rule("R-CONF-07", "R-ARCH-08")
def test_numbers_follow_one_another_and_say_of_how_many():
    assert copy_numbers(2, 3, 5) == ("3/5", "4/5", "5/5")
    assert may_end("R-ARCH-08", False).rule == "R-ARCH-08"
    assert may_end("R-ARCH-08", True)
    assert [may_be_approved("R-CONF-07", refused).code for refused in (False, True)] == ["", "wrong_state"]


@pytest.mark.rule("R-CONF-12")
@pytest.mark.parametrize(
    ("covers", "holds", "used", "code"),
    [
        (True, True, False, ""), (True, True, True, "copies"), (True, False, False, "no_permit"),
        (False, True, False, "no_permit"), (False, False, True, "no_permit"),
    ],
)  # fmt: skip
def test_important_material_leaves_once_as_each_copy_that_one_holds(covers, holds, used, code):
    assert may_leave_as(covers, holds, used).code == code
