"""Erasing one person: every row that could lead to them goes; nameless counts stay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.questions import QuestionState
from db.campaign_tables import left_out, notice_answers, notice_effects, reminders
from db.consented import BY_CONSENT, forget_of, theirs
from db.console_tables import officer_chats, question_notes, question_slips
from db.counting import count, counted_as
from db.models import (
    addresses,
    code_tries,
    consents,
    contacts,
    conversations,
    deliveries,
    entry_files,
    erasures,
    households,
    join_codes,
    message_files,
    messages,
    misreadings,
    question_entries,
    questions,
    subscriptions,
)
from db.officer_chats import forget_questions


async def erase(db: AsyncConnection, contact_id: int, keyed_hashes: Sequence[bytes], now: datetime) -> list[str]:
    """Delete all rows of one person; gives the hashes of the files that they named.

    Updates that wait behind the request are answered as a new person's.

    A question keeps its topic, locality, office and dates, without its words and without a way back to the person,
    so that the totals of a report stay true.
    """
    files = await _files(db, contact_id)
    mine = select(questions.c.id).where(questions.c.contact_id == contact_id)
    said = select(question_entries.c.id).where(question_entries.c.question_id.in_(mine))
    await db.execute(delete(question_slips).where(question_slips.c.entry_id.in_(said)))
    for words in (question_entries, question_notes):
        await db.execute(delete(words).where(words.c.question_id.in_(mine)))
    await forget_questions(db, (await db.execute(mine)).scalars().all())
    await db.execute(
        update(questions)
        .where(questions.c.contact_id == contact_id)
        .values(contact_id=None, state=QuestionState.WITHDRAWN, talk_until=None, upper=None)
    )
    for purpose in BY_CONSENT:
        await forget_of(db, purpose, theirs(contact_id))
    await _uncounted(db, contact_id)
    # Most rows have this contact's id; the farewell of an earlier erasure has only the address.
    for table in (deliveries, messages):
        at_address = exists().where(
            addresses.c.contact_id == contact_id,
            addresses.c.account == table.c.account,
            addresses.c.path == table.c.path,
        )
        await db.execute(delete(table).where(or_(table.c.contact_id == contact_id, at_address)))
    reached_at = select(addresses.c.id).where(addresses.c.contact_id == contact_id)
    await db.execute(delete(officer_chats).where(officer_chats.c.address_id.in_(reached_at)))
    for table in (
        misreadings,
        code_tries,
        join_codes,
        subscriptions,
        left_out,
        notice_answers,
        notice_effects,
        reminders,
        consents,
        conversations,
        addresses,
    ):
        await db.execute(delete(table).where(table.c.contact_id == contact_id))
    home = (await db.execute(select(contacts.c.household_id).where(contacts.c.id == contact_id))).scalar()
    await db.execute(delete(contacts).where(contacts.c.id == contact_id))
    if home is not None:
        left = exists().where(contacts.c.household_id == home)
        await db.execute(delete(households).where(households.c.id == home, ~left))
    await remember(db, keyed_hashes, now)
    return files


async def _uncounted(db: AsyncConnection, contact_id: int) -> None:
    """The messages of campaigns go with the person: they are counted as erased from now on."""
    d = deliveries.c
    rows = (
        await db.execute(select(d.campaign_id, d.status).where(d.contact_id == contact_id, d.campaign_id.is_not(None)))
    ).all()
    await count(db, [(row.campaign_id, counted_as(row.status), -1) for row in rows])
    await count(db, [(row.campaign_id, "erased", 1) for row in rows])


async def _files(db: AsyncConnection, contact_id: int) -> list[str]:
    said = select(message_files.c.sha256).join(messages).where(messages.c.contact_id == contact_id)
    asked = (
        select(entry_files.c.sha256)
        .join(question_entries, question_entries.c.id == entry_files.c.entry_id)
        .join(questions, questions.c.id == question_entries.c.question_id)
        .where(questions.c.contact_id == contact_id)
    )
    return sorted((await db.execute(said.union(asked))).scalars())


async def remember(db: AsyncConnection, keyed_hashes: Sequence[bytes], now: datetime) -> None:
    """Put addresses on the list of erased ones."""
    for keyed_hash in keyed_hashes:
        if not await was_erased(db, keyed_hash):
            await db.execute(insert(erasures).values(keyed_hash=keyed_hash, erased_at=now))


async def was_erased(db: AsyncConnection, keyed_hash: bytes) -> bool:
    """Whether this address was erased once."""
    found = await db.execute(select(erasures.c.erased_at).where(erasures.c.keyed_hash == keyed_hash))
    return found.first() is not None
