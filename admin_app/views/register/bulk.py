"""Bulk actions: the count first, then row by row within rights, then done / skipped / refused with reasons (R-LIST-02)."""

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from ...database import db
from ...guard import writing
from ...guard.listing import all_ids, count
from ...models import Register
from ...operations import records
from ...verdicts import Refused
from ..words import words
from .address import Address

if TYPE_CHECKING:
    from .view import RegisterView

#: the bulk form's own fields, which are no part of the list's address
OWN = frozenset({"csrf_token", "action", "id", "everything", "confirmed", "reason"})
_LIMIT = 5000


def run(view: "RegisterView", address: Address) -> Any:
    """Ask first, then do; the answer leads back to the list as it was."""
    action, reason = request.form.get("action"), request.form.get("reason", "").strip()
    if _number(address) > _LIMIT:
        flash(_("一次最多办理 %(limit)s 条，什么都没有做，请先缩小范围", limit=f"{_LIMIT:,}"), "warning")
        return redirect(view.base + address.url())
    chosen = _chosen(view, address)
    if action not in ("void", "restore") or not chosen:
        flash(_("没有选择记录"), "warning")
        return redirect(view.base + address.url())
    if request.form.get("confirmed") != "yes" or (action == "void" and not reason):
        return _ask(view, address, action, len(chosen))
    done, refused = _do(view, action, chosen, reason)
    outcome = _("完成 %(done)s 条，未办 %(refused)s 条", done=done, refused=sum(refused.values()))
    flash(outcome, "success" if done else "warning")
    for sentence, number in refused.items():
        flash(_("%(number)s 条：%(reason)s", number=number, reason=sentence), "warning")
    return redirect(view.base + address.url())


def _number(address: Address) -> int:
    """How many rows were asked for, counted to one beyond the limit."""
    if request.form.get("everything") == "yes":
        return count(db.session, address.query(db.session), _LIMIT + 1)
    return len(request.form.getlist("id"))


def _chosen(view: "RegisterView", address: Address) -> list[int]:
    """Ids of the chosen rows that the person sees; those they don't see aren't even counted."""
    if request.form.get("everything") == "yes":
        return list(all_ids(db.session, address.query(db.session)))
    found = (records.find(db.session, view.register, id_[:24]) for id_ in request.form.getlist("id"))
    return [record.id for record in found if record is not None]


def _do(view: "RegisterView", action: str, ids: list[int], reason: str) -> tuple[int, Counter[str]]:
    """Row by row, each held as it is done: what others save meanwhile waits, and no row spoils the rest."""
    done, refused = 0, Counter[str]()
    with writing(db.session):
        for id_ in sorted(ids):
            record = db.session.get(view.register, id_, with_for_update=True)
            if record is None:
                refused[_("记录已有变动")] += 1
                continue
            try:
                _one(record, action, reason)
                done += 1
            except Refused as refusal:
                refused[words(refusal.verdict.reason)] += 1
    return done, refused


def _one(record: Register, action: str, reason: str) -> None:
    if action == "void":
        records.void(db.session, record, reason)
    else:
        records.restore(db.session, record)


def _ask(view: "RegisterView", address: Address, action: str, number: int) -> Any:
    word = _("作废") if action == "void" else _("恢复")
    title = words(view.register.declaration.title)
    page = SimpleNamespace(
        title=_("%(word)s所选记录", word=word), thing=_("%(n)s 条 %(title)s", n=number, title=title), text=None, depends=[],
        needs_reason=action == "void", reason="", needs_password=False, button=word, cancel_url=view.base + address.url(),
        error=_("请写明原因") if request.form.get("confirmed") == "yes" else None,
        kind="danger" if action == "void" else "primary",
        hidden=[pair for pair in request.form.items(multi=True) if pair[0] not in ("csrf_token", "confirmed", "reason")],
    )  # fmt: skip
    view.crumb((page.title, None))
    return render_template("confirm.html", page=page)
