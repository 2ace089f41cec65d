"""When somebody let us in again: a refusal from before that moment is no refusal any more."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FAILED = sa.text("status IN ('failed')")


def upgrade() -> None:
    """Add the moment, and an index for the replies that failed."""
    op.add_column("addresses", sa.Column("open_since", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_deliveries_failed", "deliveries", ["account", "path"], sqlite_where=FAILED, postgresql_where=FAILED
    )


def downgrade() -> None:
    """Forget the moment."""
    op.drop_index("ix_deliveries_failed", "deliveries")
    op.drop_column("addresses", "open_since")
