"""The steps of an order, who takes them, and its lapse (R-DISP-01, R-DISP-02, R-DISP-05, R-DISP-06)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from admin_app.permissions import Role
from admin_app.rules.dispatch_history import may_enter_history
from admin_app.rules.dispatch_steps import (
    Absence,
    State,
    Verb,
    lapses_on,
    may,
    may_answer,
    may_authorise,
    may_confirm,
    may_countersign,
    may_lift,
    may_propose,
    may_strike_off,
    may_withdraw,
    next_state,
)
from admin_app.verdicts import Refused

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ME, OTHER = 1, 2
STORE, GENERAL, MANAGER = ({Role.STORE_MANAGER}, {Role.GENERAL_MANAGER}, {Role.CUSTOMER_MANAGER})
AWAY = Absence(NOW - HOUR, None)

#: the whole table: what each verb makes of each state; what isn't here is refused
TABLE = {
    ("proposed", "send"): "dispatched", ("proposed", "withdraw"): "withdrawn",
    ("confirmed", "accept"): "accepted", ("confirmed", "refuse"): "refused",
    ("confirmed", "lapse"): "lapsed", ("confirmed", "deposit"): "deposit",
    ("dispatched", "accept"): "accepted", ("dispatched", "refuse"): "refused",
    ("dispatched", "lapse"): "lapsed", ("dispatched", "deposit"): "deposit",
    ("accepted", "refuse"): "refused", ("accepted", "lapse"): "lapsed", ("accepted", "deposit"): "deposit",
    ("lapsed", "deposit"): "deposit",
}  # fmt: skip


@pytest.mark.rule("R-DISP-01", "R-DISP-05")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_every_state_and_verb_is_as_the_table_says(state, verb):
    expected = TABLE.get((state.value, verb.value))
    verdict = may(state, verb)
    if expected is None:
        assert (verdict.rule, verdict.code, verdict.status) == ("R-DISP-01", "wrong_state", 409)
        with pytest.raises(Refused):
            next_state(state, verb)
    else:
        assert verdict
        assert next_state(state, verb) == State(expected)


@pytest.mark.rule("R-DISP-01")
@pytest.mark.parametrize(
    ("owner", "consulted", "has_open", "code"),
    [(ME, True, False, ""), (OTHER, True, False, "scope"), (None, True, False, "scope"), (ME, False, False, "incomplete"),
     (ME, True, True, "wrong_state")],
)  # fmt: skip
def test_one_proposes_for_own_customers_who_were_consulted_and_have_no_order(owner, consulted, has_open, code):
    assert may_propose(ME, owner, consulted, has_open).code == code


@pytest.mark.rule("R-DISP-01", "R-ROLE-04")
@pytest.mark.parametrize(
    ("roles", "concerned", "code"),
    [(STORE, {OTHER}, ""), (STORE, {ME}, "own_request"), (GENERAL, {OTHER}, "role"), (MANAGER, {OTHER}, "role")],
)
def test_the_store_manager_confirms_what_isnt_theirs(roles, concerned, code):
    assert may_confirm(ME, roles, concerned).code == code


@pytest.mark.rule("R-DISP-02", "R-ROLE-04")
@pytest.mark.parametrize(
    ("roles", "concerned", "absence", "code"),
    [
        (GENERAL, {OTHER}, AWAY, ""),
        (GENERAL, {OTHER}, Absence(NOW, NOW + HOUR), ""),
        (GENERAL, {OTHER}, Absence(), "wrong_state"),
        (GENERAL, {OTHER}, Absence(NOW + HOUR, None), "wrong_state"),
        (GENERAL, {OTHER}, Absence(NOW - HOUR, NOW), "wrong_state"),
        (GENERAL, {ME}, AWAY, "own_request"),
        (STORE, {OTHER}, AWAY, "role"),
        (MANAGER, {OTHER}, AWAY, "role"),
    ],
)
def test_the_general_manager_authorises_only_while_the_store_manager_is_recorded_absent(
    roles, concerned, absence, code
):
    assert may_authorise(ME, roles, concerned, absence, NOW).code == code


@pytest.mark.rule("R-DISP-02", "R-ROLE-04")
@pytest.mark.parametrize(
    ("roles", "concerned", "authorised", "signed", "code"),
    [(STORE, {OTHER}, True, False, ""), (STORE, {OTHER}, False, False, "wrong_state"),
     (STORE, {OTHER}, True, True, "wrong_state"), (GENERAL, {OTHER}, True, False, "role"),
     (STORE, {ME}, True, False, "own_request")],
)  # fmt: skip
def test_the_store_manager_countersigns_once_what_was_authorised(roles, concerned, authorised, signed, code):
    assert may_countersign(ME, roles, concerned, authorised, signed).code == code


@pytest.mark.rule("R-DISP-01", "R-DISP-06")
def test_the_designer_answers_and_nobody_else():
    assert may_answer(ME, ME)
    assert may_answer(ME, OTHER).code == "not_signer"


@pytest.mark.rule("R-DISP-01")
@pytest.mark.parametrize(
    ("proposer", "decides", "reason", "code"),
    [
        (ME, False, "", ""),
        (OTHER, False, "x", "not_applicant"),
        (OTHER, True, "", "no_reason"),
        (OTHER, True, "资料不全", ""),
    ],
)
def test_the_proposer_takes_back_and_who_decides_sends_back_with_a_reason(proposer, decides, reason, code):
    assert may_withdraw(ME, proposer, decides, reason).code == code


@pytest.mark.rule("R-DISP-06")
@pytest.mark.parametrize(
    ("roles", "severe", "done", "code"),
    [(GENERAL, True, False, ""), (STORE, True, False, "role"), (GENERAL, False, False, "wrong_state"),
     (GENERAL, True, True, "wrong_state")],
)  # fmt: skip
def test_the_general_manager_strikes_off_for_a_severe_refusal(roles, severe, done, code):
    assert may_strike_off(roles, severe, done).code == code


@pytest.mark.rule("R-DISP-06")
@pytest.mark.parametrize(
    ("roles", "stopped", "reason", "code"),
    [(STORE, True, "已谈话", ""), (STORE, True, " ", "no_reason"), (STORE, False, "已谈话", "wrong_state"),
     (GENERAL, True, "已谈话", "role"), (MANAGER, True, "已谈话", "role")],
)  # fmt: skip
def test_the_store_manager_lifts_a_stop_with_a_reason(roles, stopped, reason, code):
    assert may_lift(roles, stopped, reason).code == code


@pytest.mark.rule("R-DISP-05")
@pytest.mark.parametrize(
    ("sent", "days", "lapses"),
    [
        (date(2026, 3, 11), 30, date(2026, 4, 10)),
        (date(2026, 1, 31), 30, date(2026, 3, 2)),
        (date(2028, 2, 1), 30, date(2028, 3, 2)),
    ],
)
def test_an_order_lapses_thirty_days_on(sent, days, lapses):
    """11 March: 20 days are left of March, 10 in April. 31 January: 28 of February, 2 of March. 1 February 2028: 28, 2."""
    assert lapses_on(sent, days) == lapses


@pytest.mark.rule("R-DISP-01")
@pytest.mark.parametrize(
    ("state", "proposed", "sent", "code"),
    [
        ("deposit", NOW - HOUR, NOW - HOUR, ""), ("lapsed", NOW - HOUR, None, ""), ("refused", NOW - HOUR, NOW, ""),
        ("withdrawn", NOW, None, ""), ("proposed", NOW - HOUR, None, "wrong_state"),
        ("dispatched", NOW - HOUR, NOW - HOUR, "wrong_state"), ("accepted", NOW - HOUR, NOW, "wrong_state"),
        ("confirmed", NOW - HOUR, NOW, "wrong_state"), ("deposit", NOW + HOUR, None, "time_order"),
        ("deposit", NOW, NOW - HOUR, "time_order"), ("deposit", NOW - HOUR, NOW + HOUR, "time_order"),
    ],
)  # fmt: skip
def test_history_is_closed_and_past(state, proposed, sent, code):
    assert may_enter_history(state, proposed, sent, NOW).code == code
