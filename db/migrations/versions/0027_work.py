"""Work and training: offers of places, what people look for, what they said of offers."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add three tables."""
    op.create_table(
        "work_offers",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("offer", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer()),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("verified_by", sa.String(length=80)),
        sa.Column("verified_at", sa.BigInteger()),
        sa.Column("closed_by", sa.String(length=80)),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_offers")),
        sa.UniqueConstraint("locality", "key", name="uq_work_offers_locality_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_work_offers_locality_state_deadline", "work_offers", ["locality", "state", "deadline"])
    op.create_table(
        "work_profiles",
        sa.Column("contact_id", ID, autoincrement=False, nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_work_profiles_contact_id_contacts")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_work_profiles")),
    )
    op.create_table(
        "work_answers",
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("offer_id", ID, nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=20)),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_work_answers_contact_id_contacts")),
        sa.ForeignKeyConstraint(["offer_id"], ["work_offers.id"], name=op.f("fk_work_answers_offer_id_work_offers")),
        sa.PrimaryKeyConstraint("contact_id", "offer_id", name=op.f("pk_work_answers")),
    )
    op.create_index(op.f("ix_work_answers_offer_id"), "work_answers", ["offer_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("work_answers")
    op.drop_table("work_profiles")
    op.drop_table("work_offers")
