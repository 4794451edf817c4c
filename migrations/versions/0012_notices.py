"""Notices, their deliveries and channels, the schedule, and where an employee gets mail (R-NOTE-01, R-LOAN-09)."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("employee", sa.Column("email", sa.String(200), nullable=True))
    op.create_table(
        "notice",
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("event", sa.String(30), nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("record_id", IDENTITY, nullable=False),
        sa.Column("occurrence", sa.String(40), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.ForeignKeyConstraint(["person_id"], ["employee.id"], name="fk_notice_person_id"),
        sa.UniqueConstraint("person_id", "event", "table_name", "record_id", "occurrence", name="uq_notice_told_once"),
        sa.UniqueConstraint("public_id", name="uq_notice_public_id"),
    )
    op.create_index("ix_notice_person_id_read_at", "notice", ["person_id", "read_at"])
    op.create_index("ix_notice_told_at", "notice", ["told_at"])
    unread = sa.text("read_at IS NULL")
    op.create_index("ix_notice_unread", "notice", ["event"], sqlite_where=unread, postgresql_where=unread)
    op.create_table(
        "delivery",
        sa.Column("notice_id", IDENTITY, primary_key=True, autoincrement=False),
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("tried_at", MOMENT),
        sa.Column("reason", sa.String(20)),
        sa.Column("detail", sa.String(200)),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_delivery_notice_id"),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'failed', 'dropped')", name="ck_delivery_known_state"
        ),
    )
    op.create_index("ix_delivery_channel_state", "delivery", ["channel", "state"])
    op.create_table(
        "channel",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("open_values", sa.Text(), nullable=False),
        sa.Column("sealed_values", sa.Text(), nullable=False),
        sa.Column("set_by_id", IDENTITY, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
    )
    op.create_table(
        "scheduled_work",
        sa.Column("name", sa.String(30), primary_key=True),
        sa.Column("begun_at", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("done_for", sa.Date()),
    )


def downgrade() -> None:
    for table in ("scheduled_work", "channel", "delivery", "notice"):
        op.drop_table(table)
    op.drop_column("employee", "email")
