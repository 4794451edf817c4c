"""What the database refuses itself, whatever the path: a changed trail, a changed issue or due time.

Also the foreign keys of registers that refer to one another, which PostgreSQL takes only once both tables exist.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LATE_KEYS = (("department", "head_id"), ("store", "manager_id"))
#: table, trigger, what sets it off, when it objects
RULES = (
    ("trail_entry", "kept", "UPDATE", "TRUE"),
    ("trail_entry", "never_deleted", "DELETE", "TRUE"),
    # the law's erasure empties a value and its salt; the digest, which the chain covers, stays (R-PRIV-01)
    ("trail_value", "kept", "UPDATE", "NEW.old IS NOT NULL OR NEW.new IS NOT NULL OR NEW.salt IS NOT NULL "
     "OR NEW.digest <> OLD.digest OR NEW.field <> OLD.field"),
    ("trail_value", "never_deleted", "DELETE", "TRUE"),
    # R-LOAN-05: by nobody, on no path
    ("archive_loan", "times_stand", "UPDATE", "OLD.issued_at IS NOT NULL AND (NEW.issued_at IS {differs} OLD.issued_at "
     "OR NEW.due_at IS {differs} OLD.due_at)"),
    ("access_request", "times_stand", "UPDATE", "OLD.issued_at IS NOT NULL AND NEW.issued_at IS {differs} OLD.issued_at"),
)  # fmt: skip


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, name, event, objects in RULES:
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} WHEN {objects.format(differs='NOT')} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: {name}'); END"
            )
        return
    for table, column in LATE_KEYS:
        op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, "employee", [column], ["id"])
    op.execute(
        "CREATE FUNCTION strongroom_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, name, event, objects in RULES:
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW "
            f"WHEN ({objects.format(differs='DISTINCT FROM')}) EXECUTE FUNCTION strongroom_refuse()"
        )


def downgrade() -> None:
    on_table = op.get_bind().dialect.name == "postgresql"
    for table, name, _event, _objects in RULES:
        op.execute(f"DROP TRIGGER {table}_{name}" + (f" ON {table}" if on_table else ""))
    if on_table:
        op.execute("DROP FUNCTION strongroom_refuse()")
        for table, column in LATE_KEYS:
            op.drop_constraint(op.f(f"fk_{table}_{column}"), table, type_="foreignkey")
