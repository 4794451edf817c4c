"""Exports that are made in the background, each its owner's alone (R-CONF-12)."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STAGES = "'waiting', 'making', 'ready', 'failed', 'interrupted', 'cancelled', 'expired'"


def upgrade() -> None:
    op.create_table(
        "export_run",
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("copy_number", sa.String(60)),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("stage", sa.String(12), nullable=False),
        sa.Column("claim", sa.String(24)),
        sa.Column("beat_at", MOMENT),
        sa.Column("total", sa.Integer()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("stored", sa.String(40)),
        sa.Column("size", IDENTITY),
        sa.Column("classified", sa.Boolean(), nullable=False),
        sa.Column("powers", sa.String(64)),
        sa.Column("expires_at", MOMENT),
        sa.Column("failure", sa.String(300)),
        sa.ForeignKeyConstraint(["person_id"], ["employee.id"], name="fk_export_run_person_id"),
        sa.UniqueConstraint("public_id", name="uq_export_run_public_id"),
        sa.CheckConstraint(f"stage IN ({STAGES})", name="ck_export_run_known_stage"),
        sa.CheckConstraint("kind IN ('csv', 'xlsx')", name="ck_export_run_known_kind"),
    )
    op.create_index("ix_export_run_person_id_asked_at", "export_run", ["person_id", "asked_at"])
    op.create_index("ix_export_run_stage_asked_at", "export_run", ["stage", "asked_at"])


def downgrade() -> None:
    op.drop_table("export_run")
