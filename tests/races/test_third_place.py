"""Of two simultaneous approvals for a designer's third place one succeeds, the other is told why (R-DISP-05), over HTTP."""

from datetime import UTC, datetime
from functools import partial

import pytest

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from tests.fixtures.company import PASSWORD
from tests.races.conftest import at_once, rounds


def new_round(board):
    """A designer who holds two, and two proposals for their third place, as ids in addresses."""
    designer = board.designer()
    for _ in range(2):
        board.sent(designer)
    return designer, [board.order(board.propose(designer)).public_id for _ in range(2)]


@pytest.mark.rule("R-DISP-05", "R-DISP-03")
def test_two_simultaneous_approvals_never_give_a_fourth(board, browser_of):
    board.now = datetime.now(UTC)
    managers = [browser_of("store_manager"), browser_of("store_manager")]
    for _round in range(rounds(50)):
        designer, orders = new_round(board)
        form = {"version": "1", "password": PASSWORD}
        answers = at_once(
            [
                partial(manager.post, f"/dispatch/confirm/?id={order}", **form)
                for manager, order in zip(managers, orders, strict=True)
            ]
        )
        assert sorted(status for status, _page in answers) == [302, 409]
        assert [page for status, page in answers if status == 409 and "<code>full</code>" in page]
        waiting = [
            one for one in board.all("dispatch_order") if one.designer_id == designer and one.state == "dispatched"
        ]
        assert (len(waiting), board.file(designer).held) == (3, 3)
        retire(board, designer)


def retire(board, designer):
    """Let the round's orders end and its designer go, so that the next begins with nobody else."""
    with board.world.writing() as session, operating(session):
        order = register_named("dispatch_order")
        for one in session.query(order).filter_by(designer_id=designer):
            one.state = "withdrawn"
        session.query(register_named("designer")).filter_by(employee_id=designer).one().voided_at = board.now
