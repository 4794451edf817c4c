"""Fields whose names hid functions of a form from the scripts of its page are called otherwise."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: (table, before, after)
RENAMED = (("hidden_works", "matches", "as_drawn"), ("customer_profile", "closest", "closest_to"))


def upgrade() -> None:
    for table, before, after in RENAMED:
        op.alter_column(table, before, new_column_name=after)


def downgrade() -> None:
    for table, before, after in RENAMED:
        op.alter_column(table, after, new_column_name=before)
