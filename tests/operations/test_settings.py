"""Settings hold from a day on: what admin changes, when it holds, what deadlines make of it, what is refused."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, select

from admin_app import clock, migrating
from admin_app.database import engine_options
from admin_app.guard import SYSTEM, GuardedSession, act_as, writing
from admin_app.guard.settings import COMPANY_NAME, all_versions, company_name, setting
from admin_app.operations import settings
from admin_app.operations.attempts import Try, take_turn
from admin_app.operations.setting_up import FirstPerson, set_up
from admin_app.operations.settings import Asked, Faulty, OwnDays
from admin_app.operations.today import local_day
from admin_app.rules.figures import COMPANY, COOLING_OFF
from admin_app.rules.working_days import SHANGHAI
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.forms import trail_of
from tests.fixtures.worlds import empty_settings

DAY = date(2026, 6, 1)
TODAY = WEDNESDAY.date()


@pytest.fixture
def bare_session(engine_kind) -> Iterator[GuardedSession]:
    """A session of the system on a migrated database in which nobody is set up yet."""
    with empty_settings(engine_kind) as found:
        migrating.upgrade(found)
        engine = create_engine(found.database, **engine_options(found.database))
        with GuardedSession(bind=engine) as session:
            act_as(session, SYSTEM)
            yield session
        engine.dispose()


def put(world, value, day):
    with world.writing("admin") as session:
        settings.put(session, "figure", value, clock.now(), valid_from=day)


def on(world, day):
    with world.open() as session:
        return setting(session, "figure", day)


def change(world, by="admin", day=TODAY, own_days=None, **typed):
    """Ask for a change on the Wednesday of the archive room; boxes by the name of their setting."""
    with world.writing(by) as session, clock.stopped_at(WEDNESDAY):
        asked = Asked(valid_from=day, typed={name: [text] for name, text in typed.items()}, own_days=own_days)
        settings.change(session, asked, WEDNESDAY)


def versions(world):
    with world.open() as session:
        return dict(all_versions(session))


def grant_lapses(room):
    """When a grant given now lapses."""
    return room.get("archive_loan", room.granted()).lapses_at.astimezone(SHANGHAI)


def test_a_setting_holds_from_its_day_until_the_next(world):
    put(world, 10, DAY)
    put(world, 12, date(2026, 9, 1))
    days = (date(2026, 5, 31), DAY, date(2026, 8, 31), date(2026, 9, 1))
    assert [on(world, day) for day in days] == [None, 10, 10, 12]


def test_a_setting_changed_on_the_same_day_has_the_later_value(world):
    put(world, 10, DAY)
    put(world, {"low": 1, "high": [2, 3]}, DAY)
    assert on(world, DAY) == {"low": 1, "high": [2, 3]}


@pytest.mark.rule("R-ROLE-01")
def test_admin_alone_changes_settings(world):
    for by in ("general_manager", "hr"):
        with pytest.raises(Refused, check=lambda error: error.verdict.code == "role"):
            change(world, by, company_name="青石里")
    change(world, company_name=" 青石里 ")
    with world.open() as session:
        assert company_name(session, TODAY) == "青石里"
    assert COMPANY.name == COMPANY_NAME


@pytest.mark.rule("R-SCOR-04", "R-LOAN-04")
def test_a_figure_holds_from_its_day_and_not_before(room):
    change(room.world, day=TODAY + timedelta(days=1), grant_working_days="1")
    assert grant_lapses(room).date() == date(2026, 3, 16)
    room.pass_time(days=1)
    assert grant_lapses(room).date() == date(2026, 3, 13)


@pytest.mark.rule("R-LOAN-04")
def test_deadlines_follow_the_companys_days_and_hours_and_those_told_before_stay(room):
    request = room.granted()
    stock_taking = OwnDays(first=date(2026, 3, 13), last=date(2026, 3, 16), works=False, note="盘点")
    change(room.world, own_days=stock_taking, closing_time="17:30")
    assert grant_lapses(room) == datetime(2026, 3, 18, 17, 30, tzinfo=SHANGHAI)
    with room.acting("admin") as session:
        settings.cancel_own_day(session, date(2026, 3, 13), WEDNESDAY)
    assert grant_lapses(room) == datetime(2026, 3, 17, 17, 30, tzinfo=SHANGHAI)
    told = room.get("archive_loan", request).lapses_at
    assert told.astimezone(SHANGHAI) == datetime(2026, 3, 16, 18, tzinfo=SHANGHAI)


@pytest.mark.rule("R-SCOR-04", "R-ROLE-01")
def test_one_fault_changes_nothing_and_all_are_told_at_once(world):
    before = versions(world)
    typed = {"grant_working_days": "11", "cooling_off_hours": "23", "lock_failures": "三", "closing_time": "25:00",
             "working_week": "8", "company_name": "长" * 61}  # fmt: skip
    own_days = OwnDays(first=TODAY, last=TODAY - timedelta(days=1), works=True)
    with pytest.raises(Faulty) as faulty:
        change(world, day=TODAY - timedelta(days=1), own_days=own_days, idle_minutes="20", **typed)
    expected = {**dict.fromkeys(typed, "out_of_range"), "valid_from": "past", "own_last": "time_order"}
    assert {name: verdict.code for name, verdict in faulty.value.faults.items()} == expected
    with pytest.raises(Faulty) as faulty:
        change(world, own_days=OwnDays(first=TODAY - timedelta(days=1), last=TODAY, works=False), idle_minutes="20")
    assert {name: verdict.code for name, verdict in faulty.value.faults.items()} == {"own_first": "past"}
    assert versions(world) == before


@pytest.mark.rule("R-SIGN-01")
def test_fewer_failures_lock_a_name_once_the_company_says_so(world):
    change(world, lock_failures="3", lock_minutes="60")
    one = [Try(username="clerk", address="10.0.0.9", at=WEDNESDAY, failed="sign_in_failed") for _n in range(4)]
    with world.open() as session:
        turns = [take_turn(session, each) for each in one]
    assert [turn.refused is None or turn.refused.code for turn in turns] == [True, True, True, "locked"]
    assert turns[-1].wait == timedelta(minutes=60)


@pytest.mark.rule("R-SCOR-04")
def test_a_change_can_be_taken_back_until_it_holds(world):
    tomorrow = TODAY + timedelta(days=1)
    change(world, day=tomorrow, cooling_off_hours="48")
    with world.writing("admin") as session:
        settings.withdraw(session, COOLING_OFF.name, tomorrow, WEDNESDAY)
    assert COOLING_OFF.name not in versions(world)
    assert [event for event, _table, _detail in trail_of(world)[-2:]] == ["setting_changed", "setting_withdrawn"]
    change(world, cooling_off_hours="48")
    wrong_state = pytest.raises(Refused, check=lambda error: error.verdict.code == "wrong_state")
    with wrong_state, world.writing("admin") as session:
        settings.withdraw(session, COOLING_OFF.name, TODAY, WEDNESDAY)
    assert versions(world)[COOLING_OFF.name] == [(TODAY, 48)]


@pytest.mark.rule("R-SIGN-04", "R-AUDT-01")
def test_a_changed_setting_is_in_the_trail_and_an_unchanged_one_is_not(world):
    put(world, 10, DAY)
    put(world, 10, DAY)
    with world.open() as session:
        assert len(session.scalars(select(TrailEntry).where(TrailEntry.event == "setting_changed")).all()) == 1


@pytest.mark.rule("R-ROLE-02", "R-SIGN-01")
def test_set_up_names_the_company_and_a_refused_try_leaves_no_name_behind(bare_session):
    admin = FirstPerson("林梓然", "linziran", "Mogu-tang-7-dian-kai")
    weak = FirstPerson("程梓峰", "chengzifeng", "梧桐里装饰梧桐里装饰12")
    strong = FirstPerson("程梓峰", "chengzifeng", "Chufang-3-wan-mian")
    with pytest.raises(Refused, check=lambda error: error.verdict.code == "weak_password"), writing(bare_session):
        set_up(bare_session, "梧桐里装饰", admin, weak, clock.now())
    assert company_name(bare_session, local_day(bare_session, clock.now())) is None
    with writing(bare_session):
        set_up(bare_session, "青石里", admin, strong, clock.now())
    assert company_name(bare_session, local_day(bare_session, clock.now())) == "青石里"
