"""A new customer's archive file, and the numbers of files and their items (R-ARCH-01)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.numbers import next_number
from ...models import Register, register_named
from ...rules.archives import archive_number
from ...texts import say
from ...verdicts import Refused, refuse
from .. import records
from ..followups import after_adding, before_adding
from ..today import local_day

#: the customer kind whose archive type serves every kind that names none
GENERAL = "general"


@after_adding("customer")
def open_files(session: Session, customers: Sequence[Any]) -> None:
    """Open each customer's file at once; raises Refused ("no_type") while no archive type serves anybody."""
    today = local_day(session, clock.now())
    types = {kind: _type_for(session, kind) for kind in {customer.kind for customer in customers}}
    files = [
        {
            "customer_id": customer.id, "archive_type_id": types[customer.kind].id, "opened_on": today,
            "title": f"{customer.name}{types[customer.kind].name}",
        }
        for customer in customers
    ]  # fmt: skip
    records.create_many(session, register_named("archive_file"), files)


@before_adding("archive_file")
def number_file(session: Session, file: Register) -> None:
    """The next number of its type and year; a file entered from a ledger keeps the number it has."""
    if file.opened_on is None:
        raise Refused(refuse("R-ARCH-01", "incomplete", say("请填写立卷日期，档案按年度编号")))
    file.year = file.year or file.opened_on.year
    if file.number is None:
        types = register_named("archive_type").__table__
        prefix = session.connection().scalar(select(types.c.prefix).where(types.c.id == file.archive_type_id))
        file.number = archive_number(prefix, file.year, next_number(session, prefix, file.year))


@before_adding("archive_item")
def number_item(session: Session, item: Register) -> None:
    """The file's number and a counter of its own: KH-2026-000123-001."""
    if item.number is not None:
        return
    files = register_named("archive_file").__table__
    file = session.connection().execute(select(files.c.number, files.c.year).where(files.c.id == item.file_id)).one()
    item.number = f"{file.number}-{next_number(session, f'item {item.file_id}', file.year):03}"


def _type_for(session: Session, kind: str) -> Any:
    """The archive type that names *kind*, else the general one; the oldest where several do."""
    types = register_named("archive_type").__table__
    rows = session.connection().execute(
        select(types.c.id, types.c.name, types.c.customer_kinds).where(types.c.voided_at.is_(None)).order_by(types.c.id)
    ).all()  # fmt: skip
    for wanted in (kind, GENERAL):
        for row in rows:
            if wanted in (row.customer_kinds or ()):
                return row
    raise Refused(refuse("R-ARCH-01", "no_type", say("还没有适用于一般客户的档案类型，请先由档案管理员设置")))
