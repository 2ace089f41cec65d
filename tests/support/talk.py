"""A citizen at the terminal, for tests that say what a person types and read what a person reads."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select

from bot.channels.terminal import said
from bot.knowledge import Knowledge
from bot.rooms import PERSON, Room, open_room
from core.events import EventState, JobEvent
from core.messages import OutboundMessage
from core.work import Offer, OfferState
from db.models import metadata
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock

T = TypeVar("T")


class Talk:
    """`talk("text")` gives the transcript of what comes back."""

    def __init__(self, runner: asyncio.Runner, room: Room, person: str = PERSON) -> None:
        self._runner, self._room, self._person = runner, room, person
        self.last = ""
        self._bubbles: list[OutboundMessage] = []

    def _run(self, act: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(act)

    def __call__(self, text: str) -> str:
        return self._told(self._run(self._room.hear(text, path=self._person)))

    def press(self, payload: str) -> str:
        """Use a button or a link."""
        return self._told(self._run(self._room.hear(payload=payload, path=self._person)))

    def _told(self, bubbles: list[OutboundMessage]) -> str:
        self._bubbles = bubbles
        self.last = "\n".join(said(bubble, self._room.files) for bubble in bubbles)
        return self.last

    def file(self) -> str:
        """What is in the file that came with the last answer."""
        item = next(one for bubble in self._bubbles for one in bubble.attachments)
        content = self._run(self._room.files.get(item.sha256))
        assert content is not None
        return content.decode()

    def content(self) -> bytes:
        """The first file that came with the last answer."""
        item = next(one for bubble in self._bubbles for one in bubble.attachments)
        content = self._run(self._room.files.get(item.sha256))
        assert content is not None
        return content

    def stored(self) -> int:
        """How many files there are in the data folder."""
        return len(self._room.files.older_than(hours=-1))

    def files(self) -> list[str]:
        """The names of the files that came with the last answer."""
        return [one.name for bubble in self._bubbles for one in bubble.attachments]

    def holds(self, words: str) -> bool:
        """Whether any row of any table has these words in it."""

        async def look() -> bool:
            async with self._room.storage.engine.connect() as connection:
                tables = [(await connection.execute(select(table))).all() for table in metadata.sorted_tables]
                return any(words in _plain(value) for rows in tables for row in rows for value in row)

        return self._run(look())

    def offers(self, *offers: Offer, locality: str = "dak-cam", verified: bool = True) -> tuple[int, ...]:
        """Vacancies and courses of a place, put in by one officer and verified by another."""

        async def put() -> tuple[int, ...]:
            async with self._room.storage.write() as uow:
                now = self._room.parts.clock.now()
                added = await uow.work.add(locality, offers, by="Lan", now=now)
                for one in added.new if verified else ():
                    after = {"verified_by": "Minh", "verified_at": now}
                    await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, **after)
                await uow.commit()
            return added.new

        return self._run(put())

    def announced(self, *events: JobEvent, locality: str = "dak-cam") -> tuple[int, ...]:
        """Job fairs of a place, written by one officer and verified by another."""

        async def put() -> tuple[int, ...]:
            async with self._room.storage.write() as uow:
                now, numbers = self._room.parts.clock.now(), []
                for event in events:
                    numbers.append(await uow.events.add(locality, event, by="Lan", now=now))
                    one = await uow.events.get(numbers[-1])
                    assert one is not None
                    await uow.events.step(one, state=EventState.VERIFIED, verified_by="Minh", changed_at=now)
                await uow.commit()
            return tuple(numbers)

        return self._run(put())

    def filled(self, offer_id: int, seats: int) -> None:
        """So many seats of an offer are taken."""

        async def fill() -> None:
            async with self._room.storage.write() as uow:
                assert await uow.work.take_seats(offer_id, seats)
                await uow.commit()

        self._run(fill())

    def survey(self, first: date, last: date, locality: str = "dak-cam") -> None:
        """What people of a place wish to learn is asked between two days."""

        async def put() -> None:
            async with self._room.storage.write() as uow:
                assert await uow.surveys.add(locality, first, last, by="Lan", now=self._room.parts.clock.now())
                await uow.commit()

        self._run(put())

    def rows(self, table: str) -> int:
        """How many rows a table has."""

        async def count() -> int:
            async with self._room.storage.engine.connect() as connection:
                found = await connection.execute(select(func.count()).select_from(metadata.tables[table]))
                return int(found.scalar_one())

        return self._run(count())

    def all(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table."""

        async def look() -> list[dict[str, Any]]:
            async with self._room.storage.engine.connect() as connection:
                found = await connection.execute(select(metadata.tables[table]))
                return [dict(row._mapping) for row in found]

        return self._run(look())

    def traces(self) -> list[str]:
        """Columns in which the person's address, or a contact of theirs, can still be found."""

        async def look() -> list[str]:
            async with self._room.storage.engine.connect() as connection:
                return [
                    f"{table.name}.{name}"
                    for table in metadata.sorted_tables
                    for row in (await connection.execute(select(table))).mappings().all()
                    for name, value in row.items()
                    if _leads_to_somebody(name, value)
                ]

        return self._run(look())


def _leads_to_somebody(column: str, value: object) -> bool:
    return bool(re.search(rf"\b{PERSON}\b", str(value))) or (column == "contact_id" and value is not None)


@contextmanager
def talking(knowledge: Knowledge, clock: FixedClock) -> Iterator[Talk]:
    """Open a room for one person."""
    with receiving(knowledge, clock) as somebody:
        yield somebody(PERSON)


@contextmanager
def receiving(knowledge: Knowledge, clock: FixedClock) -> Iterator[Callable[[str], Talk]]:
    """Open a room for many people, each known by a name and nothing else."""
    with asyncio.Runner() as runner:
        opened = open_room(knowledge, clock=clock, chance=SeededChance(7))
        room = runner.run(opened.__aenter__())
        try:
            yield lambda person: Talk(runner, room, person)
        finally:
            runner.run(opened.__aexit__(None, None, None))


def _plain(value: object) -> str:
    """A value as it could be read; bytes as the signs they are, not as Python writes them."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
