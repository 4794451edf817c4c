"""Questions of whoever is to sign a request, answered by its applicant; kept with it (R-LOAN-02, R-DESK-01)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register
from ...rules.notices import QUESTION_ANSWERED, QUESTION_ASKED
from ...rules.questions import may_answer, may_ask
from ...rules.states import State
from ...texts import say
from ...verdicts import Refused, refuse, require
from ...working.approvals import ApprovalQuestion
from ..notices.telling import end, notify
from .overview import turn_of


def ask(session: Session, request: Register, question: str, now: datetime) -> None:
    """Ask the applicant of *request* before one signs it. Raises Refused: wrong_state, no_reason, and as for signing."""
    person = acting(session).id
    _hold(session, request)
    turn = turn_of(session, request, person, now)
    if turn is None:
        raise Refused(refuse("R-LOAN-02", "wrong_state", say("申请不在签批中，不能追问")))
    require(may_ask(turn[1], question))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id)
        asked = ApprovalQuestion(
            table_name=mine.__tablename__,
            record_id=mine.id,
            asked_by_id=person,
            asked_at=now,
            question=question.strip(),
        )
        beneath.add(asked)
        beneath.flush()
        trail.note(beneath, "question_asked", mine)
        notify(beneath, QUESTION_ASKED, mine.applicant_id, mine, now, occurrence=now.isoformat())


def answer(session: Session, request: Register, place: int, text: str, now: datetime) -> None:
    """Answer the question at *place*, counted from 1. Raises Refused: wrong_state, not_applicant, no_reason."""
    person = acting(session).id
    _hold(session, request)
    asked = questions_of(session, request)
    if request.state != State.SIGNING or not 0 < place <= len(asked):
        raise Refused(refuse("R-LOAN-02", "wrong_state", say("申请已不在签批中，不用再答")))
    one = asked[place - 1]
    require(may_answer(person, request.applicant_id, one.answered_at is not None, text))
    one.answer, one.answered_at = text.strip(), now
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id)
        trail.note(beneath, "question_answered", mine)
        if all(other.answered_at for other in asked):
            end(beneath, QUESTION_ASKED, person, mine, now)
        notify(beneath, QUESTION_ANSWERED, one.asked_by_id, mine, now, occurrence=now.isoformat())


def questions_of(session: Session, request: Register) -> Sequence[ApprovalQuestion]:
    """What was asked about *request*, the oldest first; whether its words are told is for whoever tells them."""
    mine = (ApprovalQuestion.table_name == request.__tablename__, ApprovalQuestion.record_id == request.id)
    return session.scalars(select(ApprovalQuestion).where(*mine).order_by(ApprovalQuestion.id)).all()


def _hold(session: Session, request: Register) -> None:
    """Nobody decides it meanwhile, and no question is answered twice."""
    with elevated(session) as beneath:
        beneath.get_one(type(request), request.id, with_for_update=True)
    session.refresh(request)
