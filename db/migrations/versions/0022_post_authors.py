"""Who wrote other words for a post of a schedule: that person does not approve them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column. Of posts reworded before nobody is known; the log has it."""
    op.add_column("occurrences", sa.Column("edited_by", sa.String(length=60)))


def downgrade() -> None:
    """Forget it: the log stays."""
    op.drop_column("occurrences", "edited_by")
