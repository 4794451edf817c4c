"""A customer's visits are found by the customer: the last one, and whether one came after another (R-RELA-02)."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_INDEX = "ix_visit_report_customer_id_visited_at"


def upgrade() -> None:
    op.create_index(_INDEX, "visit_report", ["customer_id", "visited_at"])


def downgrade() -> None:
    op.drop_index(_INDEX, "visit_report")
