"""The loan desk as a page: what lies open on it, what may go out, what is out, today's acts (R-LOAN-10, R-LOAN-11)."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...models import Register, register_named
from ...operations import stand_ins
from ...operations.archives import queues, room
from ...operations.archives.at_desk import works_at_desk
from ...operations.staff import staff_on
from ...operations.today import local_day
from ...permissions import Person, Role
from ...rules.states import State
from ...texts import say
from ...verdicts import Obstructed, Refused
from ..crumbs import crumb
from ..doors import SIGNING, door
from ..words import words
from .loan_cards import card, item_card, person_card
from .loan_lists import acts, choice_rows, out_rows, queue_rows
from .refusal_card import refusal_card
from .scan_box import AtDesk

#: so many of what is out stand on the desk itself
_OUT_SHOWN = 8
#: what is typed into the cards
TYPED = ("good", "damaged", "missing", "damage", "note", "until")


def _hands_out(person: Person) -> bool:
    """Keepers, and whoever stands in for one today (R-ROLE-03)."""
    if Role.ARCHIVE_KEEPER in person.roles:
        return True
    today = local_day(db.session, clock.now())
    return stand_ins.stands_in(db.session, person, today) and works_at_desk(staff_on(db.session, today), person.id)


LOAN_DESK = door(say("借阅台"), "/loans/", SIGNING, _hands_out)


def reasons(refusal: Refused, asked: Register) -> list[dict[str, Any]]:
    item = db.session.get(register_named("archive_item"), asked.item_id)
    return refusal_card(refusal, asked, item, asked.applicant_id, clock.now())


def show(lies: AtDesk) -> Any:
    now, asked = clock.now(), lies.request
    keep = {"person": lies.person.public_id} if lies.person is not None else {}
    then = {"then": lies.waits} if lies.waits else {}
    open_card = card(asked, now, _typed(), {**keep, **then}) if asked is not None else None
    if open_card is not None and open_card["blocked"] and not lies.refusals:
        lies = replace(lies, refusals=reasons(Obstructed(open_card["blocked"]), asked))
    busy = open_card is not None and not open_card["blocked"]
    out = room.out(db.session, most=_OUT_SHOWN)
    page = SimpleNamespace(
        title=_("借阅台"), card=open_card, busy=busy, acts=acts(now), choose=lies.choose, refusals=lies.refusals,
        result=_result(lies, open_card), person=person_card(lies.person, now) if lies.person is not None else None,
        lies=[*({"id": asked.public_id} if busy else {}).items(), *keep.items(),
              *({"item": lies.item.public_id} if lies.item is not None else {}).items()],
        item=item_card(lies.item, now) if lies.item is not None and asked is None else None,
        kept=queue_rows(queues.lying_waiting(db.session, now)),
        desk_url=url_for("loan_desk.desk"),
        done_url=url_for("loan_desk.desk", **keep, **({"code": lies.waits} if lies.waits else {})),
        out=out_rows(out, now), out_count=room.count_out(db.session), out_url=url_for("out_now.out"),
        waiting=choice_rows(room.ready(db.session, now), now),
    )  # fmt: skip
    crumb(LOAN_DESK)
    return render_template("loan_desk.html", page=page)


def _result(lies: AtDesk, open_card: dict[str, Any] | None) -> dict[str, str] | None:
    """What is said of the last scan, by kind of sound and colour."""
    result = lies.result
    if result is None and lies.refusals:
        result = ("refused", _("没有办成"), _("原因和办法见下"))
    if result is None and lies.request is not None and open_card is None:
        state = words(State(lies.request.state).title)
        result = ("look", _("无须办理"), _("%(number)s：%(state)s", number=lies.request.number, state=state))
    return dict(zip(("kind", "word", "text"), result, strict=True)) if result else None


def _typed() -> dict[str, str]:
    return {name: request.form[name] for name in TYPED if name in request.form}
