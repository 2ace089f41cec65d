"""The tables of training: who learns in which course, and which courses were made known."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("offer_id", Id, ForeignKey("work_offers.id"), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),
    Column("state", String(20), nullable=False),
    Column("code", String(20), nullable=False),
    Column("learner", Json, nullable=False),  # see core.training.Learner
    Column("told", String(80), nullable=False),  # see core.training.knows
    Column("reminded", Date),
    Column("by", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("offer_id", "contact_id", name="uq_enrolments_offer_id_contact_id"),
    UniqueConstraint("offer_id", "code", name="uq_enrolments_offer_id_code"),
    Index("ix_enrolments_offer_id_state", "offer_id", "state"),
    **NEVER_AGAIN,
)

course_calls = Table(
    "course_calls",
    metadata,
    Column("offer_id", Id, ForeignKey("work_offers.id"), primary_key=True, autoincrement=False),
    Column("households", Json, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("cursor", Id, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("done_at", Moment),
)

surveys = Table(
    "surveys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    **NEVER_AGAIN,
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("survey_id", Id, ForeignKey("surveys.id"), primary_key=True, autoincrement=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, autoincrement=False, index=True),
    Column("answer", Json, nullable=False),  # see core.surveys.Wish
    Column("hamlet", String(200), nullable=False),
    Column("at", Moment, nullable=False),
)
