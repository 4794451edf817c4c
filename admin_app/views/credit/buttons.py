"""The buttons that lead from a customer and a line to the ladder, and the one that shares a bad debt out."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from ...database import db
from ...guard import writing
from ...guard.cells import Row
from ...models import register_named
from ...operations import records
from ...operations.credit import bad_debts, overview
from ...permissions import Action, Sight
from ...rules.rights import may_do
from ..addresses import page_of
from ..policy import SIGNED_IN, policy
from ..register.acts import acts_on

blueprint = Blueprint("credit_acts", __name__, url_prefix="/credit/debts")


@acts_on("customer")
def to_ladder(row: Row) -> list[dict[str, Any]]:
    """To whom shipments are open; in the customer's own page only where it is seen in full."""
    if not overview.has_part(row.person) or row.sight is not Sight.FULL or row.record.voided_at is not None:
        return []
    url = url_for("credit_customer.customer", public_id=row.record.public_id)
    return [{"label": _("授信与发货"), "url": url, "method": "get", "kind": "plain"}]


@acts_on("bad_debt")
def to_share(row: Row) -> list[dict[str, Any]]:
    """To whoever may change the debt, as long as it isn't approved."""
    debt = row.record
    may = may_do(row.person, Action.EDIT, type(debt), row.facts)
    if not may or debt.voided_at is not None or debt.approved_by_id is not None or debt.shipment_id is None:
        return []
    url = url_for("credit_acts.share", id=debt.public_id)
    return [{"label": _("按比例分摊"), "url": url, "method": "post", "kind": "plain"}]


@blueprint.post("/share/")
@policy(SIGNED_IN)
def share() -> Any:
    register, public_id = register_named("bad_debt"), request.args.get("id", "")[:24]
    with writing(db.session):
        bad_debts.share_out(db.session, records.find(db.session, register, public_id) or abort(404))
    flash(_("已按公司规定的比例分摊"), "success")
    return redirect(page_of(register, public_id))
