"""What places say besides the packs: proposed by one officer, put in force by another."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ABOUT = ["locality", "kind", "subject"]


def upgrade() -> None:
    """Add a table; nothing is in it, so what citizens are told stays as it was."""
    op.create_table(
        "content_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("ground", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.String(length=80)),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_content_changes_state"), "content_changes", ["state"])
    op.create_index("ix_content_changes_about", "content_changes", [*ABOUT, "id"])
    for state in ("in_force", "proposed"):
        where = sa.text(f"state = '{state}'")
        op.create_index(
            f"uq_content_changes_{state}",
            "content_changes",
            ABOUT,
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def downgrade() -> None:
    """Forget it: citizens are told what the packs say."""
    op.drop_table("content_changes")
