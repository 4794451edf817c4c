"""The steps of a dispatch order, who takes them, and when an order lapses (R-DISP-01, R-DISP-02, R-DISP-05)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from ..permissions import Role
from ..texts import Titled, say
from ..verdicts import ALLOWED, Verdict, refuse, require
from .book import rule
from .moments import instant


class State(Titled):
    """Where an order stands (code list dispatch_state)."""

    PROPOSED = "proposed", say("待确认")
    CONFIRMED = "confirmed", say("已确认")
    DISPATCHED = "dispatched", say("已派出")
    ACCEPTED = "accepted", say("设计师已接受")
    REFUSED = "refused", say("设计师拒单")
    DEPOSIT = "deposit", say("已交定金")
    LAPSED = "lapsed", say("已失效")
    WITHDRAWN = "withdrawn", say("已撤回")


class Verb(Titled):
    """What is done to an order."""

    SEND = "send", say("派出")
    WITHDRAW = "withdraw", say("撤回或退回")
    ACCEPT = "accept", say("接受")
    REFUSE = "refuse", say("拒单")
    LAPSE = "lapse", say("作失效处理")
    DEPOSIT = "deposit", say("登记定金")


#: approved, and waiting for its deposit: counted as held until it lapses (R-DISP-05)
WAITING = (State.CONFIRMED, State.DISPATCHED, State.ACCEPTED)
#: of a customer with an order in one of these no second designer is proposed
OPEN = (State.PROPOSED, *WAITING)
#: an older ledger brings in these alone
CLOSED = tuple(state for state in State if state not in OPEN)

MOVES: Mapping[tuple[State, Verb], State] = MappingProxyType(
    {
        (State.PROPOSED, Verb.SEND): State.DISPATCHED,
        (State.PROPOSED, Verb.WITHDRAW): State.WITHDRAWN,
        (State.CONFIRMED, Verb.ACCEPT): State.ACCEPTED,
        (State.DISPATCHED, Verb.ACCEPT): State.ACCEPTED,
        **{(state, Verb.REFUSE): State.REFUSED for state in WAITING},
        **{(state, Verb.LAPSE): State.LAPSED for state in WAITING},
        **{(state, Verb.DEPOSIT): State.DEPOSIT for state in (*WAITING, State.LAPSED)},
    }
)


@rule("R-DISP-01 R-DISP-05", "派单只按建议、确认或授权、答复、定金的步骤办理。")
def may(state: State, verb: Verb) -> Verdict:
    """Whether *verb* can be done to an order in *state*; refused "wrong_state"."""
    if (state, verb) in MOVES:
        return ALLOWED
    reason = say("“{state}”的派单不能{verb}", state=state.title, verb=verb.title)
    return refuse("R-DISP-01", "wrong_state", reason)


def next_state(state: State, verb: Verb) -> State:
    """The state after *verb*; raises Refused where ``may`` refuses."""
    require(may(state, verb))
    return MOVES[state, verb]


@dataclass(frozen=True, slots=True)
class Absence:
    """What is recorded of a store manager's absence: from when, until when, None where that is open."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        if self.since is None or instant(now) < instant(self.since):
            return False
        return self.until is None or instant(now) < instant(self.until)


@rule("R-DISP-01", "客户经理为本人的、已填好咨询登记表的客户建议设计师，一个客户同时只有一张派单。")
def may_propose(person: int, owner: int | None, consulted: bool, has_open_order: bool) -> Verdict:
    """*owner*: the customer's manager; refused "scope", "incomplete" or "wrong_state"."""
    if person != owner:
        return refuse("R-DISP-01", "scope", say("只能为本人的客户建议设计师"))
    if not consulted:
        return refuse("R-DISP-01", "incomplete", say("请先填好这位客户的咨询登记表（小区、需求意向）"))
    if has_open_order:
        return refuse("R-DISP-01", "wrong_state", say("这位客户已有一张派单在办理"))
    return ALLOWED


@rule("R-DISP-01 R-ROLE-04", "派单由本店店经理确认，不确认本人建议的或派给本人的。")
def may_confirm(person: int, roles: Set[Role], concerned: Set[int]) -> Verdict:
    """*concerned*: who proposed and who is proposed; refused "role" or "own_request"."""
    if Role.STORE_MANAGER not in roles:
        return refuse("R-DISP-01", "role", say("派单由店经理确认"))
    return not_concerned(person, concerned)


@rule("R-DISP-02 R-ROLE-04", "登记店经理不在（休假、开会、联系不上）期间，由总经理授权派单。")
def may_authorise(person: int, roles: Set[Role], concerned: Set[int], absence: Absence, now: datetime) -> Verdict:
    """Refused "role", "own_request", or "wrong_state" while the store manager isn't recorded absent."""
    if Role.GENERAL_MANAGER not in roles:
        return refuse("R-DISP-02", "role", say("店经理不在时由总经理授权"))
    if not absence.holds(now):
        return refuse("R-DISP-02", "wrong_state", say("没有登记店经理不在，由店经理确认"))
    return not_concerned(person, concerned)


@rule("R-DISP-02 R-ROLE-04", "总经理授权的派单，由店经理回店后补签，并注明补签和日期；授权和补签不能是同一人。")
def may_countersign(person: int, roles: Set[Role], concerned: Set[int], authorised: bool, signed: bool) -> Verdict:
    """*concerned*: who authorised too; refused "role" or "own_request", or "wrong_state" where nothing waits for it."""
    if Role.STORE_MANAGER not in roles:
        return refuse("R-DISP-02", "role", say("由店经理补签"))
    if not authorised or signed:
        return refuse("R-DISP-02", "wrong_state", say("这张派单无须补签"))
    return not_concerned(person, concerned)


@rule("R-DISP-01 R-DISP-06", "接受或拒绝由派到的设计师本人答复。")
def may_answer(person: int, designer: int) -> Verdict:
    if person == designer:
        return ALLOWED
    return refuse("R-DISP-06", "not_signer", say("由派到的设计师本人答复"))


@rule("R-DISP-01", "建议在确认前由建议人撤回，或由店经理、总经理写明理由退回。")
def may_withdraw(person: int, proposer: int | None, decides: bool, reason: str) -> Verdict:
    """*decides*: whether the person may confirm or authorise it; refused "not_applicant" or "no_reason"."""
    if person == proposer:
        return ALLOWED
    if not decides:
        return refuse("R-DISP-01", "not_applicant", say("只有建议人可以撤回"))
    return ALLOWED if reason.strip() else refuse("R-DISP-01", "no_reason", say("请写明退回的理由"))


@rule("R-DISP-06", "严重拒单的由总经理除名。")
def may_strike_off(roles: Set[Role], severe: bool, struck_off: bool) -> Verdict:
    """Refused "role", or "wrong_state" for a refusal that isn't severe or has been decided."""
    if Role.GENERAL_MANAGER not in roles:
        return refuse("R-DISP-06", "role", say("除名由总经理签批"))
    if not severe or struck_off:
        return refuse("R-DISP-06", "wrong_state", say("只有判为严重、还没处理的拒单可以除名"))
    return ALLOWED


@rule("R-DISP-06", "方案连续没有签单的停派，由店经理写明理由解除。")
def may_lift(roles: Set[Role], stopped: bool, reason: str) -> Verdict:
    """Refused "role", "wrong_state" where nothing is stopped, or "no_reason"."""
    if Role.STORE_MANAGER not in roles:
        return refuse("R-DISP-06", "role", say("由店经理解除"))
    if not stopped:
        return refuse("R-DISP-06", "wrong_state", say("这位设计师没有因方案未签而停派"))
    return ALLOWED if reason.strip() else refuse("R-DISP-06", "no_reason", say("请写明解除的理由"))


@rule("R-DISP-05", "派出后三十天（公司可改）没有交定金的失效，失效前算作持单。")
def lapses_on(sent_on: date, days: int) -> date:
    """The day on which an order sent on *sent_on* lapses: from then on it isn't held."""
    return sent_on + timedelta(days=days)


@rule("R-ROLE-04", "建议派单的人和被派的设计师，不确认、不授权、不补签这张派单。")
def not_concerned(person: int, concerned: Set[int]) -> Verdict:
    if person not in concerned:
        return ALLOWED
    return refuse("R-ROLE-04", "own_request", say("不能签批本人建议的、派给本人的或本人已授权的"))
