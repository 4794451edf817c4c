"""Who receives classified papers signs for them; when a copy was made stands with it (R-CONF-08, R-CONF-12)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE, COLUMN = "classified_transfer", "received_by_id"
INDEX, FOREIGN_KEY = "ix_classified_transfer_received_by_id_transferred_at", "fk_classified_transfer_received_by_id"
_LISTED = sa.text("voided_at IS NULL AND received_by_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("copy_permit_copy", sa.Column("made_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(TABLE, sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
    # in one statement: SQLite takes a foreign key with its column or not at all
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} {number} CONSTRAINT {FOREIGN_KEY} REFERENCES employee (id)")
    op.create_index(
        INDEX, TABLE, [COLUMN, "transferred_at", "id", "level"], sqlite_where=_LISTED, postgresql_where=_LISTED
    )


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.drop_column(TABLE, COLUMN)
    op.drop_column(TABLE, "received_at")
    op.drop_column("copy_permit_copy", "made_at")
