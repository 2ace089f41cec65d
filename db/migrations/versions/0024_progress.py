"""What a place has reached of its plan, and what its offices are to do."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add three tables; the local plans stay files."""
    op.create_table(
        "reported_figures",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.Column("document_day", sa.String(length=10)),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("checked_by", sa.String(length=80)),
        sa.Column("checked_at", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_figures")),
        sa.UniqueConstraint("locality", "subject", "nth", name=op.f("uq_reported_figures_locality_subject_nth")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reported_figures_standing"), "reported_figures", ["standing"])
    op.create_table(
        "tasks",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("office", sa.String(length=80), nullable=False),
        sa.Column("helper", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.Column("duty", sa.String(length=120)),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("locality", "duty", "due", name=op.f("uq_tasks_locality_duty_due")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tasks_locality"), "tasks", ["locality"])
    op.create_table(
        "task_history",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_history_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_history")),
    )
    op.create_index(op.f("ix_task_history_task_id"), "task_history", ["task_id"])


def downgrade() -> None:
    """Forget them: what was published and what was done is lost, the log stays."""
    op.drop_table("task_history")
    op.drop_table("tasks")
    op.drop_table("reported_figures")
