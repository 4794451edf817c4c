"""The ladder of a shipment and the eligibility for credit, case by case (R-CRED-01, R-CRED-02)."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from admin_app.permissions import Role
from admin_app.rules.credit import Episode, Kind, Standing
from admin_app.rules.credit_eligibility import Contract, Evidence, Ground, conditions, is_eligible
from admin_app.rules.credit_ladder import Order, due_day, is_covered, ladder, may_ship, offered
from admin_app.rules.credit_steps import may_leave, plan_state, signs_shipment

DAY = date(2026, 3, 10)
NONE, FIRST, BOTH = None, Episode(DAY, first=True), Episode(DAY, first=True, last=True)
UNSIGNED = Episode(DAY)


def order(amount=10, limit=90, used=90, episode=NONE, eligible=True, over_term=False):
    return Order(Decimal(amount), Standing(Decimal(limit), Decimal(used), episode), eligible, over_term)


@pytest.mark.rule("R-CRED-02")
@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (order(10, used=80), "within"),  # 80 + 10 = 90
        (order(11, used=80), "first_over"),  # 91, and 11 x 3 < 90
        (order("29.99"), "first_over"),
        (order(30), "prepaid"),  # a third isn't under a third
        (order(10, episode=UNSIGNED), "first_over"),
        (order(10, episode=FIRST), "last_over"),
        (order("29.99", episode=FIRST), "last_over"),
        (order(30, episode=FIRST), "prepaid"),
        (order(1, episode=BOTH), "prepaid"),
        (order(1, limit=0, used=0), "prepaid"),  # new: nothing is under a third of nothing
        (order(100, limit=0, used=-100), "within"),  # the money lies ready
        (order(10, used=0, over_term=True), "special"),
        (order(999, over_term=True), "special"),
        (order(1, used=0, eligible=False), "cash"),
        (order(1, used=0, eligible=False, over_term=True), "cash"),
    ],
)
def test_the_first_way_that_is_open_is_offered(asked, kind):
    assert offered(ladder(asked)).kind == kind


@pytest.mark.rule("R-CRED-02")
def test_in_every_case_at_most_one_way_on_credit_is_open_and_what_is_closed_says_why():
    """All 2 x 2 x 4 x 3 x 2 cases of eligibility, term, episode, amount and use: within, first, last, special exclude one
    another; prepaid is open to credit customers, cash to all; each closed way has its reason and rule."""
    amounts, uses = (10, 30, 100), (0, 90)
    for eligible, over, episode, amount, used in product(
        (True, False), (True, False), (NONE, UNSIGNED, FIRST, BOTH), amounts, uses
    ):
        rungs = ladder(order(amount, 90, used, episode, eligible, over))
        open_ = {one.kind for one in rungs if one.verdict}
        assert len(open_ - {Kind.PREPAID, Kind.CASH}) <= 1
        assert (Kind.PREPAID in open_) == eligible
        assert Kind.CASH in open_
        assert all(
            one.verdict.rule == "R-CRED-02" and one.verdict.reason == one.why for one in rungs if not one.verdict
        )
        assert all(
            bool(may_ship(order(amount, 90, used, episode, eligible, over), one.kind)) == bool(one.verdict)
            for one in rungs
        )


@pytest.mark.rule("R-CRED-02")
def test_a_prepayment_covers_the_shipment_or_what_passes_the_limit():
    assert is_covered(order(50, used=80), Decimal(40))  # 80 + 50 - 90 = 40
    assert not is_covered(order(50, used=80), Decimal("39.99"))
    assert is_covered(order(50, used=200), Decimal(50))  # 160 over, the shipment itself is 50
    assert is_covered(order(50, used=200), None).code == "incomplete"


@pytest.mark.rule("R-CRED-02")
@pytest.mark.parametrize(
    ("kind", "signer", "code"),
    [
        ("first_over", Role.SALES_MANAGER, ""), ("first_over", Role.DIRECTOR, "not_signer"),
        ("special", Role.SALES_MANAGER, ""), ("special", Role.GENERAL_MANAGER, "not_signer"),
        ("last_over", Role.SALES_MANAGER, ""), ("last_over", Role.SERVICE_MANAGER, ""), ("last_over", Role.SALES, "not_signer"),
        ("within", Role.SALES_MANAGER, "wrong_state"), ("prepaid", Role.SALES_MANAGER, "wrong_state"),
    ],
)  # fmt: skip
def test_each_kind_has_its_signer(kind, signer, code):
    assert signs_shipment(kind, {signer}).code == code


@pytest.mark.rule("R-CRED-02")
def test_goods_leave_signed_and_with_their_plan():
    assert may_leave(signed=True, needs_plan=False, has_plan=False)
    assert may_leave(signed=False, needs_plan=False, has_plan=False).code == "not_signed"
    assert may_leave(signed=True, needs_plan=True, has_plan=False).code == "incomplete"
    assert may_leave(signed=True, needs_plan=True, has_plan=True)


@pytest.mark.rule("R-CRED-02", "R-CRED-03")
def test_a_last_one_is_due_at_its_months_end():
    assert due_day("last_over", date(2026, 2, 3), 30) == date(2026, 2, 28)
    assert due_day("within", date(2026, 2, 3), 45) == date(2026, 3, 20)
    assert due_day("cash", date(2026, 2, 3), 45) == date(2026, 2, 3)


@pytest.mark.rule("R-CRED-02")
@pytest.mark.parametrize(
    ("collected", "planned", "state"),
    [(0, 10, ("open", 100, 0)), (40, 11, ("part", 60, 0)), (40, 7, ("overdue", 60, 3)), (100, 1, ("done", 0, 0))],
)
def test_a_plan_is_open_partly_paid_overdue_or_done(collected, planned, state):
    assert plan_state(Decimal(100), Decimal(collected), date(2026, 3, planned), DAY) == state


WHOLE = {
    "file": True, "identity_copy": True, "contract": Contract(approved=True, settlement=True), "cleared": True,
    "approved": True, "in_force": True,
}  # fmt: skip


@pytest.mark.rule("R-CRED-01")
@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        ({}, set()),
        ({"file": False}, {Ground.FILE}),
        ({"identity_copy": False}, {Ground.FILE}),
        ({"contract": None}, {Ground.CONTRACT}),
        ({"contract": Contract(approved=False, settlement=True)}, {Ground.CONTRACT}),
        ({"contract": Contract(approved=True, settlement=False)}, {Ground.CONTRACT}),
        ({"contract": Contract(approved=True, settlement=True, ends=date(2026, 3, 9))}, {Ground.CONTRACT}),
        ({"contract": Contract(approved=True, settlement=True, ends=DAY, begins=DAY)}, set()),
        ({"contract": Contract(approved=True, settlement=True, begins=date(2026, 3, 11))}, {Ground.CONTRACT}),
        ({"cleared": False}, {Ground.CLEARED}),
        ({"earlier": Decimal("0.01")}, {Ground.CLEARED}),
        ({"approved": False}, {Ground.APPROVED}),
        ({"in_force": False}, {Ground.APPROVED}),
        ({"file": False, "contract": None, "cleared": False}, {Ground.FILE, Ground.CONTRACT, Ground.CLEARED}),
    ],
)
def test_each_condition_is_met_by_its_own_evidence(changed, lacks):
    found = conditions(Evidence(**{**WHOLE, **changed}), DAY)
    assert {one.ground for one in found if not one.verdict} == lacks
    assert is_eligible(found) == (not lacks)
    assert all(str(one.told) for one in found)


@pytest.mark.rule("R-CRED-01")
def test_of_all_cases_only_the_one_with_every_evidence_is_eligible_and_each_tells_what_it_lacks():
    """Archive, identity copy, contract, settlement, balance, approval, in force: 2 x 2 x 2 x 2 x 2 x 2 x 2 = 128 cases."""
    eligible = 0
    for file, copy, contract, settlement, cleared, approved, in_force in product((True, False), repeat=7):
        held = Contract(approved=True, settlement=settlement) if contract else None
        found = conditions(Evidence(file=file, identity_copy=copy, contract=held, cleared=cleared, approved=approved,
                                    in_force=in_force), DAY)  # fmt: skip
        wanted = {
            Ground.FILE: file and copy, Ground.CONTRACT: contract and settlement, Ground.CLEARED: cleared,
            Ground.APPROVED: approved and in_force,
        }  # fmt: skip
        assert {one.ground: bool(one.verdict) for one in found} == wanted
        assert is_eligible(found) == all(wanted.values())
        eligible += is_eligible(found)
    assert eligible == 1
