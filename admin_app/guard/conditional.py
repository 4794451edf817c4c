"""What a field wants by what another holds, asked of every write beneath all screens, sheets and operations.

Whoever doesn't read one of the two is neither asked nor told: a refusal would say what isn't shown to them (R-CONF-02).
"""

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from ..fields import Conditional, conditional_faults
from ..models import Register
from ..permissions import View, sees
from ..texts import say
from ..verdicts import Refused, refuse
from .codes import reading
from .facts import facts_of, granted_ids, signed_ids
from .session import acting, state_of


def check_conditionals(session: Session, record: Register, new: bool) -> None:
    """Raise Refused for a field of *record* that this write leaves blank though it is required, or fills though closed."""
    if not record.conditionals:
        return
    names = {face.name for one in record.conditionals.values() for face in one.faces}
    changed = names if new else _changed(record, names)
    if not changed:
        return
    values = {name: getattr(record, name) for name in names}
    for name, fault in conditional_faults(record.conditionals, values, changed, reading(session)).items():
        one = record.conditionals[name]
        if new or _reads(session, record, one):
            reason = say("“{field}”：{reason}", field=one.face.label, reason=fault.reason)
            raise Refused(refuse(one.rule, "inconsistent", reason))


def _changed(record: Register, names: set[str]) -> set[str]:
    attributes = inspect(record).attrs
    return {name for name in names if attributes[name].history.has_changes()}


def _reads(session: Session, record: Register, one: Conditional) -> bool:
    """Whether who acts reads the field and those it hangs on; what operations write is asked whole."""
    state = state_of(session)
    if state.operating or state.beneath:
        return True
    register, person = type(record), acting(session)
    signs = person.id if signed_ids(session, register, [record.id]) else None
    facts = facts_of(register, record, bool(granted_ids(session, register, [record.id])), signs)
    return all(sees(person, register, face, facts) is View.SHOWN for face in one.faces)
