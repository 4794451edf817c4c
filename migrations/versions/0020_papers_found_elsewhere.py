"""Papers found outside the archive room stand in the book of receipts, with where and when (R-ARCH-10)."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLE = "archive_handover"
PERSON, FOREIGN_KEY = "found_by_id", "fk_archive_handover_found_by_id"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("found_on", sa.Date()))
    op.add_column(TABLE, sa.Column("found_where", sa.String(200)))
    op.add_column(TABLE, sa.Column("found_papers", sa.Text()))
    # in one statement: SQLite takes a foreign key with its column or not at all
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE {TABLE} ADD COLUMN {PERSON} {number} CONSTRAINT {FOREIGN_KEY} REFERENCES employee (id)")


def downgrade() -> None:
    for column in (PERSON, "found_papers", "found_where", "found_on"):
        op.drop_column(TABLE, column)
