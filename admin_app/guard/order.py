"""What comes after what on a form: a field declared with ``after=`` waits for others, on every path beneath all screens."""

from functools import lru_cache

from sqlalchemy import inspect

from ..fields import Face
from ..models import Register, register_of
from ..texts import say, several
from ..verdicts import ALLOWED, Verdict, refuse, require


def may_come_now(record: Register, face: Face) -> Verdict:
    """Whether *face* may be signed or filled in; refused "not_signed" while a signature before it is due, or "wrong_state".

    The rule is the register's own (``steps_by``).
    """
    waits = [record.faces[name] for name in face.after.split() if getattr(record, name) is None]
    if not waits:
        return ALLOWED
    reason = say("“{field}”之前，须先有：{before}", field=face.label, before=several(one.label for one in waits))
    if any(one.signature for one in waits):
        return refuse(record.steps_by, "not_signed", reason)
    return refuse(record.steps_by, "wrong_state", reason)


def may_still_change(record: Register) -> Verdict:
    """Whether what was judged may be taken back by a change; refused "locked" once something rests on it."""
    resting = next(
        (
            face
            for face in record.faces.values()
            if face.after and not face.signature and getattr(record, face.name) is not None
        ),
        None,
    )
    if resting is None:
        return ALLOWED
    return refuse(record.steps_by, "locked", say("已登记“{field}”，签批过的内容不能再改", field=resting.label))


def check_order(record: Register, new: bool) -> None:
    """Raise Refused for a field of *record* that this write fills before its turn, or from under which it takes what it
    waited for."""
    waiting = _waiting(register_of(record))
    if not waiting:
        return
    changed = record.faces.keys() if new else {one.key for one in inspect(record).attrs if one.history.has_changes()}
    for face in waiting:
        filled = getattr(record, face.name) is not None
        if filled and not changed.isdisjoint({face.name, *face.after.split()}):
            require(may_come_now(record, face))


@lru_cache(maxsize=1000)
def _waiting(register: type[Register]) -> tuple[Face, ...]:
    """The fields of *register* that come after others."""
    return tuple(face for face in register.faces.values() if face.after)
