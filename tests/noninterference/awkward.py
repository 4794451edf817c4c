"""A world in which each way to stand to somebody is there in every register, and texts are as awkward as can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, bindparam, create_engine, select, update
from sqlalchemy.exc import DataError, IntegrityError

from admin_app.models import Register, register_named
from config import Settings
from tests.every_register.examples import filled
from tests.fixtures.worlds import World, changed_world
from tests.noninterference.filling import Filling
from tests.noninterference.rows import plain_faces
from tests.noninterference.twins import onlooker

#: of a few characters each, so that most fields take them
TEXTS = (
    '=1,"a"', "+1", "-2", "@A1", "＝1", "'=1", "''+", "第一行\n第二", "行\r\n尾", "\t跳", '"引,号"', " 边 ", "&<b>", "_x0041_", "",
    "\x01乙", "平常", "2026-03-02",
)  # fmt: skip
#: kinds that are kept as text
_KINDS = frozenset({"text", "long", "number", "attachment", "phone", "identity_number"})


@contextmanager
def awkward_world(username: str, kind: str) -> Iterator[World]:
    """Filled once per run: records that stand in every way to the person with that *username*."""
    with changed_world(kind, f"awkward_{username}", partial(_fill, username)) as world:
        yield world


def _fill(username: str, settings: Settings) -> None:
    owner = create_engine(settings.owner_database)
    with owner.begin() as connection:
        Filling(connection, onlooker(username), 0).fill()
        for table in sorted(filled()):
            _make_awkward(connection, register_named(table))
    owner.dispose()


def _make_awkward(connection: Connection, register: type[Register]) -> None:
    """Each text of each row another one, as far as the table takes it; the optional ones of the last row are blank."""
    table, faces = register.__table__, plain_faces(register)
    ids = connection.scalars(select(table.c.id).order_by(table.c.id)).all()
    for place, face in enumerate(faces.values()):
        blank = [{"which": ids[-1], "told": None}] if ids and table.c[face.name].nullable else []
        texts = [{"which": id_, "told": TEXTS[(place + n) % len(TEXTS)]} for n, id_ in enumerate(ids)]
        written = update(table).where(table.c.id == bindparam("which")).values({face.name: bindparam("told")})
        for values in (texts if face.kind.name in _KINDS else [], blank):
            try:
                with connection.begin_nested():
                    if values:
                        connection.execute(written, values)
            except (DataError, IntegrityError):
                continue
