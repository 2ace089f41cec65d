"""Which work suits whom, by the thousand: everybody after a night, after one change, and one person in the chat."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench import job_news
from bench.figures import Figure
from content.catalogue import Catalogue
from core.contacts import URN, Contact
from core.conversation import Conversation, Person
from core.delivery import NewDelivery
from core.matching import Market
from core.messages import OutboundMessage
from core.suiting import Seeker, Trade
from core.work import Hindrance, Offer, OfferKind, OfferState, Paid, Posted, Profile, Reach, Times, WorkAsked
from db import schema
from db.engine import close_engine, make_engine, sqlite_url
from db.unit_of_work import SqlStorage
from handlers.happened import Happened
from handlers.work.finding import Jobs

PEOPLE, VACANCIES, SHOWN, TALKS = 100_000, 5_000, 10, 200
HAMLETS = 20  # of a place, each with its meeting house on the map
GROUP = "Work and training"
Took = tuple[float, float]  # by the clock, and of it processor time


def measure(content: Catalogue, folder: Path) -> list[Figure]:
    """100,000 people of five places, 5,000 vacancies; on one core, in memory, and one person through SQLite."""
    chance, today, now = random.Random(7), date(2026, 11, 20), datetime(2026, 11, 20, 2, tzinfo=UTC)
    places = [*content.localities]
    offers = [
        _posted(number, _offer(chance, content, number, today), chance.choice(places), now)
        for number in range(1, VACANCIES + 1)
    ]
    people = [_seeker(chance, content, number, chance.choice(places)) for number in range(1, PEOPLE + 1)]
    trade = Trade(group_of=content.trades.group_of, heavy=content.trades.heavy)
    started = _now()
    market = Market(offers, trade, today, names={})
    found = sum(len(market.top(one, SHOWN)) for one in people)
    whole = _since(started)
    started = _now()
    changed = replace(offers[0], taken=1, version=2)
    market.put(changed)
    again = [market.top(one, SHOWN) for one in people if market.concerns(one, changed)]
    one_change = _since(started)
    said = asyncio.run(_in_the_chat(content, folder, offers, people[:TALKS], now))
    about = f"{PEOPLE:,} people, {VACANCIES:,} vacancies"
    return [
        *_both(f"whole pass, {about}, {found:,} proposals", whole, "s", 60),
        *_both(f"one vacancy changed, {len(again):,} lists made anew", one_change, "s", 1),
        *_both("“việc cho tôi”, all of them in one place, mean", said[0], "ms", 20),
        *_both("the same after one of them changed", said[1], "ms"),
        *_both("the same for the first of a day, which reads all of them", said[2], "ms"),
        *job_news.measure(content, folder, people, [replace(one.offer, seats=job_news.SEATS) for one in offers], now),
    ]


def _now() -> Took:
    return time.perf_counter(), time.process_time()


def _since(started: Took) -> Took:
    return time.perf_counter() - started[0], time.process_time() - started[1]


def _both(name: str, took: Took, unit: str, below: float | None = None) -> list[Figure]:
    """By the clock, and by processor time, which other work beside it makes hardly longer."""
    return [
        Figure(group=GROUP, name=name, value=took[0], unit=unit, below=below),
        Figure(group=GROUP, name="of it processor time", value=took[1], unit=unit, below=below),
    ]


def _offer(chance: random.Random, content: Catalogue, number: int, today: date) -> Offer:
    return Offer(
        kind=OfferKind.VACANCY,
        title=f"Việc {number}",
        occupation=chance.choice([*content.trades.all]),
        place=chance.choice(["thôn 3", "tỉnh khác", "xã bên"]),
        employer=f"Đơn vị {number % 300}",
        deadline=today + timedelta(days=chance.randrange(1, 60)),
        wage_from=chance.randrange(4, 15) * 1_000_000,
        paid=Paid.MONTH,
        hours=chance.choice(["", "ca đêm", "7 giờ đến 16 giờ", "buổi sáng"]),
        seats=chance.choice([None, 5, 50]),
        away=chance.random() < 0.2,
        latitude=_where(number)[0] if number % 2 else None,
        longitude=_where(number)[1] if number % 2 else None,
    )


def _posted(number: int, offer: Offer, locality: str, now: datetime) -> Posted:
    made = {"created_by": "Lan", "created_at": now, "verified_at": now}
    return Posted(id=number, locality=locality, state=OfferState.VERIFIED, offer=offer, version=1, **made)


def _seeker(chance: random.Random, content: Catalogue, number: int, locality: str) -> Seeker:
    trades = [*content.trades.all, *content.trades.groups]
    profile = Profile(
        can=tuple(chance.sample(trades, chance.randrange(0, 3))),
        wants=tuple(chance.sample(trades, chance.randrange(1, 3))),
        reach=chance.choice([*Reach]),
        times=chance.choice([*Times]),
        held=tuple(one for one in Hindrance if chance.random() < 0.3),
    )
    priority, where = chance.randrange(4), _where(number % HAMLETS)
    return Seeker(contact=number, locality=locality, profile=profile, priority=priority, position=where)


def _where(number: int) -> tuple[float, float]:
    """Somewhere within some twenty kilometres, in degrees."""
    return 14.2 + number * 7 % 20 / 100, 107.9 + number * 11 % 19 / 100


async def _in_the_chat(
    content: Catalogue, folder: Path, offers: Sequence[Posted], people: Sequence[Seeker], now: datetime
) -> tuple[Took, Took, Took]:
    """Milliseconds for a person's list through the storage: the mean, after a change, and the first."""
    engine = make_engine(sqlite_url(folder / "matching.db"))
    try:
        await schema.upgrade(engine)
        storage, place, account = SqlStorage(engine), next(iter(content.localities)), "webchat.main"
        urn = URN(account=account, path="bench")
        async with storage.write() as uow:
            await uow.upkeep.ensure_account(account, now)
            person = (await uow.people.load([urn], now))[urn]
            added = await uow.work.add(place, [one.offer for one in offers], by="Lan", now=now)
            for number in added.new:
                after = {"verified_by": "Minh", "verified_at": now}
                await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, **after)
            await uow.people.save([_in(person, place)])
            await uow.commit()
        jobs, times = Jobs(content), []
        reply = NewDelivery(
            dedup_key="reply:1:0", urn=urn, contact_id=1, message=OutboundMessage(text="x"), available_at=now
        )
        for number, one in enumerate(people):
            async with storage.write() as uow:
                if number == len(people) - 1:
                    await uow.work.take_seats(added.new[0], 1)
                known = await uow.people.get(person.contact.id)
                assert known is not None
                await uow.work.keep_profile(known.contact.id, one.profile, now)
                started = _now()
                happened = Happened(known.contact.id, WorkAsked(kind=OfferKind.VACANCY), "reply:1:")
                await jobs.act(uow, known, happened, [reply], now)
                by_clock, of_processor = _since(started)
                times.append((by_clock * 1000, of_processor * 1000))
                await uow.commit()
    finally:
        await close_engine(engine)
    between = times[1:-1]
    mean = sum(one for one, _ in between) / len(between), sum(one for _, one in between) / len(between)
    return mean, times[-1], times[0]


def _in(person: Person, place: str) -> Person:
    contact: Contact = replace(person.contact, locality=place)
    talk: Conversation = replace(person.conversation, version=person.conversation.version + 1)
    return replace(person, contact=contact, conversation=talk)
