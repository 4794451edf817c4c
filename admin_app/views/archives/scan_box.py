"""What a scan leads to: the card of a request, of a person or of an item, a choice, or every reason why not (R-LOAN-11).

Person first or item first makes no difference: what was scanned before stays open until the other comes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ...database import db
from ...models import Register, register_named
from ...operations.archives import room
from ...operations.archives.scanning import scanned
from ...operations.archives.standing import KINDS
from ...operations.archives.why_not import why_not
from ...rules.label_codes import code_of
from ...rules.states import State
from ...verdicts import Obstructed, Refused
from ..refusals import note_refusal
from ..words import reading
from .loan_lists import choice_rows
from .refusal_card import refusal_card

Result = tuple[str, str, str]


@dataclass(frozen=True)
class AtDesk:
    """What lies open on the desk: a request's card, a person, an item; and what is said of the last scan.

    ``waits``: the code that was scanned while the card was open and comes after it.
    """

    request: Register | None = None
    person: Register | None = None
    item: Register | None = None
    choose: list[dict[str, str]] = field(default_factory=list)
    result: Result | None = None
    refusals: list[dict[str, Any]] = field(default_factory=list)
    waits: str = ""


def scan(code: str, before: AtDesk, now: datetime) -> AtDesk:
    """What lies on the desk after *code* was scanned with *before* open."""
    meant = scanned(db.session, code, reading())
    if meant.misread:
        return replace(before, result=("refused", _("没有读对"), _("条码没有读全，请再扫一次")))
    if meant.alike:
        return replace(
            before, choose=_offers(meant.alike, before), result=("look", _("请选择"), _("有几个人相符，请选一个"))
        )
    if meant.record is None:
        nothing = _("没有“%(code)s”对应的单号、文件、案卷、柜位或员工", code=code)
        return replace(before, result=("refused", _("没有找到"), nothing))
    if before.request is not None:
        return _behind(code, meant.record, before, now)
    return _OPENS[meant.record.__tablename__](meant.record, before, now)


def again(lies: AtDesk, now: datetime) -> AtDesk:
    """What lies open, looked at again: nobody asks for anything, so nothing is noted."""
    if lies.request is not None or lies.person is None or lies.item is None:
        return lies
    return _facing(lies.person, lies.item, now)[0]


def _behind(code: str, record: Register, before: AtDesk, now: datetime) -> AtDesk:
    """A card is finished before the next is opened; its own borrower is welcome, anything else waits, and isn't tried yet."""
    if _OPENS[record.__tablename__] is _open_person:
        if record.id == before.request.applicant_id:
            return replace(before, person=record)
        other = _("这份申请不是 %(name)s 的，请核对", name=record.name)
        return replace(before, result=("look", _("人不相符"), other))
    if _is_of(record, before.request, now):
        return before
    waiting = _("先办完这一件，或点“不办了”；刚扫的 %(code)s 排在后面", code=code)
    return replace(before, waits=code, result=("look", _("请先办完"), waiting))


def _is_of(record: Register, request: Register, now: datetime) -> bool:
    """Whether what was scanned means the open card itself: its request, its item, or a file or place with nothing else."""
    opens = _OPENS[record.__tablename__]
    if opens is _open_item:
        return record.id == request.item_id
    meant = opens(record, AtDesk(), now).request
    return meant is not None and meant.public_id == request.public_id


def _open_request(request: Register, before: AtDesk, now: datetime) -> AtDesk:
    return AtDesk(request, person=before.person)


def _open_person(person: Register, before: AtDesk, now: datetime) -> AtDesk:
    return _both(person, before.item, now) if before.item is not None else AtDesk(person=person)


def _open_item(item: Register, before: AtDesk, now: datetime) -> AtDesk:
    """Out, its return; in, the grant to be used, of the person who is open or of the only one who has one."""
    requests = room.matters(db.session, [item.id], now)
    if any(one.state != State.GRANTED for one in requests) and (
        before.person is None or _theirs(requests, before.person)
    ):
        return AtDesk(requests[0], person=before.person)
    if before.person is not None:
        return _both(before.person, item, now)
    if len(requests) == 1:
        return AtDesk(requests[0])
    if requests:
        several = _("有几个人获准借阅，请扫借阅人，或选一份申请")
        return AtDesk(item=item, choose=choice_rows(requests, now), result=("look", _("请选择"), several))
    return AtDesk(item=item, result=("look", _("没有待办"), _("没有可用的批准；扫借阅人，可看原因")))


def _open_group(field_name: str) -> Callable[[Register, AtDesk, datetime], AtDesk]:
    """A file or a place: what of it the desk has to do with."""

    def open_group(record: Register, before: AtDesk, now: datetime) -> AtDesk:
        item = register_named("archive_item")
        ids = db.session.scalars(select(item.id).where(getattr(item, field_name) == record.id)).all()
        requests = room.matters(db.session, ids, now)
        if len(requests) == 1:
            return AtDesk(requests[0], person=before.person)
        called = getattr(record, "number", None) or record.code
        if not requests:
            return replace(
                before, result=("look", _("没有待办"), _("%(what)s：没有在外的，也没有待借出的", what=called))
            )
        several = _("%(what)s：%(n)s 件在外或待借出", what=called, n=len(requests))
        return replace(before, choose=choice_rows(requests, now), result=("look", _("请选择"), several))

    return open_group


_OPENS: dict[str, Callable[[Register, AtDesk, datetime], AtDesk]] = {
    **dict.fromkeys(KINDS, _open_request), "employee": _open_person, "archive_item": _open_item,
    "archive_file": _open_group("file_id"), "archive_place": _open_group("place_id"),
}  # fmt: skip


def _both(person: Register, item: Register, now: datetime) -> AtDesk:
    """The grant of *person* for *item*, or all that stands in the way of it, noted as refused (R-SIGN-06, R-AUDT-01)."""
    lies, refusal = _facing(person, item, now)
    if refusal is not None:
        note_refusal(refusal)
    return lies


def _facing(person: Register, item: Register, now: datetime) -> tuple[AtDesk, Refused | None]:
    """What lies on the desk with both of them there, and the refusal if it is one."""
    if theirs := _theirs(room.matters(db.session, [item.id], now), person):
        return AtDesk(theirs[0], person=person), None
    request, reasons = why_not(db.session, person.id, item, now)
    if not reasons:
        nothing = _("此人的申请不归您办理")
        return AtDesk(person=person, item=item, result=("look", _("没有待办"), nothing)), None
    refusal = Obstructed(reasons)
    cards = refusal_card(refusal, request, item, person.id, now)
    said = _("%(name)s 现在借不到 %(item)s", name=person.name, item=item.number)
    return AtDesk(person=person, item=item, refusals=cards, result=("refused", _("不能借出"), said)), refusal


def _theirs(requests: list[Register], person: Register) -> list[Register]:
    return [one for one in requests if one.applicant_id == person.id]


def _offers(alike: list[tuple[str, str, str]], before: AtDesk) -> list[dict[str, str]]:
    """People to choose from; whoever is chosen comes to what lies open."""
    item = {"item": before.item.public_id} if before.item is not None else {}
    return [
        {
            "text": name,
            "url": url_for("loan_desk.desk", code=code_of("employee", public_id), **item),
            "until_text": second,
        }
        for public_id, name, second in alike
    ]
