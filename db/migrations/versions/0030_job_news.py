"""News of work: when somebody's list is looked at again, and of which offers they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a column and a table."""
    op.add_column("work_profiles", sa.Column("look_at", sa.BigInteger()))
    op.create_index(op.f("ix_work_profiles_look_at"), "work_profiles", ["look_at"])
    op.create_table(
        "work_told",
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("offer_id", ID, nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_work_told_contact_id_contacts")),
        sa.ForeignKeyConstraint(["offer_id"], ["work_offers.id"], name=op.f("fk_work_told_offer_id_work_offers")),
        sa.PrimaryKeyConstraint("contact_id", "offer_id", name=op.f("pk_work_told")),
    )
    op.create_index(op.f("ix_work_told_offer_id"), "work_told", ["offer_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("work_told")
    op.drop_index(op.f("ix_work_profiles_look_at"), table_name="work_profiles")
    op.drop_column("work_profiles", "look_at")
