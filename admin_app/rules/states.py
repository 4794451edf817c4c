"""The states of a request and the only ways from one to the next (R-LOAN-02).

Screens, imports, commands and bulk actions all ask here. What isn't in the table can't be done: there is no
verb to renew a loan, and none to void or delete a request.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ..texts import Titled, say
from ..verdicts import ALLOWED, Verdict, refuse, require
from .book import rule
from .ladders import Kind


class State(Titled):
    """Where a request stands; what it waits for follows from its ladder (``approvals.next_step``)."""

    DRAFT = "draft", say("草稿")
    SIGNING = "signing", say("签批中")
    GRANTED = "granted", say("已批准")
    REFUSED = "refused", say("未批准")
    WITHDRAWN = "withdrawn", say("已撤回")
    LAPSED = "lapsed", say("已过期")
    ON_LOAN = "on_loan", say("借出")
    READING = "reading", say("查阅中")
    RETURNED = "returned", say("已归还")


class Verb(Titled):
    """What can be done to a request."""

    CHANGE = "change", say("修改")
    SUBMIT = "submit", say("提交")
    SIGN = "sign", say("签字")
    GRANT = "grant", say("批准")
    REFUSE = "refuse", say("退回")
    WITHDRAW = "withdraw", say("撤回")
    LAPSE = "lapse", say("作过期处理")
    ISSUE = "issue", say("借出")
    RETURN_PART = "return_part", say("部分归还")
    RETURN_ALL = "return_all", say("全部归还")


Moves = Mapping[tuple[State, Verb], State]

#: a change takes the request back to the start, its signatures lost (R-ROLE-05); the last signature grants
_ASKING = (
    (State.DRAFT, Verb.CHANGE, State.DRAFT),
    (State.DRAFT, Verb.SUBMIT, State.SIGNING),
    (State.DRAFT, Verb.WITHDRAW, State.WITHDRAWN),
    (State.SIGNING, Verb.CHANGE, State.DRAFT),
    (State.SIGNING, Verb.SIGN, State.SIGNING),
    (State.SIGNING, Verb.GRANT, State.GRANTED),
    (State.SIGNING, Verb.REFUSE, State.REFUSED),
    (State.SIGNING, Verb.WITHDRAW, State.WITHDRAWN),
    (State.GRANTED, Verb.CHANGE, State.DRAFT),
    (State.GRANTED, Verb.WITHDRAW, State.WITHDRAWN),
    (State.GRANTED, Verb.LAPSE, State.LAPSED),
)
_LENDING = (
    (State.GRANTED, Verb.ISSUE, State.ON_LOAN),
    (State.ON_LOAN, Verb.RETURN_PART, State.ON_LOAN),
    (State.ON_LOAN, Verb.RETURN_ALL, State.RETURNED),
)
_READING = (
    (State.GRANTED, Verb.ISSUE, State.READING),
    (State.READING, Verb.RETURN_PART, State.READING),
    (State.READING, Verb.RETURN_ALL, State.RETURNED),
)


def _moves(*triples: tuple[State, Verb, State]) -> Moves:
    return MappingProxyType({(state, verb): after for state, verb, after in triples})


MOVES: Mapping[Kind, Moves] = MappingProxyType(
    {Kind.LOAN: _moves(*_ASKING, *_LENDING), Kind.ACCESS: _moves(*_ASKING, *_READING)}
)


@rule("R-LOAN-02", "申请、签批、借出、归还只按规定的步骤办理，没有别的途径。")
def may(kind: Kind, state: State, verb: Verb) -> Verdict:
    """Whether *verb* can be done to a request of *kind* in *state*; refused "wrong_state"."""
    if (state, verb) in MOVES[kind]:
        return ALLOWED
    reason = say("“{state}”的申请不能{verb}", state=state.title, verb=verb.title)
    return refuse("R-LOAN-02", "wrong_state", reason)


def next_state(kind: Kind, state: State, verb: Verb) -> State:
    """The state after *verb*; raises Refused where ``may`` refuses."""
    require(may(kind, state, verb))
    return MOVES[kind][state, verb]
