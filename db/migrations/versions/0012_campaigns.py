"""Campaigns: what is sent to many, how far it went, and who was left out."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables, and to a delivery the campaign that it belongs to."""
    op.create_table(
        "campaigns",
        sa.Column("id", ID, nullable=False),
        sa.Column("notice", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("on_doubt", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("approved_hash", sa.String(length=64), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("cursor", ID, nullable=False),
        sa.Column("expanded_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_campaigns_state"), "campaigns", ["state"])
    op.create_table(
        "campaign_counts",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_counts_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "status", name=op.f("pk_campaign_counts")),
    )
    op.create_table(
        "left_out",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_left_out_campaign_id_campaigns")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_left_out_contact_id_contacts")),
        sa.PrimaryKeyConstraint("campaign_id", "contact_id", name=op.f("pk_left_out")),
    )
    op.create_index(op.f("ix_left_out_contact_id"), "left_out", ["contact_id"])
    op.add_column("deliveries", sa.Column("campaign_id", ID, nullable=True))
    of_campaigns = sa.text("campaign_id IS NOT NULL")
    op.create_index(
        "ix_deliveries_campaign",
        "deliveries",
        ["campaign_id", "id"],
        sqlite_where=of_campaigns,
        postgresql_where=of_campaigns,
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_deliveries_campaign", "deliveries")
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_column("campaign_id")
    op.drop_table("left_out")
    op.drop_table("campaign_counts")
    op.drop_table("campaigns")
