"""The tables of channels that want more than an address: tokens, what was charged, posts held for another house."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

channel_tokens = Table(
    "channel_tokens",
    metadata,
    Column("account", String(80), ForeignKey("channel_accounts.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # both tokens (db/sealing.py)
    Column("access_until", Moment, nullable=False),
    Column("refreshed_at", Moment, nullable=False),  # when the provider last gave a pair
    Column("claimed_by", String(200)),  # the installation on one host that asks for the next pair just now
    Column("claimed_until", Moment),
)

channel_use = Table(
    "channel_use",
    metadata,
    Column("account", String(80), ForeignKey("channel_accounts.id"), primary_key=True),
    Column("month", String(7), primary_key=True),  # "2026-11", where people live
    Column("way", String(20), primary_key=True),  # free, charged or template
    Column("messages", BigInteger, nullable=False),
    Column("dong", BigInteger, nullable=False),  # by the prices of the settings when they were sent
)

held_posts = Table(
    "held_posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account", String(80), nullable=False),  # as the house that fetches them calls it
    Column("digest", LargeBinary(32), nullable=False),  # of body and proof: a provider's second try is no second post
    Column("headers", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),  # to the byte, as it was signed
    Column("size", Integer, nullable=False),  # bytes of the body: what is held is summed up without reading it
    Column("received_at", Moment, nullable=False, index=True),
    UniqueConstraint("account", "digest"),
    Index("ix_held_posts_waiting", "account", "id", "size"),
    **NEVER_AGAIN,
)
