"""Codes on labels name a row by its random id, survive scanners and input methods, and misread ones name nothing (R-LOAN-11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.models import new_public_id
from admin_app.rules.label_codes import LETTERS, Labelled, code_of, is_code, labelled, normalised

pytestmark = pytest.mark.rule("R-LOAN-11")
ID = "q7Lw0-_ZkR3aB9xC"
CODE = code_of("archive_item", ID)


@pytest.mark.parametrize("table", LETTERS)
def test_a_code_names_the_row_that_it_was_made_of_and_tells_nothing_of_it(table):
    public_id = new_public_id()
    code = code_of(table, public_id)
    assert labelled(code) == Labelled(table, public_id)
    assert len(code) == 28
    assert public_id not in code


@pytest.mark.parametrize(
    "scanned",
    [
        CODE.lower(),
        f"{CODE}\r\n",
        f"\x02{CODE}\x03",
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
        f"\u3000{CODE} ",
    ],
    ids=["small letters", "carriage return", "control characters", "full width", "spaces"],
)
def test_what_scanners_and_input_methods_do_to_a_code_does_not_matter(scanned):
    assert labelled(normalised(scanned)) == Labelled("archive_item", ID)


@given(place=st.integers(1, 26), wrong=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_no_code_with_one_wrong_character_names_anything(place, wrong):
    misread = CODE[:place] + wrong + CODE[place + 1 :]
    if misread != CODE:
        assert labelled(misread) is None


@pytest.mark.parametrize("text", ["KH-2026-000123-001", "王建国", "0002", "", CODE[:-1], f"X{CODE[1:]}"])
def test_numbers_and_names_are_no_codes(text):
    assert not is_code(normalised(text))
    assert labelled(text) is None


def test_what_is_typed_loses_full_width_and_control_characters_and_nothing_else():
    assert normalised("　ＫＨ－２０２６\t 王 建国\r\n") == "KH-2026 王 建国"
