"""A customer's follow-ups are found by the customer: whether one came after another, that agreed on a day (R-FOLL-01)."""

from alembic import op

revision = "0026"
down_revision = "0021"
branch_labels = None
depends_on = None

_INDEX = "ix_follow_up_customer_id_happened_at"


def upgrade() -> None:
    op.create_index(_INDEX, "follow_up", ["customer_id", "happened_at"])


def downgrade() -> None:
    op.drop_index(_INDEX, "follow_up")
