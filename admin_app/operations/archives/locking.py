"""What is locked before what, so that two who work on one file wait for each other and never for ever."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import register_named


def lock_item(session: Session, item_id: int) -> Any:
    """The paper, held until the transaction ends, so that simultaneous steps with it queue up here.

    Its file comes first: who lists the file for destruction locks it before its papers, and a paper that is written
    shares its file's lock in any case.
    """
    item, file = register_named("archive_item"), register_named("archive_file")
    mine = select(item.file_id).where(item.id == item_id).scalar_subquery()
    session.execute(select(file.id).where(file.id == mine).with_for_update(read=True))
    return session.get_one(item, item_id, with_for_update=True)
