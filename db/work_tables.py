"""The tables of work and training: offers of places, what people look for, were told of, and said of it."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

work_offers = Table(
    "work_offers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("offer", Json, nullable=False),  # see core.work.Offer
    Column("key", String(64), nullable=False),
    Column("deadline", Date, nullable=False),
    Column("seats", Integer),
    Column("taken", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("verified_by", String(80)),
    Column("verified_at", Moment),
    Column("closed_by", String(80)),
    Column("why", Text, nullable=False),
    Column("changed_by", String(80)),
    Column("changed_at", Moment),
    Column("filled_by", String(80)),  # who last noted how many seats are taken
    Column("filled_at", Moment),
    Column("code", String(12)),  # of what an employer sent in
    Column("sender", LargeBinary),  # a keyed hash of the address it came from; kept for a day
    UniqueConstraint("locality", "key", name="uq_work_offers_locality_key"),
    Index("ix_work_offers_locality_state_deadline", "locality", "state", "deadline"),
    Index("uq_work_offers_code", "code", unique=True),
    **NEVER_AGAIN,
)

work_profiles = Table(
    "work_profiles",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("profile", Json, nullable=False),  # see core.work.Profile
    Column("told_at", Moment, nullable=False),
    Column("look_at", Moment, index=True),  # when to look for what is new to them; none: as soon as may be
    Column("entered_by", String(80)),  # the officer who wrote it down, where the person said yes in person
    Column("may_pass", Boolean),  # and whether name and number may go to employers
)

work_answers = Table(
    "work_answers",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True),
    Column("offer_id", Id, ForeignKey("work_offers.id"), primary_key=True, index=True),
    Column("answer", String(20), nullable=False),
    Column("why", String(20)),
    Column("at", Moment, nullable=False),
)

work_told = Table(
    "work_told",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True),
    Column("offer_id", Id, ForeignKey("work_offers.id"), primary_key=True, index=True),
    Column("how", String(20), nullable=False),  # see core.job_news.How
    Column("at", Moment, nullable=False),
)
