"""How people want notices, what came of a notice, and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLANNED = sa.text("state = 'planned'")
CONTACT = ("rhythm", "muted_until", "notice_channel", "status_since")


def upgrade() -> None:
    """Add columns and tables."""
    rhythm = sa.Column[str]("rhythm", sa.String(length=20), nullable=False, server_default="at-once")
    op.add_column("contacts", rhythm)
    op.add_column("contacts", sa.Column("muted_until", sa.BigInteger()))
    op.add_column("contacts", sa.Column("notice_channel", sa.String(length=40)))
    op.add_column("contacts", sa.Column("status_since", sa.Date()))
    wanted = sa.Column[bool]("wanted", sa.Boolean(), nullable=False, server_default=sa.text("true"))
    op.add_column("subscriptions", wanted)
    with_others = sa.Column[bool]("together", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    op.add_column("deliveries", with_others)
    op.add_column("deliveries", sa.Column("bundle", ID))
    op.create_table(
        "notice_effects",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_notice_effects_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_notice_effects_contact_id_contacts")),
        sa.PrimaryKeyConstraint("campaign_id", "contact_id", "kind", name=op.f("pk_notice_effects")),
    )
    op.create_index(op.f("ix_notice_effects_contact_id"), "notice_effects", ["contact_id"])
    op.create_table(
        "reminders",
        sa.Column("id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("about", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", ID),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=20)),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_reminders_contact_id_contacts")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_reminders_campaign_id_campaigns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("contact_id", "rule", "due_at", name=op.f("uq_reminders_contact_id_rule_due_at")),
    )
    op.create_index(op.f("ix_reminders_contact_id"), "reminders", ["contact_id"])
    op.create_index(op.f("ix_reminders_campaign_id"), "reminders", ["campaign_id"])
    op.create_index("ix_reminders_due", "reminders", ["due_at"], sqlite_where=PLANNED, postgresql_where=PLANNED)


def downgrade() -> None:
    """Forget them; what was stopped or muted is sent again."""
    op.drop_table("reminders")
    op.drop_table("notice_effects")
    op.drop_column("deliveries", "bundle")
    op.drop_column("deliveries", "together")
    op.drop_column("subscriptions", "wanted")
    for name in CONTACT:
        op.drop_column("contacts", name)
