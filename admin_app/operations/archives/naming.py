"""What an item is called where it has to be found on a shelf: its number, and its title where one may know it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from ...fields import Reading
from ...guard.titles import linked
from ...models import Register, register_named
from ...permissions import Person


def item_names(session: Session, requests: Iterable[Register], person: Person, reading: Reading) -> dict[int, str]:
    """Item id -> "KH-2026-000123-001 装修合同", the number alone where its name is hidden."""
    titles = linked(session, "archive_item", {one.item_id for one in requests}, person, reading)
    return {id_: title for id_, (title, _record) in titles.items()}


def place_of(session: Session, request: Register, person: Person, reading: Reading) -> str:
    """Where the item asked for belongs, as *person* may know it; empty where they may not or it has no place."""
    item = session.get(register_named("archive_item"), request.item_id)
    if item is None or item.place_id is None:
        return ""
    return linked(session, "archive_place", [item.place_id], person, reading)[item.place_id][0]
