"""What officers were told of which tasks in their chats."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table. Nobody was told of anything."""
    op.create_table(
        "task_reminders",
        sa.Column("officer_id", ID, nullable=False, autoincrement=False),
        sa.Column("task_id", ID, nullable=False, autoincrement=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("moment", sa.String(length=10), nullable=False),
        sa.Column("told_in", sa.String(length=120), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_task_reminders_officer_id_officers")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_reminders_task_id_tasks")),
        sa.PrimaryKeyConstraint("officer_id", "task_id", "due", "moment", name=op.f("pk_task_reminders")),
    )
    for column in ("task_id", "told_in", "at"):
        op.create_index(op.f(f"ix_task_reminders_{column}"), "task_reminders", [column])


def downgrade() -> None:
    """Forget it: who was told is told again."""
    op.drop_table("task_reminders")
