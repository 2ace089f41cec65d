"""The tables of leads: somebody and a vacancy, and what happened to it."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from db.columns import NEVER_AGAIN, Id, Moment, metadata

work_leads = Table(
    "work_leads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("offer_id", Id, ForeignKey("work_offers.id"), nullable=False, index=True),
    Column("contact_id", Id, ForeignKey("contacts.id")),  # empty: the person had their data erased
    Column("state", String(20), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("moved_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("why", String(20)),
    Column("officer_may", Boolean),  # get their way of contact
    Column("employer_may", Boolean),
    Column("phone", String(40), nullable=False),
    Column("hamlet", String(200), nullable=False),
    Column("status", String(40), nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    # One random number on all leads of somebody who went, so that they still count once; empty while they are known.
    Column("nameless", BigInteger),
    UniqueConstraint("contact_id", "offer_id", name="uq_work_leads_contact_offer"),
    Index("ix_work_leads_locality_state_moved", "locality", "state", "moved_at"),
    **NEVER_AGAIN,
)

work_lead_steps = Table(
    "work_lead_steps",
    metadata,
    Column("id", Id, primary_key=True),
    Column("lead_id", Id, ForeignKey("work_leads.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("act", String(20), nullable=False),  # see core.leads
    Column("by", String(80), nullable=False),  # empty: the person
    Column("text", Text, nullable=False),
)
