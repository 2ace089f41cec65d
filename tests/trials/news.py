"""Kills while people are told of new work, at every named step of it.

Each round verifies an offer that suits everybody, and everybody's list is due. After each death the message to a
person, the mark of what they were told, their next look and the entry of the log stand together or not at all; in the
end each has one message, and a phone shows it more than once only where it was in doubt.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.contacts import Consent, Purpose
from core.delivery import DeliveryStatus
from core.job_news import KEY
from core.work import OfferState, Profile
from db.leasing import RESENDS
from db.models import audit_log, deliveries, messages
from db.unit_of_work import SqlStorage
from db.work_tables import work_profiles, work_told
from tests.support.rows import an_offer
from tests.trials.broadcast import DAY, DONE
from tests.trials.kills import ANSWERED_WITHIN, Kill
from tests.trials.providers import Phone
from tests.trials.rounds import Round, Strike, news_rounds
from tests.trials.steps import KILLABLE, StepsTrial, TrialError

SEEKERS = 10
WEEK = timedelta(days=8)  # longer than a cap reaches back


@dataclass(frozen=True, kw_only=True)
class Made:
    """A look from outside at what came of one offer, by contact."""

    told: frozenset[int]
    looked_at: frozenset[int]  # their next look is planned
    logged: Counter[int]
    rows: Mapping[int, Sequence[Row[tuple[object, ...]]]]  # of the outbox

    def torn(self) -> list[str]:
        """Whose message, mark, look and entry do not stand together."""
        everybody = self.told | self.looked_at | set(self.logged) | set(self.rows)
        return [fault for one in sorted(everybody) if (fault := self._torn(one))]

    def _torn(self, one: int) -> str:
        found = (one in self.told, one in self.looked_at, self.logged[one], len(self.rows.get(one, ())))
        return "" if found == (True, True, 1, 1) else f"contact {one}: told, looked at, logged, messages are {found}"

    def fits(self, strike: Strike) -> bool:
        """Whether things stand as they must when the first process died at this step, and not at another."""
        match strike.step:
            case "during-news":
                return len(self.told) == strike.number - 1
            case "after-news":
                return len(self.told) == strike.number
            case _:
                return bool(self.told)

    @property
    def over(self) -> bool:
        """Whether everybody was told, and nothing is on its way."""
        rows = [row for some in self.rows.values() for row in some]
        return len(self.told) == SEEKERS and all(
            row.status in DONE or (row.status == DeliveryStatus.IN_DOUBT and row.doubts > RESENDS) for row in rows
        )


class NewsTrial(StepsTrial):
    """One database, one offer after the other."""

    readers = SEEKERS

    def _drawn(self) -> Iterator[Round]:
        return news_rounds(self._chance)

    async def _enrolled(self, engine: AsyncEngine, people: Sequence[Phone]) -> None:
        """They look for any work, and agreed to be told."""
        await super()._enrolled(engine, people)
        now = datetime.now(UTC)
        agreed = Consent(purpose=Purpose.WORK, granted_at=now, expires_at=now + DAY, wording="work.ask")
        async with SqlStorage(engine).write() as uow:
            known = await uow.people.load([self._urn(one) for one in people], now)
            for person in known.values():
                await uow.people.consent(person.contact.id, agreed)
                await uow.work.keep_profile(person.contact.id, Profile(), now)
            await uow.commit()

    async def _told(self, engine: AsyncEngine, one: Round, name: int) -> None:
        title = f"Việc số {name} của đợt này"
        try:
            await self._news(engine, one, title)
        except TrialError as error:
            self.result.faults.append(f"{one}: {error}")

    async def _news(self, engine: AsyncEngine, one: Round, title: str) -> None:
        service = await self._armed(one.strikes[0], title)
        offer = await self._offered(engine, title)
        for at, strike in enumerate(one.strikes):
            service = await self._armed(strike, title) if at else service
            await self._died(strike, service)
            made = await _look(engine, offer, title)
            if not at and not made.fits(strike):
                raise TrialError(f"nothing looks like {strike}: {len(made.told)} are told")
            self.result.faults += [f"after {strike}: {fault}" for fault in made.torn()]
            self.result.steps[strike.step] += 1
            waiting = SEEKERS - len(made.told)
            self.result.kills.append(Kill(waiting=waiting, acknowledged=SEEKERS, recovering=at > 0))
        began = monotonic()
        await self._begun(KILLABLE)
        made = await self._ends(engine, offer, title)
        self.result.seconds.append(monotonic() - began)
        await self.provider.quiet(within=ANSWERED_WITHIN)
        await self._phones(engine, made, title)
        await asyncio.to_thread(self.service.kill)

    async def _offered(self, engine: AsyncEngine, title: str) -> int:
        """What suits everybody; everybody's list is due, and what they got before was long ago."""
        now = datetime.now(UTC)
        async with SqlStorage(engine).write() as uow:
            offer = an_offer(title=title, deadline=(now + timedelta(days=30)).date())
            (number,) = (await uow.work.add("dak-cam", [offer], by="Lan", now=now)).new
            verified = {"verified_by": "Hoa", "verified_at": now}
            await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, **verified)
            await uow.connection.execute(update(work_profiles).values(look_at=None))
            before = deliveries.c.dedup_key.startswith(KEY)
            await uow.connection.execute(update(deliveries).where(before).values(settled_at=now - WEEK))
            await uow.commit()
        return number

    async def _ends(self, engine: AsyncEngine, offer: int, title: str) -> Made:
        until, made = monotonic() + ANSWERED_WITHIN, await _look(engine, offer, title)
        while not made.over and monotonic() < until:
            await asyncio.sleep(0.05)
            made = await _look(engine, offer, title)
        if not made.over:
            self.result.faults.append(f"{title}: {len(made.told)} are told, and something is still on its way")
        self.result.faults += [f"{title}: {fault}" for fault in made.torn()]
        return made

    async def _phones(self, engine: AsyncEngine, made: Made, title: str) -> None:
        async with SqlStorage(engine).read() as uow:
            theirs = await uow.people.load([self._urn(one) for one in self.people], datetime.now(UTC))
        for phone in self.people:
            contact = theirs[self._urn(phone)].contact.id
            times = sum(title in bubble.text for bubble in phone.received())
            self.result.answered += 1
            self.result.twice = (self.result.twice or 0) + (times > 1)
            for row in made.rows.get(contact, ()):
                self.result.resent += max(0, min(row.doubts, row.attempt - 1))
                least = 1 if row.status in DONE else 0
                if not least <= times <= min(1 + row.doubts, row.attempt):
                    what = f"{row.status}, {row.doubts} doubts, {row.attempt} attempts"
                    self.result.faults.append(f"{title}: contact {contact} has it {times} times: {what}")


async def _look(engine: AsyncEngine, offer: int, title: str) -> Made:
    async with SqlStorage(engine).read() as uow:
        db: AsyncConnection = uow.connection
        told = (await db.execute(select(work_told.c.contact_id).where(work_told.c.offer_id == offer))).scalars()
        looked = select(work_profiles.c.contact_id).where(work_profiles.c.look_at.is_not(None))
        a = audit_log.c
        entries = await db.execute(select(a.subject, a.detail).where(a.action == "work.news-sent"))
        logged = Counter(
            int(row.subject.partition(":")[2]) for row in entries if row.detail["offers"].split(", ") == [str(offer)]
        )
        found = await db.execute(
            select(deliveries, messages.c.body)
            .join(messages, messages.c.id == deliveries.c.message_id)
            .where(deliveries.c.dedup_key.startswith(KEY))
        )
        rows: dict[int, list[Row[tuple[object, ...]]]] = {}
        for row in found:
            if title in row.body["text"]:
                rows.setdefault(row.contact_id, []).append(row)
        looked_at = frozenset((await db.execute(looked)).scalars())
        return Made(told=frozenset(told), looked_at=looked_at, logged=logged, rows=rows)
