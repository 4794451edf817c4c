"""The inbox of steps that wait for one's signature (R-DESK-01, R-ROLE-03)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard.titles import linked
from ..operations.archives.inbox import Waiting
from ..operations.archives.inbox import inbox as waiting_steps
from ..permissions import Level
from ..texts import say
from .archives.request_page import TITLES
from .crumbs import crumb
from .doors import SIGNING, door
from .policy import SIGNED_IN, policy
from .words import moment_text, reading, words

blueprint = Blueprint("approvals", __name__, url_prefix="/approvals")

INBOX = door(say("等我签批"), "/approvals/", SIGNING, lambda person: "archive_loan" in person.rights)


@blueprint.get("/")
@policy(SIGNED_IN)
@INBOX.guards
def inbox() -> Any:
    waiting = waiting_steps(db.session, clock.now())
    people = {id_ for one in waiting for id_ in (one.request.applicant_id, one.stands_for) if id_}
    names = {id_: name for id_, (name, _url) in linked(db.session, "employee", people, g.person, reading()).items()}
    page = SimpleNamespace(title=_("等我签批"), rows=[_row(one, names) for one in waiting])
    crumb(INBOX)
    return render_template("approvals.html", page=page)


def _row(one: Waiting, names: dict[int, str]) -> dict[str, Any]:
    record = one.request
    return {
        "url": f"/admin/{record.__tablename__}/details/?id={record.public_id}", "number": record.number,
        "kind": TITLES[record.__tablename__][0](), "who": names[record.applicant_id], "purpose": record.purpose or "",
        "level_mark": {"level": record.level, "label": words(Level(record.level).label)},
        "since": moment_text(record.submitted_at), "step": words(one.step.title), "place": f"{one.place} / {one.steps}",
        "for_whom": names[one.stands_for] if one.stands_for else None,
    }  # fmt: skip
