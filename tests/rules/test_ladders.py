"""The steps of every kind of request at every level, and how an outsider is registered."""

import pytest

from admin_app.permissions import Level, Role
from admin_app.rules.ladders import (
    GENERAL_MANAGER,
    ISSUE,
    KEEPER,
    REVIEW,
    SERVICE_MANAGER,
    Kind,
    ladder,
    may_register_outsider,
)


@pytest.mark.rule("R-LOAN-02", "R-LOAN-03")
@pytest.mark.parametrize(
    ("kind", "level", "outsider", "steps"),
    [
        ("loan", 0, False, "head keeper"),
        ("loan", 1, False, "head keeper"),
        ("loan", 2, False, "head keeper"),
        ("loan", 3, False, "head keeper service_manager"),
        ("loan", 4, False, "head keeper service_manager general_manager"),
        ("access", 0, False, "head review"),
        ("access", 1, False, "head review"),
        ("access", 2, False, "head review"),
        ("access", 3, False, "head review service_manager"),
        ("access", 4, False, "head review service_manager general_manager"),
        ("access", 0, True, "review"),
        ("access", 2, True, "review"),
        ("access", 3, True, "review service_manager"),
        ("access", 4, True, "review service_manager general_manager"),
    ],
)
def test_the_steps_follow_from_kind_level_and_applicant(kind, level, outsider, steps):
    assert [step.name for step in ladder(Kind(kind), Level(level), outsider)] == steps.split()


@pytest.mark.rule("R-LOAN-02", "R-ROLE-03")
@pytest.mark.parametrize(
    ("step", "roles", "clearance"),
    [
        (KEEPER, {"archive_keeper"}, 2),
        (REVIEW, {"info_officer", "archive_keeper", "info_supervisor", "service_manager"}, 2),
        (SERVICE_MANAGER, {"service_manager"}, 3),
        (GENERAL_MANAGER, {"general_manager"}, 4),
        (ISSUE, {"archive_keeper"}, 2),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_step_names_its_roles_and_the_clearance_of_a_stand_in(step, roles, clearance):
    assert step.roles == {Role(role) for role in roles}
    assert step.clearance == clearance


@pytest.mark.rule("R-LOAN-03")
@pytest.mark.parametrize(
    ("kind", "number", "issuer", "scanned", "code"),
    [
        (Kind.ACCESS, "介字2026-17", "市档案馆", True, ""),
        (Kind.LOAN, "介字2026-17", "市档案馆", True, "place"),
        (Kind.ACCESS, " ", "市档案馆", True, "incomplete"),
        (Kind.ACCESS, "介字2026-17", "", True, "incomplete"),
        (Kind.ACCESS, "介字2026-17", "市档案馆", False, "incomplete"),
    ],
)
def test_an_outsider_reads_on_the_premises_with_a_letter_on_file(kind, number, issuer, scanned, code):
    assert may_register_outsider(kind, number, issuer, scanned).code == code
