"""A Telegram Bot API server of our own, as strict as the real one, on a socket of this machine.

    async with FakeTelegram() as telegram:
        lan = telegram.person(first_name="Lan")
        lan.says("xin chào")
        await telegram.until(lambda: lan.shown)

The bot under test talks to `telegram.url`. Types and limits come from python-telegram-bot and the product uses
aiogram, so two libraries that know nothing of each other must agree on every byte between them.
"""

import random
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import telegram
from aiohttp import web

from core.ports import Clock
from tests.support.faults import Faults
from tests.support.telegram.calls import Call
from tests.support.telegram.door import TOKEN, Door
from tests.support.telegram.faults import Fault
from tests.support.telegram.groups import Group
from tests.support.telegram.people import Person
from tests.support.telegram.polling import Polling
from tests.support.telegram.profile import Profile
from tests.support.telegram.rates import Rates
from tests.support.telegram.state import State, WallClock
from tests.support.telegram.webhook import Webhook

_ANSWER_WITHIN = 60.0  # seconds
_BUSY = 10.0  # seconds a busy machine may need for anything: no fault of the bot
_FIRST_PERSON = 5_000_000_001  # more than 32 bits
_FIRST_GROUP = -4_000_000_001


class FakeTelegram:
    """Start it with `async with`. `hurry` shortens every wait of the server itself; times come from `clock`.

    A webhook may take `answer_within` real seconds to answer: a minute in that hurry, and ten seconds at least.
    """

    def __init__(
        self,
        token: str = "4242:TEST",
        username: str = "chungtay_bot",
        *,
        clock: Clock | None = None,
        hurry: float = 1.0,
        answer_within: float | None = None,
        allow_http: bool = True,
        seed: int | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        assert TOKEN.fullmatch(token), "this is no token"
        self.token, self.url, self._host = token, "", host
        self.state = State(
            bot=telegram.User(int(token.split(":", maxsplit=1)[0]), "Chung Tay", True, username=username),
            clock=clock or WallClock(),
            hurry=hurry,
            answer_within=answer_within or max(_ANSWER_WITHIN / hurry, _BUSY),
            allow_http=allow_http,
            chance=random.Random(seed),
            polling=Polling(),
            webhook=Webhook(),
        )
        self._door = Door(self.state, token)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**31)  # limits are told in the server's own words
        app.add_routes(self._door.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, 0, backlog=1024).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.faults.clear()
        self.state.polling.end("")
        await self.state.webhook.stop()
        await self._door.close()
        await self._runner.cleanup()

    # People.

    def person(
        self,
        first_name: str = "Lan",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "vi",
        id: int | None = None,
    ) -> Person:
        """Somebody who has opened the bot."""
        number = id or _FIRST_PERSON + len(self.state.chats)
        assert number < 2**52 and number not in self.state.chats, "no such id, or somebody has it"
        user = telegram.User(number, first_name, False, last_name, username, language_code)
        return Person(self.state, user)

    def group(self, title: str) -> Group:
        """A group the bot is not in yet."""
        return Group(self.state, _FIRST_GROUP - len(self.state.chats), title)

    # Trouble.

    def revoke_token(self) -> None:
        """The token is nobody's any more."""
        self._door.open = False

    def restore_token(self) -> None:
        """The token is good again."""
        self._door.open = True

    def polled_elsewhere(self) -> None:
        """Another process asks for updates with the same token: the request held now ends with a conflict."""
        self.state.polling.taken_over()

    def unknown_update(self, body: dict[str, Any]) -> int:
        """An update of a kind nobody knows yet."""
        return self.state.updates.push_raw(body)

    raw_update = unknown_update

    # What the test looks at.

    @property
    def faults(self) -> Faults[Fault]:
        """What goes wrong."""
        return self.state.faults

    @property
    def rates(self) -> Rates:
        """How much the bot may send."""
        return self.state.rates

    @property
    def profile(self) -> Profile:
        """What the bot says about itself."""
        return self.state.profile

    @property
    def commands(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """By scope and language: names and descriptions."""
        return self.state.profile.commands

    @property
    def calls(self) -> list[Call]:
        """All the bot asked, in order."""
        return self.state.calls

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    @property
    def ignored(self) -> list[tuple[str, str]]:
        """Method and parameter the server does not know: a typing error, most likely."""
        return self.state.ignored

    @property
    def confirmed(self) -> list[int]:
        """Updates the bot acknowledged, in that order."""
        return self.state.updates.confirmed

    @property
    def delivered(self) -> list[tuple[int, int]]:
        """Updates that were handed out, and how often."""
        return sorted(self.state.updates.handed_out.items())

    @property
    def webhook(self) -> Webhook:
        """Where updates are sent to."""
        return self.state.webhook

    @property
    def polled(self) -> bool:
        """Does the bot wait for updates just now?"""
        return self.state.polling.held

    async def until(self, holds: Callable[[], Any], *, within: float = 10.0) -> None:
        """Wait until it holds. Raises AssertionError with what was seen when the time is over."""
        await self.state.changes.until(lambda: bool(holds()), within=within, seen=self._seen)

    async def quiet(self, *, within: float = 10.0) -> None:
        """Wait until the bot has acknowledged every update that is still worth delivering."""
        await self.until(lambda: not len(self.state.updates), within=within)

    def _seen(self) -> str:
        calls = [f"  {c.status} {c.method} {c.chat_id} {c.description}" for c in self.calls[-20:]]
        texts = [f"  {chat.id}: {chat.texts[-5:]}" for chat in self.state.chats.values() if chat.shown]
        waiting = [f"  {queued.update_id} {queued.kind}" for queued in self.state.updates.pending(20)]
        return "\n".join(["calls:", *calls, "shown:", *texts, "updates not acknowledged:", *waiting])
