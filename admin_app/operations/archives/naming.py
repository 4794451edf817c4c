"""What an item is called where it has to be found on a shelf: its number, and its title where one may know it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Reading
from ...guard.titles import linked
from ...models import Register, register_named
from ...permissions import Person


def item_names(session: Session, requests: Iterable[Register], person: Person, reading: Reading) -> dict[int, str]:
    """Item id -> "KH-2026-000123-001 装修合同", the number alone where the title is hidden."""
    item, ids = register_named("archive_item"), {one.item_id for one in requests}
    titles = linked(session, "archive_item", ids, person, reading)
    rows = session.execute(select(item.id, item.number).where(item.id.in_(ids)))
    numbers = {row.id: row.number for row in rows}
    return {id_: _name(numbers.get(id_), title) for id_, (title, _record) in titles.items()}


def _name(number: str | None, title: str) -> str:
    return title if number in (None, title) else f"{number} {title}"


def place_of(session: Session, request: Register, person: Person, reading: Reading) -> str:
    """Where the item asked for belongs, as *person* may know it; empty where they may not or it has no place."""
    item = session.get(register_named("archive_item"), request.item_id)
    if item is None or item.place_id is None:
        return ""
    return linked(session, "archive_place", [item.place_id], person, reading)[item.place_id][0]
