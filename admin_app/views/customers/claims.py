"""Claims: what waits for the head above both, and both sides beside each other to rule on (R-CUST-03)."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Kind
from ...grants import HEADS_AND_ABOVE
from ...guard import trail, writing
from ...models import register_named
from ...operations.customers import ruling
from ...operations.customers.ruling import Laid, Side
from ...rules.claims import Match, Ruling, plain
from ...texts import COMMA, say, several
from ...verdicts import Refused
from ..crumbs import crumb
from ..dispatch.rows import names
from ..doors import door, holds
from ..input import whole
from ..passwords import check_own
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..session import password_checked_at, password_due
from ..words import moment_text, reading, words
from .section import CUSTOMERS

blueprint = Blueprint("claims", __name__, url_prefix="/customers/claims")
CLAIMS = door(say("撞单裁定"), "/customers/claims/", CUSTOMERS, holds(*HEADS_AND_ABOVE))
#: nobody counts on a form longer than that
_LONGEST = 2000


@blueprint.get("/")
@policy(SIGNED_IN)
@CLAIMS.guards
def worklist() -> Any:
    found = ruling.waiting(db.session, clock.now())
    people = names("employee", (id_ for one in found for id_ in (one.first_owner_id, one.owner_id)))
    rows = [
        {
            "url": url_for("claims.rule", public_id=one.public_id), "name": _held_back(one.name, one.level <= g.person.clearance),
            "first": _name(people, one.first_owner_id), "later": _name(people, one.owner_id),
            "at": moment_text(one.claimed_at), "match": words(Match(one.match).title) if one.match in [*Match] else _("客户说明"),
        }
        for one in found
    ]  # fmt: skip
    trail.note_views(db.session, "customer_claim", [(one.id, one.level) for one in found], "claims")
    crumb(CLAIMS)
    return render_template("claims.html", page=SimpleNamespace(title=words(CLAIMS.title), rows=rows))


@blueprint.route("/<public_id>/", methods=("GET", "POST"))
@policy(SIGNED_IN)
def rule(public_id: str) -> Any:
    """Both sides of one claim; open to whom it waits for, whatever their role (R-CONF-14)."""
    if request.method == "GET":
        return _page(_laid(public_id))
    form, mine = request.form, _laid(public_id).claim
    try:
        if password := form.get("password"):
            check_own(password)
        with writing(db.session):
            ruling.rule_on(
                db.session, mine.public_id, form.get("ruling", ""), form.get("reason", "")[:_LONGEST],
                whole(form.get("version")) or 0, password_checked_at(), clock.now(),
            )  # fmt: skip
    except Refused as refused:
        note_refusal(refused)
        return _page(_laid(public_id), boxes(refused)), refused.status
    flash(_("已裁定：%(what)s", what=words(Ruling(form["ruling"]).title)), "success")
    return redirect(url_for("claims.worklist") if CLAIMS.opens(g.person) else url_for("desk.desk"))


def _laid(public_id: str) -> Laid:
    return ruling.laid(db.session, public_id[:24], clock.now()) or abort(404)


def _page(laid: Laid, refusals: list[dict[str, Any]] | None = None) -> str:
    claim = laid.claim
    people = names("employee", (id_ for id_ in (*laid.owners, claim.owner_after_id) if id_))
    trail.note_views(db.session, "customer_claim", [(claim.id, claim.level)], "claims")
    named, readable = [_name(people, id_) for id_ in laid.owners], claim.level <= g.person.clearance
    page = SimpleNamespace(
        title=_("撞单：%(first)s 与 %(later)s", first=named[0], later=named[1]), refusals=refusals or [], version=claim.version,
        facts=_facts(laid, named), told=_told(laid), customer_says=_held_back(claim.customer_names or "", readable),
        grounds=_held_back(claim.grounds or "", readable),
        ruling=_ruling_box(), reason=request.form.get("reason", ""), needs_password=password_due(),
        ruled=_ruled(claim, people) if claim.ruled_by_id else None,
    )  # fmt: skip
    crumb(CLAIMS, page.title)
    return render_template("claim.html", page=page)


def _ruling_box() -> dict[str, Any]:
    """The one question, as parts/fields.html shows it."""
    options = [{"value": one.value, "label": words(one.title)} for one in Ruling]
    return {
        "name": "ruling", "label": _("裁定"), "type": "choice", "options": options, "value": request.form.get("ruling", ""),
        "required": True, "errors": [], "help": "", "width": "full", "masked": False,
    }  # fmt: skip


def _facts(laid: Laid, named: list[str]) -> list[dict[str, str]]:
    """Who registered when; the hour that counts stands apart where the sheet was late."""
    sides, channels = (laid.first, laid.later), reading().options("register_channel")
    rows = [
        (_("登记人"), named),
        (_("登记时间"), [moment_text(one.registered_at) if one else "" for one in sides]),
        (_("录入时间"), [moment_text(one.entered_at) if one else "" for one in sides]),
        (_("先后按此时间"), [moment_text(one.counts_from) if one else "" for one in sides]),
        (_("渠道"), [channels.get(one.channel, "") if one and one.channel else "" for one in sides]),
    ]
    return [{"label": label, "first": first, "later": later} for label, (first, later) in rows]


def _told(laid: Laid) -> list[dict[str, Any]]:
    """What each tells of the customer, personal facts masked, and whether the two agree."""
    if laid.first is None or laid.later is None:
        return []
    faces, both = register_named("customer_registration").faces, (laid.first, laid.later)
    phone, place = faces["phone"].kind, faces["unit_or_plate"].kind
    return [
        _line(_("客户姓名"), both, [{one.told.name} for one in both], None),
        _line(_("电话"), both, [one.told.phones for one in both], phone),
        _line(_("小区"), both, [{one.told.estate} for one in both], None),
        _line(_("车牌"), both, [one.told.plates for one in both], place),
        _line(_("房号"), both, [one.told.units for one in both], place),
    ]


def _line(label: str, sides: Iterable[Side], values: list[Any], kind: Kind | None) -> dict[str, Any]:
    """One row; *kind* masks what is personal. Texts are compared as two people write them, so that masks tell nothing more."""
    given = [{text for text in each if text} for each in values]
    first, later = (_shown(texts, side, kind) for texts, side in zip(given, sides, strict=True))
    if not all(given):
        return {"label": label, "first": first, "later": later, "tag": "", "said": _("未填") if any(given) else ""}
    same = bool({plain(text) for text in given[0]} & {plain(text) for text in given[1]})
    tag, said = ("state-due", _("相同")) if same else ("state-off", _("不同"))
    return {"label": label, "first": first, "later": later, "tag": tag, "said": said}


def _shown(texts: set[str], side: Side, kind: Kind | None) -> str:
    each = sorted(texts)
    if kind is not None:
        each = [kind.mask(text, reading()) for text in each]
    return words(several((_held_back(text, side.readable) for text in each), COMMA))


def _held_back(text: str, readable: bool) -> str:
    """What lies above one's clearance is masked whole (R-CONF-02)."""
    return text if readable or not text else "***"


def _ruled(claim: Any, people: dict[int, Any]) -> dict[str, str]:
    return {
        "verdict": reading().options("claim_verdict").get(claim.verdict, ""), "reason": claim.ruling or "",
        "owner": _name(people, claim.owner_after_id), "at": moment_text(claim.ruled_at),
    }  # fmt: skip


def _name(told: dict[int, tuple[str, str | None]], id_: int | None) -> str:
    return told[id_][0] if id_ in told else _("未写明")
