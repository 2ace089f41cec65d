"""A ward's officers in their browsers and its citizens in the web chat, in one application."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot.app import App, build
from bot.knowledge import Knowledge
from bot.passwords import Argon2Passwords
from bot.settings import load_settings
from core.officers import Grant, Role
from scheduler.calling import Calling
from scheduler.looping import CampaignLoop
from scheduler.task_reminding import TaskReminding
from scheduler.training import Training
from tests.console.desk import Desk, console_of, signed_in
from tests.support.clock import FixedClock
from tests.web.conftest import Prompt, changed, client_of, waiting
from tests.web.visiting import Visitor

SOON = 0.02  # seconds between looks whether everything was sent


class Awake:
    """Nobody sleeps."""

    def wake(self) -> None:
        """Nothing to do."""


def _raised(_: str, error: BaseException) -> None:
    raise error


@dataclass
class Office:
    """Where both meet."""

    app: App
    clock: FixedClock
    _citizens: list[Visitor] = field(default_factory=list)

    async def officer(self, name: str, role: Role, locality: str = "dak-cam", office: str = "") -> Desk:
        """Somebody who signed in."""
        return await signed_in(self.app, name, Grant(role=role, locality=locality, office=office))

    async def looks_at_courses(self) -> None:
        """What the scheduler does with courses once in a while."""
        await self.passes(Training, Calling)

    async def looks_at_tasks(self) -> None:
        """What the scheduler does with officers' tasks once in a while."""
        await self.passes(partial(TaskReminding, pages=self.app.settings.public_url))

    async def passes(self, *loops: Callable[..., CampaignLoop]) -> None:
        """What these loops of the scheduler find to do now; until all of it stands in the chats it is for."""
        wake = Awake()
        for made in loops:
            loop = made(
                storage=self.app.storage,
                content=console_of(self.app).content,
                accounts=["webchat.main"],
                clock=self.clock,
                relay=wake,
                on_fault=_raised,
            )
            while await loop.step():
                pass
        arrivals = self.app.web.state.site.arrivals
        while await waiting(self.app.storage):
            await arrivals.wait("whoever it is for", SOON)

    async def citizen(self, locality: str = "dak-cam") -> Visitor:
        """A new citizen of a place, in the web chat."""
        visitor = Visitor(client_of(self.app.web))
        await visitor.open(f"/?at={locality}")
        return visitor

    async def asked(self, question: str, locality: str = "dak-cam") -> str:
        """What a new citizen of a place reads after a question, all on one line."""
        visitor = Visitor(client_of(self.app.web))
        await visitor.open(f"/?at={locality}")
        page = await visitor.say(question)
        return " ".join(" ".join(f"{one.text} {one.source or ''}" for one in page.answers).split())


@asynccontextmanager
async def office(folder: Path, knowledge: Knowledge, clock: FixedClock) -> AsyncIterator[Office]:
    """An application of its own in a prepared folder, with passwords that cost nothing."""
    settings = load_settings(data_dir=folder, public_url="https://chungtay.example")
    faults: list[str] = []
    async with build(
        settings, clock=clock, knowledge=knowledge, on_fault=lambda where, error: faults.append(f"{where}: {error!r}")
    ) as running:
        site, console = running.web.state.site, console_of(running)
        gate = replace(console.gate, passwords=Argon2Passwords(passes=1, kibibytes=8, lanes=1))
        web = changed(site, console=replace(console, gate=gate), arrivals=Prompt(site))
        yield Office(app=replace(running, web=web), clock=clock)
    assert faults == []
