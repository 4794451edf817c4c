"""The grams of a text: whatever contains a fragment has all of the fragment's (R-LIST-01)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin_app.guard import grams
from admin_app.guard.pinyin import sounds_like

pytestmark = pytest.mark.rule("R-LIST-01")

TEXTS = st.text(alphabet="王建国单仇重庆长aB1234-栋 ·é", max_size=12)


@settings(deadline=None)  # the first asked loads the readings
@given(TEXTS, TEXTS, TEXTS)
def test_a_text_has_every_gram_of_what_it_contains(before: str, fragment: str, after: str) -> None:
    assert grams.of_fragment(fragment) <= grams.of_value(before + fragment + after, words=True)
    assert grams.of_fragment(fragment.upper()) <= grams.of_value(before + fragment.lower() + after)


@settings(deadline=None)  # the first asked loads the readings
@given(TEXTS, st.text(alphabet="wangjiguoshdcqzel", min_size=2, max_size=10))
def test_a_text_that_is_spelled_so_has_all_grams_of_one_way_to_spell_it(text: str, typed: str) -> None:
    held = grams.of_value(text, words=True)
    assert not sounds_like(text, typed) or any(one <= held for one in grams.of_pinyin(typed))


@pytest.mark.parametrize("fragment", ["", "1", "24", "王", "a"])
def test_what_is_too_short_tells_nothing(fragment: str) -> None:
    assert grams.of_fragment(fragment) == frozenset()


def test_two_characters_three_digits_and_two_letters_tell_enough() -> None:
    assert [len(grams.of_fragment(text)) for text in ("林霞", "246", "13812345678", "VK", "2栋")] == [1, 1, 4, 1, 1]


def test_letters_of_either_case_are_one() -> None:
    assert grams.of_fragment("LsV") == grams.of_fragment("lSv")


def test_only_words_are_spelled_and_only_masked_values_are_found_whole() -> None:
    assert grams.of_value("王建国") == {"wang jian", "jian guo"}
    assert grams.of_value("王建国", words=True) == {"wang jian", "jian guo", "w.j", "j.g", "w.j.g", "^wang"}
    assert grams.of_value("1380", masked=True) == {"138", "380", "=1380"}


def test_a_gram_of_one_field_is_none_of_another() -> None:
    one, other = grams.place("visitor", "name"), grams.place("visitor", "phone")
    assert grams.token(one, "246") != grams.token(other, "246")
    assert 0 <= grams.token(one, "246") < 1 << 32
