"""A world in which each way to stand to somebody is there in every register, and texts are as awkward as can be."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, create_engine, select, update
from sqlalchemy.exc import DataError, IntegrityError

from admin_app.models import Register, register_named
from tests.every_register.examples import filled
from tests.fixtures.worlds import World
from tests.noninterference.rows import plain_faces
from tests.noninterference.twins import filled_world, onlooker

#: of a few characters each, so that most fields take them
TEXTS = (
    '=1,"a"', "+1", "-2", "@A1", "＝1", "'=1", "''+", "第一行\n第二", "行\r\n尾", "\t跳", '"引,号"', " 边 ", "&<b>", "_x0041_", "",
    "\x01乙", "平常", "2026-03-02",
)  # fmt: skip
#: kinds that are kept as text
_KINDS = frozenset({"text", "long", "number", "attachment", "phone", "identity_number"})


@contextmanager
def awkward_world(username: str, kind: str) -> Iterator[World]:
    """A copy of a twin of the person with that *username*: records that stand in every way to them."""
    with filled_world(onlooker(username), 0, kind) as (world, _alike):
        owner = create_engine(world.settings.owner_database)
        with owner.begin() as connection:
            for table in sorted(filled()):
                _make_awkward(connection, register_named(table))
        owner.dispose()
        yield world


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
