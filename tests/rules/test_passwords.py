"""Passwords: long enough, and made of more than what everybody tries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.passwords import may_choose

NAMES = ("zhangwei", "张伟", "Strongroom")


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "kX9#vL2$mQ7z",
        "Lan-jing8men",
        "春眠不觉晓处处闻啼鸟夜来",
        "blaue Tinte 2026 im Regal",
    ],
)
def test_a_password_of_twelve_characters_that_nobody_guesses_is_taken(password):
    assert may_choose(password, NAMES)


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize("password", ["", "kX9#vL2$mQ7", "春眠不觉晓"])
def test_eleven_characters_are_too_few(password):
    verdict = may_choose(password, NAMES)
    assert (verdict.code, str(verdict.reason)) == ("weak_password", "密码至少 12 个字符")


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd!2026",
        "Passw0rd123456789",
        "qwertyuiop[]",
        "Qwertyuiop123",
        "1qaz2wsx3edc4rfv",
        "poiuytrewq321",
        "abcdefghijklm",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "woaini5201314",
        "admin@2026admin",
        "2026年11月23日20261123",
        "139 2847 5566 01",  # a telephone number
        "zhangwei19900101",
        "Zhangwei@2026!",
        "张伟张伟2026.11.23",
        "Strongroom2026!",
    ],
)
def test_a_common_password_is_refused_however_long(password):
    verdict = may_choose(password, NAMES)
    assert (verdict.code, str(verdict.reason)) == ("weak_password", "密码太常见，请换一个不易猜到的")


@pytest.mark.rule("R-SIGN-01")
def test_a_name_is_predictable_only_for_whom_it_belongs_to():
    assert may_choose("ouyangxiaofeng", ("zhangwei",))
    assert not may_choose("ouyangxiaofeng", ("ouyangxiaofeng",))


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(("password", "taken"), [("password-xkvqm", True), ("password-xkvqx", False)])
def test_five_different_characters_must_be_left(password, taken):
    assert may_choose(password).allowed is taken


@pytest.mark.rule("R-SIGN-01")
def test_a_name_of_one_letter_takes_nothing_out_of_a_password():
    assert may_choose("password-xkvqm", ("x",))


@pytest.mark.rule("R-SIGN-01")
@given(unit=st.text("abcxyz0189", min_size=1, max_size=4), times=st.integers(12, 200))
def test_a_short_piece_repeated_is_refused_at_any_length(unit, times):
    assert not may_choose(unit * times)
