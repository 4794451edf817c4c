"""The index of fragments: FTS5 on SQLite, an array of numbers under GIN on PostgreSQL; ``migrate`` fills it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_built",
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("made_of", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", name=op.f("pk_search_built")),
    )
    if op.get_bind().dialect.name == "sqlite":
        # which row has a token is all that is asked: no places in it, no sizes
        op.execute("CREATE VIRTUAL TABLE search_gram USING fts5(grams, detail=none, columnsize=0, tokenize='ascii')")
        return
    op.create_table(
        "search_gram",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_gram")),
    )
    # what has just been written waits in a list that every search reads through: a short one
    op.create_index(
        "ix_search_gram_grams", "search_gram", ["grams"],
        postgresql_using="gin", postgresql_with={"gin_pending_list_limit": 256},
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("search_gram")
    op.drop_table("search_built")
