"""Who looks for work is told of what is new to them, in one message at their own rhythm; nobody where nothing is new.

The message in the outbox, what they were told of by it and when their list is looked at again are one transaction: a
kill repeats and loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial

from content.series.when import silent
from content.work.digest import digest
from content.work.places import markets_of
from core.caps import LOCAL, quiet
from core.contacts import Purpose
from core.conversation import Person
from core.delivery import NewDelivery, Priority
from core.job_news import KEY, MOST, How, best, is_time, kinds_wanted, look_again, may_hear
from core.markets import Markets
from core.matching import Market
from core.records import AuditEntry
from core.storage import UnitOfWork
from core.suiting import Match, Seeker, priority_of
from scheduler.looping import CampaignLoop

EVERY = 20.0  # seconds between looks at whose list is due
BATCH = 100  # looked up at once
DEEP = (MOST, 32, 1024)  # how far down a list is looked, the further the more of it is the turn of others


@dataclass(slots=True)
class _Pass:
    """What was found out once for all who are due."""

    now: datetime
    seekers: dict[str, Sequence[Seeker]] = field(default_factory=dict)  # by place
    may_hear: dict[int, frozenset[int] | None] = field(default_factory=dict)  # by offer


class JobNews(CampaignLoop):
    """One loop. Several may run: somebody whose list is due is held by the first."""

    name = "job news"

    @property
    def every(self) -> float:
        """Seconds between looks at whose list is due."""
        return EVERY

    @cached_property
    def _markets(self) -> Markets:
        return markets_of(self._content)

    async def step(self) -> bool:
        """Look at the lists that are due; not at night, nor on the first days of Tết."""
        now = self._clock.now()
        if quiet(now) or silent(now.astimezone(LOCAL).date()):
            return False
        this, last, told = _Pass(now), 0, 0
        while due := await self._due(now, last):
            for contact in due:
                try:
                    told += await self._look(contact, this)
                except Exception as error:
                    self._on_fault(self.name, error)  # one that cannot go on holds up no other
            last = due[-1]
        if told:
            self._relay.wake()
        return False

    async def _due(self, now: datetime, after: int) -> Sequence[int]:
        async with self._storage.read() as uow:
            return await uow.job_news.due(now, after=after, limit=BATCH)

    async def _look(self, contact: int, this: _Pass) -> bool:
        async with self._storage.write() as uow:
            planned = await uow.job_news.claim(contact, this.now)
            person = await uow.people.get(contact) if planned is not None else None
            if planned is None or person is None:
                return False
            free, told = None, False
            if is_time(person.contact.rhythm, planned):
                free = await uow.job_news.free_at(contact, this.now)
                told = free is None and await self._tell(uow, person, this)
            if told:
                free = await uow.job_news.free_at(contact, this.now)
            await uow.job_news.look_again(contact, look_again(person.contact.rhythm, this.now, free))
            await uow.commit()
        return told

    async def _tell(self, uow: UnitOfWork, person: Person, this: _Pass) -> bool:
        """Put what is new to somebody into the outbox; False where there is nothing, or they want none."""
        contact, now = person.contact, this.now
        kinds = kinds_wanted(person.wishes, now) if _agrees(person, now) else ()
        if not kinds or contact.locality is None or contact.locality not in self._markets:
            return False
        windows = self._terms.windows
        urn = await uow.reminders.address(contact.id, self._accounts, now=now, windows=windows)
        profile = await uow.work.profile(contact.id)
        if urn is None or profile is None:
            return False
        seeker = Seeker(
            contact=contact.id,
            locality=contact.locality,
            profile=profile,
            priority=priority_of(contact.household_status),
            position=self._content.position(contact.locality, contact.hamlet),
            answers=tuple(await uow.work.answers(contact.id)),
        )
        markets = await self._markets.of(uow, contact.locality, now.astimezone(LOCAL).date())
        found = await self._new(uow, [markets[kind] for kind in sorted(kinds)], seeker, this)
        if not found:
            return False
        message = digest(self._content, contact, found, now)
        delivery = NewDelivery(
            dedup_key=f"{KEY}{contact.id}:{round(now.timestamp() * 1_000_000)}",  # the next look is always later
            urn=urn,
            contact_id=contact.id,
            message=message,
            priority=Priority.NOTICE,
            available_at=now,
        )
        await uow.outbox.add([delivery])
        offers = [one.posted.id for one in found]
        await uow.job_news.tell(contact.id, offers, How.SENT, now)
        if person.conversation.waiting is None:
            # Where nothing can be pressed the words on the buttons are typed; an open question goes before.
            talk = replace(person.conversation, offered=message.quick_replies, version=person.conversation.version + 1)
            await uow.people.save([replace(person, conversation=talk)])
        await uow.audit.append([_entry(contact.id, offers, now)])
        return True

    async def _new(self, uow: UnitOfWork, markets: Sequence[Market], seeker: Seeker, this: _Pass) -> list[Match]:
        """The best that is new to somebody, without what is the turn of others first."""
        known = await uow.job_news.known(seeker.contact)
        for deep in DEEP:
            found = best(markets, seeker, known, deep)
            new = [one for one in found if await self._may_hear(uow, markets, one, seeker, this)]
            if len(new) >= MOST or len(found) < deep:
                break
        return new[:MOST]

    async def _may_hear(
        self, uow: UnitOfWork, markets: Sequence[Market], match: Match, seeker: Seeker, this: _Pass
    ) -> bool:
        posted, place = match.posted, seeker.locality
        if posted.offer.seats is None:
            return True
        if posted.id not in this.may_hear:
            if place not in this.seekers:
                where = partial(self._content.position, place)
                this.seekers[place] = await uow.job_news.seekers(
                    place, self._accounts, now=this.now, windows=self._terms.windows, where=where
                )
            people = this.seekers[place]
            suits = [who.contact for market in markets for who, _ in market.people_for(posted, people, len(people))]
            told = await uow.job_news.told(posted.id)
            this.may_hear[posted.id] = may_hear(posted, suits, told, this.now)
        who = this.may_hear[posted.id]
        return who is None or seeker.contact in who


def _agrees(person: Person, now: datetime) -> bool:
    """To what they look for being kept, and to being written to."""
    kept = {one.purpose for one in person.consents if one.expires_at > now}
    return {Purpose.WORK, Purpose.NOTICES} <= kept


def _entry(contact: int, offers: Sequence[int], now: datetime) -> AuditEntry:
    told = ", ".join(map(str, offers))
    return AuditEntry(
        at=now, actor="scheduler", action="work.news-sent", subject=f"contact:{contact}", detail={"offers": told}
    )
