"""Where a request stands: what it asks for, its ladder, the signatures of the present round, the step that waits."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...permissions import Level
from ...rules.approvals import Request, Signature, next_step
from ...rules.digests import digest
from ...rules.ladders import Kind, Step, ladder
from ...working.approvals import ApprovalStep

KINDS = {"archive_loan": Kind.LOAN, "access_request": Kind.ACCESS}
#: written after the signatures and no part of what they approve
_NOT_SIGNED = frozenset({"remark"})


def kind_of(request: Register) -> Kind:
    """Whether *request* asks to borrow or to read; KeyError for what is no request."""
    return KINDS[request.__tablename__]


def item_of(session: Session, request: Register) -> Any:
    """The item asked for; *session* must see it (``guard.elevated``)."""
    return session.get_one(register_named("archive_item"), request.item_id)


def level_signed(request: Register, item: Any) -> Level:
    """The level whose signatures the request needs: the item's when it was submitted, until then as it is now."""
    return Level(int(request.granted_level) if request.granted_level is not None else item.level)


def is_outsider(request: Register) -> bool:
    """Whether somebody from outside is to read, entered by a member of staff (R-LOAN-03)."""
    return bool(getattr(request, "reader_name", None))


def contents_digest(request: Register) -> str:
    """The digest of exactly what is approved: all that people filled in, and the level it is signed for (R-ROLE-05)."""
    names = [face.name for face in request.faces.values() if not face.computed and face.name not in _NOT_SIGNED]
    asked = {name: getattr(request, name) for name in names}
    return digest({**asked, "granted_level": request.granted_level, "department_id": request.department_id})


@dataclass(frozen=True)
class Standing:
    """A request as the rules see it, with the rows of its present round in order."""

    request: Request
    rows: tuple[ApprovalStep, ...]

    @property
    def waiting(self) -> Step | None:
        """The step whose signature is due; None when all have signed."""
        return next_step(self.request)

    @property
    def row(self) -> ApprovalStep | None:
        """The row of the waiting step."""
        step = self.waiting
        return next((row for row in self.rows if step is not None and row.step == step.name), None)


def standing(session: Session, request: Register, item: Any) -> Standing:
    """Where *request* for *item* stands; *session* sees beneath the row rule."""
    rows = _rows(session, request)
    steps = ladder(kind_of(request), level_signed(request, item), is_outsider(request))
    signatures = [
        Signature(row.step, row.signed_by_id, row.digest) for row in rows if row.signed_by_id and row.approved
    ]
    seen_by_rules = Request(
        applicant=request.applicant_id,
        department_id=request.department_id,
        ladder=steps,
        digest=contents_digest(request),
        signatures=tuple(signatures),
    )
    return Standing(seen_by_rules, rows)


def begin_round(session: Session, request: Register, item: Any) -> None:
    """New rows for the whole ladder; the signatures of earlier rounds stay as history and count no more (R-ROLE-05)."""
    last = max((row.round for row in _rows(session, request)), default=0)
    steps = standing(session, request, item).request.ladder
    about = {"table_name": request.__tablename__, "record_id": request.id, "round": last + 1}
    session.add_all(
        ApprovalStep(**about, position=position, step=step.name, clearance=int(step.clearance))
        for position, step in enumerate(steps, start=1)
    )
    session.flush()


def _rows(session: Session, request: Register) -> tuple[ApprovalStep, ...]:
    """The rows of the newest round, in order."""
    mine = (ApprovalStep.table_name == request.__tablename__, ApprovalStep.record_id == request.id)
    newest = select(func.max(ApprovalStep.round)).where(*mine).scalar_subquery()
    return tuple(
        session.scalars(select(ApprovalStep).where(*mine, ApprovalStep.round == newest).order_by(ApprovalStep.position))
    )
