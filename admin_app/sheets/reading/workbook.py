"""The parent's side of reading XLSX and XLS: starts the child, limits its time, takes its rows over (R-IMPT-01)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ... import confined
from ...texts import say
from .grid import Grid, Row, filled_width, is_blank
from .header import Candidate, best_candidate
from .limits import limits_for
from .table import Guess, Merge, Place, SheetInfo, Unreadable, chosen
from .vocabulary import Vocabulary

CHILD = Path(__file__).with_name("child.py")

_ERRORS = {
    "password": say("文件有打开密码。请去掉密码后再上传"),
    "broken": say("文件打不开，可能已损坏。请用表格程序打开后另存为 XLSX 再上传"),
    "too_large": say("表格太大或内容异常，无法读取。请只留需要的行和列，另存后再上传"),
    "no_sheet": say("文件里没有名为“{sheet}”的工作表"),
    "empty": say("文件里没有内容"),
}


@dataclass(slots=True)
class _Sheet:
    name: str
    hidden: bool
    merged: tuple[Merge, ...]
    rows: list[Row] = field(default_factory=list)
    damaged: dict[int, frozenset[int]] = field(default_factory=dict)
    cut: bool = False


def read_workbook(data: bytes, vocabulary: Vocabulary, choice: str | None = None, most: int = 0) -> Grid:
    """The grid of the chosen sheet, else of the visible sheet with the best header; no more than *most* rows, 0 for all."""
    sheets = _parse(_run_child(data, most))
    for sheet in sheets:
        _drop_blank_tail(sheet.rows)
    sheet, guess = _pick(sheets, vocabulary, choice)
    header = _header_of(sheet, vocabulary)
    alike = [other is not sheet and _header_of(other, vocabulary) == header for other in sheets]
    about = tuple(SheetInfo(one.name, one.hidden, len(one.rows), same) for one, same in zip(sheets, alike, strict=True))
    return Grid(sheet.rows, sheet.damaged, sheet.merged, sheet=guess, sheets=about, cut=sheet.cut)


def _unreadable(code: str, **values: str) -> Unreadable:
    return Unreadable(code, say(_ERRORS[code].message, **values), Place(**values))


def _run_child(data: bytes, most: int = 0) -> bytes:
    try:
        return confined.run(CHILD, str(most), content=data, limits=limits_for(len(data)))
    except confined.TooMuch as error:
        raise _unreadable("too_large") from error


def _parse(output: bytes) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    for line in output.splitlines():
        message = json.loads(line)
        if "error" in message:
            raise _unreadable(message["error"])
        if "sheet" in message:
            merged = tuple(
                Merge(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in message["merged"]
            )
            sheets.append(_Sheet(message["sheet"], message["hidden"], merged))
            continue
        if "cut" in message:
            sheets[-1].cut = True
            continue
        sheets[-1].rows.extend(message["rows"])
        sheets[-1].damaged.update((int(line), frozenset(cells)) for line, cells in message["damaged"].items())
    return sheets


def _drop_blank_tail(rows: list[Row]) -> None:
    """The size a sheet declares means nothing: tens of thousands of blank rows at the end are usual."""
    while rows and is_blank(rows[-1]):
        rows.pop()


def _pick(sheets: Sequence[_Sheet], vocabulary: Vocabulary, choice: str | None) -> tuple[_Sheet, Guess[str]]:
    if choice is not None:
        for sheet in sheets:
            if sheet.name == choice:
                return sheet, chosen(choice)
        raise _unreadable("no_sheet", sheet=choice)
    filled = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
    if not filled:
        raise _unreadable("empty")
    if len(filled) == 1:
        return filled[0], Guess(filled[0].name, say("只有这一张工作表有内容"), sure=True)
    ranked = sorted(filled, key=lambda sheet: _candidate(sheet, vocabulary).score, reverse=True)
    best, second = (_candidate(sheet, vocabulary) for sheet in ranked[:2])
    why = say("这张工作表的栏名最像，认得 {hits} 个", hits=best.hits)
    return ranked[0], Guess(ranked[0].name, why, best.hits > second.hits, ranked[1].name)


def _candidate(sheet: _Sheet, vocabulary: Vocabulary) -> Candidate:
    return best_candidate(sheet.rows, vocabulary)


def _header_of(sheet: _Sheet, vocabulary: Vocabulary) -> Row | None:
    """The header cells; None for a sheet without content, so that two blank sheets are not alike."""
    if not sheet.rows:
        return None
    row = sheet.rows[_candidate(sheet, vocabulary).line - 1]
    return tuple(row[: filled_width(row)])
