"""A ward that writes to its people: officers at their commands, people with phones on the fake Telegram server.

Everything is seen as they see it: what a command says, the file it writes, the bubbles on a phone, a page.
"""

import asyncio
import csv
import io
import json
import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from time import monotonic
from typing import Any

from tests.support import steered
from tests.support.service import Service, chungtay_here, running
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram
from tests.support.without import VARIABLE

HEAD = "channel,address,name,phone,locality,hamlet,household_status,language,household,topics"
HURRY, HURRIED = "10", 20.0  # by which the patience of the service, and the server's waits, are shorter
# Seconds for anything, far more than it takes; where a capability was taken out, what does not come is soon given up.
WITHIN = 8.0 if os.environ.get(VARIABLE) else 60.0


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A row of the ward's list, and whose phone it is."""

    phone: Person
    status: str = "poor"
    locality: str = "dak-cam"
    hamlet: str = ""
    language: str = "vi"
    household: str = ""
    topics: str = ""

    def row(self) -> str:
        """As it stands in the file."""
        first = ("telegram.main", str(self.phone.id), self.phone.user.first_name, "", self.locality, self.hamlet)
        return ",".join((*first, self.status, self.language, self.household, self.topics))


class Ward:
    """Its office (Lan writes, Minh approves), and the service as a process of its own."""

    def __init__(self, telegram: FakeTelegram, folder: Path) -> None:
        self.telegram, self.folder = telegram, folder
        self.clock = steered.SteeredClock(folder / "clock")
        self.clock.wrong_by(seconds=0)
        self.service: Service | None = None
        self._staffed, self._met = False, 0
        self._stack = ExitStack()

    # The service. In a thread: the server it talks to lives in this loop.

    async def started(self) -> Service:
        """The running process; a new one on the same data where there is none, and the first time the officers."""
        if self.service is None:
            self.service = await self._start()
            if not self._staffed:
                await self.done("officer", "add", "Lan", "--role", "editor")
                await self.done("officer", "add", "Minh", "--role", "approver")
                self._staffed = True
        return self.service

    async def _start(self) -> Service:
        settings = {
            "CHUNGTAY_TELEGRAM_TOKEN": self.telegram.token,
            "CHUNGTAY_TELEGRAM_API_BASE": self.telegram.url,
            steered.HURRY: HURRY,
            steered.OFTEN: HURRY,
            steered.CLOCK: str(self.folder / "clock"),
        }
        entered = running(self.folder / "data", module=steered.__name__, **settings)
        return await asyncio.to_thread(self._stack.enter_context, entered)

    async def kill(self) -> None:
        """A power cut."""
        assert self.service is not None
        await asyncio.to_thread(self.service.kill)
        self._stack.close()
        self.service = None

    def close(self) -> None:
        """End the service."""
        self._stack.close()

    def clock_shows(self, hour: int, *, days: int = 0) -> None:
        """Turn the service's clock forward to the next time that it is this hour in Viet Nam, or days after."""
        now = datetime.now(UTC)
        then = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour - 7, days=days)
        while then < now + timedelta(days=days):
            then += timedelta(days=1)
        self.clock.wrong_by(seconds=(then - now).total_seconds())

    # The office.

    def phones(self, count: int) -> list[Person]:
        """So many people with Telegram, whose names tell them apart."""
        made = [self.telegram.person(first_name=f"P{number}") for number in range(self._met, self._met + count)]
        self._met += count
        return made

    async def types(self, *arguments: str, by: str = "") -> CompletedProcess[str]:
        """A command, and what it said."""
        named = (*arguments, "--as", by) if by else arguments
        return await asyncio.to_thread(chungtay_here, *named, data_dir=self.folder / "data")

    async def done(self, *arguments: str, by: str = "") -> str:
        """The same of a command that works."""
        said = await self.types(*arguments, by=by)
        assert said.returncode == 0, f"{arguments} by {by or 'nobody'}: {said.stderr}"
        return said.stdout

    async def refused(self, *arguments: str, by: str = "") -> str:
        """The same of a command that does not work: the line that says why."""
        said = await self.types(*arguments, by=by)
        assert said.returncode == 1, f"{arguments} by {by or 'nobody'} was not refused: {said.stdout}"
        return said.stderr

    async def listed(self, people: Iterable[Neighbour], by: str = "Lan") -> str:
        """Put people in by a file; what the command said."""
        file = self.folder / "people.csv"
        file.write_text("\n".join((HEAD, *(one.row() for one in people), "")), encoding="utf-8")
        return await self.done("contacts", "import", str(file), by=by)

    def written(self, toml: str) -> str:
        """A campaign's file."""
        file = self.folder / "campaign.toml"
        file.write_text(toml, encoding="utf-8")
        return str(file)

    async def drafted(self, toml: str, by: str = "Lan") -> tuple[str, str]:
        """A draft of it: its number, and what else the command said."""
        said = await self.types("campaign", "new", self.written(toml), by=by)
        assert said.returncode == 0, said.stderr
        return said.stdout.splitlines()[-1], said.stderr

    async def approved(self, toml: str) -> str:
        """One that Lan wrote and Minh approved; its number."""
        number, _ = await self.drafted(toml)
        await self.done("campaign", "submit", number, by="Lan")
        assert await self.done("campaign", "approve", number, by="Minh") == f"{number}: approved\n"
        return number

    async def status(self, number: str) -> Mapping[str, Any]:
        """Where a campaign stands."""
        found = json.loads(await self.done("campaign", "status", number, "--json", by="Lan"))
        assert isinstance(found, dict)
        return found

    async def comes_to(self, number: str, state: str) -> Mapping[str, Any]:
        """Wait until a campaign stands there. Raises AssertionError with where it stands."""
        end = monotonic() + WITHIN
        while (found := await self.status(number))["state"] != state:
            assert monotonic() < end, f"campaign {number} does not come to {state}: {found}"
            await asyncio.sleep(0.1)
        return found

    async def until_sent(self, number: str) -> None:
        """Wait until nothing of a campaign waits to be sent; what a page is to show may not be seen yet."""
        end = monotonic() + WITHIN
        while (found := await self.status(number))["counts"].get("pending", 0) or not found["counts"]:
            assert monotonic() < end, f"campaign {number} still has something to send: {found}"
            await asyncio.sleep(0.1)

    async def table(self, command: str, number: str) -> Sequence[Mapping[str, str]]:
        """`ledger` or `answers` as a spreadsheet reads it."""
        return list(csv.DictReader(io.StringIO(await self.done("campaign", command, number, "--csv", by="Lan"))))

    async def until(self, holds: Callable[[], Any]) -> None:
        """Wait for something on phones. Raises AssertionError with what the server saw."""
        await self.telegram.until(holds, within=WITHIN)


def times(phone: Person, text: str) -> int:
    """How often a phone shows it."""
    return sum(text in bubble.text for bubble in phone.shown)


@asynccontextmanager
async def ward(folder: Path) -> AsyncIterator[Ward]:
    """One without a service yet."""
    async with FakeTelegram(hurry=HURRIED) as telegram:
        made = Ward(telegram, folder)
        try:
            yield made
        finally:
            await asyncio.to_thread(made.close)
