"""A ward whose officers work in their own chats: real storage, handlers and relay, stepped by hand."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bot.channels.terminal import ACCOUNT, Terminal
from bot.keys import derived, keyed_text
from bot.knowledge import Knowledge
from bot.parts import ByHand, Parts, by_hand
from core.campaigns import Campaign, Step, read_notice
from core.console_storage import Once
from core.contacts import URN
from core.messages import Attachment, OutboundMessage, attachment_to_json
from core.officers import Grant, Officer, Role
from core.ports import Clock
from core.questions import Author
from core.records import NewUpdate
from db.unit_of_work import SqlStorage
from handlers import campaigning
from handlers.campaigning import Doing
from handlers.officer_chats import binding
from tests.support.chance import SeededChance
from tests.support.rows import everything

WORDS = "Nhà tôi bị dột, có được giúp sửa nhà không?"
NOTICE: Mapping[str, Any] = {
    "kind": "notice",
    "title": "Lớp may",
    "source": "Thông báo 12/TB-UBND",
    "text": {"vi": "Mở lớp may sáng thứ Hai."},
    "audience": {"localities": ["dak-cam"]},
}


class Post(Terminal):
    """A channel that notes what came to whom."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.came: list[tuple[str, OutboundMessage]] = []  # since it was last looked at
        self.said: list[tuple[str, OutboundMessage]] = []  # before

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:
        """Note it."""
        self.came.append((urn.path, message))
        return str(message_id)


@dataclass
class Ward:
    """Officers and citizens, each at an address of their own name."""

    parts: Parts
    hand: ByHand
    post: Post
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def storage(self) -> SqlStorage:
        return self.parts.storage

    @property
    def now(self) -> datetime:
        return self.parts.clock.now()

    async def wrote(
        self,
        path: str,
        text: str = "",
        *,
        payload: str | None = None,
        reply_to: str | None = None,
        files: tuple[Attachment, ...] = (),
    ) -> None:
        """Somebody writes; nobody has looked yet."""
        sent = [attachment_to_json(one) for one in files]
        raw = {"text": text, "payload": payload, "reply_to": reply_to, "attachments": sent}
        number = str(next(self.numbers))
        update = NewUpdate(account=ACCOUNT, external_id=number, path=path, raw=raw, received_at=self.now)
        async with self.storage.write() as uow:
            await uow.inbox.add([update])
            await uow.commit()

    async def says(self, path: str, text: str = "", **other: Any) -> str:
        """Somebody writes or presses; gives all that came to them for it."""
        await self.wrote(path, text, **other)
        await self.hand.handle_all()
        return "\n".join(one.text for one in (await self.sent()).get(path, []))

    async def presses(self, path: str, label: str) -> str:
        """A button that stands in a bubble at this address, the newest of this label."""
        payloads = [
            each.payload
            for to, message in self.post.said
            if to == path
            for each in message.quick_replies
            if each.label == label
        ]
        return await self.says(path, payload=payloads[-1])

    async def sent(self) -> dict[str, list[OutboundMessage]]:
        """Send what may go now; gives what came, by address."""
        await self.hand.send_all()
        came: dict[str, list[OutboundMessage]] = {}
        for path, message in self.post.came:
            came.setdefault(path, []).append(message)
        self.post.said += self.post.came
        self.post.came.clear()
        return came

    async def officer(self, name: str, role: Role = Role.ANSWERER, place: str = "dak-cam", office: str = "") -> Officer:
        """Somebody who acts here."""
        async with self.storage.write() as uow:
            known = await uow.officers.find(name)
            number = known.id if known else await uow.officers.add(name, self.now)
            await uow.officers.grant(number, [Grant(role=role, locality=place, office=office)])
            await uow.commit()
            found = await uow.officers.get(number)
        assert found is not None
        return found

    async def code(self, officer: Officer) -> str | None:
        """A code, as the console makes them."""
        keyed_hash = partial(keyed_text, derived(self.parts.key, "officers"))
        once = Once(officer_id=officer.id, nonce=f"form {next(self.numbers)}")
        chance = SeededChance(next(self.numbers))
        return await binding.new_code(self.storage, keyed_hash, chance, officer, once=once, now=self.now)

    async def at_desk(self, name: str, role: Role = Role.ANSWERER, place: str = "dak-cam", office: str = "") -> Officer:
        """Somebody who acts here, in a chat of their own at their own name."""
        officer = await self.officer(name, role, place, office)
        said = await self.says(name, f"CB {await self.code(officer)}")
        assert f"bàn làm việc của {name}" in said
        return officer

    async def asks(self, path: str = "citizen", words: str = WORDS) -> str:
        """Somebody asks an officer; gives the question's code."""
        await self.says(path, payload="start:dak-cam")
        await self.says(path, "gặp cán bộ")
        await self.says(path, words)
        said = await self.says(path, "đồng ý")
        return said.partition("Mã của bà con: ")[2][:7]

    async def submitted(self, by: str = "Thu", **fields: Any) -> Campaign:
        """Somebody submits a notice."""
        if await self._unknown(by):
            await self.officer(by, Role.EDITOR)
        async with self.storage.write() as uow:
            number = await uow.campaigns.add(read_notice({**NOTICE, **fields}), by=by, now=self.now)
            await uow.commit()
        one = await campaigning.find(self.storage, str(number))
        content = self.parts.knowledge.content
        doing = Doing(officer=by, now=self.now)
        return await campaigning.take(self.storage, one, Step.SUBMIT, doing, content=content)

    async def _unknown(self, name: str) -> bool:
        async with self.storage.read() as uow:
            return await uow.officers.find(name) is None

    async def answers(self, number: int = 1) -> list[str]:
        """What officers said to a question."""
        async with self.storage.read() as uow:
            found = await uow.questions.get(str(number))
        assert found is not None
        return [one.text for one in found.thread if one.author is Author.OFFICER]

    async def acts(self, action: str) -> list[str]:
        """Who did this, by the log."""
        return [row["actor"] for row in (await everything(self.storage))["audit_log"] if row["action"] == action]


@asynccontextmanager
async def ward_on(
    storage: SqlStorage, knowledge: Knowledge, clock: Clock, folder: Path, **other: Any
) -> AsyncIterator[Ward]:
    """The ward, as long as the context is open."""
    post = Post()
    parts = Parts(
        storage=storage,
        knowledge=knowledge,
        channels={ACCOUNT: post},
        clock=clock,
        chance=SeededChance(3),
        data_dir=folder,
        key=b"k" * 32,
        worker="one",
    )
    parts = replace(parts, address="https://chungtay.example", **other)
    async with by_hand(parts) as hand:
        yield Ward(parts=parts, hand=hand, post=post)
