"""A room for one person: the real inbox, handlers, outbox and relay, stepped by hand instead of running by themselves.

The terminal chat and the conversation tests talk in it, so that both say what a citizen would be told.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.app import Knowledge
from bot.channels.terminal import ACCOUNT, Terminal
from bot.files import LocalFiles
from bot.keys import derived, keyed_hash, load_key
from core.messages import Attachment, OutboundMessage, attachment_to_json
from core.ports import Chance, Channel, Clock
from core.questions import QuestionState
from core.storage import NewUpdate
from db.engine import make_engine, sqlite_url
from db.models import metadata
from db.unit_of_work import SqlStorage
from handlers import ROUTERS
from handlers.answers import answer_question
from handlers.context import Keeping
from handlers.service import Desk, Service
from scheduler.completion import Completion
from scheduler.relay import Relay, RelaySettings

PERSON = "somebody"


@dataclass
class Room:
    """Say something, and get what comes back."""

    storage: SqlStorage
    service: Service
    relay: Relay
    clock: Clock
    knowledge: Knowledge
    files: LocalFiles
    said: list[OutboundMessage] = field(default_factory=list)
    count: int = 0

    async def hear(
        self,
        text: str = "",
        *,
        payload: str | None = None,
        attachments: tuple[Attachment, ...] = (),
        path: str = PERSON,
    ) -> list[OutboundMessage]:
        """One message or press from a person; gives everything that was sent back."""
        self.count += 1
        raw: dict[str, Any] = {
            "text": text,
            "payload": payload,
            "attachments": [attachment_to_json(one) for one in attachments],
        }
        update = NewUpdate(
            account=ACCOUNT, external_id=str(self.count), path=path, raw=raw, received_at=self.clock.now()
        )
        async with self.storage.write() as uow:
            await uow.inbox.add([update])
            await uow.commit()
        while await self.service.handle_waiting():
            pass
        return await self.delivered()

    async def delivered(self) -> list[OutboundMessage]:
        """Send what waits; gives it."""
        while await self.relay.step():
            await self.relay.drain()
        said, self.said[:] = list(self.said), []
        return said

    async def answer(self, text: str, *, officer: str = "lan") -> list[OutboundMessage]:
        """An officer answers the question that is due first; gives what reaches the person."""
        async with self.storage.read() as uow:
            waiting = await uow.questions.list(states=[QuestionState.OPEN])
        await answer_question(
            self.storage,
            self.knowledge.content,
            key=str(waiting[0].id),
            text=text,
            officer=officer,
            now=self.clock.now(),
        )
        return await self.delivered()


@asynccontextmanager
async def open_room(knowledge: Knowledge, *, clock: Clock, chance: Chance) -> AsyncIterator[Room]:
    """A room with a database of its own that is gone afterwards: nothing of a talk in it is kept."""
    with TemporaryDirectory(prefix="chungtay-") as folder:
        data = Path(folder)
        key = load_key(data)
        engine = make_engine(sqlite_url(data / "chat.db"))
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        storage = SqlStorage(engine)
        async with storage.write() as uow:
            await uow.upkeep.ensure_account(ACCOUNT, clock.now())
            await uow.commit()
        said: list[OutboundMessage] = []
        channels: dict[str, Channel] = {ACCOUNT: Terminal(said.append)}
        completion = Completion(storage=storage, clock=clock, worker="room", on_fault=_raise)
        writing = asyncio.create_task(completion.run())
        files = LocalFiles(data / "files", derived(key, "links"), clock)
        try:
            yield Room(
                storage=storage,
                service=Service(
                    Desk(
                        storage=storage,
                        channels=channels,
                        routers=ROUTERS,
                        content=knowledge.content,
                        understanding=knowledge.understanding,
                        clock=clock,
                        chance=chance,
                        files=files,
                        keeping=Keeping(),
                        keyed_hash=partial(keyed_hash, derived(key, "erasures")),
                        on_fault=_raise,
                    )
                ),
                relay=Relay(
                    storage=storage,
                    channels=channels,
                    completion=completion,
                    clock=clock,
                    chance=chance,
                    settings=RelaySettings(worker="room"),
                    on_fault=_raise,
                ),
                clock=clock,
                knowledge=knowledge,
                files=files,
                said=said,
            )
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            await engine.dispose()


def _raise(_: str, error: BaseException) -> None:
    raise error
