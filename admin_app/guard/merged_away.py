"""What is written leads to no record that has gone up in another: it would be lost to whoever opens the one kept (R-CUST-07).

Asked of every write beneath all screens, sheets and operations, of links to registers whose records are merged.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from ..fields import Face
from ..models import Lines, Register, register_named
from ..texts import say
from ..verdicts import Refused, refuse
from ..working.merges import RecordMerge
from .session import GuardedSession

_AT_ONCE = 500


@event.listens_for(GuardedSession, "before_flush")
def _keep_links_standing(session: Session, context: Any, instances: Any) -> None:
    """Raise Refused "wrong_state" for a new link to a record that a standing merge has made void."""
    written = [one for one in (*session.new, *session.dirty) if isinstance(one, (Register, Lines))]
    keep_links_standing(session, ((face, to) for record in written for face, to in _new_links(record)))


def keep_links_standing(session: Session, links: Iterable[tuple[Face, int]]) -> None:
    """Raise Refused "wrong_state" for one of *links* that leads to a record that a standing merge has made void."""
    leading: dict[str, dict[int, Face]] = {}
    for face, to in links:
        leading.setdefault(face.to or "", {})[to] = face
    for table, faces in leading.items():
        for gone in _gone(session, table, sorted(faces)):
            reason = say("“{field}”所填的记录已并入另一条，请改选保留的那一条", field=faces[gone].label)
            raise Refused(refuse("R-CUST-07", "wrong_state", reason))


def _new_links(record: Any) -> Iterator[tuple[Face, int]]:
    """The links of *record* to what may be merged that this flush writes."""
    for face in links_to_merged(type(record)):
        to = getattr(record, face.name)
        if to is not None and inspect(record).attrs[face.name].history.has_changes():
            yield face, to


@lru_cache(maxsize=1000)
def links_to_merged(kind: type[Register] | type[Lines]) -> tuple[Face, ...]:
    """The links of records or lines of that *kind* to registers whose records may be merged."""
    return tuple(face for face in kind.faces.values() if face.to and register_named(face.to).merged_by)


def _gone(session: Session, table: str, ids: list[int]) -> Iterator[int]:
    """Those of *ids* that have gone up in another. Whoever is merging them now is waited for, as the link itself would."""
    columns, merge, connection = register_named(table).__table__.c, RecordMerge.__table__.c, session.connection()
    for first in range(0, len(ids), _AT_ONCE):
        asked = select(columns.id, columns.voided_at).where(columns.id.in_(ids[first : first + _AT_ONCE]))
        rows = connection.execute(asked.order_by(columns.id).with_for_update(read=True, key_share=True))
        void = [id_ for id_, voided_at in rows if voided_at is not None]
        if void:
            standing = (merge.table_name == table, merge.gone_id.in_(void), merge.undone_at.is_(None))
            yield from connection.scalars(select(merge.gone_id).where(*standing))
