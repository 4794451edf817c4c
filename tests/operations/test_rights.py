"""The matrix of rights as admin changes it: at once, back to the default, and all of it in the trail (R-ROLE-01)."""

import json

import pytest
from sqlalchemy import func, select

from admin_app.models import register_named
from admin_app.operations import rights
from admin_app.permissions import Action, Role, Scope
from admin_app.verdicts import Refused
from admin_app.working.people import ChangedRight
from admin_app.working.trail import TrailEntry


def change(world, wanted, by="admin", role=Role.CLERK):
    with world.writing(by) as session:
        return rights.change_row(session, register_named("visitor"), role, wanted)


def noted(world):
    with world.open() as session:
        entries = select(TrailEntry.detail).where(TrailEntry.event == "right_changed").order_by(TrailEntry.seq)
        return [json.loads(detail) for detail in session.scalars(entries)]


@pytest.mark.rule("R-ROLE-01")
def test_a_changed_right_holds_from_the_next_request_for_that_role_alone(world, client_of):
    clerk, manager = client_of("clerk"), client_of("store_manager")
    assert clerk.get("/admin/visitor/new/").status_code == 200
    assert change(world, {Action.ADD: None}) == 1
    assert clerk.get("/admin/visitor/new/").status_code == 404
    assert manager.get("/admin/visitor/").status_code == 200
    change(world, {Action.ADD: Scope.STORE})
    assert clerk.get("/admin/visitor/new/").status_code == 200


@pytest.mark.rule("R-CONF-02", "R-ROLE-01")
def test_a_scope_made_narrower_hides_the_rest_at_once(world, make, client_of):
    theirs = make("visitor", store_id=1)
    clerk = client_of("clerk")
    page = f"/admin/visitor/details/?id={theirs.public_id}"
    assert clerk.get(page).status_code == 200
    change(world, {Action.SEE: Scope.OWN})
    assert clerk.get(page).status_code == 404


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("by", ["general_manager", "auditor", "hr", "clerk"])
def test_only_admin_changes_the_matrix(world, by):
    with pytest.raises(Refused, check=lambda error: error.verdict.code == "role"):
        change(world, {Action.EXPORT: Scope.ALL}, by=by)
    assert noted(world) == []


@pytest.mark.rule("R-ROLE-01", "R-SIGN-04", "R-AUDT-01")
def test_every_changed_right_is_an_entry_of_the_trail_with_old_and_new(world):
    before = register_named("visitor").declaration.grants[Role.CLERK][Action.VOID]
    change(world, {Action.VOID: None, Action.EXPORT: Scope.STORE})
    place = {"role": "clerk", "table": "visitor"}
    assert noted(world) == [
        {**place, "action": "void", "old": before.value, "new": None},
        {**place, "action": "export", "old": None, "new": Scope.STORE.value},
    ]


@pytest.mark.rule("R-ROLE-01")
def test_what_is_chosen_as_it_is_changes_nothing(world):
    with world.open() as session:
        now = rights.row_now(session, register_named("visitor"), Role.CLERK)
    assert change(world, now) == 0
    assert noted(world) == []


@pytest.mark.rule("R-ROLE-01")
def test_a_row_goes_back_to_what_was_shipped_and_leaves_nothing_behind(world):
    visitor = register_named("visitor")
    change(world, {Action.VOID: None, Action.EXPORT: Scope.STORE, Action.ADD: Scope.OWN})
    with world.writing("admin") as session:
        assert rights.restore_row(session, visitor, Role.CLERK) == 3
    with world.open() as session:
        assert rights.row_now(session, visitor, Role.CLERK) == rights.row_shipped(visitor, Role.CLERK)
        assert session.scalar(select(func.count()).select_from(ChangedRight)) == 0


@pytest.mark.rule("R-ROLE-01")
def test_a_right_chosen_as_shipped_is_no_change_any_more(world):
    shipped = rights.row_shipped(register_named("visitor"), Role.CLERK)
    change(world, {Action.VOID: None})
    change(world, {Action.VOID: shipped[Action.VOID]})
    with world.open() as session:
        assert session.scalar(select(func.count()).select_from(ChangedRight)) == 0


@pytest.mark.rule("R-ROLE-01")
def test_a_change_that_is_rolled_back_is_never_seen(world):
    visitor = register_named("visitor")
    with pytest.raises(RuntimeError), world.writing("admin") as session:
        rights.change_row(session, visitor, Role.CLERK, {Action.VOID: None})
        assert rights.row_now(session, visitor, Role.CLERK)[Action.VOID] is None
        raise RuntimeError
    change(world, {Action.EXPORT: Scope.STORE})
    with world.open() as session:
        assert rights.row_now(session, visitor, Role.CLERK)[Action.VOID] is not None
