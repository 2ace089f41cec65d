"""What was not understood, and the words last answered, which may turn out to have meant something else."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, and a column of the conversation."""
    op.create_table(
        "misreadings",
        sa.Column("id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.String(length=500), nullable=False),
        sa.Column("read_as", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=True),
        sa.Column("proposed_text", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_misreadings_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misreadings")),
        sa.UniqueConstraint("contact_id", "day", "folded", name=op.f("uq_misreadings_contact_id_day_folded")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_misreadings_at"), "misreadings", ["at"])
    op.create_index(op.f("ix_misreadings_folded"), "misreadings", ["folded"])
    op.add_column("conversations", sa.Column("heard", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("conversations", "heard")
    op.drop_table("misreadings")
