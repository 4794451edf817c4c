"""Bad debts shared out by the proportions of their day, and last shipments not paid by their month's end charged (R-CRED-03)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.session import acting, elevated
from ...guard.stamps import operating
from ...models import Register, register_named, register_of
from ...permissions import Action, Role
from ...rules.bad_debts import Ground, Post, Share, adds_up, are_proportions, ground_of, may_share_anew, shares_of
from ...rules.credit import Kind
from ...rules.figures_money import BAD_DEBT_SHARES, BAD_DEBT_SIGNER
from ...rules.rights import may_do
from ...rules.signers import Staff
from ...texts import say
from ...verdicts import Refused, Verdict, refuse, require
from .. import records
from ..figures import value_on
from ..followups import after_adding, before_signing
from ..staff import staff_on
from ..today import midnight
from .accounts import remitted_for
from .judging import judged
from .lines import CREDITING

#: the shipment's field that names who holds a post
_NAMED: Mapping[Post, str] = {
    Post.SALES: "seller_id", Post.LOGISTICS: "clerk_id", Post.WAREHOUSE: "warehouse_id", Post.OTHER: "signed_by_id",
}  # fmt: skip
#: and the role of who heads it
_HEADED: Mapping[Post, Role] = {Post.SALES_MANAGER: Role.SALES_MANAGER, Post.MARKETING: Role.MARKETING_MANAGER}


@after_adding("bad_debt")
def share_new(session: Session, added: Sequence[Register]) -> None:
    """One that names its shipment and nobody who bears it is shared out; where a name lacks, it waits for the step."""
    with elevated(session) as beneath:
        for one in added:
            debt = beneath.get_one(register_of(one), one.id)
            if not debt.shares:
                share_if_known(beneath, debt)


def share_if_known(session: Session, debt: Register) -> None:
    """Share *debt* out if its shipment names all who bear it; whether one may is for the caller to ask."""
    if _lacking(session, debt) is None:
        _share(session, debt)


@before_signing("bad_debt")
def shares_add_up(debt: Register, face: Face) -> Verdict:
    return adds_up(debt.amount, [one.amount for one in debt.shares], debt.company_share)


def share_out(session: Session, debt: Register) -> None:
    """Share *debt* anew; raises Refused: no_right, locked, "incomplete" without a shipment or a name on it."""
    require(may_do(acting(session), Action.EDIT, type(debt), records.facts(session, debt)))
    require(records.may_change_now(debt))
    require(may_share_anew(debt.approved_by_id is not None))
    if (lacks := _lacking(session, debt)) is not None:
        raise Refused(lacks)
    _share(session, debt)


def _share(session: Session, debt: Any) -> None:
    ground, shares, people = _worked_out(session, debt)
    lines = [
        (None, {"person_id": people[one.post], "role": one.post.value, "share": one.percent, "amount": one.amount})
        for one in shares
        if one.post is not None
    ]
    company = next(one.amount for one in shares if one.post is None)
    with elevated(session) as beneath:
        shipment = beneath.get_one(register_named("shipment"), debt.shipment_id)
        kind, over, signer = shipment.kind, shipment.over_amount or Decimal(0), shipment.signed_by_id
    values = {"kind": kind, "within": over == 0, "ground": ground, "company_share": company,
              "responsible_id": debt.responsible_id or (signer if ground == Ground.LAST else None)}  # fmt: skip
    with operating(session):
        records.bring(debt, values)
        records.set_lines(debt, {"shares": lines})
        session.flush()


def _worked_out(session: Session, debt: Any) -> tuple[Ground, list[Share], Mapping[Post, int | None]]:
    """The ground, the shares by the figures of the day on which it was found, and who holds each post."""
    with elevated(session) as beneath:
        shipment = beneath.get_one(register_named("shipment"), debt.shipment_id)
        ground = ground_of(
            shipment.kind, shipment.over_amount or Decimal(0), shipment.signed_by_id is not None, remitted_for(shipment),
            bool(judged(beneath, [shipment], looking_back=True)[shipment.id]),
        )  # fmt: skip
        at = midnight(session, debt.found_on)
        percents = _percents(beneath, at)
        department = shipment.department_id
        shares = shares_of(debt.amount, ground, percents, value_on(beneath, BAD_DEBT_SIGNER, at))
        people = {post: getattr(shipment, name) for post, name in _NAMED.items()}
    staff = staff_on(session, debt.found_on)
    seller = staff.people.get(people[Post.SALES] or 0)
    for post, role in _HEADED.items():
        people[post] = _head(staff, (seller.department_id if seller else None) or department, role)
    return ground, shares, people


def _percents(session: Session, at: datetime) -> dict[Post, int]:
    return {Post(post): value_on(session, figure, at) for post, figure in BAD_DEBT_SHARES.items()}


def _head(staff: Staff, department: int | None, role: Role) -> int | None:
    """Who of *role* is answerable for the sellers of *department*: its head or the nearest above, else the only one."""
    holders = [one.id for one in staff.people.values() if role in one.roles]
    if (near := next((one for one in staff.heads_from(department) if one in holders), None)) is not None:
        return near
    heads = [one for one in holders if one in {each.head for each in staff.departments.values()}]
    return next((found[0] for found in (heads, holders) if len(found) == 1), None)


def _lacking(session: Session, debt: Any) -> Verdict | None:
    """Whose name lacks for sharing; None where all are known."""
    if debt.shipment_id is None:
        return refuse("R-CRED-03", "incomplete", say("请先填写发货单"))
    percents = _percents(session, midnight(session, debt.found_on))
    if not (proportions := are_proportions(percents.values())):
        return proportions
    _ground, shares, people = _worked_out(session, debt)
    if any(one.post is not None and people[one.post] is None for one in shares):
        return refuse("R-CRED-03", "incomplete", say("发货单上没有写明销售员、物流专员、库管或签发人，不能分摊"))
    return None


def uncollected(session: Session, day: date) -> list[Any]:
    """Last shipments whose month is over, that aren't paid and aren't charged to anybody yet, as the session sees them."""
    one, debt = register_named("shipment"), register_named("bad_debt")
    with elevated(session, CREDITING) as beneath:
        charged = set(beneath.scalars(select(debt.shipment_id).where(debt.voided_at.is_(None))))
    asked = select(one).where(
        one.kind == Kind.LAST, one.due_on < day, one.paid_on.is_(None), one.voided_at.is_(None)
    )  # fmt: skip
    return [shipment for shipment in session.scalars(asked.order_by(one.due_on, one.id)) if shipment.id not in charged]


def charge(session: Session, shipment: Any, now: datetime, day: date) -> Register:
    """Write what is left of a last shipment as a debt of who signed it; raises Refused: no_right, "wrong_state"."""
    register = register_named("bad_debt")
    require(may_do(acting(session), Action.ADD, register))
    if shipment.id not in {one.id for one in uncollected(session, day)}:
        raise Refused(refuse("R-CRED-03", "wrong_state", say("这单发货没有到期未收的末次货款，或已登记")))
    values = {
        "found_on": day, "customer_id": shipment.customer_id, "shipment_id": shipment.id, "kind": shipment.kind,
        "amount": shipment.amount - (shipment.paid_amount or Decimal(0)), "ground": Ground.LAST.value,
        "cause": str(say("末次超额发货，当月底未回款")),
    }  # fmt: skip
    return records.add(session, register, values)
