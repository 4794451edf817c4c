"""A clearance or an approving role is asked for by admin and granted by somebody else (R-ROLE-02, R-ROLE-05)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import power_requests, powers, stand_ins
from admin_app.operations.archives.approvals import Decision
from admin_app.operations.power_decisions import decide, may_open, waiting_for
from admin_app.operations.power_requests import as_request
from admin_app.operations.today import local_day
from admin_app.permissions import Level, Role
from admin_app.rules.signers import StandIn
from admin_app.verdicts import Refused
from admin_app.working.people import Account, PowerRequest
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS


def employee(session, username):
    return session.get_one(register_named("employee"), PERSON_IDS[username])


def ask(world, username, power, by="admin", reason="工作需要"):
    """The id of the request asked for."""
    with world.writing(by) as session:
        return power_requests.ask(session, employee(session, username), power, reason, clock.now()).id


def answer(world, request, by, **decision):
    with world.writing(by) as session:
        mine = session.get_one(PowerRequest, request)
        seen = decision.pop("seen", None) or as_request(mine, employee(session, username_of(mine))).digest
        given = {"approve": True, "seen": seen, "checked_at": clock.now(), **decision}
        decide(session, mine, Decision(**given), clock.now())


def username_of(request):
    return next(name for name, id_ in PERSON_IDS.items() if id_ == request.employee_id)


def get(world, request):
    with world.open() as session:
        return session.get_one(PowerRequest, request)


def waiting(world, username):
    with world.open(username) as session:
        return [one.id for one, _asked in waiting_for(session, world.person(username), clock.now())]


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("by", ["general_manager", "service_manager", "hr", "store_manager"])
def test_only_admin_asks(world, by):
    with refused("role"):
        ask(world, "clerk", Level.SECRET, by=by)


@pytest.mark.rule("R-ROLE-02")
def test_asking_needs_a_reason(world):
    with refused("no_reason"):
        ask(world, "clerk", Level.SECRET, reason="  ")


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("power", [Level.OPEN, Level.INTERNAL, Role.CLERK, Role.SALES])
def test_what_is_held_or_given_without_asking_is_not_asked_for(world, power):
    with refused("wrong_state"):
        ask(world, "clerk", power)


@pytest.mark.rule("R-ROLE-02")
def test_the_same_is_not_asked_for_twice_while_it_waits(world):
    ask(world, "clerk", Role.STORE_MANAGER)
    ask(world, "clerk", Level.SECRET)
    for power in (Role.STORE_MANAGER, Level.SECRET, Level.CONFIDENTIAL):
        with refused("wrong_state"):
            ask(world, "clerk", power)


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize(
    ("power", "granter", "other"),
    [
        (Level.SECRET, "service_manager", "general_manager"),
        (Level.CONFIDENTIAL, "general_manager", "service_manager"),
        (Level.TOP_SECRET, "general_manager", "service_manager"),
        (Role.STORE_MANAGER, "service_manager", "general_manager"),
        (Role.INFO_SUPERVISOR, "general_manager", "service_manager"),
        (Role.GENERAL_MANAGER, "general_manager", "service_manager"),
    ],
)
def test_a_power_waits_for_who_grants_its_level_and_holds_once_granted(world, power, granter, other):
    request = ask(world, "clerk", power)
    assert (waiting(world, granter), waiting(world, other)) == ([request], [])
    with refused("not_signer"):
        answer(world, request, other)
    answer(world, request, granter)
    person = world.person("clerk")
    assert person.clearance == power if isinstance(power, Level) else power in person.roles
    assert waiting(world, granter) == []


@pytest.mark.rule("R-ROLE-05", "R-SIGN-02")
def test_a_grant_keeps_who_when_from_where_and_what_and_ends_the_sessions(world):
    request = ask(world, "clerk", Level.SECRET)
    with world.open() as session:
        before = session.scalar(select(Account.epoch).where(Account.employee_id == PERSON_IDS["clerk"]))
        digest = as_request(session.get_one(PowerRequest, request), employee(session, "clerk")).digest
    with world.writing("service_manager") as session:
        session.state.address = "10.0.0.7"
        given = Decision(approve=True, seen=digest, checked_at=clock.now(), reason="同意")
        decide(session, session.get_one(PowerRequest, request), given, clock.now())
    granted = get(world, request)
    assert (granted.state, granted.decided_by_id) == ("granted", PERSON_IDS["service_manager"])
    assert (granted.address, granted.digest, granted.decision_reason) == ("10.0.0.7", digest, "同意")
    assert granted.decided_at is not None
    with world.open() as session:
        assert session.scalar(select(Account.epoch).where(Account.employee_id == PERSON_IDS["clerk"])) == before + 1
        events = session.scalars(select(TrailEntry.event).order_by(TrailEntry.seq.desc()).limit(4)).all()
    assert set(events) == {"power_granted", "changed", "powers_changed", "power_asked"}


@pytest.mark.rule("R-ROLE-02", "R-ROLE-04")
def test_nobody_grants_to_themselves(world):
    request = ask(world, "service_manager", Role.STORE_MANAGER)
    with refused("own_request"):
        answer(world, request, "service_manager")
    answer(world, request, "general_manager")
    assert Role.STORE_MANAGER in world.person("service_manager").roles


@pytest.mark.rule("R-ROLE-02")
def test_an_admins_own_role_waits_for_another_even_where_it_approves_nothing(world):
    request = ask(world, "admin", Role.HR)
    assert Role.HR not in world.person("admin").roles
    answer(world, request, "general_manager")
    assert Role.HR in world.person("admin").roles


@pytest.mark.rule("R-ROLE-04")
def test_an_admin_who_manages_too_does_not_grant_what_they_asked_for(world):
    with world.writing("admin") as session:
        powers.give(session, employee(session, "service_manager"), Role.ADMIN, clock.now())
    request = ask(world, "clerk", Level.SECRET, by="service_manager")
    with refused("own_request"):
        answer(world, request, "service_manager")
    answer(world, request, "general_manager")


@pytest.mark.rule("R-ROLE-05")
def test_a_grant_asks_for_the_password_when_it_was_last_given_over_ten_minutes_ago(world):
    request = ask(world, "clerk", Level.SECRET)
    for checked_at in (None, clock.now() - timedelta(minutes=11)):
        with refused("password_due"):
            answer(world, request, "service_manager", checked_at=checked_at)
    answer(world, request, "service_manager", checked_at=clock.now() - timedelta(minutes=9))


@pytest.mark.rule("R-ROLE-05")
def test_what_is_granted_is_what_was_seen(world):
    request = ask(world, "clerk", Level.SECRET)
    with world.open() as session:
        seen = as_request(session.get_one(PowerRequest, request), employee(session, "clerk")).digest
    with world.writing("admin") as session:
        powers.give(session, employee(session, "clerk"), Role.HR, clock.now())
    with refused("changed"):
        answer(world, request, "service_manager", seen=seen)


@pytest.mark.rule("R-LOAN-01", "R-ROLE-02")
def test_a_refusal_gives_a_reason_and_changes_nothing(world):
    request = ask(world, "clerk", Level.SECRET)
    with refused("no_reason"):
        answer(world, request, "service_manager", approve=False)
    answer(world, request, "service_manager", approve=False, reason="前台不接触秘密资料")
    assert (get(world, request).state, world.person("clerk").clearance) == ("refused", Level.INTERNAL)
    with refused("wrong_state"):
        answer(world, request, "service_manager")


@pytest.mark.rule("R-ROLE-02")
def test_a_request_taken_back_is_granted_no_more(world):
    request = ask(world, "clerk", Level.SECRET)
    with refused("role"), world.writing("hr") as session:
        power_requests.withdraw(session, session.get_one(PowerRequest, request))
    with world.writing("admin") as session:
        power_requests.withdraw(session, session.get_one(PowerRequest, request))
    assert waiting(world, "service_manager") == []
    with refused("wrong_state"):
        answer(world, request, "service_manager")


@pytest.mark.rule("R-SIGN-04")
def test_an_admin_does_not_even_ask_to_be_auditor(world):
    with refused("incompatible"):
        ask(world, "admin", Role.AUDITOR)


@pytest.mark.rule("R-ROLE-03")
def test_a_stand_in_grants_in_the_absence_and_the_request_says_for_whom(world):
    request = ask(world, "clerk", Level.SECRET)
    with world.open("director") as session:
        assert not may_open(session, world.person("director"), clock.now())
    with world.writing("general_manager") as session:
        today = local_day(session, clock.now())
        absent, stand_in = PERSON_IDS["service_manager"], PERSON_IDS["director"]
        stand_ins.name(session, StandIn(absent, stand_in, today, today), clock.now())
    assert waiting(world, "director") == [request]
    answer(world, request, "director")
    assert get(world, request).decided_for_id == PERSON_IDS["service_manager"]


@pytest.mark.rule("R-ROLE-02", "R-ROLE-04")
@pytest.mark.parametrize("decider", ["admin", "clerk"])
def test_the_database_too_refuses_a_grant_by_who_asked_or_is_asked_for(world, decider):
    request = ask(world, "clerk", Level.SECRET)
    forged = update(PowerRequest).where(PowerRequest.id == request)
    with pytest.raises(IntegrityError), world.writing() as session:
        session.execute(forged.values(state="granted", decided_by_id=PERSON_IDS[decider]))
