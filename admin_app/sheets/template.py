"""A template to fill in: today's fields as the header, choices as drop-downs, one example row that import skips."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from ..fields import Conditionals, Face, Reading
from ..texts import SEMICOLON
from .examples import example
from .names import sheet_name

#: as many rows get drop-downs
_ROWS = 2000
_CHOICES, _HELP = "可选值", "填写说明"


def template(title: str, faces: Sequence[Face], reading: Reading, conditionals: Conditionals) -> bytes:
    """The workbook for *faces* in the order of the form; required headers are red and starred."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(sheet_name(title))
        choices = book.add_worksheet(_CHOICES)
        _write_help(book, faces, reading, conditionals)
        text = book.add_format({"num_format": "@"})
        header = book.add_format({"bold": True, "bg_color": "#EEF3F3", "border": 1})
        required = book.add_format({"bold": True, "bg_color": "#EEF3F3", "border": 1, "font_color": "#B42318"})
        for index, face in enumerate(faces):
            sheet.set_column(index, index, max(12, 2 * len(face.label) + 4), text)
            sheet.write_string(
                0, index, f"{face.label}*" if face.required else face.label, required if face.required else header
            )
            sheet.write_string(1, index, example(face, reading), text)
            _write_choices(sheet, choices, index, face, reading)
        sheet.freeze_panes(1, 0)
    return target.getvalue()


def _write_choices(sheet: Any, choices: Any, index: int, face: Face, reading: Reading) -> None:
    """The labels a field takes, on a sheet of their own, and a drop-down for fields that take just one."""
    labels = _labels(face, reading)
    if not labels:
        return
    choices.write_column(0, index, [face.label, *labels])
    if face.kind.name != "choices":
        column = xlsxwriter.utility.xl_col_to_name(index)
        source = f"='{_CHOICES}'!${column}$2:${column}${len(labels) + 1}"
        sheet.data_validation(1, index, _ROWS, index, {"validate": "list", "source": source})


def _labels(face: Face, reading: Reading) -> list[str]:
    if face.kind.name == "yesno":
        return ["是", "否"]
    retired = reading.retired(face.codes or "")
    return [label for code, label in reading.options(face.codes or "").items() if code not in retired]


def _write_help(book: Any, faces: Sequence[Face], reading: Reading, conditionals: Conditionals) -> None:
    sheet = book.add_worksheet(_HELP)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    lines = [
        ("怎么填", "从第 2 行起填写；示例行不改动时不会导入。带 * 的必填。多个选项用顿号分开。"),
        ("认得的写法", "日期如 2026-01-05、2026/1/5、2026年1月5日；同上表示与上一行相同。"),
        *((face.label, help) for face in faces if (help := _help(face, reading, conditionals))),
    ]
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)


def _help(face: Face, reading: Reading, conditionals: Conditionals) -> str:
    """The help of the form, and when the field is to be filled."""
    one = conditionals.get(face.name)
    return SEMICOLON.join(reading.word(text) for text in (face.help, *(one.help(reading) if one else ())) if text)
