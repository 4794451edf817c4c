"""What counts as held, how orders lapse, a late deposit that makes a fourth, the figures of a company (R-DISP-03, R-DISP-05)."""

from datetime import timedelta

import pytest

from admin_app.guard.codes import reading
from admin_app.models import register_named
from admin_app.operations import desk
from admin_app.operations.dispatch import upkeep
from admin_app.operations.dispatch.board import to_dispatch
from admin_app.operations.dispatch.standings import files_of_store, standings
from admin_app.rules.figures import ORDER_LAPSES
from admin_app.verdicts import Refused
from admin_app.working.settings import Setting
from tests.fixtures.dispatch_board import TODAY
from tests.fixtures.queries import counted_queries


def held(board, designer) -> int:
    """As the offer counts it, and as the file says."""
    with board.acting("system") as session:
        found = standings(session, files_of_store(session, 1), board.now)[designer].held
    return found


@pytest.mark.rule("R-DISP-03", "R-DISP-05")
@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, 1),
        ({"off_plan": True}, 1),
        ({"deposit": None, "received_on": None}, 0),
        ({"state": "finished", "finished_on": TODAY}, 0),
        ({"state": "withdrawn", "finished_on": TODAY, "withdraw_reason": "不装了"}, 0),
    ],
)
def test_an_agreement_with_deposit_is_held_until_it_is_finished_or_withdrawn(board, values, counts):
    designer = board.designer("designer")
    board.agreement(designer, **values)
    assert held(board, designer) == board.file(designer).held == counts


@pytest.mark.rule("R-DISP-05")
def test_an_approved_order_is_held_until_its_deposit_takes_its_place_or_it_lapses(board):
    designer, customer = board.designer("designer"), board.customer()
    board.propose(designer)
    assert held(board, designer) == 0
    order = board.sent(designer, customer)
    board.sent(designer)
    assert held(board, designer) == board.file(designer).held == 2
    board.agreement(designer, customer)
    assert (held(board, designer), board.order(order).state) == (2, "deposit")
    board.pass_time(days=29)
    assert held(board, designer) == 2
    board.pass_time(days=1)
    assert held(board, designer) == 1


@pytest.mark.rule("R-DISP-05")
def test_after_midnight_lapsed_orders_say_so_and_the_files_follow(board):
    designer, customer = board.designer("designer"), board.customer()
    first = board.sent(designer, customer)
    board.answer(first)
    board.pass_time(days=20)
    second = board.sent(designer)
    board.pass_time(days=10)
    with board.acting("system") as session:
        assert upkeep.lapse(session, board.now) == 1
    assert (board.order(first).state, board.order(second).state) == ("lapsed", "dispatched")
    assert board.file(designer).held == 1
    board.propose(designer, customer)  # the customer is free again
    with board.acting("system") as session:
        assert upkeep.lapse(session, board.now) == 0


@pytest.mark.rule("R-DISP-05")
def test_a_late_deposit_that_makes_a_fourth_stands_the_store_manager_is_told_and_no_more_are_offered(board):
    designer, late = board.designer("designer"), board.customer()
    order = board.sent(designer, late)
    board.pass_time(days=40)
    for _ in range(3):
        board.agreement(designer)
    board.agreement(designer, late)
    assert (board.order(order).state, held(board, designer), board.file(designer).held) == ("deposit", 4, 4)
    with pytest.raises(Refused) as full:
        board.propose(designer)
    assert full.value.verdict.code == "full"
    assert told(board, "store_manager") == ["持单 4 单"]
    assert told(board, "store_manager2") == []


def told(board, who):
    """What the desk of *who* says of designers who hold too many."""
    with board.acting(who) as session:
        groups = desk.groups(session, board.world.person(who), reading(session), board.now)
        return [str(one.state_text) for group in groups for one in group.entries if one.table == "designer"]


@pytest.mark.rule("R-DISP-05")
def test_a_deposit_that_is_filled_in_later_ends_the_waiting_too(board):
    designer, customer = board.designer("designer"), board.customer()
    order = board.sent(designer, customer)
    agreement = board.agreement(designer, customer, deposit=None, received_on=None, receipt_number=None)
    assert board.order(order).state == "dispatched"
    board.change("design_agreement", agreement, "store_manager", deposit=3000, received_on=TODAY)
    assert (board.order(order).state, board.order(order).design_agreement_id) == ("deposit", agreement)
    board.change("design_agreement", agreement, "store_manager", state="finished", finished_on=TODAY)
    assert board.file(designer).held == 0


@pytest.mark.rule("R-DISP-01", "R-CONF-14")
@pytest.mark.parametrize("ends", ["refused", "lapsed"])
def test_the_customer_of_an_order_that_came_to_nothing_waits_for_a_designer_again(board, ends):
    customer = board.customer()
    order = board.sent(board.designer("designer"), customer)
    assert (waiting(board), seen_by(board, "designer", customer)) == ([], True)
    end(board, order, ends)
    assert (board.order(order).state, board.get("customer", customer).designer_id) == (ends, None)
    assert (waiting(board), seen_by(board, "designer", customer)) == ([customer], False)


@pytest.mark.rule("R-DISP-01")
@pytest.mark.parametrize("ends", ["refused", "lapsed"])
def test_a_customer_who_has_another_designer_by_then_keeps_them(board, ends):
    customer, other = board.customer(), board.designer()
    order = board.sent(board.designer("designer"), customer)
    board.change("customer", customer, designer_id=other)
    end(board, order, ends)
    assert (board.order(order).state, board.get("customer", customer).designer_id) == (ends, other)


@pytest.mark.rule("R-DISP-05")
def test_a_late_deposit_gives_the_customer_their_designer_again(board):
    designer, customer = board.designer("designer"), board.customer()
    order = board.sent(designer, customer)
    end(board, order, "lapsed")
    board.agreement(designer, customer)
    assert (board.order(order).state, board.get("customer", customer).designer_id) == ("deposit", designer)
    assert waiting(board) == []


def end(board, order, how):
    if how == "refused":
        board.answer(order, accept=False)
        return
    board.pass_time(days=30)
    with board.acting("system") as session:
        assert upkeep.lapse(session, board.now) == 1


def waiting(board):
    """The customers whom the board tells their manager to dispatch."""
    with board.acting("customer_manager") as session:
        return [one.id for one in to_dispatch(session)]


def seen_by(board, who, customer):
    with board.acting(who) as session:
        return session.get(register_named("customer"), customer) is not None


@pytest.mark.rule("R-DISP-05")
@pytest.mark.parametrize("whose", ["customer", "designer"])
def test_a_deposit_ends_no_order_of_another_customer_or_designer_though_the_agreement_names_it(board, whose):
    one, other = board.designer("designer"), board.designer()
    mine, theirs = board.customer(), board.customer()
    order = board.sent(one, mine)
    board.agreement(*((one, theirs) if whose == "customer" else (other, mine)), dispatch_id=order)
    assert (board.order(order).state, board.order(order).design_agreement_id) == ("dispatched", None)
    board.agreement(one, mine, dispatch_id=order)
    assert board.order(order).state == "deposit"


@pytest.mark.rule("R-DISP-05")
def test_the_days_until_an_order_lapses_are_the_companys_from_the_day_they_set(board):
    designer = board.designer("designer")
    before = board.sent(designer)
    with board.acting("system") as session:
        session.add(Setting(name=ORDER_LAPSES.name, value="7", valid_from=TODAY + timedelta(days=1), set_at=board.now))
    assert board.order(before).lapses_on == TODAY + timedelta(days=30)
    board.pass_time(days=1)
    assert board.order(board.sent(designer)).lapses_on == TODAY + timedelta(days=8)


@pytest.mark.rule("R-DISP-04")
def test_as_many_queries_are_asked_for_twelve_designers_as_for_two(board):
    for _ in range(2):
        board.sent(board.designer())
    asked = queries(board)
    for _ in range(10):
        board.sent(board.designer())
    assert queries(board) == asked
    assert asked < 16


def queries(board) -> int:
    with board.world.open() as session:
        files = files_of_store(session, 1)
        with counted_queries(board.world) as statements:
            standings(session, files, board.now)
        return len(statements)


@pytest.mark.rule("R-DISP-03", "R-DISP-05")
def test_the_files_of_another_store_are_no_part_of_an_offer(board):
    mine, other = board.designer("designer"), board.designer("designer2", store_id=2)
    with board.acting("system") as session:
        assert standings(session, files_of_store(session, 1), board.now).keys() == {mine}
        assert files_of_store(session, None) == []
    assert board.file(other).held is None
