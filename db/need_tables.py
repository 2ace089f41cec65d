"""The tables of needs that people state, and of the labour force of households."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

DAY = 10  # "2026-12-31"

stated_needs = Table(
    "stated_needs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),
    Column("locality", String(80), nullable=False),
    Column("hamlet", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("entered_by", String(80), nullable=False),
    Column("stated_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("told", Text, nullable=False),
    Column("met_on", String(DAY)),
    Column("document", String(300), nullable=False),
    Column("settled_by", String(80), nullable=False),
    Column("settled_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_stated_needs_locality_kind_state", "locality", "kind", "state"),
    **NEVER_AGAIN,
)

labour_homes = Table(
    "labour_homes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("code", String(40), nullable=False),  # the office's own
    Column("hamlet", String(200), nullable=False),
    Column("status", String(20), nullable=False),
    Column("adults", Integer),  # NULL: not known yet, like the three below
    Column("stable", Integer),
    Column("unstable", Integer),
    Column("seeking", Integer),
    Column("as_of", String(DAY)),
    Column("updated_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("locality", "code"),
    **NEVER_AGAIN,
)

labour_history = Table(
    "labour_history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("home_id", Id, ForeignKey("labour_homes.id"), nullable=False, index=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),  # who told it in the chat
    Column("officer", String(80), nullable=False),
    Column("how", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Json, nullable=False),  # how the household stood afterwards
    **NEVER_AGAIN,
)

labour_told = Table(
    "labour_told",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, unique=True),
    Column("locality", String(80), nullable=False, index=True),
    Column("hamlet", String(200), nullable=False),
    Column("workers", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("home_id", Id, ForeignKey("labour_homes.id"), index=True),  # NULL: no code is known of it
    **NEVER_AGAIN,
)
