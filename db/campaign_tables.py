"""The tables of notices to many: campaigns, schedules, what came of them, and reminders to one person."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("notice", Json, nullable=False),  # Notice.plain()
    Column("urgent", Boolean, nullable=False),  # of the notice, for the lease
    Column("on_doubt", String(20), nullable=False),  # the same
    Column("state", String(20), nullable=False, index=True),
    Column("created_by", String(60), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("submitted_by", String(60)),
    Column("approved_by", String(60)),
    Column("approved_hash", String(64)),
    Column("starts_at", Moment),
    Column("cursor", Id, nullable=False),  # the last contact that was looked at
    Column("expanded_at", Moment),
    Column("finished_at", Moment),
    **NEVER_AGAIN,
)

campaign_history = Table(
    "campaign_history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign_id", Id, ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("officer", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("act", String(20), nullable=False),
    Column("why", Text, nullable=False),
    Column("title", String(200), index=True),  # of what was approved
    Column("notice", Json),  # as it was approved; NULL of other acts
)

PLANNED = text("state = 'planned'")

schedules = Table(
    "schedules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("series", String(60), nullable=False),
    Column("locality", String(60), nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("created_by", String(60), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("submitted_by", String(60)),
    Column("approved_by", String(60)),
    Column("approved_at", Moment),
    Column("approved_hash", String(64)),
    **NEVER_AGAIN,
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("schedule_id", Id, ForeignKey("schedules.id"), nullable=False, index=True),
    Column("post", String(60), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("late_hours", Integer, nullable=False),
    Column("notice", Json, nullable=False),  # Notice.plain()
    Column("edited", Boolean, nullable=False),
    Column("edited_by", String(60)),  # whoever wrote other words than the series
    Column("state", String(20), nullable=False),
    Column("why", String(20)),
    Column("campaign_id", Id, ForeignKey("campaigns.id"), index=True),
    Column("fired_as", String(130)),  # the rule; once for each moment, whatever schedule it stands in
    UniqueConstraint("fired_as", "due_at"),
    UniqueConstraint("schedule_id", "post", "due_at"),
    Index("ix_occurrences_due", "due_at", sqlite_where=PLANNED, postgresql_where=PLANNED),
)

campaign_counts = Table(
    "campaign_counts",
    metadata,
    Column("campaign_id", Id, ForeignKey("campaigns.id"), primary_key=True),
    Column("status", String(20), primary_key=True),  # of deliveries; "pending" is queued, leased or to be tried again
    Column("count", BigInteger, nullable=False),
)

left_out = Table(
    "left_out",
    metadata,
    Column("campaign_id", Id, ForeignKey("campaigns.id"), primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, index=True),
    Column("reason", String(20), nullable=False),
)

notice_answers = Table(
    "notice_answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign_id", Id, ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("word", String(60)),  # the declared one that it is
)

# What people did after a notice: who stopped notices, or one kind of them, and who asked an officer something.
notice_effects = Table(
    "notice_effects",
    metadata,
    Column("campaign_id", Id, ForeignKey("campaigns.id"), primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, index=True),
    Column("kind", String(20), primary_key=True),
    Column("at", Moment, nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("rule", String(40), nullable=False),
    Column("about", Moment, nullable=False),  # the day or moment of which somebody is reminded
    Column("due_at", Moment, nullable=False),
    Column("campaign_id", Id, ForeignKey("campaigns.id"), index=True),  # the notice that somebody answered
    Column("state", String(20), nullable=False),
    Column("why", String(20)),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("contact_id", "rule", "due_at"),
    Index("ix_reminders_due", "due_at", sqlite_where=PLANNED, postgresql_where=PLANNED),
)
