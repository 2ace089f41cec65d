"""Offers that employers send in, and who wrote an offer anew."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns."""
    op.add_column("work_offers", sa.Column("changed_by", sa.String(length=80)))
    op.add_column("work_offers", sa.Column("changed_at", sa.BigInteger()))
    op.add_column("work_offers", sa.Column("code", sa.String(length=12)))
    op.add_column("work_offers", sa.Column("sender", sa.LargeBinary()))
    op.create_index("uq_work_offers_code", "work_offers", ["code"], unique=True)


def downgrade() -> None:
    """Forget them: what employers sent stays, as if an officer without a name had put it in."""
    op.drop_index("uq_work_offers_code", "work_offers")
    for name in ("sender", "code", "changed_at", "changed_by"):
        op.drop_column("work_offers", name)
