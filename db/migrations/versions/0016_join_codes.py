"""Codes by which a second address is joined to a person, and when one was."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "join_codes",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_join_codes_contact_id_contacts")),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_join_codes_address_id_addresses")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_join_codes")),
    )
    op.create_index(op.f("ix_join_codes_contact_id"), "join_codes", ["contact_id"])
    op.create_index(op.f("ix_join_codes_address_id"), "join_codes", ["address_id"])
    op.create_index(op.f("ix_join_codes_expires_at"), "join_codes", ["expires_at"])
    op.add_column("contacts", sa.Column("joined_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Forget them; what was joined stays one."""
    op.drop_column("contacts", "joined_at")
    op.drop_table("join_codes")
