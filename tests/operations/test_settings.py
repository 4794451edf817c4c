"""Settings hold from a day on; the company's name is one, given at set-up and changed by admin."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import create_engine, select

from admin_app import clock, migrating
from admin_app.database import engine_options
from admin_app.guard import SYSTEM, GuardedSession, act_as, writing
from admin_app.guard.settings import company_name, setting
from admin_app.operations import settings
from admin_app.operations.setting_up import FirstPerson, set_up
from admin_app.operations.today import local_day
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.worlds import empty_settings

DAY = date(2026, 6, 1)


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
def test_admin_alone_renames_the_company(world):
    for by in ("general_manager", "hr"):
        with pytest.raises(Refused, check=lambda error: error.verdict.code == "role"), world.writing(by) as session:
            settings.rename_company(session, "青石里", clock.now())
    with world.writing("admin") as session:
        settings.rename_company(session, " 青石里 ", clock.now())
    with world.open() as session:
        assert company_name(session, local_day(session, clock.now())) == "青石里"


def test_a_company_is_not_without_a_name(world):
    incomplete = pytest.raises(Refused, check=lambda error: error.verdict.code == "incomplete")
    with incomplete, world.writing("admin") as session:
        settings.rename_company(session, "  ", clock.now())


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
