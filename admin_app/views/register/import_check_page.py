"""The view-model of an import's check: the equation, equal faults together, each bad cell, what would change."""

from collections import Counter, defaultdict
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Reading
from ...guard.titles import linked, title_of
from ...models import Register
from ...permissions import Person
from ...sheets.meanings import Word, allowed
from ...sheets.outcome import CellFault, Check, Target
from ...working.imports import ImportBatch
from ..addresses import page_of
from ..words import shown, words
from .import_choices import LEFT_BLANK, UNKNOWN, WORDS_SHOWN

_FAULTS_SHOWN, _CHANGES_SHOWN = 200, 50


def check_page(batch: ImportBatch, check: Check, session: Any, person: Person, reading: Reading) -> SimpleNamespace:
    """What would happen, before anything is written (R-IMPT-03)."""
    equation, faults = check.equation, check.faults
    hidden = len(faults) - _FAULTS_SHOWN
    return SimpleNamespace(
        title=_("检查结果"), file_name=batch.filename, equation=equation.as_dict(), groups=_groups(faults),
        faults=[_fault(fault) for fault in faults[:_FAULTS_SHOWN]],
        more_faults_text=_("还有 %(n)s 处没有列出，见问题行文件。", n=hidden) if hidden > 0 else None,
        changes=_changes(check, session, person, reading), unmapped=check.mapping.unmapped,
        may_import=equation.added + equation.changed > 0, all_good=not equation.refused, seen=check.fingerprint,
        words=[_word(word, reading) for word in check.words[:WORDS_SHOWN]], left_out=[],
    )  # fmt: skip


def _word(word: Word, reading: Reading) -> dict[str, Any]:
    """A word that no option has, and what it may be said to mean."""
    options = [(UNKNOWN, _("不认得，不导入这些行"))] + ([] if word.face.required else [(LEFT_BLANK, _("留空"))])
    options += allowed(word.face, reading).items()
    return {
        "field": word.face.name, "text": word.text, "header": shown(word.header),
        "count_text": _("%(n)s 行", n=word.cells),
        "means": UNKNOWN if word.means is None else word.means or LEFT_BLANK,
        "options": [{"value": value, "label": label} for value, label in options],
    }  # fmt: skip


def _groups(faults: list[CellFault]) -> list[dict[str, Any]]:
    """Equal faults of a column together, the most frequent first."""
    alike: dict[tuple[str, str], list[CellFault]] = defaultdict(list)
    for fault in faults:
        alike[fault.column, fault.code].append(fault)
    return [
        {
            "code": code, "count_text": _("%(n)s 行", n=len(group)), "url": None, "example": group[0].value[:20],
            "words": _("%(column)s：%(words)s", column=shown(column), words=_common(group)) if column else _common(group),
        }
        for (column, code), group in sorted(alike.items(), key=lambda item: -len(item[1]))
    ]  # fmt: skip


def _common(group: list[CellFault]) -> str:
    """The reason that most of *group* have."""
    return Counter(words(fault.reason) for fault in group).most_common(1)[0][0]


def _fault(fault: CellFault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": shown(fault.column),
        "value": fault.value[:30],
        "code": fault.code,
        "words": words(fault.reason),
    }


def _changes(check: Check, session: Any, person: Person, reading: Reading) -> list[dict[str, Any]]:
    """A sample of the records that would change: old as the person sees it, new as they wrote it."""
    lines: dict[int, int] = {}
    for line in check.lines:
        if line.target is not None:
            lines.setdefault(id(line.target), line.number)
    changed = [target for target in check.targets if target.row is not None][:_CHANGES_SHOWN]
    return [_change(target, lines[id(target)], session, person, reading) for target in changed]


def as_now(page: SimpleNamespace, register: type[Register], session: Session) -> SimpleNamespace:
    """*page*, kept since its check, without the records that have changed meanwhile or are out of sight: what stood in them is told
    as of now or not at all (R-CONF-02)."""
    ids = [change["id"] for change in page.changes]
    stand = dict(session.execute(select(register.public_id, register.version).where(register.public_id.in_(ids))).all())
    page.changes = [change for change in page.changes if stand.get(change["id"]) == change["version"]]
    return page


def _change(target: Target, line: int, session: Any, person: Person, reading: Reading) -> dict[str, Any]:
    row = target.row
    register = row.register
    return {
        "line": line, "thing": title_of(register, row.record, person, reading, row.facts.granted),
        "url": page_of(register, row.record.public_id), "id": row.record.public_id, "version": row.record.version,
        "changes": [
            {"label": words(register.faces[name].label), "old": row.cell(register.faces[name]).text,
             "new": _new_text(register.faces[name], value, session, person, reading)}
            for name, value in target.changes.items()
        ],
    }  # fmt: skip


def _new_text(face: Any, value: Any, session: Any, person: Person, reading: Reading) -> str:
    if value is None:
        return ""
    if face.to:
        return linked(session, face.to, [value], person, reading)[value][0]
    return face.kind.text(value, reading)
