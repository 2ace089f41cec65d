"""A person's own copy of all that is kept about them, in plain words for the keys."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.campaign_tables import left_out, notice_answers, notice_effects, reminders
from db.console_tables import question_notes, question_slips
from db.event_tables import event_seats, job_events
from db.lead_tables import work_lead_steps, work_leads
from db.market_tables import market_posts
from db.models import (
    addresses,
    consents,
    contacts,
    conversations,
    deliveries,
    join_codes,
    messages,
    misreadings,
    needs,
    question_entries,
    questions,
    subscriptions,
)
from db.need_tables import labour_told, stated_needs
from db.sealing import Seal
from db.training_tables import enrolments, survey_answers
from db.work_tables import work_answers, work_offers, work_profiles, work_told

MARKET_POST = ("side", "goods", "state", "post", "last_day", "created_at", "why")


async def everything(db: AsyncConnection, contact_id: int, seal: Seal | None) -> dict[str, Any]:
    """All rows of one person as plain data; moments in ISO 8601, UTC. An unknown person gives an empty dict."""
    person = (await db.execute(select(contacts).where(contacts.c.id == contact_id))).first()
    if person is None:
        return {}
    return {
        "contact": plain(dict(person._mapping), "id"),
        "addresses": await _rows(db, addresses, contact_id, "account", "path", "created_at", "interacted_at"),
        "join_codes": await _rows(db, join_codes, contact_id, "code", "expires_at", "used_at"),
        "consents": await _rows(db, consents, contact_id, "purpose", "granted_at", "expires_at", "wording"),
        "notices": await _notices(db, contact_id),
        "notice_answers": await _rows(db, notice_answers, contact_id, "at", "text", "word"),
        "notice_effects": await _rows(db, notice_effects, contact_id, "campaign_id", "kind", "at"),
        "subscriptions": await _rows(db, subscriptions, contact_id, "topic", "wanted"),
        "reminders": await _rows(db, reminders, contact_id, "rule", "about", "due_at", "state"),
        "needs": await _rows(db, needs, contact_id, "dimension"),
        "work_profile": await _rows(db, work_profiles, contact_id, "profile", "told_at"),
        "work_answers": await _offers_of(db, work_answers, contact_id),
        "work_told": await _offers_of(db, work_told, contact_id),
        "courses": await _courses(db, contact_id),
        "training_surveys": await _rows(db, survey_answers, contact_id, "answer", "hamlet", "at"),
        "events": await _events(db, contact_id),
        "work_leads": [await _lead(db, row) for row in await _leads_of(db, contact_id)],
        "stated_needs": await _rows(
            db, stated_needs, contact_id, "code", "kind", "hamlet", "words", "stated_at", "state", "told", "met_on"
        ),
        "labour": await _rows(db, labour_told, contact_id, "workers", "hamlet", "at"),
        "market_posts": await _rows(db, market_posts, contact_id, *MARKET_POST),
        "conversation": await _rows(db, conversations, contact_id, "waiting_state", "waiting_data", "topic", "heard"),
        "self_check": await _told_in_private(db, contact_id, seal),
        "messages": await _rows(db, messages, contact_id, "at", "direction", "body"),
        "misreadings": await _rows(db, misreadings, contact_id, "at", "why", "text", "read_as"),
        "questions": [await _question(db, row) for row in await _question_rows(db, contact_id)],
    }


async def _rows(db: AsyncConnection, table: Any, contact_id: int, *names: str) -> list[dict[str, Any]]:
    rows = await db.execute(select(*(table.c[name] for name in names)).where(table.c.contact_id == contact_id))
    return [plain(dict(row._mapping)) for row in rows]


async def _notices(db: AsyncConnection, contact_id: int) -> list[dict[str, Any]]:
    """Which notices were for them and what became of each; kept for longer than the words in their history."""
    mine = (
        select(deliveries.c.campaign_id, deliveries.c.account, deliveries.c.status, deliveries.c.settled_at)
        .where(deliveries.c.contact_id == contact_id, deliveries.c.campaign_id.is_not(None))
        .order_by(deliveries.c.id)
    )
    out = select(left_out.c.campaign_id, left_out.c.reason.label("left_out")).where(left_out.c.contact_id == contact_id)
    rows = [*await db.execute(mine), *await db.execute(out)]
    return [plain(dict(row._mapping)) for row in rows]


async def _offers_of(db: AsyncConnection, table: Any, contact_id: int) -> list[dict[str, Any]]:
    """Which vacancies and courses they were told of, or found fitting or not."""
    mine = (
        select(work_offers.c.offer["title"].as_string().label("title"), table)
        .join(table, table.c.offer_id == work_offers.c.id)
        .where(table.c.contact_id == contact_id)
        .order_by(table.c.at, table.c.offer_id)
    )
    return [plain(dict(row._mapping), "contact_id", "offer_id") for row in await db.execute(mine)]


async def _courses(db: AsyncConnection, contact_id: int) -> list[dict[str, Any]]:
    """The courses on whose lists they are, with what stands there."""
    e = enrolments.c
    mine = (
        select(work_offers.c.offer["title"].as_string().label("title"), e.state, e.code, e.learner, e.at)
        .join(work_offers, work_offers.c.id == e.offer_id)
        .where(e.contact_id == contact_id)
        .order_by(e.id)
    )
    return [plain(dict(row._mapping)) for row in await db.execute(mine)]


async def _events(db: AsyncConnection, contact_id: int) -> list[dict[str, Any]]:
    """Which job fairs they signed up for, and whether they came."""
    mine = (
        select(job_events.c.event["title"].as_string().label("title"), job_events.c.starts_at, event_seats)
        .join(event_seats, event_seats.c.event_id == job_events.c.id)
        .where(event_seats.c.contact_id == contact_id)
        .order_by(job_events.c.starts_at, job_events.c.id)
    )
    return [plain(dict(row._mapping), "contact_id", "event_id", "checked_by") for row in await db.execute(mine)]


async def _leads_of(db: AsyncConnection, contact_id: int) -> list[Any]:
    """What became of each vacancy they were interested in."""
    title = work_offers.c.offer["title"].as_string().label("title")
    mine = select(work_leads, title).join(work_offers, work_offers.c.id == work_leads.c.offer_id)
    return list(await db.execute(mine.where(work_leads.c.contact_id == contact_id).order_by(work_leads.c.id)))


async def _lead(db: AsyncConnection, row: Any) -> dict[str, Any]:
    s = work_lead_steps.c
    steps = await db.execute(select(s.at, s.act, s.by, s.text).where(s.lead_id == row.id).order_by(s.id))
    kept = plain(dict(row._mapping), "id", "contact_id", "offer_id", "version")
    return {**kept, "steps": [plain(dict(step._mapping)) for step in steps]}


async def _told_in_private(db: AsyncConnection, contact_id: int, seal: Seal | None) -> list[dict[str, Any]]:
    """What was told in a self-check or for a form: one entry, or none."""
    row = (
        await db.execute(
            select(conversations.c.notes, conversations.c.notes_until).where(
                conversations.c.contact_id == contact_id, conversations.c.notes.is_not(None)
            )
        )
    ).first()
    told = seal.open(row.notes, contact=contact_id) if row is not None and seal is not None else None
    return [plain({"kept_until": row.notes_until, "told": told})] if row is not None and told is not None else []


async def _question_rows(db: AsyncConnection, contact_id: int) -> list[Any]:
    return list(await db.execute(select(questions).where(questions.c.contact_id == contact_id)))


async def _question(db: AsyncConnection, row: Any) -> dict[str, Any]:
    thread = await db.execute(
        select(question_entries.c.author, question_entries.c.at, question_entries.c.body)
        .where(question_entries.c.question_id == row.id)
        .order_by(question_entries.c.id)
    )
    n = question_notes.c
    notes = await db.execute(select(n.at, n.text).where(n.question_id == row.id).order_by(n.id))
    e, s = question_entries.c, question_slips.c
    made = select(s.created_at, s.expires_at).join(question_entries, e.id == s.entry_id).where(e.question_id == row.id)
    slips = await db.execute(made.order_by(s.created_at))
    case = plain(dict(row._mapping), "id", "contact_id", "version")
    parts = {"thread": thread, "notes": notes, "slips": slips}
    told = {name: [plain(dict(one._mapping)) for one in rows] for name, rows in parts.items()}
    return {**case, **told}


def plain(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """A row as JSON can hold it, without internal ids."""
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in row.items() if key not in without
    }
