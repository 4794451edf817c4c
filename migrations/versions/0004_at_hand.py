"""What each person has at hand: lists kept under a name (R-LIST-01), favourites, records opened last (R-DESK-01)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "kept_list",
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("query", sa.String(2000), nullable=False),
        sa.Column("owner_id", IDENTITY, nullable=False),
        sa.Column("role", sa.String(30)),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["employee.id"], name="fk_kept_list_owner_id"),
        sa.UniqueConstraint("owner_id", "table_name", "name", name="uq_kept_list_owner_id_table_name_name"),
        sa.UniqueConstraint("public_id", name="uq_kept_list_public_id"),
    )
    op.create_index("ix_kept_list_table_name", "kept_list", ["table_name"])
    op.create_table(
        "opens_with",
        _employee(),
        sa.Column("table_name", sa.String(60), primary_key=True),
        sa.Column("list_id", IDENTITY, nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name="fk_opens_with_employee_id"),
        sa.ForeignKeyConstraint(["list_id"], ["kept_list.id"], name="fk_opens_with_list_id", ondelete="CASCADE"),
    )
    op.create_index("ix_opens_with_list_id", "opens_with", ["list_id"])
    for table, moment in (("favourite", "kept_at"), ("recent_record", "opened_at")):
        op.create_table(
            table,
            _employee(),
            sa.Column("table_name", sa.String(60), primary_key=True),
            sa.Column("record_id", IDENTITY, primary_key=True, autoincrement=False),
            sa.Column(moment, sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=f"fk_{table}_employee_id"),
        )
    op.create_index("ix_recent_record_employee_id_opened_at", "recent_record", ["employee_id", "opened_at"])


def downgrade() -> None:
    for table in ("recent_record", "favourite", "opens_with", "kept_list"):
        op.drop_table(table)


def _employee() -> sa.Column:
    return sa.Column("employee_id", IDENTITY, primary_key=True, autoincrement=False)
