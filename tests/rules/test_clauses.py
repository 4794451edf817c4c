"""Rewards and fines by clause, worked out by hand (R-SCOR-06)."""

from decimal import Decimal

import pytest

from admin_app.permissions import Role
from admin_app.rules.clauses import is_in_range, is_proposed, is_whole, may_approve, names_clause

pytestmark = pytest.mark.rule("R-SCOR-06")


@pytest.mark.parametrize(
    ("low", "high", "amount", "said"),
    [
        (200, 500, "199.99", "按这一条款，金额为 200.00 至 500.00 元"),
        (200, 500, "200", ""),
        (200, 500, "500", ""),
        (200, 500, "500.01", "按这一条款，金额为 200.00 至 500.00 元"),
        (1000, 1000, "999", "按这一条款，金额为 1,000.00 元"),
        (0, None, "9999999", ""),  # an empty high has no upper bound
        (50, None, "49", "按这一条款，金额不少于 50.00 元"),
        (None, None, "0", ""),  # a clause of the company's own, without a range
    ],
)
def test_an_amount_lies_within_the_range_of_its_clause(low, high, amount, said):
    bounds = [None if one is None else Decimal(one) for one in (low, high)]
    verdict = is_in_range(Decimal(amount), *bounds)
    assert (verdict.code, str(verdict.reason or "")) == ("out_of_range" if said else "", said)


@pytest.mark.parametrize(
    ("clause", "amount", "loss", "dismissed", "whole"),
    [
        ("private_deal", 8000, 8000, True, True),
        ("private_deal", 9000, 8000, True, True),
        ("private_deal", 7999, 8000, True, False),
        ("private_deal", 8000, 8000, False, False),
        ("private_deal", 8000, None, True, False),
        ("agent_private_deal", 10, 8000, True, False),
        ("leak", 300, 8000, False, True),  # a leak is fined by its range, up to dismissal
        ("absence", 20, None, False, True),
    ],
)
def test_a_private_deal_costs_the_whole_loss_and_the_job(clause, amount, loss, dismissed, whole):
    verdict = is_whole(clause, Decimal(amount), None if loss is None else Decimal(loss), dismissed)
    assert (bool(verdict), verdict.code) == (whole, "" if whole else "incomplete")


@pytest.mark.parametrize(
    ("clause", "role", "code"),
    [
        ("private_deal_report", Role.DIRECTOR, "not_signer"),
        ("private_deal_report", Role.GENERAL_MANAGER, ""),
        ("public_praise", Role.DIRECTOR, ""),
        ("private_deal", Role.DIRECTOR, ""),
    ],
)
def test_the_report_of_a_private_deal_is_the_general_managers_to_approve(clause, role, code):
    assert may_approve(clause, {role}).code == code


def test_what_is_approved_names_its_clause_and_who_proposed_it():
    assert (names_clause(None).code, names_clause("leak").code) == ("incomplete", "")
    assert (is_proposed(None).code, is_proposed(7).code) == ("not_signed", "")
