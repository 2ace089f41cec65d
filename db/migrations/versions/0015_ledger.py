"""What became of a campaign's messages outlives their bubbles, and doubts are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IN_DOUBT = sa.text("status IN ('in_doubt')")


def upgrade() -> None:
    """A delivery may stand without its bubble."""
    _message_id(nullable=True)
    op.create_index(
        "ix_deliveries_doubts",
        "deliveries",
        ["campaign_id", "id"],
        sqlite_where=IN_DOUBT,
        postgresql_where=IN_DOUBT,
    )


def downgrade() -> None:
    """What has lost its bubble goes, as it did before."""
    op.drop_index("ix_deliveries_doubts", "deliveries")
    op.execute("DELETE FROM deliveries WHERE message_id IS NULL")
    _message_id(nullable=False)


def _message_id(*, nullable: bool) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    last = _last_number() if sqlite else None
    # SQLite makes the table anew: it forgets then that numbers are never given again, and which were given.
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as deliveries:
        deliveries.alter_column("message_id", existing_type=ID, nullable=nullable)
    if last is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'deliveries'")
        op.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('deliveries', :last)").bindparams(last=last)
        )


def _last_number() -> int | None:
    found = op.get_bind().execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'")).scalar()
    return None if found is None else int(found)
