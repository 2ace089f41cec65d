"""What a trial of notices needs of a provider's server, whichever it is, and Telegram's as the first of them.

Another one is a class with these verbs over its own fake, and a context that opens it, named as `opens` by a trial of
its own: nothing else of the trial knows whose server it is.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from tests.support.desks import SECRET
from tests.support.telegram import faults
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

HURRY = 20.0  # how much shorter a server's own waits are


@dataclass(frozen=True)
class Received:
    """A message as the server has it."""

    id: str
    text: str
    at: datetime


class Phone(Protocol):
    """Somebody who writes, and sees what comes."""

    @property
    def path(self) -> str:
        """Their address within the account."""

    def greets(self) -> None:
        """Say hello as one does there, and where one lives."""

    def received(self, last: int | None = None) -> Sequence[Received]:
        """All that came, or no more than the last so many, oldest first; what came twice stands there twice."""


class Laid(Protocol):
    """Trouble that lies in wait."""

    @property
    def struck(self) -> Any:
        """True once it has struck."""


class Provider(Protocol):
    """A strict fake on a real socket."""

    @property
    def account(self) -> str:
        """What we call it: "telegram.main"."""

    @property
    def ways(self) -> Sequence[str]:
        """In which it tells what people wrote."""

    async def prepare(self, *, data_dir: Path, database_url: str) -> None:
        """Whatever must be there before the service starts for the first time, such as tokens."""

    def settings(self, way: str, port: int) -> dict[str, str]:
        """The service's settings for it, where it serves its pages at this port."""

    def phone(self, name: str) -> Phone:
        """Somebody new."""

    async def until(self, holds: Callable[[], Any], *, within: float) -> None:
        """Until it holds; looked at whenever something happens. Raises an error when it does not in so many seconds."""

    async def quiet(self, *, within: float) -> None:
        """Until all that people wrote was acknowledged."""

    def asks_for_silence(self, when: Callable[[], bool]) -> Laid:
        """Refuse one message for a second, as soon as it holds."""

    def hangs(self, when: Callable[[], bool]) -> Laid:
        """Take every message and answer none, as long as it holds, until `well`."""

    def well(self) -> None:
        """Whatever was laid is taken away; what hangs is answered."""


@dataclass(frozen=True)
class TelegramPhone:
    """A person of the fake Telegram."""

    person: Person

    @property
    def path(self) -> str:
        """The chat's number."""
        return str(self.person.id)

    def greets(self) -> None:
        """By a link that names the place."""
        self.person.says("/start dak-cam")

    def received(self, last: int | None = None) -> list[Received]:
        """What stands in the chat."""
        shown = self.person.shown if last is None else self.person.shown[-last:]
        return [Received(str(one.message_id), one.text, one.at) for one in shown]


class OnTelegram:
    """Telegram, by polling and by webhook."""

    account = "telegram.main"
    ways = ("polling", "webhook")

    def __init__(self, server: FakeTelegram) -> None:
        self.server = server

    async def prepare(self, *, data_dir: Path, database_url: str) -> None:
        """A token is enough."""

    def settings(self, way: str, port: int) -> dict[str, str]:
        """Its token, its address, and ours where it posts."""
        settings = {
            "CHUNGTAY_TELEGRAM_TOKEN": self.server.token,
            "CHUNGTAY_TELEGRAM_API_BASE": self.server.url,
        }
        if way == "webhook":
            settings |= {
                "CHUNGTAY_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}",
                "CHUNGTAY_TELEGRAM_WEBHOOK_SECRET": SECRET,
            }
        return settings

    def phone(self, name: str) -> TelegramPhone:
        """Somebody with that first name."""
        return TelegramPhone(self.server.person(first_name=name))

    async def until(self, holds: Callable[[], Any], *, within: float) -> None:
        """As the server looks."""
        await self.server.until(holds, within=within)

    async def quiet(self, *, within: float) -> None:
        """As the server says."""
        await self.server.quiet(within=within)

    def asks_for_silence(self, when: Callable[[], bool]) -> Laid:
        """A 429."""
        return self.server.faults.add(faults.flood(1, method="sendMessage", when=lambda _: when()))

    def hangs(self, when: Callable[[], bool]) -> Laid:
        """Requests without an answer."""
        return self.server.faults.add(faults.hang(method="sendMessage", times=None, when=lambda _: when()))

    def well(self) -> None:
        """No faults any more."""
        self.server.faults.clear()


@asynccontextmanager
async def on_telegram() -> AsyncIterator[OnTelegram]:
    """The fake Telegram while the context is open."""
    async with FakeTelegram(hurry=HURRY) as server:
        yield OnTelegram(server)
