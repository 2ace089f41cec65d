"""Every golden conversation, held on the ward's page without script: what a visitor reads there is what the file says.

`make test` holds every thirty-second of them; all: `make channels`. The names of files stand among the page's links.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.app import App, build
from bot.channels.terminal import said
from bot.knowledge import Knowledge
from bot.settings import load_settings
from core.messages import OutboundMessage, QuickReply
from handlers.answers import answer_question
from handlers.context import LOCAL
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.golden import PICTURE, PICTURES, Script, read_script
from tests.support.watching import of_one_address
from tests.web.conftest import Prompt, changed, client_of, waiting
from tests.web.visiting import Bubble, Visitor

EVERY = 64
# What a page has no way to send, or to be: a shared place or number, a film, a group, blocked, words that were late.
NOT_CARRIED = re.compile(
    r"(?m)^! (?:contact|location|video|file_\w+|blocks|unblocks|group|late|offer|asks|teaches|surveys|at )"
)
FILE = re.compile(r"^  \(.+\.\w+\)$")
CASES = [path for path in of_one_address() if not NOT_CARRIED.search(path.read_text("utf-8"))]


@dataclass
class Conversation:
    """One visitor, and what was said so far."""

    app: App
    clock: FixedClock
    visitor: Visitor
    last: int = 0  # the newest bubble that was told

    async def hold(self, script: Script) -> str:
        """The transcript, in the form of the golden file."""
        lines = [*script.head, ""]
        await self.visitor.open("/")
        for name, payload in (("locality", "start"), ("lang", "lang")):
            if name in script.settings:
                await self.visitor.post({"payload": f"{payload}:{script.settings[name]}", "text": ""})
                await self._new()
        for step in script.steps:
            lines.append(step)
            await self._take(step)
            lines += [transcript(one) for one in await self._new()]
            self.clock.advance(seconds=30)
        return "\n".join(lines) + "\n"

    async def _take(self, step: str) -> None:
        event, _, words = step.removeprefix("! ").partition(":")
        if step.startswith(">"):
            await self._say("\n".join(line[2:] for line in step.split("\n")))
        elif event in PICTURES:
            pictures = [(f"giay-{number}.jpg", PICTURE + bytes([number])) for number in range(PICTURES[event])]
            await self.visitor.say(words.strip(), files=pictures)
        elif event == "answer":
            await self._answer(words.strip())
        elif event.startswith("later "):
            self.clock.advance(seconds=60 * int(event.removeprefix("later ")))
        elif not step.startswith("#"):
            raise ValueError(f"not something that can happen: {step}")

    async def _say(self, text: str) -> None:
        on_screen = {label for one in self.visitor.page.bubbles[-3:] for label in one.buttons}
        await (self.visitor.press(text) if text in on_screen else self.visitor.say(text))

    async def _answer(self, text: str) -> None:
        app = self.app
        async with app.storage.read() as uow:
            (first, *_) = await uow.questions.list(states=["open"])  # type: ignore[list-item]
        content, now = app.knowledge.content, self.clock.now()
        await answer_question(app.storage, content, key=str(first.id), text=text, officer="lan", now=now)
        app.relay.work.wake()

    async def _new(self) -> list[Bubble]:
        found = {one.id or 0: one for one in self.visitor.page.answers}  # a farewell is shown once
        while await waiting(self.app.storage):
            await self.app.channels["webchat.main"].wait("", 0.01)  # type: ignore[attr-defined]
        await self.visitor.open("/")
        found |= {one.id or 0: one for one in self.visitor.page.answers}
        new = [found[number] for number in sorted(found) if number > self.last]
        self.last = max([self.last, *found])
        return new


def transcript(bubble: Bubble) -> str:
    """What stands on the page, as the terminal would show it."""
    buttons = tuple(QuickReply(label=label, payload="") for label in bubble.buttons)
    return said(OutboundMessage(text=bubble.text, source=bubble.source or None, quick_replies=buttons))


def without_files(text: str) -> str:
    """The conversation without the names of its files."""
    return "\n".join(line for line in text.split("\n") if not FILE.match(line))


@asynccontextmanager
async def opened(folder: Path, url: str, knowledge: Knowledge, clock: FixedClock) -> AsyncIterator[App]:
    """The product, of which nothing else is told than what a page shows."""
    faults: list[str] = []
    settings = load_settings(data_dir=folder, database_url=url, public_url="https://chungtay.example")
    async with build(
        settings,
        clock=clock,
        knowledge=knowledge,
        chance=SeededChance(7),
        on_fault=lambda where, error: faults.append(f"{where}: {error!r}"),
    ) as running:
        yield replace(running, web=changed(running.web.state.site, arrivals=Prompt(running.web.state.site)))
    assert faults == []


@pytest.fixture
def text(path: Path) -> str:
    """The conversation as it is written down."""
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=() if number % EVERY == 0 else pytest.mark.outside)
        for number, path in enumerate(CASES)
    ],
)
async def test_goes_on_the_page_as_written(path: Path, text: str, knowledge: Knowledge, data_dir: Path) -> None:
    script = read_script(text)
    day = datetime.fromisoformat(script.settings.get("today", "2026-11-20"))
    begins = time.fromisoformat(script.settings.get("time", "09:00"))
    clock = FixedClock(datetime.combine(day.date(), begins, LOCAL))
    async with opened(data_dir, "", knowledge, clock) as app, client_of(app.web) as client:
        held = await Conversation(app, clock, Visitor(client)).hold(script)
    assert held == without_files(text)
