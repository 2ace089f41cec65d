"""Who noted how many seats of an offer are taken, and how many came to a job fair without having signed up."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add their columns."""
    op.add_column("work_offers", sa.Column("filled_by", sa.String(length=80)))
    op.add_column("work_offers", sa.Column("filled_at", sa.BigInteger()))
    op.add_column("job_events", sa.Column("walk_ins", sa.Integer()))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("job_events", "walk_ins")
    op.drop_column("work_offers", "filled_at")
    op.drop_column("work_offers", "filled_by")
