"""Signing a form of any register (R-ROLE-04, R-ROLE-05)."""

import pytest

from admin_app.permissions import Person, Role
from admin_app.rules.signatures import (
    Form,
    Place,
    is_open,
    is_open_to_void,
    is_theirs,
    is_unsigned_and_as_seen,
    may_judge,
)
from admin_app.texts import word


def person(id_: int, *roles: Role) -> Person:
    return Person(id=id_, username="", name="", roles=frozenset(roles))


@pytest.mark.rule("R-ROLE-01")
def test_a_place_is_signed_by_its_roles_and_refuses_others_by_name():
    place = Place(what=word("审核"), roles=frozenset({Role.DIRECTOR, Role.STORE_MANAGER}))
    assert is_theirs(person(1, Role.CLERK, Role.DIRECTOR), place)
    refused = is_theirs(person(1, Role.CLERK), place)
    assert (refused.rule, refused.code, str(refused.reason)) == (
        "R-ROLE-01",
        "not_signer",
        "“审核”须由店经理、专项总监签字",
    )


@pytest.mark.rule("R-ROLE-01")
def test_a_place_that_names_its_signer_is_theirs_alone():
    place = Place(what=word("主持人签字"), by=word("主持人"), named=7)
    assert is_theirs(person(7), place)
    refused = is_theirs(person(8, Role.GENERAL_MANAGER), place)
    assert (refused.code, str(refused.reason)) == ("not_signer", "“主持人签字”须由“主持人”一栏所填的人签字")


@pytest.mark.rule("R-ROLE-01")
def test_a_place_whose_signer_is_not_filled_in_waits_for_that():
    refused = is_theirs(person(7), Place(what=word("主持人签字"), by=word("主持人")))
    assert (refused.code, str(refused.reason)) == (
        "incomplete",
        "“主持人”一栏还没有填，填好后由其本人在“主持人签字”签字",
    )


@pytest.mark.rule("R-ROLE-01")
def test_a_place_of_roles_and_of_somebody_named_is_either_ones():
    place = Place(what=word("工地主管审核"), roles=frozenset({Role.DIRECTOR}), by=word("项目经理"), named=7)
    assert is_theirs(person(7), place)
    assert is_theirs(person(8, Role.DIRECTOR), place)
    assert (
        str(is_theirs(person(9, Role.DESIGNER), place).reason)
        == "“工地主管审核”须由专项总监或“项目经理”一栏所填的人签字"
    )


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


@pytest.mark.rule("R-ROLE-05", "R-SCOR-03")
def test_a_closed_form_is_not_voided_and_says_what_to_do_instead():
    assert is_open_to_void(closed=False)
    refused = is_open_to_void(closed=True)
    assert (refused.rule, refused.code) == ("R-ROLE-05", "locked")
    assert "另填一份" in str(refused.reason)
