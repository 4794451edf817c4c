"""The queue for an item (R-LOAN-12), and who was urged to bring one back (R-LOAN-09)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("ended_at IS NULL")
WAITED_FOR = sa.text("told_at IS NOT NULL AND ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "reservation",
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("item_id", IDENTITY, nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("reserved_at", MOMENT, nullable=False),
        sa.Column("reserved_by_id", IDENTITY, nullable=False),
        sa.Column("told_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended", sa.String(10)),
        sa.Column("reason", sa.String(200)),
        sa.UniqueConstraint("public_id", name="uq_reservation_public_id"),
        sa.ForeignKeyConstraint(["item_id"], ["archive_item.id"], name="fk_reservation_item_id"),
        sa.ForeignKeyConstraint(["person_id"], ["employee.id"], name="fk_reservation_person_id"),
        sa.CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="ck_reservation_ended_whole"),
        sa.CheckConstraint(
            "ended IN ('fetched', 'expired', 'withdrawn', 'skipped', 'gone')", name="ck_reservation_known_end"
        ),
        sa.CheckConstraint("ended <> 'skipped' OR reason IS NOT NULL", name="ck_reservation_skipped_with_a_reason"),
    )
    op.create_index("ix_reservation_person_id", "reservation", ["person_id"])
    op.create_index(
        "uq_reservation_once", "reservation", ["item_id", "person_id"], unique=True,
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index(
        "uq_reservation_first", "reservation", ["item_id"], unique=True,
        sqlite_where=WAITED_FOR, postgresql_where=WAITED_FOR,
    )  # fmt: skip
    op.create_table(
        "loan_urge",
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("record_id", IDENTITY, nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("urged_at", MOMENT, nullable=False),
        sa.Column("urged_by_id", IDENTITY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["employee.id"], name="fk_loan_urge_person_id"),
    )
    op.create_index("ix_loan_urge_table_name_record_id", "loan_urge", ["table_name", "record_id"])


def downgrade() -> None:
    for table in ("loan_urge", "reservation"):
        op.drop_table(table)
