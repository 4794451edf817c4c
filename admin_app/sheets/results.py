"""The door for commands: a file in, a file out, the outcome as plain data."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from .. import clock
from ..background import Report, silent
from ..guard import writing
from ..guard.codes import reading as codes_reading
from ..guard.session import acting
from ..models import Register, all_registers
from ..operations.intakes import intake_of
from ..operations.today import zone_of
from ..permissions import Action
from ..rules.rights import may_do
from ..storage import FileStore, files
from ..texts import say
from ..verdicts import Refused, refuse, require
from .batches import check_batch, keep_original, open_batch
from .choices import Choices
from .export_files import csv_chunks, workbook
from .exporting import prepare, whole_list
from .outcome import Check
from .reading import Table, Unreadable, read_table
from .refused_file import refused_file
from .work import Work
from .writing import Writer


def import_file(
    session: Session,
    table: str,
    file: Path,
    check_only: bool = False,
    store: FileStore | None = None,
    progress: Report = silent,
    choices: Choices | None = None,
) -> dict[str, Any]:
    """Import the ledger *file* into the register *table* as the acting person: good lines go in.

    *choices*: what the person wants otherwise than it would be guessed, the key and the mode for example.
    The outcome has lines, not_data, added, changed, same, duplicate, refused translated (cells) and errors:
    [{line, column, field, value, code, reason}], a line being the record's number in the file, from 1;
    ``refused_file`` names the file of bad lines written beside it (None without any). Raises Refused.
    """
    intake = intake_of(_register(table))
    require(intake.may_enter(acting(session)))
    work = Work(session, intake, codes_reading(session, zone_of(session)), clock.now(), progress)
    content, choices = file.read_bytes(), choices or Choices()
    try:
        read = read_table(content, file.name, work.words, choices.reading)
        if check_only:
            check = check_batch(work, read, choices)
        else:
            store = store or files()
            stored = keep_original(work, store, content, read)
            with writing(session):
                batch = open_batch(work, stored, content, file.name, read)
                batch.choices = choices.to_json()
            check = Writer(work, store).write(batch, read)
    except Unreadable as unreadable:
        raise Refused(refuse("R-IMPT-01", "unreadable", unreadable.reason)) from None
    return outcome(check) | {"refused_file": None if check_only else _write_refused(file, read, check)}


def outcome(check: Check) -> dict[str, Any]:
    """*check* as plain data."""
    errors = [
        {
            "line": f.line,
            "column": f.column,
            "field": f.field,
            "value": f.value,
            "code": f.code,
            "reason": str(f.reason),
        }
        for f in check.faults
    ]
    return {
        **check.equation.as_dict(),
        "errors": errors,
        "unmapped": check.mapping.unmapped,
        "translated": check.translated,
    }


def summary(outcome: Mapping[str, Any]) -> str:
    """The outcome as an office would say it: the equation, then the bad cells."""
    parts = "非数据 {not_data} + 新增 {added} + 修改 {changed} + 相同 {same} + 重复 {duplicate} + 拒收 {refused}"
    equation = f"共 {outcome['lines']} 行 = {parts.format(**outcome)}"
    bad = [f"第 {e['line']} 行 {e['column']}：{e['reason']}（{e['code']}）" for e in outcome["errors"]]
    written = [f"问题行：{outcome['refused_file']}"] if outcome.get("refused_file") else []
    return "\n".join([equation, *bad, *written])


def export_file(session: Session, table: str, file: Path, reason: str) -> int:
    """Write the register *table* to *file* (.csv or .xlsx) as the acting person's list shows it; how many records."""
    register = _register(table)
    person = acting(session)
    require(may_do(person, Action.EXPORT, register))
    reading = codes_reading(session, zone_of(session))
    columns = [
        face for face in register.faces.values()
        if face.kind.name != "rows" and (face.level is None or face.level <= person.clearance)
    ]  # fmt: skip
    with writing(session):
        export = prepare(session, whole_list(register), columns, reading, now=clock.now(), reason=reason)
    pieces = workbook(export) if file.suffix.lower() == ".xlsx" else csv_chunks(export)
    with file.open("wb") as target:
        target.writelines(pieces)
    return len(export.ids)


def _register(table: str) -> type[Register]:
    if table not in all_registers():
        raise Refused(refuse("R-IMPT-07", "no_register", say("没有登记表 {table}", table=table)))
    return all_registers()[table]


def _write_refused(file: Path, table: Table, check: Check) -> str | None:
    """FILE.refused.<ext> beside *file*; its path, None where no line was refused."""
    if not check.equation.refused:
        return None
    made = refused_file(table, check)
    target = file.with_name(f"{file.stem}.refused{made.suffix}")
    target.write_bytes(made.content)
    return str(target)
