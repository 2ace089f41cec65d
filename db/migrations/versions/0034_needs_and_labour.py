"""Needs that people state; the labour force of households, its history, and what was told of it in the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add four tables."""
    op.create_table(
        "stated_needs",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("contact_id", ID),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("hamlet", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.Column("stated_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("met_on", sa.String(length=10)),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.Column("settled_by", sa.String(length=80), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_stated_needs_contact_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_needs")),
        sa.UniqueConstraint("code", name=op.f("uq_stated_needs_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stated_needs_contact_id"), "stated_needs", ["contact_id"])
    op.create_index("ix_stated_needs_locality_kind_state", "stated_needs", ["locality", "kind", "state"])
    op.create_table(
        "labour_homes",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("hamlet", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("adults", sa.Integer()),
        sa.Column("stable", sa.Integer()),
        sa.Column("unstable", sa.Integer()),
        sa.Column("seeking", sa.Integer()),
        sa.Column("as_of", sa.String(length=10)),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_homes")),
        sa.UniqueConstraint("locality", "code", name=op.f("uq_labour_homes_locality_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "labour_history",
        sa.Column("id", ID, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        sa.Column("contact_id", ID),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["labour_homes.id"], name=op.f("fk_labour_history_home_id_labour_homes")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_labour_history_contact_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_history")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_labour_history_home_id"), "labour_history", ["home_id"])
    op.create_index(op.f("ix_labour_history_contact_id"), "labour_history", ["contact_id"])
    op.create_table(
        "labour_told",
        sa.Column("id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("hamlet", sa.String(length=200), nullable=False),
        sa.Column("workers", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("home_id", ID),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_labour_told_contact_id_contacts")),
        sa.ForeignKeyConstraint(["home_id"], ["labour_homes.id"], name=op.f("fk_labour_told_home_id_labour_homes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_told")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_labour_told_contact_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_labour_told_home_id"), "labour_told", ["home_id"])
    op.create_index(op.f("ix_labour_told_locality"), "labour_told", ["locality"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("labour_told")
    op.drop_table("labour_history")
    op.drop_table("labour_homes")
    op.drop_table("stated_needs")
