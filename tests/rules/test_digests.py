"""The digest of what was approved: one for equal contents, another for any change."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.permissions import Level
from admin_app.rules.digests import digest

SIX_IN_SHANGHAI = datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TEN_IN_LONDON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.rule("R-ROLE-05")
def test_the_digest_of_a_known_request_stays_the_same_for_ever():
    # echo -n '{"mapping":{"copies":1,"purpose":"核对"}}' | sha256sum
    assert digest({"purpose": "核对", "copies": 1}) == KNOWN


KNOWN = "287d40f4695aea723cfb493a3eceb6402f5a88984905fc6795ecae7fc8dbe9fb"


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": SIX_IN_SHANGHAI}, {"a": TEN_IN_LONDON}),
        ({"a": Decimal("1.50")}, {"a": Decimal("1.5")}),
        ({"a": Decimal("100")}, {"a": Decimal("1E+2")}),
        ({"a": Decimal("-0.00")}, {"a": Decimal("0")}),
        ({"a": [1, 2]}, {"a": (1, 2)}),
        ({"a": Level.SECRET}, {"a": 2}),
    ],
)
def test_the_same_contents_written_differently_have_one_digest(one, other):
    assert digest(one) == digest(other)


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": "1"}),
        ({"a": 1}, {"a": True}),
        ({"a": None}, {"a": ""}),
        ({"a": None}, {}),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": "x"}, {"a": "x "}),
        ({"a": Decimal("1.5")}, {"a": "1.5"}),
        ({"a": date(2026, 11, 23)}, {"a": "2026-11-23"}),
        ({"a": Decimal("1.5")}, {"a": {"decimal": "1.5"}}),
    ],
)
def test_any_change_of_contents_changes_the_digest(one, other):
    assert digest(one) != digest(other)


@pytest.mark.rule("R-ROLE-05")
@pytest.mark.parametrize("value", [0.1, b"scan", {1: "a"}, {"b": {1}}, Decimal("NaN"), object()])
def test_what_has_no_exact_form_is_an_error(value):
    with pytest.raises(TypeError, match="no exact form"):
        digest({"a": value})


def test_a_moment_without_a_zone_is_an_error():
    with pytest.raises(ValueError, match="time zone"):
        digest({"a": datetime(2026, 11, 23)})


PAYLOADS = st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.booleans(), st.integers(), st.text()))


@pytest.mark.rule("R-ROLE-05")
@given(one=PAYLOADS, other=PAYLOADS)
def test_two_requests_have_one_digest_only_when_they_are_equal(one, other):
    def told_apart(payload):  # to Python True is 1
        return {key: (type(value), value) for key, value in payload.items()}

    assert (digest(one) == digest(other)) is (told_apart(one) == told_apart(other))
