"""Copies that a return declares lost are counted apart from those that came back (R-LOAN-08)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REQUESTS = ("access_request", "archive_loan")


def upgrade() -> None:
    for table in REQUESTS:
        op.add_column(table, sa.Column("missing_copies", sa.Integer(), nullable=True))


def downgrade() -> None:
    for table in REQUESTS:
        op.drop_column(table, "missing_copies")
