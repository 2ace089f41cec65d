"""What is told in private: sealed with the conversation, messages that go after a day, and a tally without persons."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("conversations", sa.Column("notes", sa.LargeBinary(), nullable=True))
    op.add_column("conversations", sa.Column("notes_until", sa.BigInteger(), nullable=True))
    op.add_column("messages", sa.Column("forget_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_messages_forgotten",
        "messages",
        ["forget_at"],
        sqlite_where=sa.text("forget_at IS NOT NULL"),
        postgresql_where=sa.text("forget_at IS NOT NULL"),
    )
    op.create_table(
        "check_tally",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("hamlet", sa.String(length=200), nullable=False),
        sa.Column("dimension", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "locality", "hamlet", "dimension", name=op.f("pk_check_tally")),
    )


def downgrade() -> None:
    """Forget them: without the column nothing would take private messages away after their day."""
    op.drop_table("check_tally")
    op.execute("DELETE FROM messages WHERE forget_at IS NOT NULL")
    op.drop_index("ix_messages_forgotten", "messages")
    op.drop_column("messages", "forget_at")
    op.drop_column("conversations", "notes_until")
    op.drop_column("conversations", "notes")
