"""What the database refuses itself, whatever the path: a changed trail, a changed issue or due time.

Also the foreign keys of registers that refer to one another, which PostgreSQL takes only once both tables exist.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: table, column, the table it leads to
LATE_KEYS = (
    ("department", "head_id", "employee"),
    ("store", "manager_id", "employee"),
    ("callback", "repair_ticket_id", "repair_ticket"),
    ("complaint", "log_id", "phone_visit_log"),
    ("complaint", "order_id", "decoration_contract"),
    ("complaint", "site_id", "project_site"),
    ("complaint", "ticket_id", "repair_ticket"),
    ("complaint_analysis", "meeting_id", "meeting"),
    ("complaint_resolution", "penalty_id", "reward_penalty"),
    ("design_agreement", "dispatch_id", "dispatch_order"),
    ("dispatch_order", "design_agreement_id", "design_agreement"),
    ("goods_return", "sale_id", "sale"),
    ("inbound_call", "complaint_id", "complaint"),
    ("key_account", "credit_line_id", "credit_line"),
    ("leak_report", "penalty_id", "reward_penalty"),
    ("meeting", "complaint_id", "complaint"),
    ("phone_visit_log", "complaint_id", "complaint"),
    ("phone_visit_log", "complaint_slip_id", "complaint_slip"),
    ("property_deal", "registration_id", "customer_registration"),
    ("property_deal", "unit_id", "property_unit"),
    ("receipt", "plan_id", "collection_plan"),
    ("receipt", "shipment_id", "shipment"),
    ("repair_ticket", "complaint_id", "complaint"),
    ("score_sheet", "replaces_id", "score_sheet"),
    ("service_feedback", "complaint_id", "complaint"),
    ("service_request", "complaint_id", "complaint"),
    ("shipment", "sale_id", "sale"),
    ("signed_order", "decoration_contract_id", "decoration_contract"),
    ("signed_order", "design_agreement_id", "design_agreement"),
    ("signed_order", "project_site_id", "project_site"),
)
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
    for table, column, target in LATE_KEYS:
        op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, target, [column], ["id"])
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
        for table, column, _target in LATE_KEYS:
            op.drop_constraint(op.f(f"fk_{table}_{column}"), table, type_="foreignkey")
