"""Claims go to the head above both, found by phone, name, plate or unit (R-CUST-03); merges can be undone (R-CUST-07)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CLAIM, HEAD = "customer_claim", "ix_customer_claim_head_id_claimed_at"
_LISTED = sa.text("voided_at IS NULL AND head_id IS NOT NULL")
PLAIN = {
    "ix_customer_claim_claiming_id": (CLAIM, "claiming_id"),
    "ix_customer_claim_registration_id": (CLAIM, "registration_id"),
    "ix_customer_registration_phone": ("customer_registration", "phone"),
    "ix_customer_registration_name": ("customer_registration", "name"),
    "ix_customer_registration_unit_or_plate": ("customer_registration", "unit_or_plate"),
    "ix_customer_phone": ("customer", "phone"),
    "ix_customer_name": ("customer", "name"),
    "ix_customer_plate": ("customer", "plate"),
}


def upgrade() -> None:
    # in one statement: SQLite takes a foreign key with its column or not at all
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE {CLAIM} ADD COLUMN head_id {number} CONSTRAINT fk_{CLAIM}_head_id REFERENCES employee (id)"
    )
    columns = ["head_id", "claimed_at", "id", "level"]
    op.create_index(HEAD, CLAIM, columns, sqlite_where=_LISTED, postgresql_where=_LISTED)
    for name, (table, column) in PLAIN.items():
        op.create_index(name, table, [column])
    op.create_table(
        "record_merge",
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("kept_id", IDENTITY, nullable=False),
        sa.Column("gone_id", IDENTITY, nullable=False),
        sa.Column("merged_at", MOMENT, nullable=False),
        sa.Column("merged_by_id", IDENTITY, nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.Column("undone_by_id", IDENTITY),
        sa.UniqueConstraint("public_id", name="uq_record_merge_public_id"),
        sa.CheckConstraint("kept_id <> gone_id", name="ck_record_merge_two_records"),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="ck_record_merge_undone_whole"),
    )
    op.create_index("ix_record_merge_table_name_kept_id", "record_merge", ["table_name", "kept_id"])
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_record_merge_standing", "record_merge", ["table_name", "gone_id"], unique=True,
        sqlite_where=standing, postgresql_where=standing,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("record_merge")
    for name, (table, _column) in PLAIN.items():
        op.drop_index(name, table)
    op.drop_index(HEAD, CLAIM)
    op.drop_column(CLAIM, "head_id")
