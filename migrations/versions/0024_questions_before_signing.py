"""Questions of whoever is to sign a request, and the applicant's answers (R-LOAN-02)."""

import sqlalchemy as sa
from alembic import op

from admin_app.fields.columns import UtcMoment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "approval_question"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("record_id", IDENTITY, nullable=False),
        sa.Column("asked_by_id", IDENTITY, nullable=False),
        sa.Column("asked_at", UtcMoment(), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("answered_at", UtcMoment()),
        sa.Column("answer", sa.String(200)),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="ck_approval_question_answered_whole"),
    )
    op.create_index("ix_approval_question_table_name_record_id", TABLE, ["table_name", "record_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
