"""A report that names its plan says that the plan is carried out, whoever forgets to (R-RELA-02, R-DESK-01).

Which registers' records do that, and what the plan then holds, they declare (``completes``). When no report names it any more,
void or put to another, the plan is as it began.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..class_words import Completes
from ..guard.parts import in_parts
from ..guard.session import elevated
from ..models import Register, register_named, register_of
from ..registers import load_all
from .followups import after_adding, after_changing
from .records import bring


def _follow_new(session: Session, added: Sequence[Register]) -> None:
    register = register_of(added[0])
    _keep(session, register, (getattr(one, Completes.of(register.completes).link) for one in added))


def _follow_change(session: Session, record: Register, before: Mapping[str, Any]) -> None:
    link = Completes.of(record.completes).link
    if before.keys() & {link, "voided_at"}:
        _keep(session, register_of(record), (getattr(record, link), before.get(link)))


for _register in load_all().values():
    if _register.completes:
        after_adding(_register.__tablename__)(_follow_new)
        after_changing(_register.__tablename__)(_follow_change)


def _keep(session: Session, register: Any, named: Iterable[int | None]) -> None:
    """Let each of the plans *named* say whether it is carried out; whoever reports it need not see all of it."""
    link, field, code = Completes.of(register.completes)
    plan, names = register_named(register.faces[link].to), getattr(register, link)
    with elevated(session) as beneath:
        for some in in_parts({id_ for id_ in named if id_ is not None}):
            made = set(beneath.scalars(select(names).where(names.in_(some), register.voided_at.is_(None))))
            standing = select(plan).where(plan.id.in_(some), plan.voided_at.is_(None)).order_by(plan.id)
            for one in beneath.scalars(standing.with_for_update()):
                if one.id in made:
                    bring(one, {field: code})
                elif getattr(one, field) == code:
                    bring(one, {field: plan.faces[field].default})
