"""A person's own copy of all that is kept about them, in plain words for the keys."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.campaign_tables import left_out, notice_answers, notice_effects, reminders
from db.console_tables import question_notes
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
from db.sealing import Seal


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
    case = plain(dict(row._mapping), "id", "contact_id", "version")
    told = {name: [plain(dict(one._mapping)) for one in rows] for name, rows in (("thread", thread), ("notes", notes))}
    return {**case, **told}


def plain(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """A row as JSON can hold it, without internal ids."""
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in row.items() if key not in without
    }
