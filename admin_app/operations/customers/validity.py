"""Whether a customer is valid follows from the check of their source and the form of their consultation (R-CUST-06)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, object_session

from ...fields import Face
from ...guard.session import elevated
from ...models import Register, register_named
from ...rules.valid_customers import Path, Said, is_valid, may_complete, may_say, missing, of_form
from ...texts import say
from ...verdicts import ALLOWED, Refused, Verdict, refuse
from .. import records
from ..followups import after_adding, after_changing, before_signing

_CHECK, _FORM, _SIGNATURE = "source_check", "consultation", "confirmed_by_id"


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


@before_signing(_CHECK)
def is_said(check: Any, signature: Face) -> Verdict:
    """The confirming signature goes with what the reconciliation says, in one step (``reconciling.say_of``)."""
    session = object_session(check)
    if signature.name != _SIGNATURE or session is None:
        return ALLOWED
    if check.verdict not in (Said.CONFIRMED, Said.DISPUTED):
        return refuse("R-CUST-06", "incomplete", say("请在“周对单”里确认或写明争议，签字随对单一起办"))
    return may_say(check.verdict, check.dispute or "", missing(path_of(check, forms_of(session, [check])[check.id])))


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
    with elevated(session) as beneath:
        ids = list(beneath.scalars(select(check.id).where(_going_by([form]), check.voided_at.is_(None))))
    _judge(session, ids)


def _going_by(forms: Sequence[Any]) -> ColumnElement[bool]:
    """Of the checks that may go by one of *forms*: they name it, or its customer."""
    check = register_named(_CHECK)
    customers = {one.customer_id for one in forms} - {None}
    return or_(check.consultation_id.in_([one.id for one in forms]), check.customer_id.in_(customers))


def _judge(session: Session, ids: Sequence[int]) -> None:
    """Write what follows, on the checks and on the forms that they go by; blank until the week was reconciled.

    Checks are locked before forms. Raises Refused "changed" where somebody is writing one of the forms.
    """
    if not ids:
        return
    with elevated(session) as beneath:
        check = register_named(_CHECK)
        asked = select(check).where(check.id.in_(ids)).order_by(check.id).with_for_update(key_share=True)
        checks = beneath.scalars(asked).all()
        for one in checks:
            _reopen_unsigned(one)
        forms = _hold_forms(beneath, {form.id for form in forms_of(beneath, checks).values() if form is not None})
        beside = select(check).where(_going_by(forms), check.voided_at.is_(None)).order_by(check.id)
        found = {one.id: one for one in (*checks, *beneath.scalars(beside))}.values()
        by = forms_of(beneath, list(found))
        verdicts = {one.id: _verdict(one, by[one.id]) for one in found}
        for one in checks:
            one.valid = verdicts[one.id]
        for form in forms:
            form.valid = of_form(verdicts[one.id] for one in found if by[one.id] is form)


def _reopen_unsigned(check: Any) -> None:
    """What was said of a check falls with the signature under it."""
    if check.confirmed_by_id is None:
        records.bring(check, {"verdict": Said.OPEN.value, "dispute": None, "week_on": None})


def _verdict(check: Any, form: Any) -> bool | None:
    """Whether the customer is valid; None unless it is confirmed or disputed, and signed."""
    if check.confirmed_by_id is None or check.voided_at is not None:
        return None
    return is_valid(path_of(check, form), check.verdict)


def _hold_forms(session: Session, ids: Collection[int]) -> Sequence[Any]:
    """The forms, locked. Who writes a form waits for its checks, so who writes a check never waits for its form."""
    form = register_named(_FORM)
    asked = select(form).where(form.id.in_(ids)).order_by(form.id).execution_options(populate_existing=True)
    try:
        return session.scalars(asked.with_for_update(nowait=True, key_share=True)).all()
    except OperationalError as busy:
        raise Refused(refuse("R-CUST-06", "changed", say("咨询登记表正在由他人改动，请稍后再试"))) from busy
