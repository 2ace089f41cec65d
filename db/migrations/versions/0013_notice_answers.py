"""What people answer to a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "notice_answers",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_notice_answers_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_notice_answers_contact_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_answers")),
    )
    op.create_index(op.f("ix_notice_answers_campaign_id"), "notice_answers", ["campaign_id"])
    op.create_index(op.f("ix_notice_answers_contact_id"), "notice_answers", ["contact_id"])
    op.create_index(op.f("ix_notice_answers_at"), "notice_answers", ["at"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("notice_answers")
