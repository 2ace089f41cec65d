"""A course that an officer makes known reaches those whom it suits, each once: nobody else hears of it.

People are gone through by their numbers; the messages of a batch and how far it came are one transaction. How far it is
for somebody is decided by what they look for (core/matching.py), by their kind of household, or by what they asked for.
"""

from collections.abc import Sequence
from datetime import datetime

from content.formatting import date_text
from content.training import called
from content.wording import wording
from core.caps import LOCAL, free_at, quiet
from core.delivery import COURSE_CALL, NewDelivery, Priority
from core.matching import Market
from core.messages import OutboundMessage, QuickReply
from core.rhythm import sent_at
from core.suiting import Seeker, Trade
from core.training import Call, Candidate, Reaching
from core.work import Posted, Standing
from scheduler.looping import CampaignLoop

EVERY = 20.0  # seconds between looks
BATCH = 200  # people looked at in one transaction


class Calling(CampaignLoop):
    """One loop. Several may run: of two the second finds the note moved and writes nothing."""

    name = "calling"

    @property
    def every(self) -> float:
        """Seconds between looks."""
        return EVERY

    async def step(self) -> bool:
        """The next batch of each course; whether there may be more."""
        now, more = self._clock.now(), False
        if quiet(now):
            return False
        async with self._storage.read() as uow:
            calls = await uow.calls.open()
        for call in calls:
            try:
                more = await self._batch(call, now) or more
            except Exception as error:
                self._on_fault(self.name, error)
        return more

    async def _batch(self, call: Call, now: datetime) -> bool:
        today = now.astimezone(LOCAL).date()
        reaching = Reaching(accounts=self._accounts, windows=self._terms.windows, now=now)
        async with self._storage.write() as uow:
            posted = await uow.work.get(call.offer_id)
            open_ = posted is not None and posted.standing(today) is Standing.OPEN
            people = await uow.calls.reach(call, posted.locality, reaching, BATCH) if posted and open_ else []
            trade = Trade(group_of=self._content.trades.group_of, heavy=self._content.trades.heavy)
            market = Market([posted] if posted else [], trade, today, names={})
            notices = await uow.calls.notices([one.contact.id for one in people], now)
            messages = [
                self._delivery(posted, one, now, notices.get(one.contact.id, ()))
                for one in people
                if posted is not None and one.meant(call.households, self._suits(market, one, posted))
            ]
            known = await uow.outbox.add(messages)
            cursor = people[-1].contact.id if people else call.cursor
            sent = len(messages) - len(known)
            if not await uow.calls.move(call, cursor=cursor, sent=sent, done_at=None if people else now):
                return False  # nothing of this batch was written
            await uow.commit()
        self._relay.wake()
        return bool(people)

    def _delivery(self, posted: Posted, one: Candidate, now: datetime, notices: Sequence[datetime]) -> NewDelivery:
        words, today = wording(one.contact.language), now.astimezone(LOCAL).date()
        place = self._content.place(locality=posted.locality, on=today, lang=words.lang)
        day = date_text((posted.verified_at or now).astimezone(LOCAL).date(), words.lang)
        shown = (("course_join", f"course-join:{posted.id}"), ("officer", "officer"), ("wishes", "wishes"))
        message = OutboundMessage(
            text=called(posted, words, one.contact),
            source=words.text("work.source", employer=posted.offer.employer, place=place, day=day),
            quick_replies=tuple(
                QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown
            ),
        )
        # By their rhythm, and no more notices than people were promised.
        waits = max(sent_at(one.contact.rhythm, now), free_at(notices, now) or now)
        whom = f"h{one.household_id}" if one.household_id is not None else str(one.contact.id)
        return NewDelivery(
            dedup_key=f"{COURSE_CALL}{posted.id}:{whom}",
            urn=one.urn,
            contact_id=one.contact.id,
            message=message,
            priority=Priority.NOTICE,
            available_at=now,
            not_before=waits if waits > now else None,
        )

    def _suits(self, market: Market, one: Candidate, posted: Posted) -> bool:
        """Whether it suits what they look for."""
        if one.profile is None:
            return False
        place, where = one.contact.locality, self._content.position(one.contact.locality, one.contact.hamlet)
        seeker = Seeker(contact=one.contact.id, locality=place or "", profile=one.profile, position=where)
        return market.excluded(seeker, posted) is None
