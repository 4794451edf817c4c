"""Every state with every verb: the literal table of what can be done, all else refused."""

from itertools import product

import pytest

from admin_app.rules.ladders import Kind
from admin_app.rules.states import State, Verb, may, next_state
from admin_app.verdicts import Refused

ASKING = {
    ("draft", "change"): "draft",
    ("draft", "submit"): "signing",
    ("draft", "withdraw"): "withdrawn",
    ("signing", "change"): "draft",
    ("signing", "sign"): "signing",
    ("signing", "grant"): "granted",
    ("signing", "refuse"): "refused",
    ("signing", "withdraw"): "withdrawn",
    ("granted", "change"): "draft",
    ("granted", "withdraw"): "withdrawn",
    ("granted", "lapse"): "lapsed",
}
TABLES = {
    Kind.LOAN: ASKING
    | {
        ("granted", "issue"): "on_loan",
        ("on_loan", "return_part"): "on_loan",
        ("on_loan", "return_all"): "returned",
    },
    Kind.ACCESS: ASKING
    | {
        ("granted", "issue"): "reading",
        ("reading", "return_part"): "reading",
        ("reading", "return_all"): "returned",
    },
}


@pytest.mark.rule("R-LOAN-02", "R-LOAN-05")
@pytest.mark.parametrize(("kind", "state", "verb"), list(product(Kind, State, Verb)))
def test_only_the_moves_of_the_table_are_possible(kind, state, verb):
    after = TABLES[kind].get((state.value, verb.value))
    assert may(kind, state, verb).code == ("" if after else "wrong_state")
    if after:
        assert next_state(kind, state, verb) == after
    else:
        with pytest.raises(Refused):
            next_state(kind, state, verb)


@pytest.mark.rule("R-LOAN-05")
def test_there_is_no_verb_to_renew_void_or_delete():
    assert {verb.value for verb in Verb} == {
        "change", "submit", "sign", "grant", "refuse", "withdraw", "lapse", "issue", "return_part", "return_all",
    }  # fmt: skip


@pytest.mark.rule("R-SIGN-06")
def test_a_refusal_says_what_state_forbids_what():
    assert str(may(Kind.LOAN, State.ON_LOAN, Verb.WITHDRAW).reason) == "“借出”的申请不能撤回"


@pytest.mark.parametrize("named", [*State, *Verb])
def test_every_state_and_verb_has_words(named):
    assert str(named.title)
