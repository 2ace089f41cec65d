"""What a question wants of the office; offers of goods and buyers' requests."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a column and a table."""
    op.add_column("questions", sa.Column("kind", sa.String(length=20), nullable=False, server_default="question"))
    op.create_table(
        "market_posts",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("contact_id", ID),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("goods", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("post", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(length=80)),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_market_posts_contact_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_posts")),
        sa.UniqueConstraint("locality", "key", name="uq_market_posts_locality_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_market_posts_contact_id"), "market_posts", ["contact_id"])
    op.create_index("ix_market_posts_state_goods_last_day", "market_posts", ["state", "goods", "last_day"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("market_posts")
    op.drop_column("questions", "kind")
