"""What a channel outside this house needs.

An address may refuse us, by its own and not by its person's; an account may have to keep silent for a while, whoever
sends for it; a message may need several pieces; an update may wait for files that still lie with the channel.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Who had blocked us is marked at their address."""
    op.add_column("channel_accounts", sa.Column("paused_until", sa.BigInteger(), nullable=True))
    op.add_column("addresses", sa.Column("refusal", sa.String(length=20), nullable=True))
    op.add_column("deliveries", sa.Column("progress", sa.Integer(), nullable=False, server_default="0"))
    fetching: sa.Column[bool] = sa.Column("fetching", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    op.add_column("inbound_updates", fetching)
    op.create_index(
        "ix_inbound_updates_fetching",
        "inbound_updates",
        ["path"],
        sqlite_where=sa.text("fetching = 1"),
        postgresql_where=sa.text("fetching"),
    )
    op.execute(
        "UPDATE addresses SET refusal = 'blocked' "
        "WHERE contact_id IN (SELECT id FROM contacts WHERE status = 'blocked')"
    )
    op.execute("UPDATE contacts SET status = 'active' WHERE status = 'blocked'")


def downgrade() -> None:
    """Whoever refuses us is a blocked person again; messages in pieces begin anew."""
    op.execute(
        "UPDATE contacts SET status = 'blocked' "
        "WHERE id IN (SELECT contact_id FROM addresses WHERE refusal IS NOT NULL)"
    )
    op.drop_index("ix_inbound_updates_fetching", "inbound_updates")
    op.drop_column("inbound_updates", "fetching")
    op.drop_column("deliveries", "progress")
    op.drop_column("addresses", "refusal")
    op.drop_column("channel_accounts", "paused_until")
