"""A room for one person: the real inbox, handlers, outbox and relay, stepped by hand instead of running by themselves.

The terminal chat and the conversation tests talk in it, so that both say what a citizen would be told.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.channels.terminal import ACCOUNT, Terminal
from bot.files import LocalFiles
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.parts import ByHand, Parts, by_hand, sealed_by
from core.messages import Attachment, OutboundMessage, Unread, attachment_to_json
from core.ports import Chance, Clock
from core.questions import QuestionState
from core.records import NewUpdate
from db.engine import close_engine, empty_file, make_engine, sqlite_url
from db.models import metadata
from db.unit_of_work import SqlStorage
from handlers.answers import answer_question

PERSON = "somebody"


@dataclass
class Room:
    """Say something, and get what comes back."""

    parts: Parts
    stepped: ByHand
    said: list[OutboundMessage] = field(default_factory=list)
    count: int = 0

    @property
    def storage(self) -> SqlStorage:
        """What is kept as long as the room is open."""
        return self.parts.storage

    @property
    def files(self) -> LocalFiles:
        """What was sent along."""
        return self.stepped.files

    async def hear(
        self,
        text: str = "",
        *,
        payload: str | None = None,
        attachments: tuple[Attachment, ...] = (),
        path: str = PERSON,
        unread: Unread | None = None,
        sent_at: datetime | None = None,
        reply_to: str | None = None,
    ) -> list[OutboundMessage]:
        """One message or press from a person; gives everything that was sent back."""
        self.count += 1
        raw: dict[str, Any] = {
            "text": text,
            "payload": payload,
            "attachments": [attachment_to_json(one) for one in attachments],
            "unread": unread,
            "reply_to": reply_to,
            "sent_at": sent_at.isoformat() if sent_at else None,
        }
        update = NewUpdate(
            account=ACCOUNT, external_id=str(self.count), path=path, raw=raw, received_at=self.parts.clock.now()
        )
        async with self.storage.write() as uow:
            await uow.inbox.add([update])
            await uow.commit()
        await self.stepped.handle_all()
        return await self.delivered()

    async def delivered(self) -> list[OutboundMessage]:
        """Send what waits; gives it."""
        await self.stepped.send_all()
        said, self.said[:] = list(self.said), []
        return said

    async def answer(self, text: str, *, officer: str = "lan") -> list[OutboundMessage]:
        """An officer answers the question that is due first; gives what reaches the person."""
        async with self.storage.read() as uow:
            waiting = await uow.questions.list(states=[QuestionState.OPEN])
        await answer_question(
            self.storage,
            self.parts.knowledge.content,
            key=str(waiting[0].id),
            text=text,
            officer=officer,
            now=self.parts.clock.now(),
        )
        return await self.delivered()


@asynccontextmanager
async def open_room(knowledge: Knowledge, *, clock: Clock, chance: Chance) -> AsyncIterator[Room]:
    """A room with a database of its own that is gone afterwards: nothing of a talk in it is kept."""
    with TemporaryDirectory(prefix="chungtay-") as folder:
        data = Path(folder)
        (data / "chat.db").write_bytes(empty_file(metadata))
        engine = make_engine(sqlite_url(data / "chat.db"))
        said: list[OutboundMessage] = []
        key = load_key(data)
        parts = Parts(
            storage=SqlStorage(engine, sealed_by(key)),
            knowledge=knowledge,
            channels={ACCOUNT: Terminal(said.append)},
            clock=clock,
            chance=chance,
            data_dir=data,
            key=key,
            worker="room",
        )
        try:
            async with by_hand(parts) as stepped:
                yield Room(parts=parts, stepped=stepped, said=said)
        finally:
            await close_engine(engine)
