"""The signatures of ordinary forms: given by who fills a form in and by who judges it (R-ROLE-04, R-ROLE-05).

A register declares them with ``sign(…, signed_with="edit" | "approve", roles="…" or by="…")`` and, where the last one
closes the form, with ``closes_with``. Requests that go up a ladder have operations of their own (``archives.approvals``).
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from ..fields import Face
from ..guard import trail
from ..guard.order import may_come_now
from ..guard.session import acting
from ..guard.stamps import operating
from ..models import Register
from ..permissions import Action, Facts, Person, Role, Sight, sight
from ..rules.approvals import password_is_fresh
from ..rules.combining import first_refusal
from ..rules.digests import digest
from ..rules.figures import PASSWORD_GOOD_FOR
from ..rules.rights import may_do
from ..rules.signatures import Form, Place, is_named, is_theirs, is_unsigned_and_as_seen, may_judge
from ..texts import say
from ..verdicts import ALLOWED, Verdict, require
from .clashes import hold
from .closing import moment_of, signatures_of
from .figures import span_on
from .followups import keep_true, ready_for
from .records import facts, may_change_now


def open_signatures(record: Register, person: Person, facts: Facts) -> list[Face]:
    """The signatures of *record* that *person* may give now, in the order of the form."""
    unsigned = [face for face in signatures_of(record) if getattr(record, face.name) is None]
    return [face for face in unsigned if may_sign(record, face, person, facts)]


def may_sign(record: Register, face: Face, person: Person, facts: Facts) -> Verdict:
    """Whether *person*, who sees the record, may give the signature *face*.

    Refused as ``is_to_sign`` says, and by what the form's own rules ask of it; why, only who sees the whole form is told.
    """
    verdict = first_refusal(is_to_sign(record, face, person, facts), ready := ready_for(record, face))
    if verdict is ready and not verdict and sight(person, type(record), facts) < Sight.FULL:
        return replace(verdict, reason=say("表单内容还不齐或不符，请能看到全部内容的人核对"))
    return verdict


def is_to_sign(record: Register, face: Face, person: Person, facts: Facts) -> Verdict:
    """Whether the signature *face* is *person*'s and its turn has come, whatever stands in the form so far.

    Refused "not_signer" or "incomplete", "no_right", "wrong_state", "locked", "own_request", "same_person", "not_signed"
    before its turn. Whom the form names needs no right beside: it is the form that has them sign.
    """
    action, place = Action(face.signed_with), place_of(record, face)
    right = ALLOWED if is_named(person, place) else may_do(person, action, type(record), facts)
    judging = may_judge(person.id, _form(record, face)) if action is Action.APPROVE else ALLOWED
    return first_refusal(is_theirs(person, place), right, may_change_now(record), judging, may_come_now(record, face))


def place_of(record: Register, face: Face) -> Place:
    """Who signs at *face* of this record."""
    by = record.faces[face.by].label if face.by else None
    named = getattr(record, face.by) if face.by else None
    return Place(what=face.label, roles=frozenset(map(Role, face.roles.split())), by=by, named=named)


def sign(session: Session, record: Register, face: Face, seen: int, checked_at: datetime | None, now: datetime) -> None:
    """Give the signature *face* as the acting person, for exactly what their page showed.

    *seen*: the form's version there; its digest would let whoever gets a field masked try out what stands in it.
    *checked_at*: when they last gave their password. Raises Refused: those of ``may_sign``, wrong_state, changed,
    password_due.
    """
    hold(session, record)  # who signs at the same time waits, and finds this signature
    person, what = acting(session), _contents_digest(record)
    require(may_sign(record, face, person, facts(session, record)))
    require(is_unsigned_and_as_seen(getattr(record, face.name) is not None, seen, record.version))
    require(password_is_fresh(checked_at, now, span_on(session, PASSWORD_GOOD_FOR, now)))
    with operating(session):
        setattr(record, face.name, person.id)
        setattr(record, moment_of(face), now)
    trail.note(session, "signed", record, field=face.name, digest=what)
    keep_true(session, record, {face.name: None})


def _contents_digest(record: Register) -> str:
    """The digest of all that people filled in, and of every line, for operations write what people decide on into lines."""
    signed = (face for face in record.faces.values() if face.kind.name == "rows" or not face.computed)
    filled = {face.name: _filled(record, face) for face in signed}
    return digest({**filled, "level": record.level})


def _filled(record: Register, face: Face) -> object:
    value = getattr(record, face.name)
    if face.kind.name != "rows":
        return value
    return [[getattr(line, name) for name in line.faces] for line in value]


def _form(record: Register, signature: Face) -> Form:
    """*record* as the rules see it who ask about *signature*: without those who may give it although they are party to the
    form, wrote it or have judged it, by the form's own declaration."""
    faces, even_by = record.faces.values(), signature.even_by.split()
    about = {getattr(record, face.name) for face in faces if face.party and not face.computed}
    named = getattr(record, signature.by) if signature.by else None
    judged = (
        getattr(record, face.name) for face in faces if face.signed_with == Action.APPROVE and face.name not in even_by
    )
    return Form(
        author=None if "author" in even_by else record.created_by_id,
        about=frozenset(about - {None, named}),
        judged_by=frozenset(judged) - {None},
    )
