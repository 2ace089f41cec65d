"""Who is on the list of a course is told, once each: of a seat, of another day or place, of the eve, and of its end.

What somebody was told stands beside their name, and changes in the transaction that puts the message into the outbox:
a kill repeats and loses nothing, and what was changed twice before anybody was told is told once, as it is.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from content.formatting import date_text
from content.training import told
from content.wording import Wording, wording
from core.caps import LOCAL, quiet
from core.contacts import Contact, ContactStatus
from core.delivery import NewDelivery, Priority
from core.messages import OutboundMessage, QuickReply
from core.records import AuditEntry
from core.storage import UnitOfWork
from core.training import Enrolment, Learning, News, knows, news
from core.work import OfferState, Posted
from scheduler.looping import CampaignLoop

EVERY = 20.0  # seconds between looks
EVE = timedelta(days=1)


class Training(CampaignLoop):
    """One loop. Several may run: a seat is given, and somebody is told, by the first."""

    name = "training"

    @property
    def every(self) -> float:
        """Seconds between looks."""
        return EVERY

    async def step(self) -> bool:
        """Give free seats to those who wait, then tell what is new; never at night."""
        now = self._clock.now()
        if quiet(now):
            return False
        today = now.astimezone(LOCAL).date()
        async with self._storage.read() as uow:
            free = await uow.training.with_free_seats(today)
        for offer_id in free:
            await self._move_up(offer_id, now, today)
        async with self._storage.read() as uow:
            courses = await uow.training.followed(today)
        done = 0
        for posted in courses:
            for one, what in await self._untold(posted, today):
                try:
                    done += await self._tell(one, posted, what, now)
                except Exception as error:
                    self._on_fault(self.name, error)  # one that cannot go on holds up no other
        if done:
            self._relay.wake()
        return False

    async def _move_up(self, offer_id: int, now: datetime, today: date) -> None:
        async with self._storage.write() as uow:
            moved = await uow.training.move_up(offer_id, today)
            if moved:
                subject, detail = f"work:{offer_id}", {"seats": moved}
                entry = AuditEntry(
                    at=now, actor="scheduler", action="training.moved-up", subject=subject, detail=detail
                )
                await uow.audit.append([entry])
                await uow.commit()

    async def _untold(self, posted: Posted, today: date) -> Sequence[tuple[Enrolment, News]]:
        async with self._storage.read() as uow:
            found = [(one, news(one.told, knows(one.state, posted))) for one in await uow.training.behind(posted)]
            opens, begun = posted.offer.opens, {one.id for one, _ in found}
            if posted.state is OfferState.VERIFIED and opens is not None and today in (opens - EVE, opens):
                eve = await uow.training.unreminded(posted.id, opens)
                found += [(one, News.TOMORROW) for one in eve if one.id not in begun]
        return found

    async def _tell(self, one: Enrolment, posted: Posted, what: News, now: datetime) -> bool:
        """Put it into the outbox; False where they cannot be reached now, or somebody else told them."""
        opens, today = posted.offer.opens, now.astimezone(LOCAL).date()
        # Who hears of the day on its eve is not reminded of it besides.
        eve = opens is not None and one.state is Learning.ENROLLED and opens - EVE <= today
        async with self._storage.write() as uow:
            if not await uow.training.told(one, knows(one.state, posted), opens if eve else one.reminded):
                return False
            person = await uow.people.get(one.contact_id or 0)
            urn = await uow.reminders.address(one.contact_id or 0, self._accounts, now=now, windows=self._terms.windows)
            # Who is not reached stays untold: officers see whom to call.
            if person is None or urn is None or person.contact.status is ContactStatus.STOPPED:
                return False
            delivery = NewDelivery(
                dedup_key=f"course:{one.id}:{what}:{int(now.timestamp() * 1000)}",
                urn=urn,
                contact_id=one.contact_id,
                message=self._message(one, posted, what, person.contact, now),
                priority=Priority.NOTICE,
                available_at=now,
            )
            await uow.outbox.add([delivery])
            await _note(uow, one, f"training.told-{what}", now)
            await uow.commit()
        return True

    def _message(self, one: Enrolment, posted: Posted, what: News, contact: Contact, now: datetime) -> OutboundMessage:
        words, today = wording(contact.language), now.astimezone(LOCAL).date()
        place = self._content.place(locality=posted.locality, on=today, lang=words.lang)
        return OutboundMessage(
            text=told(what, posted, words, contact),
            source=words.text("training.source", place=place, day=date_text(today, words.lang)),
            quick_replies=_buttons(one, what, words),
        )


def _buttons(one: Enrolment, what: News, words: Wording) -> tuple[QuickReply, ...]:
    first = ("courses", "courses") if what is News.OVER else ("course_leave", f"course-leave:{one.id}")
    shown = (first, ("officer", "officer"))
    return tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown)


async def _note(uow: UnitOfWork, one: Enrolment, action: str, now: datetime) -> None:
    entry = AuditEntry(
        at=now, actor="scheduler", action=action, subject=f"contact:{one.contact_id}", detail={"course": one.offer_id}
    )
    await uow.audit.append([entry])
