"""A large export on its way to the background and out of it: the list's address is what is kept, and read again."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ... import clock
from ...database import db
from ...fields import Face
from ...guard import act_as, writing
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
from ...texts import say
from ...verdicts import Refused, require
from ...working.exports import ExportRun
from ..words import ledger_reading
from .address import Address, read_address
from .filters import Asker

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
        exports.ask(db.session, asked, now)
    flash(_("正在准备，完成后在“我的导出”下载"), "success")
    return redirect(url_for("exports.mine"))


def make_next(session: Session, store: ExportFiles) -> bool:
    """Make the export that waits longest, as its owner; whether there was one."""
    act_as(session, EXPORTS, "schedule")
    export_queue.clear_up(session, store, clock.now())
    run = export_queue.claim(session, store, clock.now())
    if run is None:
        return False
    try:
        _make(session, run, store)
    except GoneMeanwhileError:
        store.delete(run.stored or "")
    except Refused as refused:
        _give_up(
            session,
            run,
            store,
            ledger_reading().word(say("{reason}（{rule}）", reason=refused.verdict.reason, rule=refused.verdict.rule)),
        )
    except Exception:
        _give_up(session, run, store, str(say("程序出错，请重新生成；仍不行请告诉管理员")))
        raise
    return True


def _make(session: Session, run: ExportRun, store: ExportFiles) -> None:
    person, register = export_queue.owner_of(session, run), register_named(run.table_name)
    if person is None:
        export_queue.failed(session, run, str(say("账号已停用或已离职")), clock.now())
        return
    act_as(session, person, "schedule")
    require(may_do(person, Action.EXPORT, register))
    address = _read_again(session, run, person)
    query = address.query(session)
    make_file(session, run, query, address.columns, ledger_reading(), asked_names(address), store)


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


def _give_up(session: Session, run: ExportRun, store: ExportFiles, failure: str) -> None:
    act_as(session, EXPORTS, "schedule")
    store.delete(run.stored or "")
    try:
        export_queue.failed(session, run, failure, clock.now())
    except GoneMeanwhileError:
        return
