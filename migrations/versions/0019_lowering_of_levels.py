"""Proposals to lower the level of a record, approved by somebody else whatever the path (R-CONF-05, R-ROLE-04)."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE, RULE = "level_lowering", "approval_step_lowered_by_another"
_ONES_OWN = (
    "NEW.table_name = 'level_lowering' AND NEW.signed_by_id = "
    "(SELECT proposed_by_id FROM level_lowering WHERE id = NEW.record_id)"
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", IDENTITY, primary_key=True),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("record_id", IDENTITY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level_from", sa.SmallInteger(), nullable=False),
        sa.Column("level_to", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("proposed_by_id", IDENTITY, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["employee.id"], name="fk_level_lowering_proposed_by_id"),
        sa.UniqueConstraint("public_id", name="uq_level_lowering_public_id"),
        sa.CheckConstraint(
            "level_to >= 0 AND level_to < level_from AND level_from <= 4", name="ck_level_lowering_downwards"
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'granted', 'refused', 'withdrawn', 'lapsed')", name="ck_level_lowering_known_state"
        ),
    )
    op.create_index("ix_level_lowering_table_name_record_id", TABLE, ["table_name", "record_id"])
    op.create_index("ix_level_lowering_proposed_by_id", TABLE, ["proposed_by_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "uq_level_lowering_waiting", TABLE, ["table_name", "record_id"], unique=True,
        sqlite_where=waiting, postgresql_where=waiting,
    )  # fmt: skip
    _nobody_approves_their_own()


def _nobody_approves_their_own() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER {RULE}_{event.lower()} BEFORE {event} ON approval_step WHEN {_ONES_OWN} "
                f"BEGIN SELECT RAISE(ABORT, '{RULE}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {RULE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {_ONES_OWN} THEN "
        f"RAISE EXCEPTION '{RULE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(f"CREATE TRIGGER {RULE} BEFORE INSERT OR UPDATE ON approval_step FOR EACH ROW EXECUTE FUNCTION {RULE}()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER {RULE}_{event}")
    else:
        op.execute(f"DROP TRIGGER {RULE} ON approval_step")
        op.execute(f"DROP FUNCTION {RULE}()")
    op.execute(f"DELETE FROM approval_step WHERE table_name = '{TABLE}'")
    op.drop_table(TABLE)
