"""Notices are found by their campaign; what each process may send of an account; when another way is tried."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WAITING = "status IN ('queued', 'retry', 'in_doubt')"


def _index(name: str, *columns: str, where: str) -> None:
    op.create_index(name, "deliveries", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    """Add the column, the table and the indexes."""
    op.add_column("deliveries", sa.Column("fall_back_at", sa.BigInteger()))
    op.create_table(
        "sending_shares",
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["channel_accounts.id"], name=op.f("fk_sending_shares_account_channel_accounts")
        ),
        sa.PrimaryKeyConstraint("account", "worker", name=op.f("pk_sending_shares")),
    )
    op.drop_index("ix_deliveries_due", "deliveries")
    _index("ix_deliveries_due", "priority", "id", where=f"{WAITING} AND campaign_id IS NULL")
    _index("ix_deliveries_notices", "campaign_id", "account", "available_at", "id", where=WAITING)
    _index("ix_deliveries_fall_back", "fall_back_at", where="fall_back_at IS NOT NULL")


def downgrade() -> None:
    """Take them away."""
    for name in ("ix_deliveries_fall_back", "ix_deliveries_notices", "ix_deliveries_due"):
        op.drop_index(name, "deliveries")
    _index("ix_deliveries_due", "priority", "id", where=WAITING)
    op.drop_table("sending_shares")
    op.drop_column("deliveries", "fall_back_at")
