"""Whether a customer is valid follows from the check of their source and the form of their consultation (R-CUST-06)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.session import elevated
from ...models import Register, register_named
from ...rules.valid_customers import Path, Said, is_valid, may_complete
from ...verdicts import Verdict
from ..followups import after_adding, after_changing, before_signing

_CHECK, _FORM = "source_check", "consultation"


def path_of(check: Any, form: Any) -> Path:
    """How far the customer of a source check has come; either may be None."""
    found = check.on_arrival if check is not None and check.on_arrival else form and form.source_verdict
    return Path(
        pre_registered=check is not None and check.pre_registered_by not in (None, "none"),
        registered_whole=check is not None and all((check.name, check.sex, check.phone, check.estate)),
        agrees=None if not found else found == "right",
        designer_signed=form is not None and None not in (form.designer_id, form.confirmed_by_id),
        handed=form is not None and form.handed_at is not None,
        returned=form is not None and form.taken_back_at is not None,
        completed=form is not None and form.completed_by_id is not None,
        entered=form is not None and form.entered_at is not None,
    )


def forms_of(session: Session, checks: Sequence[Any]) -> dict[int, Any]:
    """Source check -> the consultation that it names, else the customer's latest; one query."""
    form = register_named(_FORM)
    named = {one.consultation_id for one in checks} - {None}
    customers = {one.customer_id for one in checks} - {None}
    theirs = or_(form.id.in_(named), form.customer_id.in_(customers))
    found = session.scalars(
        select(form).where(theirs, form.voided_at.is_(None)).order_by(form.consulted_at, form.id)
    ).all()
    by_id, by_customer = {one.id: one for one in found}, {one.customer_id: one for one in found if one.customer_id}
    return {one.id: by_id.get(one.consultation_id) or by_customer.get(one.customer_id) for one in checks}


def forms_out(session: Session, owner: int) -> Sequence[Any]:
    """The forms of customer manager *owner* that a designer has and hasn't given back, the oldest first."""
    form = register_named(_FORM)
    out = (form.owner_id == owner, form.handed_at.is_not(None), form.taken_back_at.is_(None), form.voided_at.is_(None))
    return session.scalars(select(form).where(*out).order_by(form.handed_at, form.id)).all()


@before_signing(_FORM)
def is_back(form: Any, signature: Face) -> Verdict:
    return may_complete(path_of(None, form))


@after_adding(_CHECK)
def judge_new_checks(session: Session, checks: Sequence[Register]) -> None:
    _judge(session, [one.id for one in checks])


@after_changing(_CHECK)
def judge_check(session: Session, check: Register, before: Mapping[str, Any]) -> None:
    _judge(session, [check.id])


@after_changing(_FORM)
def judge_form(session: Session, form: Any, before: Mapping[str, Any]) -> None:
    """The checks that go by this form are judged anew."""
    check = register_named(_CHECK)
    theirs = (
        or_(check.consultation_id == form.id, check.customer_id == form.customer_id)
        if form.customer_id
        else (check.consultation_id == form.id)
    )
    with elevated(session) as beneath:
        ids = list(beneath.scalars(select(check.id).where(theirs, check.voided_at.is_(None))))
    _judge(session, ids)


def _judge(session: Session, ids: Sequence[int]) -> None:
    """Write what follows, on the check and on the form that it goes by; blank until the week was reconciled."""
    if not ids:
        return
    with elevated(session) as beneath:
        check = register_named(_CHECK)
        checks = beneath.scalars(select(check).where(check.id.in_(ids)).order_by(check.id)).all()
        forms = forms_of(beneath, checks)
        for one in checks:
            form = forms[one.id]
            judged = one.verdict in (Said.CONFIRMED, Said.DISPUTED) and one.voided_at is None
            valid = is_valid(path_of(one, form), one.verdict) if judged else None
            for record in (one, form):
                if record is not None and record.valid != valid:
                    record.valid = valid
