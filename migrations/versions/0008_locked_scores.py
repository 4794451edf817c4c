"""The address of a deduction's evidence (R-SCOR-02), and scores that nobody changes once they are locked (R-SCOR-03)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SHEET = (
    "month_on", "person_id", "version_no", "replaces_id", "information", "follow_up", "internal_service", "outings", "total",
    "full_marks", "rank_no", "ratings_count", "evidence", "evidence_digest", "computed_at", "reviewed_by_id", "reviewed_at",
    "waived", "objected_at", "objection", "objection_answer", "accepted_at", "approved_by_id", "approved_at", "state", "remark",
)  # fmt: skip
DEDUCTION = (
    "noted_on", "sheet_id", "person_id", "part", "fault", "points", "explanation", "evidence_table", "evidence_number",
    "evidence_path", "evidence_summary", "waived", "waived_by_id", "waived_at", "waive_reason", "added", "voided_at",
)  # fmt: skip
_LOCKED = "EXISTS (SELECT 1 FROM score_sheet WHERE score_sheet.id = {row}.sheet_id AND score_sheet.approved_by_id IS NOT NULL)"
_FUNCTION = """CREATE FUNCTION strongroom_score_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF {locked} THEN RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN NEW; END $$"""


def upgrade() -> None:
    op.add_column("score_deduction", sa.Column("evidence_path", sa.String(200), nullable=True))
    op.create_index("ix_score_deduction_sheet_id", "score_deduction", ["sheet_id"])
    if op.get_bind().dialect.name == "sqlite":
        sheet = f"OLD.approved_by_id IS NOT NULL AND ({_differ(SHEET, 'IS NOT')})"
        deduction = f"{_LOCKED.format(row='OLD')} AND ({_differ(DEDUCTION, 'IS NOT')})"
        for table, when in (("score_sheet", sheet), ("score_deduction", deduction)):
            op.execute(
                f"CREATE TRIGGER {table}_locked BEFORE UPDATE ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: locked'); END"
            )
        return
    differ = "IS DISTINCT FROM"
    op.execute(_FUNCTION.format(locked=_LOCKED.format(row="OLD")))
    op.execute(
        "CREATE TRIGGER score_sheet_locked BEFORE UPDATE ON score_sheet FOR EACH ROW "
        f"WHEN (OLD.approved_by_id IS NOT NULL AND ({_differ(SHEET, differ)})) EXECUTE FUNCTION strongroom_refuse()"
    )
    op.execute(
        "CREATE TRIGGER score_deduction_locked BEFORE UPDATE ON score_deduction FOR EACH ROW "
        f"WHEN ({_differ(DEDUCTION, differ)}) EXECUTE FUNCTION strongroom_score_locked()"
    )


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in ("score_sheet", "score_deduction"):
        op.execute(f"DROP TRIGGER {table}_locked" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        op.execute("DROP FUNCTION strongroom_score_locked()")
    op.drop_index("ix_score_deduction_sheet_id", "score_deduction")
    op.drop_column("score_deduction", "evidence_path")


def _differ(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in columns)
