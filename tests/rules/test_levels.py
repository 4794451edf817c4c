"""Levels: their floor, raising and lowering, where classified things lie."""

import pytest

from admin_app.permissions import Level, Role
from admin_app.rules.levels import (
    change_ladder,
    floor,
    may_have_level,
    may_lie,
    may_propose_lowering,
    who_proposes_lowering,
)


@pytest.mark.rule("R-CONF-01")
@pytest.mark.parametrize(
    ("register", "owner", "lowest"), [(1, None, 1), (2, 1, 2), (1, 2, 2), (0, 4, 4), (3, 3, 3), (0, None, 0)]
)
def test_the_floor_is_the_registers_or_the_owners_whichever_is_higher(register, owner, lowest):
    assert floor(Level(register), None if owner is None else Level(owner)) == lowest


@pytest.mark.rule("R-CONF-01")
@pytest.mark.parametrize(
    ("level", "register", "owner", "code"),
    [(2, 2, None, ""), (4, 2, None, ""), (1, 2, None, "level"), (2, 1, 3, "level"), (3, 1, 3, "")],
)
def test_a_record_is_never_below_its_floor(level, register, owner, code):
    assert may_have_level(Level(level), Level(register), None if owner is None else Level(owner)).code == code


RAISED_OR_KEPT = [(before, after) for before in range(5) for after in range(before, 5)]
LOWERED = {
    (1, 0): "service_manager",
    (2, 0): "service_manager",
    (2, 1): "service_manager",
    (3, 0): "service_manager",
    (3, 1): "service_manager",
    (3, 2): "service_manager",
    (4, 0): "general_manager",
    (4, 1): "general_manager",
    (4, 2): "general_manager",
    (4, 3): "general_manager",
}


@pytest.mark.rule("R-CONF-05")
@pytest.mark.parametrize(("before", "after"), RAISED_OR_KEPT)
def test_raising_a_level_takes_effect_at_once(before, after):
    assert change_ladder(Level(before), Level(after)) == ()


@pytest.mark.rule("R-CONF-05")
@pytest.mark.parametrize(("change", "by"), LOWERED.items())
def test_lowering_a_level_waits_for_a_signature(change, by):
    before, after = change
    assert [step.roles for step in change_ladder(Level(before), Level(after))] == [{Role(by)}]


@pytest.mark.rule("R-CONF-05")
@pytest.mark.parametrize(
    ("before", "by", "role", "clearance", "code"),
    [
        (3, Role.INFO_SUPERVISOR, Role.INFO_SUPERVISOR, 3, ""),
        (1, Role.INFO_SUPERVISOR, Role.INFO_SUPERVISOR, 3, ""),
        (3, Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER, 3, "role"),
        (3, Role.INFO_SUPERVISOR, Role.GENERAL_MANAGER, 4, "role"),
        # of a register that the supervisor doesn't have
        (3, Role.SERVICE_MANAGER, Role.SERVICE_MANAGER, 3, ""),
        (3, Role.SERVICE_MANAGER, Role.INFO_SUPERVISOR, 3, "role"),
        # of one that the company took from all of them
        (3, None, Role.INFO_SUPERVISOR, 3, "role"),
        (4, Role.INFO_SUPERVISOR, Role.DIRECTOR, 4, ""),
        (4, Role.INFO_SUPERVISOR, Role.INFO_SUPERVISOR, 3, "level"),
        (4, Role.INFO_SUPERVISOR, Role.GENERAL_MANAGER, 4, "role"),
    ],
)
def test_lowering_is_proposed_by_who_may(before, by, role, clearance, code):
    assert may_propose_lowering(Level(before), by, {role}, Level(clearance)).code == code


@pytest.mark.rule("R-CONF-05", "R-CONF-02")
@pytest.mark.parametrize(
    ("has", "by"),
    [
        ({Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER, Role.DIRECTOR}, Role.INFO_SUPERVISOR),
        ({Role.SERVICE_MANAGER, Role.DIRECTOR}, Role.SERVICE_MANAGER),
        ({Role.DIRECTOR, Role.GENERAL_MANAGER}, Role.DIRECTOR),
        ({Role.GENERAL_MANAGER, Role.CLERK}, None),
    ],
)
def test_the_first_who_has_the_register_proposes(has, by):
    assert who_proposes_lowering(has.__contains__) == by


@pytest.mark.rule("R-CONF-04")
@pytest.mark.parametrize(
    ("level", "place", "custodian", "code"),
    [
        (2, 0, None, ""),
        (3, 3, 3, ""),
        (3, 4, 4, ""),
        (4, 4, 4, ""),
        (3, 2, 3, "place"),
        (4, 3, 4, "place"),
        (3, 3, None, "place"),
        (3, 3, 2, "place"),
        (3, 4, 3, "place"),  # the clearance of the place, not of the thing
    ],
)
def test_classified_things_lie_in_a_place_meant_for_them_with_a_cleared_custodian(level, place, custodian, code):
    cleared = None if custodian is None else Level(custodian)
    assert may_lie(Level(level), Level(place), cleared).code == code
