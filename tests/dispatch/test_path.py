"""An order's way: proposed, confirmed or authorised, answered, its deposit; what each step leaves (R-DISP-01 … 06)."""

from datetime import date, timedelta

import pytest

from admin_app.models import register_named
from admin_app.operations.dispatch import deciding, turns
from admin_app.operations.records import facts
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS

ME = PERSON_IDS["designer"]


@pytest.mark.rule("R-DISP-01")
def test_an_order_is_proposed_confirmed_accepted_and_has_its_deposit(board):
    designer, customer = board.designer("designer"), board.customer()
    order = board.propose(designer, customer, special_wishes="周末沟通", off_plan=True)
    made = board.order(order)
    assert (made.state, made.dispatched_at, made.confirmed_by_id) == ("proposed", None, None)
    assert (made.owner_id, made.created_by_id) == (PERSON_IDS["customer_manager"],) * 2
    assert (made.off_plan, made.special_wishes, made.number[:3]) == (True, "周末沟通", "PD-")
    assert board.file(designer).held is None
    board.confirm(order)
    made = board.order(order)
    assert (made.state, made.confirmed_by_id) == ("dispatched", PERSON_IDS["store_manager"])
    assert made.confirmed_at == made.dispatched_at == board.now
    assert (made.lapses_on, made.designer_answer) == (date(2026, 4, 10), "waiting")
    assert (made.countersigned, made.own_dispatch) == (None, None)
    assert board.get("customer", customer).designer_id == designer
    board.answer(order)
    made = board.order(order)
    assert (made.state, made.designer_answer, made.answered_at) == ("accepted", "accepted", board.now)
    agreement = board.agreement(designer, customer)
    made = board.order(order)
    assert (made.state, made.design_agreement_id) == ("deposit", agreement)
    assert board.get("design_agreement", agreement).dispatch_id == order
    file = board.file(designer)
    assert (file.held, file.received, file.state, file.last_received_at) == (1, 1, "available", board.now)


@pytest.mark.rule("R-DISP-01", "R-CUST-06")
def test_the_consultation_names_the_designer_with_the_store_managers_signature(board):
    designer, customer = board.designer("designer"), board.customer()
    board.sent(designer, customer)
    (form,) = board.all("consultation")
    assert (form.designer_id, form.confirmed_by_id, form.confirmed_at) == (ME, PERSON_IDS["store_manager"], board.now)
    assert not form.countersigned


@pytest.mark.rule("R-DISP-02")
def test_in_the_store_managers_absence_the_general_manager_authorises_and_the_store_manager_countersigns_on_return(
    board,
):
    order = board.propose(board.designer("designer"))
    with pytest.raises(Refused) as early:
        board.authorise(order)
    assert (early.value.verdict.rule, early.value.verdict.code) == ("R-DISP-02", "wrong_state")
    assert board.order(order).state == "proposed"
    board.absent(until=board.now + timedelta(days=2))
    board.authorise(order)
    made = board.order(order)
    assert (made.state, made.authorised_by_id, made.authorised_at) == (
        "dispatched",
        PERSON_IDS["general_manager"],
        board.now,
    )
    assert (made.absence, made.own_dispatch, made.countersigned, made.confirmed_by_id) == ("meeting", True, False, None)
    board.pass_time(days=3)
    board.countersign(order)
    made = board.order(order)
    assert (made.countersigned, made.countersigned_by_id) == (True, PERSON_IDS["store_manager"])
    assert made.countersigned_at == board.now
    (form,) = board.all("consultation")
    assert (form.countersigned, form.countersigned_at) == (True, board.now)
    with pytest.raises(Refused) as twice:
        board.countersign(order)
    assert (twice.value.verdict.rule, twice.value.verdict.code) == ("R-DISP-02", "wrong_state")


@pytest.mark.rule("R-DISP-02", "R-ROLE-04")
def test_who_authorised_as_general_manager_does_not_countersign_as_store_manager(board):
    both = PERSON_IDS["general_manager"]
    board.change("employee", both, roles=("general_manager", "store_manager"))
    order = board.propose(board.designer("designer"))
    board.absent()
    board.authorise(order)
    assert acts(board, order, "general_manager") == []
    with pytest.raises(Refused) as own:
        board.countersign(order, "general_manager")
    assert (own.value.verdict.rule, own.value.verdict.code) == ("R-ROLE-04", "own_request")
    assert (board.order(order).countersigned, board.order(order).countersigned_by_id) == (False, None)
    assert acts(board, order, "store_manager") == ["countersign"]
    board.countersign(order)
    assert board.order(order).countersigned_by_id == PERSON_IDS["store_manager"]


def acts(board, order, who):
    """What the page of the order offers *who*."""
    with board.acting(who) as session:
        one = session.get_one(register_named("dispatch_order"), order)
        return turns.acts_of(session, one, board.world.person(who), facts(session, one), board.now)


@pytest.mark.rule("R-DISP-02")
def test_an_absence_that_is_over_or_of_another_store_authorises_nothing(board):
    order = board.propose(board.designer("designer"))
    board.absent(board.now - timedelta(days=2), board.now)
    with pytest.raises(Refused):
        board.authorise(order)
    board.change("store", 1, absent_from=None, absent_until=None)
    board.change("store", 2, absent_from=board.now - timedelta(days=1))
    with pytest.raises(Refused):
        board.authorise(order)
    assert board.order(order).state == "proposed"


@pytest.mark.rule("R-DISP-03", "R-DISP-05")
def test_a_proposal_whose_designer_has_meanwhile_three_is_not_confirmed(board):
    designer = board.designer("designer")
    waiting = [board.propose(designer) for _ in range(4)]
    for order in waiting[:3]:
        board.confirm(order)
    with pytest.raises(Refused) as full:
        board.confirm(waiting[3])
    assert (full.value.verdict.rule, full.value.verdict.code) == ("R-DISP-03", "full")
    assert board.order(waiting[3]).state == "proposed"
    assert (board.file(designer).held, board.file(designer).state) == (3, "full")


@pytest.mark.rule("R-DISP-03", "R-DISP-05")
@pytest.mark.parametrize("step", ["confirm", "authorise"])
def test_a_proposal_whose_designers_file_was_voided_meanwhile_is_not_sent(board, step):
    designer, customer = board.designer("designer"), board.customer()
    order = board.propose(designer, customer)
    board.absent()
    board.change("designer", board.file(designer).id, voided_at=board.now, void_reason="重复")
    with pytest.raises(Refused) as gone:
        getattr(board, step)(order)
    assert (gone.value.verdict.rule, gone.value.verdict.code) == ("R-DISP-03", "inactive")
    assert (board.order(order).state, board.order(order).dispatched_at) == ("proposed", None)
    assert board.get("customer", customer).designer_id is None


@pytest.mark.rule("R-ROLE-05")
def test_a_signature_is_for_what_was_seen_and_with_a_fresh_password(board):
    order = board.propose(board.designer("designer"))
    for seal, code in (({"seen": 9}, "changed"), ({"checked_at": None}, "password_due")):
        with pytest.raises(Refused) as refusal:
            board.sign(deciding.confirm, order, "store_manager", **seal)
        assert (refusal.value.verdict.rule, refusal.value.verdict.code) == ("R-ROLE-05", code)
    assert board.order(order).state == "proposed"


@pytest.mark.rule("R-DISP-01")
def test_a_proposal_is_taken_back_or_sent_back_with_a_reason_and_the_customer_is_free_again(board):
    designer, customer = board.designer("designer"), board.customer()
    first = board.propose(designer, customer)
    with pytest.raises(Refused) as second:
        board.propose(designer, customer)
    assert (second.value.verdict.rule, second.value.verdict.code) == ("R-DISP-01", "wrong_state")
    board.withdraw(first, "customer_manager")
    again = board.propose(designer, customer)
    with pytest.raises(Refused) as without:
        board.withdraw(again, "store_manager")
    assert without.value.verdict.code == "no_reason"
    board.withdraw(again, "store_manager", "请补充预算")
    assert [board.order(one).state for one in (first, again)] == ["withdrawn", "withdrawn"]
    assert board.order(again).remark == "请补充预算"


@pytest.mark.rule("R-DISP-01")
@pytest.mark.parametrize(
    ("form", "code"),
    [({"consulted": False}, "incomplete"), ({"wishes": None}, "incomplete"), ({"estate": None}, "incomplete")],
)
def test_without_a_completed_consultation_nobody_is_proposed(board, form, code):
    designer, customer = board.designer("designer"), board.customer(**form)
    with pytest.raises(Refused) as refusal:
        board.propose(designer, customer)
    assert (refusal.value.verdict.rule, refusal.value.verdict.code) == ("R-DISP-01", code)
    assert board.all("dispatch_order") == []


@pytest.mark.rule("R-DISP-01")
def test_nobody_is_proposed_for_another_managers_customer_or_from_another_store(board):
    designer, elsewhere = board.designer("designer"), board.designer("designer2", store_id=2)
    theirs = board.customer("customer_manager2")
    with pytest.raises(Refused) as foreign:
        board.propose(designer, theirs)
    assert foreign.value.verdict.code == "scope"
    with pytest.raises(Refused) as other_store:
        board.propose(elsewhere)
    assert (other_store.value.verdict.rule, other_store.value.verdict.code) == ("R-DISP-03", "scope")
    assert board.all("dispatch_order") == []
