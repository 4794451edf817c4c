"""A customer's follow-ups are found by the customer (R-FOLL-01); activities say whom they suit (R-RELA-02)."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_INDEX = "ix_follow_up_customer_id_happened_at"


def upgrade() -> None:
    op.create_index(_INDEX, "follow_up", ["customer_id", "happened_at"])
    op.add_column("campaign", sa.Column("suits", sa.String(1000)))


def downgrade() -> None:
    op.drop_column("campaign", "suits")
    op.drop_index(_INDEX, "follow_up")
