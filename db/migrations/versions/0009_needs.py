"""What a household lacks, by dimension, for those who agreed that it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "needs",
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_needs_contact_id_contacts")),
        sa.PrimaryKeyConstraint("contact_id", "dimension", name=op.f("pk_needs")),
    )
    op.create_index(op.f("ix_needs_dimension"), "needs", ["dimension"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("needs")
