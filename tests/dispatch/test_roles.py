"""Each step by each role, on every way in: one may, everybody else is refused and nothing changes (R-DISP-01, 02, 06)."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.dispatch import deciding, turns
from admin_app.operations.records import facts
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post

EVERYBODY = (
    "customer_manager", "customer_manager2", "designer", "designer2", "store_manager", "store_manager2", "general_manager",
    "director", "service_manager", "info_officer", "clerk", "hr", "admin",
)  # fmt: skip
#: step -> (the state it begins in, who may, the state it leaves)
STEPS = {
    "confirm": ("proposed", "store_manager", "dispatched"),
    "authorise": ("absent", "general_manager", "dispatched"),
    "countersign": ("authorised", "store_manager", "dispatched"),
    "accept": ("dispatched", "designer", "accepted"),
    "decline": ("dispatched", "designer", "refused"),
}


def prepared(board, begins):
    """An order in the state in which a step begins."""
    order = board.propose(board.designer("designer"))
    if begins in ("absent", "authorised"):
        board.absent(until=board.now + timedelta(days=1))
    if begins == "dispatched":
        board.confirm(order)
    if begins == "authorised":
        board.authorise(order)
    return order


def do(board, step, order, who):
    if step in ("accept", "decline"):
        board.answer(order, accept=step == "accept", as_=who)
    else:
        board.sign(getattr(deciding, step), order, who)


def of_order(board, order):
    one = board.order(order)
    return one.state, one.version, one.confirmed_by_id, one.authorised_by_id, one.countersigned_by_id, one.answered_at


@pytest.mark.rule("R-DISP-01", "R-DISP-02", "R-DISP-06", "R-ROLE-04")
@pytest.mark.parametrize("step", STEPS)
def test_one_role_takes_a_step_and_the_others_leave_everything_as_it_was(board, step):
    begins, may, leaves = STEPS[step]
    order = prepared(board, begins)
    before = of_order(board, order)
    for who in EVERYBODY:
        if who != may:
            with pytest.raises((Refused, NoResultFound)):  # who doesn't see it finds none
                do(board, step, order, who)
            assert of_order(board, order) == before, who
    do(board, step, order, may)
    assert board.order(order).state == leaves


#: where an order stands -> what each may do with it; who isn't named may do nothing
TURNS = {
    "proposed": {"store_manager": ["confirm", "withdraw"], "customer_manager": ["withdraw"], "general_manager": ["withdraw"]},
    "absent": {
        "store_manager": ["confirm", "withdraw"], "customer_manager": ["withdraw"],
        "general_manager": ["authorise", "withdraw"],
    },
    "authorised": {"store_manager": ["countersign"], "designer": ["accept", "decline"]},
    "dispatched": {"designer": ["accept", "decline"]},
}  # fmt: skip


@pytest.mark.rule("R-DISP-01", "R-DISP-02")
@pytest.mark.parametrize("begins", TURNS)
def test_each_ones_page_offers_what_each_may_do(board, begins):
    order = prepared(board, begins)
    for who in EVERYBODY:
        with board.acting(who) as session:
            one = session.get(register_named("dispatch_order"), order)
            person = board.world.person(who)
            found = turns.acts_of(session, one, person, facts(session, one), board.now) if one is not None else []
        assert found == TURNS[begins].get(who, []), who


@pytest.mark.rule("R-DISP-01", "R-IMPT-07")
@pytest.mark.parametrize("who", ["customer_manager", "store_manager", "general_manager", "info_supervisor"])
def test_no_other_way_makes_or_changes_an_order(board, who):
    order = board.propose(board.designer("designer"))
    register = register_named("dispatch_order")
    values = {"customer_id": 1, "designer_id": PERSON_IDS["designer"], "facts": "三口之家", "proposed_at": board.now}
    with pytest.raises(Refused) as added, board.acting(who) as session:
        records.add(session, register, values)
    assert added.value.verdict.rule in ("R-DISP-01", "R-ROLE-01")
    for change in ({"facts": "改了"}, {"designer_id": 1}):
        with pytest.raises(Refused), board.acting(who) as session:
            records.change(session, session.get_one(register, order), change)
    with pytest.raises(Refused) as written, board.acting(who) as session:
        session.get_one(register, order).state = "dispatched"
        session.flush()
    assert (written.value.verdict.rule, written.value.verdict.code) == ("R-DISP-01", "operation_only")
    with pytest.raises(Refused), board.acting(who) as session:
        records.void(session, session.get_one(register, order), "不要了")
    assert (board.order(order).state, board.order(order).version, len(board.all("dispatch_order"))) == (
        "proposed",
        1,
        1,
    )


@pytest.mark.rule("R-DISP-01", "R-SIGN-05")
def test_forms_bulk_actions_and_the_generic_signature_refuse_over_http(board, clients):
    order = board.order(board.propose(board.designer("designer")))
    base, id_ = "/admin/dispatch_order", order.public_id
    manager = clients("store_manager")
    for path, sent in (
        (f"{base}/new/", {"facts": "三口之家"}), (f"{base}/edit/?id={id_}", {"facts": "改了", "version": "1"}),
        (f"{base}/delete/?id={id_}", {"confirmed": "yes", "reason": "不要了"}),
        (f"{base}/action/", {"action": "void", "id": id_, "reason": "不要了", "confirmed": "yes"}),
        (f"{base}/sign/?id={id_}&field=confirmed_by_id", {"version": "1"}),
    ):  # fmt: skip
        assert post(manager, path, sent).status_code in (403, 404, 405), path
    after = board.order(order.id)
    assert (after.state, after.version, after.voided_at, after.confirmed_by_id) == ("proposed", 1, None, None)
