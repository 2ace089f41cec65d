"""The tables of job fairs and exchange sessions: what is announced, and who signed up."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

job_events = Table(
    "job_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("event", Json, nullable=False),  # see core.events.JobEvent
    Column("proposed", Json),  # the same, of a change that waits
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),  # of a seat: none is given twice
    Column("created_by", String(80), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("written_by", String(80), nullable=False),
    Column("verified_by", String(80)),
    Column("changed_at", Moment, nullable=False),
    Column("cancelled_by", String(80)),
    Column("why", Text, nullable=False),
    Column("walk_ins", Integer),  # who came without having signed up; none: nobody noted it
    Index("ix_job_events_locality_state_ends_at", "locality", "state", "ends_at"),
    **NEVER_AGAIN,
)

event_seats = Table(
    "event_seats",
    metadata,
    Column("event_id", Id, ForeignKey("job_events.id"), primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, index=True),
    Column("number", Integer, nullable=False),
    Column("name", String(80), nullable=False),  # as they told it; empty: they did not
    Column("at", Moment, nullable=False),
    Column("came_at", Moment),
    Column("checked_by", String(80)),
    UniqueConstraint("event_id", "number"),
)
