"""What Zalo asks for: tokens that change, when somebody last wrote, what was charged; and posts held for others."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a column and three tables."""
    op.add_column("addresses", sa.Column("interacted_at", sa.BigInteger()))
    op.create_table(
        "channel_tokens",
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("access_until", sa.BigInteger(), nullable=False),
        sa.Column("refreshed_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_by", sa.String(length=200)),
        sa.Column("claimed_until", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["account"], ["channel_accounts.id"], name=op.f("fk_channel_tokens_account_channel_accounts")
        ),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_channel_tokens")),
    )
    op.create_table(
        "channel_use",
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["channel_accounts.id"], name=op.f("fk_channel_use_account_channel_accounts")
        ),
        sa.PrimaryKeyConstraint("account", "month", "way", name=op.f("pk_channel_use")),
    )
    op.create_table(
        "held_posts",
        sa.Column("id", ID, nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_posts")),
        sa.UniqueConstraint("account", "digest", name=op.f("uq_held_posts_account_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_held_posts_received_at"), "held_posts", ["received_at"])
    op.create_index("ix_held_posts_waiting", "held_posts", ["account", "id", "size"])


def downgrade() -> None:
    """Forget them; the account must be signed in to anew, and posts that were not fetched are lost."""
    op.drop_table("held_posts")
    op.drop_table("channel_use")
    op.drop_table("channel_tokens")
    op.drop_column("addresses", "interacted_at")
