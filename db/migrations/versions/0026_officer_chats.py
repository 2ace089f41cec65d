"""Chats in which officers work, and the codes by which they are bound."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "officer_chat_codes",
        sa.Column("code", sa.LargeBinary(length=32), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_officer_chat_codes_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_officer_chat_codes")),
    )
    op.create_index(op.f("ix_officer_chat_codes_officer_id"), "officer_chat_codes", ["officer_id"])
    op.create_table(
        "officer_chats",
        sa.Column("address_id", ID, nullable=False, autoincrement=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("bound_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_officer_chats_address_id_addresses")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_chats_officer_id_officers")),
        sa.PrimaryKeyConstraint("address_id", name=op.f("pk_officer_chats")),
    )
    op.create_index(op.f("ix_officer_chats_officer_id"), "officer_chats", ["officer_id"])


def downgrade() -> None:
    """Forget them: every chat is a citizen's again."""
    op.drop_table("officer_chats")
    op.drop_table("officer_chat_codes")
