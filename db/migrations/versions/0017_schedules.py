"""Series as places will send them, post by post."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLANNED = sa.text("state = 'planned'")


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "schedules",
        sa.Column("id", ID, nullable=False),
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("locality", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", sa.String(length=60)),
        sa.Column("approved_by", sa.String(length=60)),
        sa.Column("approved_at", sa.BigInteger()),
        sa.Column("approved_hash", sa.String(length=64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_schedules_state"), "schedules", ["state"])
    op.create_table(
        "occurrences",
        sa.Column("id", ID, nullable=False),
        sa.Column("schedule_id", ID, nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("late_hours", sa.Integer(), nullable=False),
        sa.Column("notice", sa.JSON(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=20)),
        sa.Column("campaign_id", ID),
        sa.Column("fired_as", sa.String(length=130)),
        sa.ForeignKeyConstraint(["schedule_id"], ["schedules.id"], name=op.f("fk_occurrences_schedule_id_schedules")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_occurrences_campaign_id_campaigns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrences")),
        sa.UniqueConstraint("fired_as", "due_at", name=op.f("uq_occurrences_fired_as_due_at")),
        sa.UniqueConstraint("schedule_id", "post", "due_at", name=op.f("uq_occurrences_schedule_id_post_due_at")),
    )
    op.create_index(op.f("ix_occurrences_schedule_id"), "occurrences", ["schedule_id"])
    op.create_index(op.f("ix_occurrences_campaign_id"), "occurrences", ["campaign_id"])
    op.create_index("ix_occurrences_due", "occurrences", ["due_at"], sqlite_where=PLANNED, postgresql_where=PLANNED)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("occurrences")
    op.drop_table("schedules")
