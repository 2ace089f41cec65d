"""What a ward's list says of a person: name, telephone, household and its status, and the topics they want news of."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table(
        "households",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("locality", "code", name=op.f("uq_households_locality_code")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_subscriptions_contact_id_contacts")),
        sa.PrimaryKeyConstraint("contact_id", "topic", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_topic"), "subscriptions", ["topic"])
    op.add_column("contacts", sa.Column("name", sa.String(length=80), nullable=True))
    op.add_column("contacts", sa.Column("phone", sa.String(length=20), nullable=True))
    op.add_column("contacts", sa.Column("household_status", sa.String(length=20), nullable=True))
    op.add_column("contacts", sa.Column("household_id", ID, nullable=True))
    op.create_index(op.f("ix_contacts_locality_household_status"), "contacts", ["locality", "household_status"])
    op.create_index(op.f("ix_contacts_household_id"), "contacts", ["household_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_index(op.f("ix_contacts_household_id"), "contacts")
    op.drop_index(op.f("ix_contacts_locality_household_status"), "contacts")
    with op.batch_alter_table("contacts") as contacts:
        for name in ("household_id", "household_status", "phone", "name"):
            contacts.drop_column(name)
    op.drop_table("subscriptions")
    op.drop_table("households")
