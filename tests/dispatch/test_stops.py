"""What stops a designer and what lifts it: refusals, striking off, plans, incidents, as the offer finds them (R-DISP-03 … 07)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.dispatch import answering, offers, stops
from admin_app.operations.dispatch.deciding import Seal
from admin_app.rules.dispatch_ranking import Wish
from admin_app.verdicts import Obstructed, Refused
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.dispatch_board import TODAY


def against(board, designer) -> list[str]:
    """The codes of all that is against offering an order to *designer* now; none for who has a place."""
    with board.acting("system") as session:
        made = offers.offer(session, 1, Wish(), board.now)
    left = {one.standing.designer: one.obstacles for one in made.left_out}
    assert (designer in left) != (designer in {one.standing.designer for one in made.places})
    return [one.verdict.code for one in left.get(designer, ())]


def only(board, table):
    (one,) = board.all(table)
    return one


@pytest.mark.rule("R-DISP-06")
def test_a_refusal_ends_the_order_and_suspends_for_a_month_from_that_day(board):
    designer, customer = board.designer("designer"), board.customer()
    order = board.sent(designer, customer)
    board.answer(order, accept=False, ground="amount")
    refusal, suspension = only(board, "dispatch_refusal"), only(board, "designer_suspension")
    assert (board.order(order).state, board.order(order).designer_answer) == ("refused", "refused")
    assert (refusal.ground, refusal.customer_id, refusal.store_id, refusal.told_by_id) == (
        "amount",
        customer,
        1,
        designer,
    )
    assert (refusal.suspended_from_on, refusal.suspended_until_on) == (TODAY, date(2026, 4, 11))
    assert (suspension.kind, suspension.refusal_id, suspension.from_on) == ("refusal", refusal.id, TODAY)
    assert (board.file(designer).state, board.file(designer).held) == ("suspended", 0)
    assert against(board, designer) == ["suspended"]
    board.pass_time(days=31)  # 11 April, the last day
    assert against(board, designer) == ["suspended"]
    board.pass_time(days=1)
    assert against(board, designer) == []


@pytest.mark.rule("R-DISP-06")
def test_an_excused_refusal_suspends_nobody_and_judged_otherwise_it_does_again(board):
    designer = board.designer("designer")
    board.answer(board.sent(designer), accept=False)
    refusal = only(board, "dispatch_refusal").id
    board.change("dispatch_refusal", refusal, "store_manager", severity="excused")
    assert against(board, designer) == []
    assert only(board, "designer_suspension").lifted_at == board.now
    assert board.get("dispatch_refusal", refusal).suspended_until_on is None
    board.change("dispatch_refusal", refusal, "store_manager", severity="ordinary")
    assert against(board, designer) == ["suspended"]


@pytest.mark.rule("R-DISP-06")
def test_a_refusal_that_the_customer_manager_notes_suspends_too(board):
    """By form or from a ledger: an old one suspended for a month that is over."""
    designer = board.designer("designer")
    told = {"designer_id": designer, "ground": "none", "reason": "不愿接", "store_id": 1}
    board.write("dispatch_refusal", refused_at=board.now - timedelta(days=90), **told)
    assert only(board, "designer_suspension").until_on == date(2026, 1, 11)
    assert against(board, designer) == []
    board.write("dispatch_refusal", refused_at=board.now, **told)
    assert against(board, designer) == ["suspended"]


@pytest.mark.rule("R-DISP-06")
def test_a_severe_refusal_strikes_off_when_the_general_manager_signs_and_nothing_lifts_it(board):
    designer = board.designer("designer")
    board.answer(board.sent(designer), accept=False)
    refusal = only(board, "dispatch_refusal").id

    def strike_off(as_):
        with board.acting(as_) as session:
            one = session.get_one(register_named("dispatch_refusal"), refusal)
            answering.strike_off(session, one, Seal(one.version, board.now), board.now)

    with pytest.raises(Refused) as mild:
        strike_off("general_manager")
    assert (mild.value.verdict.rule, mild.value.verdict.code) == ("R-DISP-06", "wrong_state")
    board.change("dispatch_refusal", refusal, "store_manager", severity="severe")
    with pytest.raises(Refused) as others:
        strike_off("store_manager")
    assert (others.value.verdict.rule, others.value.verdict.code) == ("R-DISP-06", "role")
    assert against(board, designer) == ["suspended"]
    strike_off("general_manager")
    assert against(board, designer) == ["struck_off", "suspended"]
    assert board.file(designer).state == "struck_off"
    struck = next(one for one in board.all("designer_suspension") if one.kind == "struck_off")
    assert (struck.until_on, struck.struck_off_by_id) == (None, PERSON_IDS["general_manager"])
    with pytest.raises(Refused) as lifted:
        board.change("designer_suspension", struck.id, "store_manager", lifted_at=board.now, lift_reason="说情")
    with pytest.raises(Refused) as ended:
        board.change("designer_suspension", struck.id, "store_manager", until_on=TODAY)
    with pytest.raises(Refused) as voided, board.acting("store_manager") as session:
        records.void(session, session.get_one(register_named("designer_suspension"), struck.id), "说情")
    codes = [(one.value.verdict.rule, one.value.verdict.code) for one in (lifted, ended, voided)]
    assert codes == [("R-ROLE-05", "locked")] * 3
    kept = board.get("designer_suspension", struck.id)
    assert (kept.lifted_at, kept.until_on, kept.voided_at) == (None, None, None)
    board.pass_time(days=400)
    assert "struck_off" in against(board, designer)


def plan(board, designer, day, **values):
    """An agreement that ended on *day*, without a contract unless told otherwise."""
    over = {"signed_on": day, "finished_on": day, "state": "finished", "contract_signed": False}
    return board.agreement(designer, received_on=day, **{**over, **values})


@pytest.mark.rule("R-DISP-06", "R-DISP-03")
def test_five_plans_in_a_row_without_a_signature_stop_until_the_store_manager_lifts_it_with_a_reason(board):
    designer = board.designer("designer")
    for nth in range(1, 5):
        plan(board, designer, TODAY - timedelta(days=nth))
    plan(board, designer, TODAY - timedelta(days=9), off_plan=True)  # 期房: no plan without signature
    assert against(board, designer) == []
    plan(board, designer, TODAY - timedelta(days=5))
    assert against(board, designer) == ["plans_unsigned"]
    for as_, reason, code in (("store_manager", " ", "no_reason"), ("general_manager", "已谈话", "no_right")):
        with pytest.raises(Refused) as refusal:
            lift(board, designer, as_, reason)
        assert refusal.value.verdict.code == code
    lift(board, designer, "store_manager", "已谈话，改进方案讲解")
    assert against(board, designer) == []
    lifted = only(board, "designer_suspension")
    assert (lifted.kind, lifted.plans_unsigned, lifted.lift_reason) == ("no_signature", 5, "已谈话，改进方案讲解")
    assert lifted.lifted_by_id == PERSON_IDS["store_manager"]
    with pytest.raises(Refused) as nothing:
        lift(board, designer, "store_manager", "再解除")
    assert nothing.value.verdict.code == "wrong_state"


def lift(board, designer, as_, reason):
    with board.acting(as_) as session:
        one = session.query(register_named("designer")).filter_by(employee_id=designer).one()
        stops.lift(session, one, reason, board.now)


@pytest.mark.rule("R-DISP-06")
@pytest.mark.parametrize(("latest", "codes"), [(False, ["plans_unsigned"]), (True, [])])
def test_a_signature_begins_the_count_anew(board, latest, codes):
    designer = board.designer("designer")
    for nth in range(2, 7):
        plan(board, designer, TODAY - timedelta(days=nth))
    plan(board, designer, TODAY - timedelta(days=1 if latest else 30), contract_signed=True)
    assert against(board, designer) == codes


@pytest.mark.rule("R-DISP-05", "R-DISP-06")
def test_orders_that_lapsed_are_plans_without_signature_whether_the_lapse_was_noted_or_not(board):
    designer = board.designer("designer")
    for batch in (3, 2):
        for _ in range(batch):
            board.sent(designer)
        board.pass_time(days=31)
    assert against(board, designer) == ["plans_unsigned"]


def attend(board, designer, day, state, **values):
    board.write("attendance", employee_id=designer, day=day, state=state, store_id=1, **values)


@pytest.mark.rule("R-DISP-07")
def test_three_incidents_in_thirty_days_of_whatever_kind_stop_dispatch(board):
    designer = board.designer("designer")
    attend(board, designer, TODAY - timedelta(days=30), "absent")  # too old by a day
    attend(board, designer, TODAY - timedelta(days=29), "late", late_minutes=20)
    attend(board, designer, TODAY - timedelta(days=8), "out")  # not in the book of outings
    attend(board, designer, TODAY - timedelta(days=7), "out")
    out = board.now - timedelta(days=7)
    board.write("outing", designer_id=designer, out_at=out, back_at=out + timedelta(hours=1), place_visited="工地",
                purpose="量房", store_id=1)  # fmt: skip
    attend(board, designer, TODAY - timedelta(days=6), "leave")
    assert against(board, designer) == []
    attend(board, designer, TODAY, "early")
    assert against(board, designer) == ["incidents"]
    board.pass_time(days=1)
    assert against(board, designer) == []


@pytest.mark.rule("R-DISP-07")
def test_hurtful_words_count_once_the_penalty_is_approved_and_lateness_beside_leaving_early_counts_twice(board):
    designer = board.designer("designer")
    attend(board, designer, TODAY - timedelta(days=1), "late", late_minutes=10, early_minutes=15)
    penalty = board.write(
        "reward_penalty", person_id=designer, decided_on=TODAY, kind="penalty", penalty_clause="store_image",
        clause_text="破坏店面形象", amount=Decimal(50), reason="言语伤人", store_id=1,
    )  # fmt: skip
    assert against(board, designer) == []
    board.change("reward_penalty", penalty, approved_by_id=PERSON_IDS["director"], approved_at=board.now)
    assert against(board, designer) == ["incidents"]


@pytest.mark.rule("R-DISP-03")
def test_who_left_or_is_no_designer_any_more_is_inactive(board):
    one, other = board.designer(), board.designer()
    board.change("employee", one, left_on=TODAY - timedelta(days=1))
    board.change("employee", other, roles=("clerk",))
    assert against(board, one) == against(board, other) == ["inactive"]


@pytest.mark.rule("R-DISP-03", "R-DISP-06", "R-DISP-07")
def test_whoever_proposes_them_all_the_same_is_told_every_reason(board):
    designer = board.designer("designer")
    for _ in range(3):
        board.agreement(designer)
    for nth in (1, 2, 3):
        attend(board, designer, TODAY - timedelta(days=nth), "absent")
    board.write("designer_suspension", designer_id=designer, from_on=TODAY, kind="other", reason="停单", store_id=1)
    with pytest.raises(Obstructed) as all_of_it:
        board.propose(designer)
    told = [(one.rule, one.code) for one in all_of_it.value.verdicts]
    assert told == [("R-DISP-03", "suspended"), ("R-DISP-03", "full"), ("R-DISP-07", "incidents")]
    assert board.all("dispatch_order") == []
