"""What becomes of somebody's interest in a vacancy."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables, and who wrote a profile down."""
    op.add_column("work_profiles", sa.Column("entered_by", sa.String(length=80)))
    op.add_column("work_profiles", sa.Column("may_pass", sa.Boolean()))
    op.create_table(
        "work_leads",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("offer_id", ID, nullable=False),
        sa.Column("contact_id", ID),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger()),
        sa.Column("why", sa.String(length=20)),
        sa.Column("officer_may", sa.Boolean()),
        sa.Column("employer_may", sa.Boolean()),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hamlet", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["work_offers.id"], name=op.f("fk_work_leads_offer_id_work_offers")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_work_leads_contact_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_leads")),
        sa.UniqueConstraint("contact_id", "offer_id", name="uq_work_leads_contact_offer"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_work_leads_offer_id"), "work_leads", ["offer_id"])
    op.create_index("ix_work_leads_locality_state_moved", "work_leads", ["locality", "state", "moved_at"])
    op.create_table(
        "work_lead_steps",
        sa.Column("id", ID, nullable=False),
        sa.Column("lead_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["work_leads.id"], name=op.f("fk_work_lead_steps_lead_id_work_leads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_lead_steps")),
    )
    op.create_index(op.f("ix_work_lead_steps_lead_id"), "work_lead_steps", ["lead_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("work_lead_steps")
    op.drop_table("work_leads")
    op.drop_column("work_profiles", "may_pass")
    op.drop_column("work_profiles", "entered_by")
