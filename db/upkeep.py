"""What time does to kept things."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import CampaignState
from core.contacts import Purpose
from core.local_content import ChangeState
from core.questions import QuestionState
from core.reminders import ReminderState
from core.signing import DRAFT_LASTS, LONGEST, TRIES_FORGOTTEN
from db import clock, ledger
from db.campaign_tables import campaigns, notice_answers, notice_effects, reminders
from db.consented import BY_CONSENT, forget_of, unagreed
from db.console_tables import (
    form_drafts,
    form_posts,
    officer_chat_codes,
    question_notes,
    question_slips,
    sessions,
    sign_in_links,
    sign_in_tries,
)
from db.content_tables import content_changes
from db.erasure import erase
from db.event_tables import event_seats, job_events
from db.leads import drop_of
from db.leasing import on_its_way
from db.market_tables import market_posts
from db.models import (
    addresses,
    channel_accounts,
    code_tries,
    consents,
    contacts,
    conversations,
    deliveries,
    entry_files,
    inbound_updates,
    join_codes,
    message_files,
    messages,
    misreadings,
    question_entries,
    questions,
)
from db.need_tables import stated_needs
from db.needs import forget_needs
from db.outbox import SqlOutbox
from db.training_tables import course_calls, enrolments, survey_answers, surveys
from db.work_tables import work_answers, work_offers, work_told

# A channel repeats an update within a day or two at most; after that its id need not be remembered.
REPEATS_AFTER = timedelta(days=30)
PRIVATE_WAITS = timedelta(days=7)  # so long after its day a private message may still wait to be sent
TRIES_AFTER = timedelta(days=1)  # codes that nobody has are counted by the hour
SENDER_KEPT = timedelta(days=1)  # as long as it counts against what one address may send
POSTS_AFTER = timedelta(days=30)  # what was sold or looked for is kept so long after its last day
PEOPLE_AT_ONCE = 500  # in one transaction; the next hour does the next ones


class SqlUpkeep:
    """See core.storage.Upkeep."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def drop_old(
        self, *, messages_before: datetime, questions_before: datetime, ledger_before: datetime, now: datetime
    ) -> dict[str, int]:
        """Delete what has outlived its retention; gives rows deleted by kind."""
        told = await self._drop_private(now)
        await ledger.part(self._db, messages.c.at < messages_before)
        old_messages = await self._db.execute(delete(messages).where(messages.c.at < messages_before, ~_waits()))
        ledgers = await ledger.drop(self._db, ledger_before)
        old_misreadings = await self._db.execute(delete(misreadings).where(misreadings.c.at < messages_before))
        await self._db.execute(delete(notice_effects).where(notice_effects.c.at < ledger_before))
        # Who decided what people were told is kept as long as who got which notice; what is in force, or waits, longer.
        open_ = (ChangeState.IN_FORCE, ChangeState.PROPOSED)
        settled = and_(content_changes.c.state.not_in(open_), content_changes.c.proposed_at < ledger_before)
        await self._db.execute(delete(content_changes).where(settled))
        over = and_(reminders.c.state != ReminderState.PLANNED.value, reminders.c.due_at < now - REPEATS_AFTER)
        await self._db.execute(delete(reminders).where(over))
        await self._db.execute(delete(code_tries).where(code_tries.c.at < now - TRIES_AFTER))
        await self._db.execute(delete(join_codes).where(join_codes.c.expires_at < now - TRIES_AFTER))
        old_updates = await self._db.execute(
            delete(inbound_updates).where(inbound_updates.c.handled_at < now - REPEATS_AFTER)
        )
        await self._db.execute(
            update(conversations)
            .where(conversations.c.expires_at < now)
            .values(
                waiting_state=None,
                waiting_data=None,
                topic=None,
                offered=[],
                earlier=[],
                heard=None,
                misses=0,
                expires_at=None,
                notes=None,
                notes_until=None,
            )
        )
        words = await self._drop_words(questions_before, now)
        await self._db.execute(delete(notice_answers).where(notice_answers.c.at < questions_before))
        gone = await self._forget_idle(questions_before, now)
        offers = await self._drop_offers(questions_before, now)
        await self._drop_surveys(questions_before)
        await self._drop_events(questions_before)
        stated = await self._drop_stated(questions_before)
        posts = await self._drop_posts(now)
        unagreed_of = await self._drop_unagreed(now)
        await SqlOutbox(self._db).drop_farewells(now=now)
        await self._drop_signing(now)
        return {
            "messages": old_messages.rowcount,
            "private messages": told,
            "misreadings": old_misreadings.rowcount,
            "updates": old_updates.rowcount,
            "question words": words,
            "needs": unagreed_of[Purpose.NEEDS],
            "work": offers,
            "stated needs": stated + unagreed_of[Purpose.STATED],
            "market": posts + unagreed_of[Purpose.MARKET],
            "people": gone,
            "ledger": ledgers,
        }

    async def _drop_signing(self, now: datetime) -> None:
        """Sessions and links that are over, as soon as no text waits for them; forgotten tries, old forms."""
        await self._db.execute(delete(sessions).where(sessions.c.created_at < now - LONGEST - DRAFT_LASTS))
        await self._db.execute(delete(sign_in_links).where(sign_in_links.c.expires_at < now - DRAFT_LASTS))
        await self._db.execute(delete(sign_in_tries).where(sign_in_tries.c.last_at < now - TRIES_FORGOTTEN))
        codes = officer_chat_codes.c
        await self._db.execute(delete(officer_chat_codes).where(codes.created_at < now - TRIES_AFTER))
        await self._db.execute(delete(form_drafts).where(form_drafts.c.at < now - DRAFT_LASTS))
        await self._db.execute(delete(form_posts).where(form_posts.c.at < now - LONGEST))

    async def _drop_private(self, now: datetime) -> int:
        """What was told in private, once its time is over: the notes, and the replies that repeat it."""
        await self._db.execute(
            update(conversations).where(conversations.c.notes_until <= now).values(notes=None, notes_until=None)
        )
        given_up = messages.c.forget_at < now - PRIVATE_WAITS
        dropped = await self._db.execute(delete(messages).where(messages.c.forget_at <= now, ~_waits() | given_up))
        return dropped.rowcount

    async def _forget_idle(self, before: datetime, now: datetime) -> int:
        """Who has not written for as long as a question is kept is a stranger again: place and address go."""
        owed = exists().where(questions.c.contact_id == contacts.c.id, questions.c.state == QuestionState.OPEN)
        # Who never wrote is here by a ward's list, as long as that says.
        live = (consents.c.purpose == Purpose.NOTICES) & (consents.c.expires_at >= now)
        listed = exists().where(consents.c.contact_id == contacts.c.id, live)
        list_over = (consents.c.purpose == Purpose.NOTICES) & (consents.c.expires_at < now)
        silent = contacts.c.last_inbound_at.is_(None) & exists().where(
            consents.c.contact_id == contacts.c.id, list_over
        )
        # Whom an officer wrote down has no address, and is here by their yes alone.
        reached = exists().where(addresses.c.contact_id == contacts.c.id)
        agrees = exists().where(consents.c.contact_id == contacts.c.id, consents.c.expires_at >= now)
        over = contacts.c.last_inbound_at.is_(None) & ~reached & ~agrees
        idle = await self._db.execute(
            select(contacts.c.id)
            .where((contacts.c.last_inbound_at < before) & ~listed | silent | over, ~owed)
            .limit(PEOPLE_AT_ONCE)
        )
        ids = list(idle.scalars())
        for contact_id in ids:
            await erase(self._db, contact_id, (), now)
        return len(ids)

    async def _drop_words(self, before: datetime, now: datetime) -> int:
        # The words of a question are kept as long as the person was told, an urgent one (which nobody agreed to) too;
        # an officer's duty to answer goes first.
        asked = (consents.c.purpose == Purpose.QUESTION) & (consents.c.contact_id == questions.c.contact_id)
        over = asked & (consents.c.expires_at < now)
        done = (QuestionState.CLOSED, QuestionState.WITHDRAWN, QuestionState.ANSWERED)
        too_old = (questions.c.created_at < before) | exists().where(over)
        old = select(questions.c.id).where(questions.c.state.in_(done), too_old)
        said = select(question_entries.c.id).where(question_entries.c.question_id.in_(old))
        over_slips = (question_slips.c.expires_at < now) | question_slips.c.entry_id.in_(said)
        await self._db.execute(delete(question_slips).where(over_slips))
        dropped = await self._db.execute(delete(question_entries).where(question_entries.c.question_id.in_(old)))
        await self._db.execute(delete(question_notes).where(question_notes.c.question_id.in_(old)))
        # While an officer still owes an answer the consent stays: by it the words are found once the answer is given.
        owed = exists().where(questions.c.contact_id == consents.c.contact_id, questions.c.state.not_in(done))
        of_questions = consents.c.purpose == Purpose.QUESTION
        await self._db.execute(delete(consents).where(of_questions, consents.c.expires_at < now, ~owed))
        return dropped.rowcount

    async def _drop_offers(self, before: datetime, now: datetime) -> int:
        """An offer goes a year after its last day, with what was said of it; who sent it in, within a day."""
        came = (work_offers.c.sender.is_not(None), work_offers.c.created_at < now - SENDER_KEPT)
        await self._db.execute(update(work_offers).where(*came).values(sender=None))
        over = work_offers.c.deadline < before.date()
        old = select(work_offers.c.id).where(over)
        for table in (work_answers, work_told, enrolments, course_calls):
            await self._db.execute(delete(table).where(table.c.offer_id.in_(old)))
        await drop_of(self._db, old)
        return (await self._db.execute(delete(work_offers).where(over))).rowcount

    async def _drop_surveys(self, before: datetime) -> None:
        """A survey goes a year after its last day."""
        over = surveys.c.last < before.date()
        old = select(surveys.c.id).where(over)
        await self._db.execute(delete(survey_answers).where(survey_answers.c.survey_id.in_(old)))
        await self._db.execute(delete(surveys).where(over))

    async def _drop_events(self, before: datetime) -> None:
        """An event is kept, with who came, for as long as a question."""
        over = job_events.c.ends_at < before
        old = select(job_events.c.id).where(over)
        await self._db.execute(delete(event_seats).where(event_seats.c.event_id.in_(old)))
        await self._db.execute(delete(job_events).where(over))

    async def _drop_stated(self, before: datetime) -> int:
        """A need that an officer wrote down keeps its words as long as a question does."""
        n = stated_needs.c
        old = n.contact_id.is_(None) & (n.stated_at < before) & (n.words != "")
        gone = (await self._db.execute(select(func.count()).where(old))).scalar_one()
        await forget_needs(self._db, old)
        return int(gone)

    async def _drop_posts(self, now: datetime) -> int:
        """What is sold or looked for goes a while after its last day."""
        over = market_posts.c.last_day < (now - POSTS_AFTER).date()
        return (await self._db.execute(delete(market_posts).where(over))).rowcount

    async def _drop_unagreed(self, now: datetime) -> dict[Purpose, int]:
        """What is kept by a consent alone goes with it; then the consents that are over. Rows by purpose."""
        gone = {one: await forget_of(self._db, one, unagreed(one, now)) for one in BY_CONSENT}
        # By an expired list those are known who are to be forgotten: it goes with them.
        never_wrote = exists().where(contacts.c.id == consents.c.contact_id, contacts.c.last_inbound_at.is_(None))
        kept = (consents.c.purpose == Purpose.NOTICES) & never_wrote
        over = (consents.c.purpose != Purpose.QUESTION) & (consents.c.expires_at < now) & ~kept
        await self._db.execute(delete(consents).where(over))
        return gone

    async def known_files(self, hashes: Sequence[str]) -> set[str]:
        """Which of these files a message, a question or a campaign that may still send them carries."""
        in_messages = select(message_files.c.sha256).where(message_files.c.sha256.in_(hashes))
        in_entries = select(entry_files.c.sha256).where(entry_files.c.sha256.in_(hashes))
        carried = set((await self._db.execute(in_messages.union(in_entries))).scalars())
        over = (CampaignState.FINISHED, CampaignState.STOPPED)
        going = await self._db.execute(select(campaigns.c.notice).where(campaigns.c.state.not_in(over)))
        to_go = {one["sha256"] for notice in going.scalars() for one in notice.get("attachments", ())}
        return carried | (to_go & set(hashes))

    async def ahead(self, now: datetime) -> timedelta:
        """How far the newest row that waits to be sent lies in the future; zero or less where it does not."""
        return await clock.ahead(self._db, now)

    async def clock_set_back(self, by: timedelta, now: datetime) -> None:
        """Take so much from every moment that something waits for."""
        await clock.set_back(self._db, by, now)

    async def ensure_account(self, account: str, now: datetime) -> None:
        """A channel account is a row: make it when it is missing."""
        known = await self._db.execute(select(channel_accounts.c.id).where(channel_accounts.c.id == account))
        if known.first() is None:
            kind = account.partition(".")[0]
            await self._db.execute(insert(channel_accounts).values(id=account, kind=kind, created_at=now))


def _waits() -> ColumnElement[bool]:
    """Whether a message is still to be sent."""
    return exists().where(deliveries.c.message_id == messages.c.id, on_its_way(deliveries.c))
