"""Which leads were one person's, once no way leads back to them."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of leads that are nameless already nobody knows it any more: each stays a person of its own."""
    op.add_column("work_leads", sa.Column("nameless", sa.BigInteger()))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("work_leads", "nameless")
