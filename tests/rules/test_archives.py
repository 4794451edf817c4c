"""Archive files: numbers, checklists, handovers."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.archives import (
    Handover,
    Required,
    archive_number,
    handover_due,
    is_whole_phone,
    may_close_handover,
    missing_items,
)
from admin_app.rules.working_days import PUBLIC

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.rule("R-ARCH-01")
@pytest.mark.parametrize(
    ("prefix", "year", "counter", "number"),
    [
        ("KH", 2026, 123, "KH-2026-000123"),
        ("XS", 2025, 1, "XS-2025-000001"),
        ("KH", 2026, 999_999, "KH-2026-999999"),
    ],
)
def test_a_number_is_prefix_year_and_six_digits(prefix, year, counter, number):
    assert archive_number(prefix, year, counter) == number


@pytest.mark.rule("R-ARCH-01")
@pytest.mark.parametrize(
    ("prefix", "year", "counter"),
    [
        ("KH", 2026, 0),
        ("KH", 2026, -1),
        ("KH", 2026, 1_000_000),
        ("KH", 26_000, 1),
        ("", 2026, 1),
        ("kh", 2026, 1),
    ],
)
def test_what_would_be_no_number_is_an_error(prefix, year, counter):
    with pytest.raises(ValueError, match="not an archive number"):
        archive_number(prefix, year, counter)


@pytest.mark.rule("R-ARCH-01")
@given(one=st.integers(1, 999_999), other=st.integers(1, 999_999))
def test_numbers_of_a_year_sort_as_they_were_given_out(one, other):
    numbers = archive_number("KH", 2026, one), archive_number("KH", 2026, other)
    assert (numbers[0] < numbers[1]) is (one < other)
    assert all(re.fullmatch(r"KH-2026-\d{6}", number) for number in numbers)


SALE = (
    Required("invoice"),
    Required("identity", sheets=2),
    Required("photo"),
    Required("other", optional=True),
)


@pytest.mark.rule("R-ARCH-03")
@pytest.mark.parametrize(
    ("present", "missing"),
    [
        ({"invoice": 1, "identity": 2, "photo": 1}, {}),
        ({"invoice": 1, "identity": 2, "photo": 3, "pdi": 1}, {}),
        ({"invoice": 1, "identity": 1, "photo": 1}, {"identity": 1}),  # one side only
        ({"photo": 0, "invoice": 1}, {"identity": 2, "photo": 1}),
        ({}, {"invoice": 1, "identity": 2, "photo": 1}),
    ],
)
def test_a_file_shows_what_is_missing_from_its_checklist(present, missing):
    assert missing_items(SALE, present) == missing


@pytest.mark.rule("R-ARCH-03")
def test_what_is_missing_comes_in_the_order_of_the_checklist():
    assert list(missing_items(SALE, {})) == ["invoice", "identity", "photo"]


@pytest.mark.rule("R-ARCH-03")
@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("0571-88886666", ""),
        ("010 62345678", ""),
        ("057188886666", ""),
        ("0571-8888666-201", ""),
        ("13812345678", ""),
        ("+8613812345678", ""),
        ("88886666", "incomplete"),
        ("8888666", "incomplete"),
        ("", "incomplete"),
    ],
)
def test_a_land_line_has_its_area_code(phone, code):
    assert is_whole_phone(phone).code == code


@pytest.mark.rule("R-ARCH-04")
@pytest.mark.parametrize(
    ("kind", "delivered", "due"),
    [
        (Handover.SALE, "2026-11-23T15:00", "2026-11-26T18:00"),
        (Handover.SALE, "2026-11-20T15:00", "2026-11-25T18:00"),
        (Handover.SERVICE, "2026-11-23T15:00", "2026-11-24T18:00"),
        (Handover.SERVICE, "2025-09-30T15:00", "2025-10-09T18:00"),
    ],
)
def test_a_handover_is_due_three_working_days_after_a_sale_and_one_after_a_service(kind, delivered, due):
    delivered_at = datetime.fromisoformat(delivered).replace(tzinfo=SHANGHAI)
    assert handover_due(kind, delivered_at, PUBLIC) == datetime.fromisoformat(due).replace(tzinfo=SHANGHAI)


@pytest.mark.rule("R-ARCH-04")
@pytest.mark.parametrize(
    ("given_by", "received_by", "code"),
    [
        (1, 2, ""),
        (1, None, "not_signed"),
        (None, 2, "not_signed"),
        (None, None, "not_signed"),
        (1, 1, "same_person"),
    ],
)
def test_a_handover_is_signed_by_both(given_by, received_by, code):
    assert may_close_handover(given_by, received_by).code == code
