"""The tables of what a place has reached of its plan, and of what its offices are to do."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

# Days are written as "2026-12-31": they have no hour, and are ordered as they are written.
DAY = 10

reported_figures = Table(
    "reported_figures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("subject", String(200), nullable=False),  # a target of the plan, or the rates of a year
    Column("nth", Integer, nullable=False),
    Column("numbers", Json, nullable=False),  # by name, written with digits: a float would not keep them
    Column("as_of", String(DAY), nullable=False),
    Column("document", String(300), nullable=False),
    Column("document_day", String(DAY)),
    Column("standing", String(20), nullable=False, index=True),
    Column("entered_by", String(80), nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("checked_by", String(80)),
    Column("checked_at", Moment),
    Column("why", Text, nullable=False),
    UniqueConstraint("locality", "subject", "nth"),
    **NEVER_AGAIN,
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False, index=True),
    Column("office", String(80), nullable=False),
    Column("helper", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("section", String(200), nullable=False),
    Column("duty", String(120)),  # NULL: no duty of the plan
    Column("due", String(DAY), nullable=False),
    Column("state", String(20), nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("locality", "duty", "due"),
    **NEVER_AGAIN,
)

task_history = Table(
    "task_history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False, index=True),
    Column("officer", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("act", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("document", String(300), nullable=False),
)

# An officer was told of a task of this day before it, or after it, by the message with this key.
task_reminders = Table(
    "task_reminders",
    metadata,
    Column("officer_id", Id, ForeignKey("officers.id"), primary_key=True, autoincrement=False),
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False, index=True),
    Column("due", String(DAY), primary_key=True),
    Column("moment", String(10), primary_key=True),
    Column("told_in", String(120), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
)
