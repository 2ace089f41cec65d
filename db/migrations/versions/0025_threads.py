"""Talks of officers, questions passed upward, answers on slips, and when a question was first answered."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns and a table. First answers of before are read from what is kept of the threads."""
    op.add_column("questions", sa.Column("talk_until", sa.BigInteger()))
    op.add_column("questions", sa.Column("upper", sa.String(length=160)))
    op.add_column("questions", sa.Column("answered_at", sa.BigInteger()))
    op.add_column("questions", sa.Column("late", sa.Boolean()))
    op.execute(
        "UPDATE questions SET answered_at = (SELECT min(at) FROM question_entries"
        " WHERE question_id = questions.id AND author = 'officer')"
    )
    op.execute("UPDATE questions SET late = (answered_at > due_at) WHERE answered_at IS NOT NULL")
    op.create_table(
        "question_slips",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["question_entries.id"], name=op.f("fk_question_slips_entry_id_question_entries")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_question_slips")),
    )
    op.create_index(op.f("ix_question_slips_entry_id"), "question_slips", ["entry_id"])


def downgrade() -> None:
    """Forget them: slips that were handed out open nothing any more."""
    op.drop_table("question_slips")
    for name in ("late", "answered_at", "upper", "talk_until"):
        op.drop_column("questions", name)
