"""Ledgers and exports that go on without the browser, on the desk of whoever asked for them (R-DESK-01, R-IMPT-06)."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..background import Workplace
from ..guard.session import acting
from ..models import register_named
from ..operations import exports
from ..operations.desk_groups import Entry, Group
from ..permissions import Action
from ..rules.exporting import Stage
from ..texts import Text, say
from ..working.exports import ExportRun
from ..working.imports import ImportBatch
from . import batches, runs

#: what has come to its end is told for a day, what waits for its owner for three
_ENDED, _WAITS = timedelta(days=1), timedelta(days=3)
_MOST = 20
#: what to say of a batch in each state, and in which tone
_TOLD: dict[str, tuple[str, Text]] = {
    batches.UPLOADED: ("due", say("检查好了，还没有导入")),
    batches.WRITTEN: ("done", say("导入完成")),
    batches.UNDONE: ("done", say("撤销完成")),
    runs.CHECKING: ("open", say("正在检查")),
    runs.WRITING: ("open", say("正在导入")),
    runs.LOOKING: ("open", say("正在核对能撤销哪些")),
    runs.UNDOING: ("open", say("正在撤销")),
    runs.INTERRUPTED: ("late", say("中断，请重新开始或放弃")),
    runs.FAILED: ("late", say("没有办成，请看原因")),
}
_EXPORTS: dict[Stage, tuple[str, Text]] = {
    Stage.WAITING: ("open", say("正在准备")),
    Stage.MAKING: ("open", say("正在准备")),
    Stage.READY: ("done", say("可以下载")),
    Stage.FAILED: ("late", say("没有办成，请看原因")),
    Stage.INTERRUPTED: ("late", say("中断，请重新生成")),
}


def under_way(session: Session, place: Workplace, now: datetime) -> Group:
    """The acting person's large ledgers and exports of these days, with where each stands; two queries.

    Nobody else's, and none for who looks on as somebody else: a file holds what its owner may see.
    """
    entries = [] if acting(session).seen_by else [*_batches(session, place, now), *_exports(session, place, now)]
    return Group(say("导入与导出"), len(entries), entries)


def _batches(session: Session, place: Workplace, now: datetime) -> list[Entry]:
    person = acting(session)
    waits = (ImportBatch.state == batches.UPLOADED) & (ImportBatch.created_at > now - _WAITS)
    asked_for = (ImportBatch.asked.like(f'%"what": "{what}"%') for what in (runs.LOOK, runs.UNDO))
    undoing = (ImportBatch.state == batches.WRITTEN) & or_(*asked_for)
    ended = or_(ImportBatch.written_at > now - _ENDED, ImportBatch.undone_at > now - _ENDED)
    without_browser = or_(ImportBatch.asked.is_not(None), ImportBatch.checked.is_not(None))
    mine = select(ImportBatch).where(ImportBatch.person_id == person.id, without_browser, or_(waits, undoing, ended))
    return [
        _batch(batch, *_TOLD[state])
        for batch in session.scalars(mine.order_by(ImportBatch.id.desc()).limit(_MOST))
        if person.reach(Action.IMPORT, batch.table_name) is not None and (state := runs.state_of(batch, place)) in _TOLD
    ]


def _batch(batch: ImportBatch, tone: str, said: Text) -> Entry:
    return Entry(
        batch.table_name, None, batch.filename, Text(register_named(batch.table_name).declaration.title),
        batch.undone_at or batch.written_at or batch.created_at, tone, said,
        page=f"{batch.table_name}.import_run_view", query={"batch": batch.public_id},
    )  # fmt: skip


def _exports(session: Session, place: Workplace, now: datetime) -> list[Entry]:
    return [
        _export(run, *_EXPORTS[stage])
        for run in exports.mine(session)
        if run.asked_at > now - _ENDED and (stage := exports.stage(run, place, now)) in _EXPORTS
    ]


def _export(run: ExportRun, tone: str, said: Text) -> Entry:
    title = Text(register_named(run.table_name).declaration.title)
    return Entry(run.table_name, None, title, run.kind.upper(), run.asked_at, tone, said, page="exports.mine")
