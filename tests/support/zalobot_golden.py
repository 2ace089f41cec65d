"""A golden conversation held on the Bot Platform: typed by a person, judged by what the server received."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.filetypes import MAX_FILE_BYTES
from core.text import fold
from handlers.answers import answer_question
from handlers.lines import to_type
from tests.support.clock import FixedClock
from tests.support.golden import PICTURE, Script
from tests.support.zalobot.calls import Shown
from tests.support.zalobot.people import Chat, Group, Person
from tests.support.zalobot_desks import ZaloBotDesk

# What the platform does not carry, or carries without saying what it is: it comes as "unsupported", or not at all.
NOT_CARRIED = ("contact", "location", "video", "file_kind", "album", "blocks", "unblocks")
PLACES = {
    "dak-cam": "phường Đăk Cấm",
    "di-su": "phường Dị Sử",
    "hong-linh": "thị xã Hồng Lĩnh",
    "muong-lay": "thị xã Mường Lay",
    "phan-rang": "Phan Rang - Tháp Chàm",
}
CHOICE = re.compile(r"^(?:(\d+)\.|–) (.+)$")
FILE = re.compile(r"^(.+):\n(http://\S+/files/\S+)$")
BUTTONS = re.compile(r"\[([^\]\n]+)\]")


def not_carried(text: str) -> set[str]:
    """What happens in a conversation that cannot happen here; also a text longer than the app lets anybody send."""
    longer = {"longer text"} if re.search(r"(?m)^> .{2001}", text) else set()
    return longer | {one for one in NOT_CARRIED if re.search(rf"(?m)^! {one}\b", text)}


def blocks(text: str) -> Iterator[list[str]]:
    """The bubbles that follow each step of a conversation as it is written down."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith((">", "!")) or (line.startswith("#") and found):
            found.append([])
        elif line.startswith("< "):
            found[-1].append(line[2:])
        elif line.startswith("  ") and found and found[-1]:
            found[-1][-1] += f"\n{line[2:]}"
    yield from found


@dataclass
class Sight:
    """A message as somebody reads it: its words, the files it names with their addresses, and its choices."""

    words: str
    files: list[tuple[str, str]] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    numbered: bool = False

    @property
    def transcript(self) -> str:
        """As the terminal would show it."""
        named = [f"({name})" for name, _ in self.files]
        buttons = [" ".join(f"[{one}]" for one in self.choices)] if self.choices else []
        return "\n".join([*([self.words] if self.words else []), *named, *buttons])


def sight(shown: Shown) -> Sight:
    """Read a message from its end: choices, files, words."""
    parts, read = shown.text.split("\n\n"), Sight("")
    found = [CHOICE.match(line) for line in parts[-1].split("\n")]
    numbers = [match[1] for match in found if match]
    read.numbered = numbers == [str(at) for at in range(1, len(found) + 1)]
    if read.numbered or numbers == [None] * len(found):
        read.choices = [match[2] for match in found if match]
        parts.pop()
    while parts and all(files := [FILE.match(one) for one in re.split(r"\n(?!http)", parts[-1])]):
        read.files = [(match[1], match[2]) for match in files if match] + read.files
        parts.pop()
    read.words = "\n".join(parts)
    return read


@dataclass
class Conversation:
    """One person, perhaps in a group, and what was said so far."""

    desk: ZaloBotDesk
    clock: FixedClock
    person: Person
    group: Group | None = None
    seen: dict[str, int] = field(default_factory=dict)  # messages already told, by chat
    typed: int = 0  # choices so far: each is typed in another way than the one before
    told: list[str] = field(default_factory=list)  # the whole talk, exactly as it was received

    async def hold(self, script: Script, expected: list[list[str]]) -> list[tuple[str, list[str], list[str]]]:
        """The steps at which something else was read than is written: the step, what is written, what was read."""
        if place := script.settings.get("locality"):
            for text in ("xin chào", PLACES[place], "Bỏ qua"):
                await self._begin(text)
        if script.settings.get("lang") == "en":
            await self._begin("english")
        others = []
        for step, bubbles in zip(script.steps, expected, strict=True):
            if not step.startswith("#"):
                self.told.append(step)
                await self._take(step)
                await self.desk.settled()
                new = self._new()
                self.told += [f"< {one.text}" for one in new]
                seen = [sight(one) for one in new]
                numbered = any(one.numbered for one in seen)
                typed = [to_type(one, "vi", numbered=numbered) for one in bubbles]
                typed = [to_type(one, "en", numbered=numbered) for one in typed]  # the language changes on the way
                written, read = _alike(typed, [one.transcript for one in seen])
                if written != read:
                    others.append((step, written, read))
            self.clock.advance(seconds=30)
        return others

    async def _begin(self, text: str) -> None:
        self.person.says(text)
        await self.desk.settled()
        self._new()

    def _new(self) -> list[Shown]:
        chats: list[Chat] = [self.person, *([self.group] if self.group else [])]
        new = [shown for chat in chats for shown in chat.shown[self.seen.get(chat.id, 0) :]]
        self.seen = {chat.id: len(chat.shown) for chat in chats}
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
        """Type a choice by its number, its label or its label without marks, in turn; nothing at all is a sticker."""
        last = next((read for one in reversed(self.person.shown) if (read := sight(one)).choices), Sight(""))
        if text in last.choices:
            ways = [text, fold(text)]
            number = last.choices.index(text) + 1
            ways += [f"{number}", f"số {number}", f"{number}. {text}"] if last.numbered else []
            self.typed += 1
            self.person.says(ways[self.typed % len(ways)])
        elif text:
            self.person.says(text)
        else:
            self.person.sends_sticker()

    def _do(self, event: str, words: str) -> None:
        match event:
            case "photo":
                self.person.sends_photo(PICTURE, words or None)
            case "file_large":
                self.person.sends_photo(PICTURE + b"." * MAX_FILE_BYTES, words or None)
            case "file_lost":
                gone = f"{self.desk.zalo.url}/media/gone.jpg"
                self.person.sends_photo(PICTURE, words or None, address=gone)
            case "group":
                self.group = self.desk.zalo.group()
                self.person.speaks_in(self.group, "chào")
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


def _alike(written: list[str], read: list[str]) -> tuple[list[str], list[str]]:
    """Both without what only the eye needs: line ends and blanks. A bubble that came in several pieces is one."""
    both = [[" ".join(one.split()) for one in bubbles] for bubbles in (written, read)]
    if len(both[0]) != len(both[1]) and max((len(one) for one in written), default=0) > 1900:
        both = [[" ".join(bubbles)] for bubbles in both]
    return both[0], both[1]
