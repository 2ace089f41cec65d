"""What officers did to a notice, when and why, with its words as they were approved."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table. Notices of before have no history; the log has it."""
    op.create_table(
        "campaign_history",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=200)),
        sa.Column("notice", sa.JSON()),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_history_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_history")),
    )
    op.create_index(op.f("ix_campaign_history_campaign_id"), "campaign_history", ["campaign_id"])
    op.create_index(op.f("ix_campaign_history_title"), "campaign_history", ["title"])


def downgrade() -> None:
    """Forget it: reasons and approved words are lost, the log stays."""
    op.drop_table("campaign_history")
