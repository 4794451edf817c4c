"""Signing a form of any register (R-ROLE-04, R-ROLE-05)."""

import pytest

from admin_app.rules.signatures import Form, is_open, is_unsigned_and_as_seen, may_judge


@pytest.mark.rule("R-ROLE-04")
def test_nobody_judges_what_they_wrote_or_what_is_about_them():
    form = Form(author=1, about=frozenset({2}))
    assert [may_judge(person, form).code for person in (1, 2)] == ["own_request", "own_request"]
    assert may_judge(3, form)


@pytest.mark.rule("R-ROLE-04")
def test_two_judgements_come_from_two_people():
    form = Form(author=1, judged_by=frozenset({3}))
    assert may_judge(3, form).code == "same_person"
    assert may_judge(4, form)


@pytest.mark.rule("R-ROLE-05")
def test_a_closed_form_changes_no_more():
    assert is_open(closed=False)
    assert is_open(closed=True).code == "locked"


@pytest.mark.rule("R-ROLE-05")
def test_a_place_is_signed_once_and_for_what_was_seen():
    assert is_unsigned_and_as_seen(signed=False, seen=1, now=1)
    assert is_unsigned_and_as_seen(signed=True, seen=1, now=1).code == "wrong_state"
    assert is_unsigned_and_as_seen(signed=False, seen=1, now=2).code == "changed"
