"""Inbound messages keep the channel's own id of the update they came in.

A page that sent a message and never heard of it finds it again by this id.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; earlier messages have none."""
    op.add_column("messages", sa.Column("external_id", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Without the ids a page that never heard of its message shows it until it is sent once more."""
    op.drop_column("messages", "external_id")
