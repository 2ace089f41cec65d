"""Who is to be reminded of a day of theirs is, once; and nobody whose reason is gone.

A reminder and the row of the outbox that it becomes are one transaction: a kill repeats and loses nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from content.event_words import event_of, told_of
from content.following import ANSWER, question_buttons, question_text
from content.marketing import matched, posts_of
from content.reminding import LATE, Reminded, Rule, after_escape, at, day_of, over, words_of
from content.wording import wording
from core.campaigns import CampaignState
from core.caps import quiet
from core.contacts import Contact, ContactStatus, Purpose
from core.conversation import Conversation, Person, Waiting
from core.delivery import NewDelivery, Priority
from core.errors import ChungTayError
from core.leads import ASKED_IN, MACHINE, RULE, LeadAct, LeadStep, read_rule
from core.messages import OutboundMessage, QuickReply
from core.records import AuditEntry
from core.reminders import Gone, Reminder
from core.storage import UnitOfWork
from scheduler.looping import CampaignLoop

EVERY = 20.0  # seconds between looks at what is due
BATCH = 100  # looked up at once
PLANNED_AT_ONCE = 200  # people of a list
LISTED_EVERY = timedelta(minutes=10)
ANSWER_LASTS = timedelta(days=7)  # that a word may be the answer to a question about work


class Reminding(CampaignLoop):
    """One loop. Several may run: a due reminder is held by the first."""

    name = "reminding"
    _listed_at: datetime | None = None  # when a ward's list was last looked through

    @property
    def every(self) -> float:
        """Seconds between looks at what is due."""
        return EVERY

    async def step(self) -> bool:
        """Plan for people of a ward's list, then send or drop what is due; whether there may be more."""
        now = self._clock.now()
        planned = await self._plan_listed(now)
        if quiet(now):
            return planned
        last, done = 0, 0
        while due := await self._due(now, last):
            for one in due:
                try:
                    done += await self._take_one(one, now)
                except Exception as error:
                    self._on_fault("reminding", error)  # one that cannot go on holds up no other
            last = due[-1].id
        if done:
            self._relay.wake()
        return planned

    async def _due(self, now: datetime, after: int) -> Sequence[Reminder]:
        async with self._storage.read() as uow:
            return await uow.reminders.due(now, after=after, limit=BATCH)

    async def _take_one(self, one: Reminder, now: datetime) -> bool:
        async with self._storage.write() as uow:
            done = await uow.reminders.claim(one.id) and await self._take(uow, one, now)
            await uow.commit()
        return done

    async def _plan_listed(self, now: datetime) -> bool:
        """Households that the ward's list says have escaped poverty, with the day; looked for now and then."""
        if self._listed_at is not None and now - self._listed_at < LISTED_EVERY:
            return False
        async with self._storage.read() as uow:
            found = await uow.reminders.unplanned(Rule.ESCAPED, "newly-escaped", PLANNED_AT_ONCE)
        if len(found) < PLANNED_AT_ONCE:
            self._listed_at = now
        if not found:
            return False
        async with self._storage.write() as uow:
            for contact in found:
                if contact.status_since is None:
                    continue
                known = contact.locality if contact.locality in self._content.localities else None
                moments = after_escape(self._content, contact.status_since, locality=known, on=day_of(now))
                about = at(contact.status_since)
                await uow.reminders.plan(contact.id, Rule.ESCAPED, moments or [about], about=about, now=now)
            await uow.commit()
        return len(found) == PLANNED_AT_ONCE

    async def _take(self, uow: UnitOfWork, one: Reminder, now: datetime) -> bool:
        """Put it into the outbox or drop it; False where it waits on."""
        person = await uow.people.get(one.contact_id)
        said = await self._said(uow, one, person, now)
        if isinstance(said, Gone) or person is None:
            await self._dropped(uow, one, said if isinstance(said, Gone) else Gone.STOPPED, now)
            return True
        urn = await uow.reminders.address(one.contact_id, self._accounts, now=now, windows=self._terms.windows)
        if urn is None:
            return False  # they may come back to a channel until it is too late
        message = OutboundMessage(
            text=said.text,
            source=said.source,
            quick_replies=said.buttons or tuple(_buttons(one, person.contact)),
            expires_at=now + LATE,
        )
        delivery = NewDelivery(
            dedup_key=f"reminder:{one.id}",
            urn=urn,
            contact_id=one.contact_id,
            message=message,
            priority=Priority.NOTICE,
            available_at=now,
        )
        await uow.outbox.add([delivery])
        await uow.reminders.sent(one.id)
        if said.lead is not None:
            await _asked(uow, person, said, now)
        await uow.audit.append([_entry(one, "sent", now)])
        return True

    async def _said(self, uow: UnitOfWork, one: Reminder, person: Person | None, now: datetime) -> Reminded | Gone:
        """What they read, or why they are not reminded."""
        if person is None or person.contact.status is ContactStatus.STOPPED or not _agrees(person, one, now):
            return Gone.STOPPED
        if (posts := posts_of(one.rule)) is not None:
            return await self._of_the_market(uow, posts, person, now)
        notice = None
        if one.campaign_id is not None:
            campaign = await uow.campaigns.get(one.campaign_id)
            if campaign is None or campaign.state is CampaignState.STOPPED:
                return Gone.CALLED_OFF
            notice = campaign.notice
        if one.rule.startswith(f"{RULE}:"):
            return await _about_work(uow, one, person, now)
        if (number := event_of(one.rule)) is not None:
            fair = await uow.events.get(number)
            said = told_of(self._content, fair, one, person.contact, now) if fair is not None else None
        else:
            gone = over(one, person.contact, now)
            said = None if gone else words_of(self._content, one, person.contact, now, notice)
        if said is None:
            return Gone.OVER
        return Gone.LATE if now > one.due_at + LATE else said

    async def _of_the_market(
        self, uow: UnitOfWork, posts: tuple[int, int], person: Person, now: datetime
    ) -> Reminded | Gone:
        """Another's post that fits one of theirs, as long as both are open."""
        own, other = [await uow.market.get(number) for number in posts]
        if own is None or other is None or not (own.is_open(day_of(now)) and other.is_open(day_of(now))):
            return Gone.OVER
        return matched(self._content, own, other, person.contact)

    async def _dropped(self, uow: UnitOfWork, one: Reminder, why: Gone, now: datetime) -> None:
        await uow.reminders.drop(one.id, why)
        await uow.audit.append([_entry(one, "dropped", now, why=why.value)])
        if why is Gone.LATE:
            told = f"a reminder of {day_of(one.due_at)} was not sent: {why}"
            self._on_fault("reminding", ChungTayError(told, where=f"reminder {one.id}"))


def _agrees(person: Person, one: Reminder, now: datetime) -> bool:
    """By their own wish, or by the list of the ward; of work while they look for some, of the market as they posted."""
    of_work = one.rule.startswith(f"{RULE}:")
    others = (Purpose.REMINDERS, Purpose.NOTICES, Purpose.EVENTS, *((Purpose.MARKET,) if posts_of(one.rule) else ()))
    kept = (Purpose.WORK,) if of_work else others
    return any(one.purpose in kept and one.expires_at > now for one in person.consents)


async def _about_work(uow: UnitOfWork, one: Reminder, person: Person, now: datetime) -> Reminded | Gone:
    """What became of a vacancy they were interested in; nothing where it is known, or they want no questions."""
    about = read_rule(one.rule)
    line = await uow.leads.line(about[0]) if about is not None else None
    if about is None or line is None or line.lead.silent or line.lead.state not in ASKED_IN[about[1]]:
        return Gone.OVER
    if now > one.due_at + LATE:
        return Gone.LATE
    ask, offer = about[1], line.lead.offer_id
    buttons = question_buttons(ask, offer, person.contact)
    return Reminded(text=question_text(ask, line, person.contact), buttons=buttons, lead=(about[0], offer, ask))


async def _asked(uow: UnitOfWork, person: Person, said: Reminded, now: datetime) -> None:
    """Kept with the lead; and a word in answer is read as one, unless something else is being asked."""
    assert said.lead is not None  # noqa: S101
    lead, offer, ask = said.lead
    await uow.leads.note(lead, LeadStep(at=now, act=LeadAct.ASKED, by=MACHINE, text=ask))
    before = person.conversation
    if before.expires_at is not None and before.expires_at <= now:
        before = Conversation(version=before.version)
    waiting = before.waiting or Waiting(state=ANSWER, data={"offer": offer, "ask": ask})
    talk = replace(
        before, waiting=waiting, offered=said.buttons, version=before.version + 1, expires_at=now + ANSWER_LASTS
    )
    await uow.people.save([replace(person, conversation=talk)])


def _buttons(one: Reminder, contact: Contact) -> Sequence[QuickReply]:
    words = wording(contact.language)

    def button(name: str, payload: str) -> QuickReply:
        return QuickReply(label=words.text(f"button.{name}"), payload=payload)

    if (number := event_of(one.rule)) is not None:
        return (
            button("course_yes", f"event-yes:{number}"),
            button("course_no", f"event-no:{number}"),
            button("officer", "officer"),
        )
    if one.campaign_id is not None:
        return (
            button("course_yes", f"course-yes:{one.campaign_id}"),
            button("course_no", f"course-no:{one.campaign_id}"),
        )
    if posts_of(one.rule) is not None:
        return button("market_own", "market-own"), button("officer", "officer"), button("menu", "menu")
    return button("officer", "officer"), button("remind_off", f"remind-off:{one.rule}"), button("menu", "menu")


def _entry(one: Reminder, action: str, now: datetime, **detail: str) -> AuditEntry:
    subject = f"contact:{one.contact_id}"
    return AuditEntry(
        at=now, actor="scheduler", action=f"reminder.{action}", subject=subject, detail={"rule": one.rule, **detail}
    )
