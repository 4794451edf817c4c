"""A key chosen for a file is remembered with the mapping of its shape, what its words mean by field (R-IMPT-02)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mapping_memory", sa.Column("key", sa.Text()))
    op.create_table(
        "value_memory",
        sa.Column("table_name", sa.String(60), primary_key=True),
        sa.Column("field", sa.String(60), primary_key=True),
        sa.Column("word", sa.String(64), primary_key=True),
        sa.Column("means", sa.String(60), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("value_memory")
    op.drop_column("mapping_memory", "key")
