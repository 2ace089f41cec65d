"""The table of the market: what households sell and what buyers look for."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

market_posts = Table(
    "market_posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),  # NULL where it came by the public page
    Column("side", String(20), nullable=False),
    Column("goods", String(40), nullable=False),  # see core.market.Goods
    Column("state", String(20), nullable=False),
    Column("post", Json, nullable=False),  # see core.market.Post
    Column("key", String(64), nullable=False),
    Column("last_day", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", Moment),
    Column("why", Text, nullable=False),
    UniqueConstraint("locality", "key", name="uq_market_posts_locality_key"),
    Index("ix_market_posts_state_goods_last_day", "state", "goods", "last_day"),
    **NEVER_AGAIN,
)
