"""What was asked for with a batch, so that it can be taken up again after a kill (R-IMPT-06)."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("asked", sa.Text(), nullable=True))


def downgrade() -> None:
    # a batch that was dropped has no file any more: the program before knew no such state
    op.execute("UPDATE import_batch SET state = 'undone' WHERE state = 'dropped'")
    op.drop_column("import_batch", "asked")
