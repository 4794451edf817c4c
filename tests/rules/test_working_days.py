"""Working days and deadlines, against the calendars the State Council published for 2025 and 2026."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.working_days import Calendar, deadline

SHANGHAI = ZoneInfo("Asia/Shanghai")
URUMQI_OFFICE = ZoneInfo("Asia/Urumqi")
PUBLIC = Calendar()


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-01-26", True),  # Sunday made up for Spring Festival
        ("2025-01-27", True),
        ("2025-01-28", False),
        ("2025-02-04", False),
        ("2025-02-08", True),  # Saturday made up
        ("2025-09-27", False),
        ("2025-09-28", True),  # Sunday made up for National Day
        ("2025-10-08", False),
        ("2025-10-09", True),
        ("2025-10-11", True),  # Saturday made up
        ("2025-10-12", False),
        ("2026-01-02", False),
        ("2026-01-04", True),  # Sunday made up for New Year
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2026-11-21", False),  # an ordinary Saturday
        ("2026-11-23", True),  # an ordinary Monday
    ],
)
def test_a_day_is_worked_as_published(day, works):
    assert PUBLIC.is_working(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("event", "days", "ends"),
    [
        ("2026-11-23T09:00", 1, "2026-11-24T18:00"),
        ("2026-11-20T09:00", 1, "2026-11-23T18:00"),  # Friday to Monday
        ("2026-11-21T09:00", 1, "2026-11-23T18:00"),  # from a Saturday
        ("2026-11-23T00:00", 3, "2026-11-26T18:00"),
        ("2026-11-23T23:59", 3, "2026-11-26T18:00"),
        ("2025-09-30T10:00", 3, "2025-10-11T18:00"),  # over National Day: 9, 10 and the made-up Saturday
        ("2025-09-26T10:00", 2, "2025-09-29T18:00"),  # the made-up Sunday counts
        ("2026-09-30T10:00", 3, "2026-10-10T18:00"),  # 8, 9 and the made-up Saturday
        ("2026-09-18T10:00", 1, "2026-09-20T18:00"),  # ends on a made-up Sunday
        ("2026-02-13T10:00", 3, "2026-02-25T18:00"),  # made-up Saturday, then 24 and 25
    ],
)
def test_a_deadline_skips_the_days_nobody_works(event, days, ends):
    assert deadline(at(event), days, PUBLIC) == at(ends)


def test_the_day_of_the_event_is_the_day_in_the_companys_zone():
    late_on_monday_in_utc = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # Tuesday 01:00 in Shanghai
    assert deadline(late_on_monday_in_utc, 1, PUBLIC) == at("2026-11-25T18:00")


def test_a_deadline_ends_at_the_companys_own_six_o_clock():
    ends = deadline(at("2026-11-23T09:00"), 1, Calendar(zone=URUMQI_OFFICE))
    assert ends == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_the_companys_own_days_come_before_the_public_ones():
    calendar = Calendar(closed=frozenset({date(2026, 11, 24)}), open=frozenset({date(2026, 11, 28)}))
    assert deadline(at("2026-11-23T09:00"), 4, calendar) == at("2026-11-28T18:00")


def test_a_day_both_closed_and_open_is_worked():
    day = frozenset({date(2026, 10, 1)})
    assert Calendar(closed=day, open=day).is_working(date(2026, 10, 1))


@pytest.mark.parametrize(("day", "provisional"), [("2025-06-01", False), ("2026-12-31", False), ("2040-01-04", True)])
def test_days_past_the_published_calendar_are_provisional(day, provisional):
    assert PUBLIC.provisional(date.fromisoformat(day)) is provisional


@pytest.mark.parametrize(("day", "works"), [("2040-10-01", False), ("2040-10-08", True), ("2040-10-13", False)])
def test_past_the_published_calendar_fixed_holidays_and_weekends_count(day, works):
    assert PUBLIC.is_working(date.fromisoformat(day)) is works


def test_a_moment_without_a_zone_is_an_error():
    with pytest.raises(ValueError, match="time zone"):
        deadline(datetime(2026, 11, 23), 1, PUBLIC)


def test_a_deadline_of_no_days_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        deadline(at("2026-11-23T09:00"), 0, PUBLIC)


@given(
    event=st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1), timezones=st.just(SHANGHAI)),
    days=st.integers(1, 15),
)
def test_a_longer_deadline_ends_later_and_always_on_a_working_day(event, days):
    ends, later = deadline(event, days, PUBLIC), deadline(event, days + 1, PUBLIC)
    assert event < ends < later
    assert PUBLIC.is_working(ends.date())


@pytest.mark.rule("R-LOAN-04")
def test_a_week_and_a_closing_time_hold_from_their_day_on():
    six_days = Calendar(
        weeks=((date(2026, 11, 28), frozenset(range(6))),), closings=((date(2026, 11, 30), time(17, 30)),)
    )
    friday, next_friday = at("2026-11-20T09:00"), at("2026-11-27T09:00")
    assert deadline(friday, 1, six_days) == at("2026-11-23T18:00")
    assert deadline(next_friday, 1, six_days) == at("2026-11-28T18:00")
    assert deadline(next_friday, 2, six_days) == at("2026-11-30T17:30")
