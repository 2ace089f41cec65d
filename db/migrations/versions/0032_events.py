"""Job fairs and exchange sessions: what is announced, and who signed up."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "job_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.JSON()),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.Column("verified_by", sa.String(length=80)),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_by", sa.String(length=80)),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_events_locality_state_ends_at", "job_events", ["locality", "state", "ends_at"])
    op.create_table(
        "event_seats",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("came_at", sa.BigInteger()),
        sa.Column("checked_by", sa.String(length=80)),
        sa.ForeignKeyConstraint(["event_id"], ["job_events.id"], name=op.f("fk_event_seats_event_id_job_events")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_event_seats_contact_id_contacts")),
        sa.PrimaryKeyConstraint("event_id", "contact_id", name=op.f("pk_event_seats")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_event_seats_event_id_number")),
    )
    op.create_index(op.f("ix_event_seats_contact_id"), "event_seats", ["contact_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("event_seats")
    op.drop_table("job_events")
