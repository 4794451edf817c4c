"""First passwords: until when one waits to be used (R-SIGN-01)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("first_password_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "first_password_until")
