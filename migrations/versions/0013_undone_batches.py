"""When a batch of an import was undone, and what became of its records (R-IMPT-05)."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("import_batch", sa.Column("undone", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("import_batch", "undone")
    op.drop_column("import_batch", "undone_at")
