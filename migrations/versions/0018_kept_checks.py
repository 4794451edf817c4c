"""A large ledger is checked without its browser: how many lines it has, and where its last check is kept (R-IMPT-03)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("lines", sa.Integer()))
    op.add_column("import_batch", sa.Column("checked", sa.Text()))


def downgrade() -> None:
    op.drop_column("import_batch", "checked")
    op.drop_column("import_batch", "lines")
