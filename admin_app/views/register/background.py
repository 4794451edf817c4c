"""A large export on its way to the background and out of it: the list's address is what is kept, and read again."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ... import clock
from ...background import Claim, Stopped, Workplace
from ...database import db
from ...fields import Face
from ...guard import act_as, writing
from ...guard.busy import is_busy
from ...guard.listing import count
from ...guard.titles import linked
from ...models import register_named
from ...operations import export_queue, exports, links
from ...operations.export_queue import EXPORTS, GoneMeanwhileError
from ...permissions import Action, Person
from ...rules import exporting
from ...rules.rights import may_do
from ...sheets.export_runs import make_file, rehearse
from ...sheets.exporting import leaving
from ...storage import ExportFiles
from ...texts import Text, say
from ...verdicts import Refused, require
from ...working.exports import ExportRun
from ..words import ledger_reading
from .address import Address, read_address
from .filters import Asker
from .import_runs import workplace

#: what of the address of an export is not the list's
_NOT_KEPT = frozenset({"page", "after", "count", "reason"})


def is_large(address: Address) -> bool:
    """Whether more leaves than anybody should wait for."""
    most = exporting.BACKGROUND_FROM
    return count(db.session, leaving(address.query(db.session), address.columns), most + 1) > most


def asked_names(address: Address) -> list[str]:
    """Names of the fields that *address* filters by, for the trail; no values."""
    return [f"{one.face.name} {one.operator}" for one in address.filters] + (["search"] if address.text else [])


def start(address: Address, kind: str, reason: str, copy: str, conditions: list[str]) -> Any:
    """Put the export of *address* in the queue, and lead to where it will be. Raises Refused as the direct one does."""
    now, register = clock.now(), address.register
    rehearse(db.session, address.query(db.session), address.columns, ledger_reading(), reason, copy, now)
    pairs = [pair for pair in address.args.items(multi=True) if pair[0] not in _NOT_KEPT and pair[1]]
    asked = exports.Asked(register.__tablename__, kind, urlencode(pairs), conditions, reason, copy)
    with writing(db.session):
        exports.ask(db.session, asked, workplace(), now)
    flash(_("正在准备，完成后在“我的导出”下载"), "success")
    return redirect(url_for("exports.mine"))


def make_next(session: Session, store: ExportFiles, place: Workplace) -> bool:
    """Make the export that waits longest, as its owner; whether there was one."""
    act_as(session, EXPORTS, "schedule")
    try:
        export_queue.clear_up(session, store, place)
        taken = export_queue.claim(session, store, place)
    except Exception as error:
        if is_busy(error):  # a large ledger is being written: they wait
            return False
        raise
    if taken is None:
        return False
    run, claim = taken
    try:
        _make_or_say_why(session, run, store, claim)
    finally:
        claim.release()
    return True


def _make_or_say_why(session: Session, run: ExportRun, store: ExportFiles, claim: Claim) -> None:
    try:
        _make(session, run, store, claim)
    except (GoneMeanwhileError, Stopped):
        store.delete(run.stored or "")
    except Refused as refused:
        verdict = refused.verdict
        _give_up(session, run, store, say("{reason}（{rule}）", reason=verdict.reason, rule=verdict.rule))
    except Exception:
        _give_up(session, run, store, say("程序出错，请重新生成；仍不行请告诉管理员"))
        raise


def _make(session: Session, run: ExportRun, store: ExportFiles, claim: Claim) -> None:
    person, register = export_queue.owner_of(session, run), register_named(run.table_name)
    if person is None:
        _give_up(session, run, store, say("账号已停用或已离职"))
        return
    act_as(session, person, "schedule")
    require(may_do(person, Action.EXPORT, register))
    address = _read_again(session, run, person)
    query = address.query(session)
    make_file(session, run, query, address.columns, ledger_reading(), asked_names(address), store, claim)


def _read_again(session: Session, run: ExportRun, person: Person) -> Address:
    """The list's address as it reads for *person* now; “today” in it is the day on which it was asked for."""
    reading = ledger_reading()

    def named(face: Face, text: str) -> tuple[int, str]:
        id_ = links.named(session, face.to or "", text, reading)
        return id_, linked(session, face.to or "", [id_], person, reading)[id_][0]

    register = register_named(run.table_name)
    asker = Asker(register, person, reading, run.asked_at, named)
    address = read_address(asker, MultiDict(parse_qsl(run.query, keep_blank_values=True)))
    if address.voided:
        require(may_do(person, Action.VOID, register))
    return address


def _give_up(session: Session, run: ExportRun, store: ExportFiles, failure: Text) -> None:
    act_as(session, EXPORTS, "schedule")
    store.delete(run.stored or "")
    try:
        export_queue.patiently(lambda: None, lambda: export_queue.failed(session, run, failure))
    except GoneMeanwhileError:
        return
