"""Who makes an export, and how far it is, is told by its lock as of an import; no mark and no beat in its row (R-CONF-12)."""

import sqlalchemy as sa
from alembic import op

from admin_app.fields.columns import UtcMoment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("claim", "beat_at", "done"):
        op.drop_column("export_run", name)


def downgrade() -> None:
    op.add_column("export_run", sa.Column("claim", sa.String(24)))
    op.add_column("export_run", sa.Column("beat_at", UtcMoment()))
    op.add_column("export_run", sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("export_run") as table:
        table.alter_column("done", server_default=None)
