"""The view-models of an import's pages, as import_*.html read them."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from ...fields import Face, Reading
from ...guard.session import acting
from ...guard.titles import linked
from ...models import Register
from ...permissions import Person
from ...sheets.batches import DROPPED, UNDONE, UPLOADED, WRITTEN
from ...sheets.choices import Choices
from ...sheets.judging import ADD_ONLY, BOTH, CHANGE_ONLY
from ...sheets.keys import findable
from ...sheets.mapping import Column, Mapping
from ...sheets.reading import DELIMITER_NAMES, DELIMITERS, ENCODINGS, Guess, Table
from ...sheets.runs import CHECKING, FAILED, INTERRUPTED, LOOKING, UNDOING, WRITING, why_dropped
from ...sheets.undoing import HIDDEN, REFUSED, USED, Undone
from ...sheets.work import Work
from ...working.imports import ImportBatch
from ..addresses import page_of
from ..words import moment_text, words

_ACCEPT = ".csv,.tsv,.txt,.xlsx,.xls"
#: rows of the preview: from the head, where titles and header are, and from the end, where totals are
_HEAD, _TAIL = 15, 4
_HEADERS_OFFERED = 30
_LEFT_OUT_SHOWN = 50
#: records that an undo left as they are
_LEFT_SHOWN = 200


def upload_page(
    register: type[Register], latest: Iterable[tuple[ImportBatch, str]], base: str, error: str | None
) -> SimpleNamespace:
    title = words(register.declaration.title)
    return SimpleNamespace(
        title=_("导入%(title)s", title=title), accept=_ACCEPT, error=error, refusal=None,
        limits=_("CSV、TSV、XLSX 或 XLS，不超过 64 MB；编码、分隔符和表头会自动辨认，都可以改。"),
        template_urls=[{"label": _("下载模板"), "url": f"{base}import/template/"}],
        batches=[_batch(batch, state, f"{base}import/{batch.public_id}/") for batch, state in latest],
    )  # fmt: skip


def _batch(batch: ImportBatch, state: str, url: str) -> dict[str, Any]:
    return {
        "file": batch.filename, "when": moment_text(batch.written_at or batch.created_at), "who": _("本人"),
        "url": url if state == batch.state else f"{url}run/", "result_text": result_text(batch), "state": tag_of(state),
    }  # fmt: skip


def result_text(batch: ImportBatch) -> str:
    """What became of a written batch, in a line."""
    if batch.state in (UPLOADED, DROPPED):
        return ""
    if batch.undone:
        return undone_text(Undone.from_json(batch.undone))
    e = json.loads(batch.equation)
    return _("新增 %(added)s，修改 %(changed)s，相同 %(same)s，重复 %(duplicate)s，拒收 %(refused)s", **e)


def written_by(batch: ImportBatch) -> int:
    """How many lines of *batch* made a record or changed one."""
    equation = json.loads(batch.equation)
    return equation["added"] + equation["changed"]


def tag_of(state: str) -> dict[str, str]:
    text, tag = {
        UPLOADED: (_("未导入"), "state-due"), WRITTEN: (_("已导入"), "state-done"), UNDONE: (_("已撤销"), "state-off"),
        DROPPED: (_("已放弃"), "state-off"), WRITING: (_("正在导入"), "state-due"),
        CHECKING: (_("正在检查"), "state-due"), UNDOING: (_("正在撤销"), "state-due"),
        LOOKING: (_("正在核对"), "state-due"),
        INTERRUPTED: (_("中断"), "state-late"), FAILED: (_("没有办成"), "state-late"),
    }[state]  # fmt: skip
    return {"text": text, "tag": tag}


def reading_page(
    batch: ImportBatch, table: Table, mapping: Mapping, choices: Choices, key: Collection[str], work: Work
) -> SimpleNamespace:
    """Everything guessed, and why; *key*: names of the fields that are ticked as key, none for the declared one."""
    faces, declared = work.faces, [work.register.faces[name] for name in work.register.declaration.key]
    modes = ((BOTH, _("新增和更新")), (ADD_ONLY, _("只新增")), (CHANGE_ONLY, _("只更新")))
    return SimpleNamespace(
        title=_("看得对吗"), file_name=batch.filename,
        size_text=_size(table),
        guesses=_guesses(table), preview=_preview(table), left_out=left_out(table), cut=table.cut,
        merged=bool(table.merged), fill_merged=choices.reading.fill_merged,
        not_data=" ".join(map(str, sorted(choices.reading.not_data))), kept_data=sorted(choices.reading.data),
        remarks=[{"line": remark.line, "words": words(remark.reason)} for remark in table.remarks[:20]],
        mapping=[_column(column, table, choices) for column in mapping.columns],
        targets=[{"value": face.name, "label": words(face.label), "required": face.required} for face in faces],
        todo=[words(face.label) for face in faces if _needed(face) and face.name not in mapping.names],
        modes=[{"value": value, "label": label} for value, label in modes], mode=choices.mode,
        blank_clears=choices.blank_clears, key_label=_("、").join(words(face.label) for face in declared),
        keys=[
            {"value": face.name, "label": words(face.label), "chosen": face.name in key}
            for face in findable(work, mapping)
        ],
    )  # fmt: skip


def _size(table: Table) -> str:
    told = {"lines": table.lines, "records": len(table.records)}
    return (
        _("前 %(lines)s 行，其中数据 %(records)s 行", **told)
        if table.cut
        else _("共 %(lines)s 行，其中数据 %(records)s 行", **told)
    )


def _needed(face: Face) -> bool:
    return face.required and face.default is None


def _guesses(table: Table) -> list[dict[str, Any]]:
    found = []
    if table.sheet:
        names = [
            (sheet.name, _("%(text)s（%(note)s）", text=sheet.name, note=_("隐藏")) if sheet.hidden else sheet.name)
            for sheet in table.sheets
        ]
        found.append(_guess("sheet", _("工作表"), table.sheet, names))
    if table.encoding:
        found.append(_guess("encoding", _("编码"), table.encoding, [(name, name) for name in ENCODINGS]))
    if table.delimiter:
        names = [(mark, words(DELIMITER_NAMES[mark])) for mark in (*DELIMITERS, "")]
        found.append(_guess("delimiter", _("分隔符"), table.delimiter, names))
    last = max(min(table.lines, _HEADERS_OFFERED), table.header_line.value)
    lines = [("0", _("没有表头")), *((str(line), _("第 %(n)s 行", n=line)) for line in range(1, last + 1))]
    found.append(_guess("header_line", _("表头"), table.header_line, lines))
    return found


def _guess(name: str, label: str, guess: Guess[Any], options: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        "name": name, "label": label, "value": str(guess.value), "why": words(guess.why), "sure": guess.sure,
        "options": [{"value": value, "label": text} for value, text in options],
    }  # fmt: skip


def _preview(table: Table) -> dict[str, Any]:
    numbers = range(1, table.lines + 1)
    tail = 0 if table.cut else _TAIL
    shown = numbers if table.lines <= _HEAD + tail else [*numbers[:_HEAD], *numbers[table.lines - tail :]]
    width = max((len(table.rows[number - 1]) for number in shown), default=0)
    return {
        "letters": [_letter(index) for index in range(width)],
        "rows": [_row(table, number, width) for number in shown],
    }


def _row(table: Table, number: int, width: int) -> dict[str, Any]:
    cells = [cell[:40] for cell in table.rows[number - 1]]
    is_header = table.header_line.value - table.header_levels < number <= table.header_line.value
    kind = "header" if is_header else "left_out" if number in table.not_data else "data"
    why = words(table.not_data[number]) if number in table.not_data else None
    return {"number": number, "kind": kind, "why": why, "cells": [*cells, *[""] * (width - len(cells))]}


def _letter(index: int) -> str:
    """A for 0, AA for 26."""
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def left_out(table: Table) -> list[dict[str, Any]]:
    """Lines below the header that were taken for no data and hold something: each can be called back."""
    lines = [
        line for line in table.not_data if line > table.header_line.value and any(map(str.strip, table.rows[line - 1]))
    ]
    return [
        {"line": line, "why": words(table.not_data[line]), "text": "　".join(filter(None, table.rows[line - 1]))[:80]}
        for line in lines[:_LEFT_OUT_SHOWN]
    ]


def _column(column: Column, table: Table, choices: Choices) -> dict[str, Any]:
    cells = [record.cells[column.index].strip() for record in table.records]
    filled = [cell for cell in cells if cell]
    return {
        "index": column.index, "header": column.header or table.columns[column.index],
        "filled_text": _("%(n)s/%(total)s", n=len(filled), total=len(cells)),
        "samples": [cell[:20] for cell in dict.fromkeys(filled[:200])][:3], "how": words(column.how),
        "target": column.face.name if column.face else "",
        "fill_down": table.columns[column.index] in choices.reading.fill_down,
    }  # fmt: skip


def done_page(
    batch: ImportBatch, person: Person, session: Session, register: type[Register], reading: Reading
) -> SimpleNamespace:
    undone = Undone.from_json(batch.undone) if batch.undone else None
    return SimpleNamespace(
        title=_("导入结果"), file_name=batch.filename, when=moment_text(batch.undone_at or batch.written_at or batch.created_at),
        who=person.name, state=tag_of(batch.state), equation=json.loads(batch.equation),
        undone_text=undone_text(undone) if undone else None,
        left=_left(session, register, undone, reading) if undone else [],
        why_dropped=words(why) if (why := why_dropped(batch)) else None,
        more_left_text=_more_left(undone) if undone else None,
    )  # fmt: skip


def undo_page(
    batch: ImportBatch, outlook: Undone, looked_at: datetime | None, error: str | None, cancel_url: str
) -> SimpleNamespace:
    """The question before a batch is undone: it says beforehand what would stay, and when that was found if not just now."""
    text = undone_text(outlook)
    if looked_at is not None:
        text = _("%(when)s 核对：%(text)s。撤销时会再核对一遍。", when=moment_text(looked_at), text=text)
    return SimpleNamespace(
        title=_("撤销这批导入"), thing=batch.filename, text=text, depends=[], error=error, hidden=[],
        needs_reason=True, reason="", needs_password=False, button=_("撤销这批"), kind="danger", cancel_url=cancel_url,
    )  # fmt: skip


def undone_text(undone: Undone) -> str:
    return _(
        "新增的 %(voided)s 条作废，修改的 %(restored)s 条改回原样，%(left)s 条保留不动",
        voided=undone.voided, restored=undone.restored, left=len(undone.left),
    )  # fmt: skip


def _left(session: Session, register: type[Register], undone: Undone, reading: Reading) -> list[dict[str, Any]]:
    """The records that stayed, as the person sees them, and why."""
    why = {
        USED: _("导入之后有改动，或已有其他记录用到它"), HIDDEN: _("不在您能看到的范围内"),
        REFUSED: _("规定不许改回，或您没有这项权限"),
    }  # fmt: skip
    ids = list(undone.left)[:_LEFT_SHOWN]
    titles = linked(session, register.__tablename__, set(ids), acting(session), reading)
    return [
        {
            "thing": title,
            "url": page_of(register, place) if place else None,
            "reason": why[undone.left[id_]],
        }
        for id_ in ids
        for title, place in (titles[id_],)
    ]


def _more_left(undone: Undone) -> str | None:
    hidden = len(undone.left) - _LEFT_SHOWN
    return _("还有 %(n)s 条没有列出。", n=hidden) if hidden > 0 else None
