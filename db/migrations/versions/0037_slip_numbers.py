"""Whether a slip shows the telephone numbers of its answer that are no office's."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Slips that are there hide them from now on."""
    op.add_column("question_slips", sa.Column("numbers", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("question_slips", "numbers")
