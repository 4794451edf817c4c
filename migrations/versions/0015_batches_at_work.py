"""What was asked for with a batch, so that it can be taken up again after a kill (R-IMPT-06)."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("asked", sa.Text(), nullable=True))


def downgrade() -> None:
    # the program before knew no dropped batch: for it, one that was undone and had nothing in it
    dropped = sa.text(
        "UPDATE import_batch SET state = 'undone', equation = :equation, undone = :undone WHERE state = 'dropped'"
    )
    names = ("lines", "not_data", "added", "changed", "same", "duplicate", "refused")
    undone = {"voided": 0, "restored": 0, "left": {}}
    op.get_bind().execute(dropped, {"equation": json.dumps(dict.fromkeys(names, 0)), "undone": json.dumps(undone)})
    op.drop_column("import_batch", "asked")
