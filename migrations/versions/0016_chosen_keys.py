"""A key that a person chose for a file is remembered with the mapping of its shape (R-IMPT-02)."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mapping_memory", sa.Column("key", sa.Text()))


def downgrade() -> None:
    op.drop_column("mapping_memory", "key")
