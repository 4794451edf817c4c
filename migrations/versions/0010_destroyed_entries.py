"""The entry of a destroyed file or paper stays, whatever the path (R-ARCH-07); a file may be found absent (R-ARCH-05)."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("archive_file", "archive_item")
_LEAVES = "OLD.state = 'destroyed' AND (NEW.state {differs} OLD.state OR NEW.voided_at {differs} OLD.voided_at)"
#: a company's list of conditions gets it, where there is one and it hasn't it yet
_ABSENT = """INSERT INTO code_entry (codes, code, label, position, retired, source)
SELECT 'archive_condition', 'absent', '不在架', MAX(position) + 1, 1 = 0, '+' FROM code_entry WHERE codes = 'archive_condition'
GROUP BY codes HAVING SUM(CASE WHEN code = 'absent' THEN 1 ELSE 0 END) = 0"""


def upgrade() -> None:
    op.execute(_ABSENT)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        if on_sqlite:
            op.execute(
                f"CREATE TRIGGER {table}_destroyed BEFORE UPDATE ON {table} WHEN {_LEAVES.format(differs='IS NOT')} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: destroyed'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_destroyed BEFORE UPDATE ON {table} FOR EACH ROW "
                f"WHEN ({_LEAVES.format(differs='IS DISTINCT FROM')}) EXECUTE FUNCTION strongroom_refuse()"
            )


def downgrade() -> None:
    on_table = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_destroyed" + (f" ON {table}" if on_table else ""))
