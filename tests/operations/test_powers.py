"""Roles and clearances that admin gives and takes alone; what nobody may do to them (R-ROLE-02, R-SIGN-04)."""

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import NoResultFound

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import accounts, power_decisions, power_requests, powers, records
from admin_app.operations.intakes import intake_of
from admin_app.permissions import Level, Role
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS


def employee(session, username):
    return session.get_one(register_named("employee"), PERSON_IDS[username])


def give(world, username, role, by="admin"):
    with world.writing(by) as session:
        powers.give(session, employee(session, username), role, clock.now())


def take(world, username, role, by="admin"):
    with world.writing(by) as session:
        powers.take_away(session, employee(session, username), role, clock.now())


def grant(world, username, role):
    """Ask for a role as admin and grant it as general manager."""
    with world.writing("admin") as session:
        mine = power_requests.ask(session, employee(session, username), role, "工作需要", clock.now()).public_id
    with world.writing("general_manager") as session:
        waiting = power_decisions.waiting_for(session, world.person("general_manager"), clock.now())
        request, asked = next(pair for pair in waiting if pair[0].public_id == mine)
        given = power_decisions.Decision(approve=True, seen=asked.digest, checked_at=clock.now())
        power_decisions.decide(session, request, given, clock.now())


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


@pytest.mark.rule("R-ROLE-02")
def test_admin_gives_a_role_that_approves_nothing_and_it_holds_at_once(world):
    give(world, "clerk", Role.SALES)
    assert world.person("clerk").roles == {Role.CLERK, Role.SALES}


@pytest.mark.rule("R-SIGN-02")
def test_whoever_is_given_a_role_is_signed_out(world):
    with world.open() as session:
        before = accounts.account_of(session, PERSON_IDS["clerk"]).epoch
    give(world, "clerk", Role.SALES)
    with world.open() as session:
        assert accounts.account_of(session, PERSON_IDS["clerk"]).epoch == before + 1


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("role", [Role.STORE_MANAGER, Role.INFO_OFFICER, Role.GENERAL_MANAGER])
def test_an_approving_role_is_never_given_directly(world, role):
    with refused("not_signed"):
        give(world, "clerk", role)


@pytest.mark.rule("R-ROLE-02")
def test_admin_gives_themselves_no_role_at_all(world):
    with refused("not_signed"):
        give(world, "admin", Role.HR)


@pytest.mark.rule("R-SIGN-04")
@pytest.mark.parametrize(("username", "role"), [("auditor", Role.ADMIN), ("admin", Role.AUDITOR)])
def test_nobody_is_admin_and_auditor(world, username, role):
    give(world, "hr", Role.ADMIN)
    with refused("incompatible"):
        give(world, username, role, by="hr")


@pytest.mark.rule("R-ROLE-01", "R-ROLE-02")
@pytest.mark.parametrize("by", ["general_manager", "service_manager", "hr", "auditor", "clerk2"])
def test_only_admin_gives_takes_or_lowers(world, by):
    with refused("role"):
        give(world, "clerk", Role.SALES, by=by)
    with refused("role"):
        take(world, "clerk", Role.CLERK, by=by)
    with refused("role"), world.writing(by) as session:
        powers.lower(session, employee(session, "designer"), Level.OPEN, clock.now())


@pytest.mark.rule("R-ROLE-02")
def test_admin_takes_a_role_away_and_lowers_a_clearance_at_once(world):
    take(world, "director", Role.DIRECTOR)
    with world.writing("admin") as session:
        powers.lower(session, employee(session, "director"), Level.INTERNAL, clock.now())
    assert (world.person("director").roles, world.person("director").clearance) == (frozenset(), Level.INTERNAL)


@pytest.mark.rule("R-ROLE-02")
def test_a_clearance_is_never_raised_directly(world):
    with refused("not_signed"), world.writing("admin") as session:
        powers.lower(session, employee(session, "clerk"), Level.SECRET, clock.now())


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.GENERAL_MANAGER])
class TestTheLast:
    """The last admin and the last general manager can't be removed, whatever the way."""

    def username(self, role):
        return role.value

    def test_keeps_the_role(self, world, role):
        with refused("last_holder"):
            take(world, self.username(role), role)

    def test_is_not_voided(self, world, role):
        with refused("last_holder"), world.writing("hr") as session:
            records.void(session, employee(session, self.username(role)), "调离")

    def test_does_not_leave(self, world, role):
        with refused("last_holder"), world.writing("hr") as session:
            records.change(session, employee(session, self.username(role)), {"left_on": date(2030, 1, 1)})

    def test_is_not_disabled(self, world, role):
        with refused("last_holder"), world.writing() as session:
            accounts.account_of(session, PERSON_IDS[self.username(role)]).disabled = True

    def test_may_go_once_there_is_another_who_stays(self, world, role):
        grant_or_give = give if role is Role.ADMIN else grant
        grant_or_give(world, "director", role)
        take(world, self.username(role), role)
        assert role not in world.person(self.username(role)).roles
        with refused("last_holder"), world.writing("hr") as session:
            records.void(session, employee(session, "director"), "调离")

    def test_is_the_last_also_beside_one_whose_account_is_disabled(self, world, role):
        (give if role is Role.ADMIN else grant)(world, "director", role)
        with world.writing("admin") as session:
            accounts.disable(session, accounts.account_of(session, PERSON_IDS["director"]))
        with refused("last_holder"):
            take(world, self.username(role), role)


@pytest.mark.rule("R-ROLE-02")
def test_two_admins_who_take_the_role_from_each_other_at_once_leave_one(world):
    give(world, "hr", Role.ADMIN)
    start, outcomes = Barrier(2), []

    def take_from(username, by):
        start.wait()
        try:
            take(world, username, Role.ADMIN, by=by)
            outcomes.append("taken")
        except Refused as error:
            outcomes.append(error.verdict.code)
        except NoResultFound:  # no admin any more before they began: there is no such employee for them
            outcomes.append("role")

    both = [Thread(target=take_from, args=pair) for pair in (("hr", "admin"), ("admin", "hr"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    admins = [name for name in ("admin", "hr") if Role.ADMIN in world.person(name).roles]
    assert len(admins) == 1
    assert sorted(outcomes)[-1] == "taken"
    assert set(outcomes) - {"taken"} <= {"last_holder", "role"}
    assert len(set(outcomes)) == 2


@pytest.mark.rule("R-ROLE-02", "R-IMPT-07")
@pytest.mark.parametrize("field", ["roles", "clearance"])
def test_no_write_but_these_operations_sets_a_role_or_a_clearance(world, field):
    value = {"roles": ("general_manager",), "clearance": "4"}[field]
    with refused("operation_only"), world.writing("hr") as session:
        records.change(session, employee(session, "hr"), {field: value})
    with refused("operation_only"), world.writing("hr") as session:
        records.add(session, register_named("employee"), {"name": "新人", field: value})


@pytest.mark.rule("R-ROLE-02", "R-IMPT-07")
def test_no_ledger_of_employees_fills_roles_or_clearance(world):
    for username in ("admin", "hr"):
        faces = {face.name for face in intake_of(register_named("employee")).faces(world.person(username))}
        assert "phone" in faces
        assert not faces & {"roles", "clearance"}
