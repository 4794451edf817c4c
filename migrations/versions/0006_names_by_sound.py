"""Registers that are listed by a name keep beside it what it is sorted by, and their lists' indexes stand on that."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from admin_app.guard.pinyin import sort_text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: table -> the name it is listed by, and what leads the indexes of its lists besides
LISTED_BY = {
    "archive_place": ("code", ["created_by_id"]),
    "archive_type": ("name", ["created_by_id"]),
    "contact_person": ("name", ["created_by_id", "store_id", "department_id", "owner_id"]),
    "contractor": ("name", ["created_by_id", "supervisor_id"]),
    "department": ("name", ["created_by_id"]),
    "employee": ("name", ["created_by_id", "store_id", "department_id"]),
    "estate": ("name", ["created_by_id"]),
    "foreman": ("name", ["created_by_id", "store_id", "employee_id"]),
    "position": ("name", ["created_by_id"]),
    "property_unit": ("code", ["created_by_id", "department_id", "officer_id"]),
    "store": ("name", ["created_by_id"]),
    "vendor": ("name", ["created_by_id"]),
}
#: leads that are parties: only rows that have one are in their index
PARTIES = {"supervisor_id", "employee_id", "officer_id"}


def upgrade() -> None:
    compared = "C" if _on_postgresql() else None
    if _on_postgresql():
        # what the function by_sound is on SQLite: letters before Chinese, figures by what they count
        op.execute("CREATE COLLATION by_sound (provider = icu, locale = 'zh-u-kn-true-kr-latn-hani')")
    for table, (name, _leads) in LISTED_BY.items():
        column = sa.Column("sort_text", sa.String(500, collation=compared), nullable=False, server_default="")
        op.add_column(table, column)
        _fill(table, name)
        _stand_on(table, name, "sort_text")


def downgrade() -> None:
    for table, (name, _leads) in LISTED_BY.items():
        _stand_on(table, "sort_text", name)
        op.drop_column(table, "sort_text")
    if _on_postgresql():
        op.execute("DROP COLLATION by_sound")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _fill(table: str, name: str) -> None:
    rows = sa.table(table, sa.column("id"), sa.column(name), sa.column("sort_text"))
    connection = op.get_bind()
    found = connection.execute(sa.select(rows.c.id, rows.c[name])).all()
    write = rows.update().where(rows.c.id == sa.bindparam("row")).values(sort_text=sa.bindparam("text"))
    if found:
        connection.execute(write, [{"row": id_, "text": sort_text(value)} for id_, value in found])


def _stand_on(table: str, before: str, after: str) -> None:
    for lead, where in _indexes(table):
        op.drop_index(f"ix_{table}_{lead}{before}", table)
        columns = [*([lead.rstrip("_")] if lead else []), after, "id", "level"]
        op.create_index(
            f"ix_{table}_{lead}{after}", table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )


def _indexes(table: str) -> Iterator[tuple[str, str]]:
    """How the name of each index begins, and which rows it holds."""
    yield "", "voided_at IS NULL"
    for lead in LISTED_BY[table][1]:
        yield f"{lead}_", f"voided_at IS NULL AND {lead} IS NOT NULL" if lead in PARTIES else "voided_at IS NULL"
