"""A golden conversation held on Telegram: said and pressed by a person, judged by what the server received."""

import re
from dataclasses import dataclass, field

from bot.channels.terminal import said
from core.messages import Attachment, OutboundMessage, QuickReply, Unread
from handlers.answers import answer_question
from tests.support.clock import FixedClock
from tests.support.desks import TelegramDesk
from tests.support.golden import PICTURE, Script
from tests.support.telegram import faults
from tests.support.telegram.chats import Chat
from tests.support.telegram.groups import Group
from tests.support.telegram.people import Person
from tests.support.telegram.shown import Shown

LOST = "Bad Request: wrong file_id or the file is temporarily unavailable"


def answers_in(text: str) -> list[int]:
    """How many bubbles follow each step of a conversation as it is written down."""
    counts: list[int] = []
    for line in text.splitlines():
        if line.startswith((">", "!")) or (line.startswith("#") and counts):
            counts.append(0)
        elif line.startswith("<"):
            counts[-1] += 1
    return counts


@dataclass
class Conversation:
    """One person, perhaps in a group, and what was said so far."""

    desk: TelegramDesk
    clock: FixedClock
    person: Person
    group: Group | None = None
    seen: dict[int, int] = field(default_factory=dict)  # bubbles already told, by chat

    async def hold(self, script: Script, expected: list[int]) -> str:
        """The transcript, in the form of the golden file."""
        lines = [*script.head, ""]
        if place := script.settings.get("locality"):
            await self._begin(f"/start {place}")
        if script.settings.get("lang") == "en":
            await self._begin("english")
        for step, bubbles in zip(script.steps, expected, strict=True):
            lines.append(step)
            if not step.startswith("#"):
                await self._take(step)
                lines += [transcript(one) for one in await self._heard(bubbles)]
            self.clock.advance(seconds=30)
        await self.desk.settled()
        lines += [f"too much: {one.text or one.caption}" for one in self._new()]
        return "\n".join(lines) + "\n"

    async def _begin(self, text: str) -> None:
        before = len(self.person.shown)
        self.person.says(text)
        await self.desk.telegram.until(lambda: len(self.person.shown) > before)
        await self.desk.settled()
        self._new()

    async def _heard(self, bubbles: int) -> list[Shown]:
        unseen = self._count() + bubbles
        await self.desk.telegram.until(lambda: self._total() >= unseen)
        if not bubbles:
            await self.desk.handled()
        return self._new()

    def _chats(self) -> list[Chat]:
        return [self.person, *([self.group] if self.group else [])]

    def _total(self) -> int:
        return sum(len(one.shown) for one in self._chats())

    def _count(self) -> int:
        return sum(self.seen.values())

    def _new(self) -> list[Shown]:
        new = [shown for chat in self._chats() for shown in chat.shown[self.seen.get(chat.id, 0) :]]
        self.seen = {chat.id: len(chat.shown) for chat in self._chats()}
        return new

    async def _take(self, step: str) -> None:
        event, _, words = step.removeprefix("! ").partition(":")
        if step.startswith(">"):
            self._say("\n".join(line[2:] for line in step.split("\n")).strip())
        elif event == "answer":
            await self._answer(words.strip())
        elif event.startswith("later "):
            self.clock.advance(seconds=60 * int(event.removeprefix("later ")))
        elif event.startswith("late "):
            before = 60 * int(event.removeprefix("late "))
            self.clock.advance(seconds=-before)
            self.person.says(words.strip())
            self.clock.advance(seconds=before)
        else:
            self._do(event, words.strip())

    def _say(self, text: str) -> None:
        """Press what can be pressed, type the rest; nothing at all is a sticker that stands for nothing."""
        on_screen = {label for shown in self.person.shown[-3:] for label in shown.labels}
        if text in on_screen:
            self.person.presses(text)
        elif text:
            self.person.says(text)
        else:
            self.person.sends_sticker("")

    def _do(self, event: str, words: str) -> None:
        person = self.person
        match event:
            case "photo":
                person.sends_photo(PICTURE, words or None)
            case "album":
                person.sends_album([PICTURE, b"%b, the back of it" % PICTURE], words or None)
            case "blocks":
                person.blocks()
            case "unblocks":
                person.unblocks()
            case "group":
                self.group = self.desk.telegram.group(title="Tổ 3")
                self.group.membership.status = "member"
                self.group.says(person, "/start@chungtay_bot")
            case Unread.CONTACT:
                name, _, number = words.removeprefix("Điện thoại của ").partition(": ")
                own = name == "tôi"
                person.sends_contact(number, person.id if own else None, "" if own else name)
            case Unread.LOCATION:
                latitude, longitude = re.findall(r"[\d.]+", words)
                person.sends_location(float(latitude), float(longitude))
            case Unread.VIDEO:
                person.sends_video(b"a film", words or None)
            case Unread.FILE_KIND:
                person.sends_document(b"MZ a program", "giay.exe", "application/octet-stream", words or None)
            case Unread.FILE_LARGE:
                person.sends_document(b"%PDF", "lon.pdf", "application/pdf", words or None, size=6_000_000)
            case Unread.FILE_LOST:
                self.desk.telegram.faults.add(faults.error(400, LOST, method="getFile"))
                person.sends_photo(PICTURE, words or None)
            case _:
                raise ValueError(f"not something that can happen: {event}")

    async def _answer(self, text: str) -> None:
        app = self.desk.app
        async with app.storage.read() as uow:
            (first, *_) = await uow.questions.list(states=["open"])  # type: ignore[list-item]
        await answer_question(
            app.storage, app.knowledge.content, key=str(first.id), text=text, officer="lan", now=self.clock.now()
        )
        app.relay.work.wake()


def transcript(shown: Shown) -> str:
    """What stands on the screen, as the terminal would show it."""
    text, source = shown.text or shown.caption, None
    italic = [one for one in shown.entities if one.type == "italic"]
    if italic:
        text, source = text.rsplit("\n\n", 1)
    files = ()
    if shown.file_name is not None:
        kind, name = "image" if shown.kind == "photo" else "file", shown.file_name
        files = (Attachment(kind=kind, name=name, media_type="", size=0, sha256=""),)  # type: ignore[arg-type]
    buttons = tuple(QuickReply(label=label, payload="") for label in shown.labels)
    return said(OutboundMessage(text=text, source=source, attachments=files, quick_replies=buttons))
