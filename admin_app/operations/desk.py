"""What waits for a person now (R-DESK-01): approvals, powers, levels to lower, what falls due,
scores, what they borrowed, own requests, the loan desk."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Reading
from ..guard.shown import titles_of
from ..guard.titles import linked
from ..models import Register, register_named
from ..permissions import Level, Person
from ..rules.loan_terms import is_overdue
from ..rules.powers import Power
from ..rules.scoring_steps import Verb
from ..rules.states import State
from ..texts import Text, say
from ..working.levels import LevelLowering
from .archives import queues, room
from .archives.at_desk import works_at_desk
from .archives.copy_keepers import is_late, to_hand_out
from .archives.duties import duties_of, has_part
from .archives.inbox import inbox
from .archives.leaks import REPORTED, answers_for_leaks, days, open_leaks
from .archives.naming import item_names
from .archives.standing import KINDS
from .customers import on_desk
from .desk_groups import Entry, Group
from .dispatch import turns
from .due import ToDo, to_do
from .lowering import deciding as lowering
from .lowering.standing import Standing, actor_told
from .notices.reading import unread
from .power_decisions import may_open, waiting_for
from .power_requests import power_of
from .scoring.overview import waiting as waiting_scores
from .staff import staff_on
from .today import local_day

#: so many of the longest overdue are named to the keeper; all are counted
_LATE = 20


def groups(session: Session, person: Person, reading: Reading, now: datetime) -> list[Group]:
    """The groups that can be this person's, the most pressing first in each."""
    return [
        *waiting(session, person, reading, now),
        *on_desk.coming_up(session, person, reading, now),
        _borrowed(session, person, reading, now),
        _asked(session, person, reading, now),
    ]


def waiting(session: Session, person: Person, reading: Reading, now: datetime) -> list[Group]:
    """Those in which others wait for this person, or a day does."""
    found = [told(session, person, now), _approvals(session, person, reading, now), due(session, person, reading, now)]
    if works_at_desk(staff_on(session, local_day(session, now)), person.id):
        found += [_to_hand_out(session, person, reading, now), _copies(session, person, reading, now)]
    if has_part(person):
        found.append(_upkeep(session, person, now))
    if scores := _scores(session, person, reading, now):
        found.append(scores)
    if may_open(session, person, now):
        found.insert(2, _powers(session, person, reading, now))
    if lowerings := lowering.waiting_for(session, now):
        found.insert(2, _lowerings(session, lowerings, person, reading))
    if answers_for_leaks(person):
        found.insert(0, _leaks(session, reading, now))
    if "dispatch_order" in person.rights:
        found.append(_dispatch(session, person, reading, now))
    found += on_desk.waiting(session, person, reading, now)
    return found


def told(session: Session, person: Person, now: datetime) -> Group:
    """What one was told of and hasn't ticked off (R-NOTE-01)."""
    entries = [
        Entry(one.table, one.record, one.text, when=one.told_at, notice=one.public_id)
        for one in unread(session, person, now)
    ]  # fmt: skip
    return Group(say("提醒"), len(entries), entries, "desk.told")


def _approvals(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """As many requests to borrow and to read as the inbox shows."""
    waiting = [one.request for one in inbox(session, now)]
    names = linked(session, "employee", {request.applicant_id for request in waiting}, person, reading)
    entries = [
        Entry(request.__tablename__, request.public_id, request.purpose or request.number,
              names[request.applicant_id][0], request.submitted_at)
        for request in waiting
    ]  # fmt: skip
    return Group(say("等我签批"), len(entries), entries, "approvals.inbox")


def _powers(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """Roles and clearances asked for that this person may grant or refuse today (R-ROLE-02)."""
    waiting = [request for request, _asked in waiting_for(session, person, now)]
    names = linked(session, "employee", {request.employee_id for request in waiting}, person, reading)
    entries = [
        Entry(request.__tablename__, request.public_id, power_words(power_of(request)), names[request.employee_id][0],
              request.asked_at, page="waiting.decision")
        for request in waiting
    ]  # fmt: skip
    return Group(say("岗位与密级审批"), len(entries), entries, "waiting.waiting")


def _lowerings(session: Session, waiting: Sequence[Standing], person: Person, reading: Reading) -> Group:
    """Proposals to lower the level of a record that this person sees, for them to approve or refuse today (R-CONF-05)."""
    titles = titles_of(session, ((one.record.__tablename__, one.record.id) for one in waiting), reading)
    people = linked(session, "employee", {one.proposal.proposed_by_id for one in waiting}, person, reading)
    names = {id_: name for id_, (name, _url) in people.items()}
    entries = [
        Entry(one.record.__tablename__, one.proposal.public_id, titles[one.record.__tablename__, one.record.id][0],
              actor_told(one.record, one.proposal.proposed_by_id, person, names), one.proposal.proposed_at, "due",
              lowering_words(one.proposal), page="lowering.show")
        for one in waiting
    ]  # fmt: skip
    return Group(say("待批准的降密"), len(entries), entries, "approvals.inbox")


def lowering_words(proposal: LevelLowering) -> Text:
    before, after = (Level(level).label for level in (proposal.level_from, proposal.level_to))
    return say("{before} → {after}", before=before, after=after)


def _dispatch(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """Orders to confirm, authorise, countersign or answer; and who holds more than they may (R-DISP-02, R-DISP-05)."""
    orders, over = turns.waiting_for(session, now), turns.over_the_limit(session)
    customers = linked(session, "customer", {one.customer_id for one, _act in orders}, person, reading)
    people = {one.designer_id for one, _act in orders} | {one.employee_id for one in over}
    names = linked(session, "employee", people, person, reading)
    entries = [
        Entry(one.__tablename__, one.public_id, customers[one.customer_id][0], names[one.designer_id][0],
              one.proposed_at, "due", act.title)
        for one, act in orders
    ]  # fmt: skip
    entries += [
        Entry(one.__tablename__, one.public_id, names[one.employee_id][0], say("迟到的定金有效，暂不再派"), None,
              "late", say("持单 {n} 单", n=one.held))
        for one in over
    ]  # fmt: skip
    return Group(say("派单"), len(entries), entries, "dispatch.board")


def _leaks(session: Session, reading: Reading, now: datetime) -> Group:
    """Leaks that nobody has closed, with the days they are open; never who reported them (R-CONF-10)."""
    states = reading.options("archive_leak_step")
    entries = [
        Entry(one.__tablename__, one.public_id, one.number, say("已 {n} 天未结", n=days(session, one, now)), one.found_at,
              "late" if one.state == REPORTED else "due", say("{state}", state=states.get(one.state, one.state)))
        for one in open_leaks(session)
    ]  # fmt: skip
    return Group(say("泄密报告"), len(entries), entries)


def _copies(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """For the keeper: permits whose copies wait to be handed out, and those whose copies should be back (R-CONF-07)."""
    permits, today = to_hand_out(session, now), local_day(session, now)
    names = linked(session, "employee", {one.applicant_id for one in permits}, person, reading)
    entries = [
        Entry(one.__tablename__, one.public_id, one.number, names[one.applicant_id][0], one.return_by or one.applied_on,
              *(("late", say("应收回")) if is_late(one, today) else ("due", say("待发出"))))
        for one in permits
    ]  # fmt: skip
    return Group(say("副本"), len(entries), entries)


def _upkeep(session: Session, person: Person, now: datetime) -> Group:
    """What the archive room asks for, beside loans (R-ARCH-05 … 07)."""
    entries = [
        Entry(one.record.__tablename__ if one.record else "", one.record.public_id if one.record else None, one.text, None,
              one.when, "late" if one.late else "", say("逾期") if one.late else None, one.page or None, query=one.query)
        for one in duties_of(session, person, now)
    ]  # fmt: skip
    return Group(say("档案保管"), len(entries), entries)


def _scores(session: Session, person: Person, reading: Reading, now: datetime) -> Group | None:
    """Score sheets to accept, to review or to approve; None for whom there is none (R-SCOR-03)."""
    waits = waiting_scores(session, person, now)
    if not waits:
        return None
    names = linked(session, "employee", {one.sheet.person_id for one in waits}, person, reading)
    entries = [
        Entry(one.sheet.__tablename__, one.sheet.public_id, names[one.sheet.person_id][0],
              say("{month} 考核", month=f"{one.sheet.month_on:%Y-%m}"), None, "due", _SCORE_VERBS[one.verb],
              page="scored_sheet.sheet")
        for one in waits
    ]  # fmt: skip
    return Group(say("月度考核"), len(entries), entries, "scores.month")


_SCORE_VERBS = {Verb.REVIEW: say("待审核"), Verb.ACCEPT: say("待本人认可"), Verb.APPROVE: say("待批准")}


def power_words(power: Power) -> Text:
    if isinstance(power, Level):
        return say("密级权限：{level}", level=power.label)
    return say("岗位：{role}", role=Text(power.title))


def _borrowed(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    mine = room.out(session, person.id)
    items = item_names(session, mine, person, reading)
    entries = [
        Entry(
            one.__tablename__,
            one.public_id,
            items[one.item_id],
            None,
            due := getattr(one, "due_at", None),
            *_pressing(due, now),
        )
        for one in mine
    ]
    return Group(say("我借的档案"), len(entries), entries)


def _pressing(due: datetime | None, now: datetime) -> tuple[str, Text | None]:
    if due is None:
        return "", say("查阅中")
    if is_overdue(due, None, now):
        return "late", say("逾期")
    return ("due", say("24 小时内到期")) if due - now < timedelta(hours=24) else ("", None)


def due(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """Callbacks, greetings, things to put right and whatever else has a day of its own."""
    today = local_day(session, now)
    entries = [
        Entry(one.register.__tablename__, one.public_id, one.title, Text(one.register.declaration.title), one.due,
              *_how_late(one, today, reading))
        for one in to_do(session, person, reading, now)
    ]  # fmt: skip
    return Group(say("到期事项"), len(entries), entries, "desk.due")


def _how_late(one: ToDo, today: date, reading: Reading) -> tuple[str, Text | None]:
    if one.late:
        return "late", say("逾期")
    day = one.due.astimezone(reading.zone).date() if isinstance(one.due, datetime) else one.due
    return ("due", say("今天到期")) if day == today else ("", None)


def _asked(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """Own requests that aren't settled: drafts to submit, under way, granted to be fetched."""
    requests: list[Register] = []
    for table in KINDS:
        register = register_named(table)
        unsettled = register.state.in_((State.DRAFT, State.SIGNING, State.GRANTED))
        requests += session.scalars(
            select(register).where(register.applicant_id == person.id, unsettled, register.voided_at.is_(None))
        )
    items = item_names(session, requests, person, reading)
    entries = [
        Entry(
            one.__tablename__,
            one.public_id,
            items[one.item_id],
            None,
            one.lapses_at or one.submitted_at or one.created_at,
            "due" if one.state == State.GRANTED else "open",
            State(one.state).title,
        )
        for one in sorted(requests, key=lambda one: one.created_at)
    ]
    entries += _in_line(session, person, reading, now)
    return Group(say("我的申请"), len(entries), entries)


def _in_line(session: Session, person: Person, reading: Reading, now: datetime) -> list[Entry]:
    """What this person reserved: to be fetched until when, or not in yet (R-LOAN-12)."""
    waiting = queues.of_person(session, person.id, now)
    titles = linked(session, "archive_item", {one.item_id for one in waiting}, person, reading)
    items = item_names(session, waiting, person, reading)
    return [
        Entry("archive_item", titles[one.item_id][1], items[one.item_id], None, one.until or one.reservation.reserved_at,
              *(("due", say("预约可取")) if one.until else ("open", say("预约排队中"))))
        for one in waiting
    ]  # fmt: skip


def _to_hand_out(session: Session, person: Person, reading: Reading, now: datetime) -> Group:
    """For the keeper: what is overdue, then what waits to be fetched."""
    late = room.overdue(session, now, _LATE)
    waiting = room.ready(session, now)
    names = linked(session, "employee", {one.applicant_id for one in [*late, *waiting]}, person, reading)
    items = item_names(session, [*late, *waiting], person, reading)
    entries = [
        Entry(one.__tablename__, one.public_id, items[one.item_id], names[one.applicant_id][0], when, state, text)
        for one, when, state, text in [
            *((one, one.due_at, "late", say("逾期")) for one in late),
            *((one, one.lapses_at, "due", say("待借出")) for one in waiting),
        ]
    ]
    return Group(say("借阅台"), room.count_overdue(session, now) + len(waiting), entries, "loan_desk.desk")
