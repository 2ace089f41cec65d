"""A server like Zalo's Bot Platform, on a socket of this machine, as strict as the documents and as odd as was seen.

    async with FakeZaloBot() as zalo:
        lan = zalo.person("Lan")
        lan.says("xin chào")
        await zalo.until(lambda: lan.shown)

The bot under test talks to `zalo.url` with `zalo.token`.
"""

import json
import random
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from core.ports import Clock
from tests.support.faults import Faults
from tests.support.zalobot.calls import ApiError, Call
from tests.support.zalobot.faults import Fault
from tests.support.zalobot.methods import METHODS, NOTHING
from tests.support.zalobot.parameters import read_parameters
from tests.support.zalobot.people import Group, Person
from tests.support.zalobot.polling import Polling
from tests.support.zalobot.state import State, WallClock
from tests.support.zalobot.switches import Switches
from tests.support.zalobot.webhook import Webhook

TOKEN = "845412345678:aBcDeFgHiJkLmNoPqRsTuVwXyZ"
_PAGE = b"<!DOCTYPE html><html><body>Zalo</body></html>"


class FakeZaloBot:
    """Start it with `async with`. `hurry` shortens every wait of the server itself; times come from `clock`."""

    def __init__(
        self, *, token: str = TOKEN, clock: Clock | None = None, hurry: float = 1.0, seed: int = 7, **switches: Any
    ) -> None:
        self.token, self.url, self.open = token, "", True
        self.state = State(
            clock=clock or WallClock(),
            hurry=hurry,
            chance=random.Random(seed),
            switches=Switches(**switches),
            polling=Polling(),
            webhook=Webhook(),
        )

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**26)
        app.add_routes(
            [
                web.route("*", "/bot{token}/{method}", self._called),
                web.get("/media/{name}", self._media),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        self.url = self.state.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.faults.clear()
        await self.state.webhook.stop()
        await self._runner.cleanup()

    # People and trouble.

    def person(self, name: str = "Lan") -> Person:
        """Somebody who has found the bot."""
        return Person(self.state, self.state.id(20), 1 + len(self.state.chats), name)

    def group(self) -> Group:
        """A group that the bot is in."""
        return Group(self.state, self.state.id(18), 0)

    def repeat(self, update: dict[str, Any]) -> None:
        """Deliver the same once more."""
        self.state.deliver(update, update["message"]["chat"]["id"])

    def hold(self) -> None:
        """Keep what people send from now on, until it is let go."""
        self.state.held = []

    def let_go(self, *, backwards: bool = False) -> None:
        """Deliver what was kept, in its order or backwards."""
        held, self.state.held = self.state.held or [], None
        for one in reversed(held) if backwards else held:
            self.state.deliver(**one)

    async def post(self, body: bytes, **headers: str) -> tuple[int, str]:
        """Post anything to the bot's address; gives status and body of the answer."""
        return await self.state.webhook.post(self.state, body, headers)

    # What the test looks at.

    @property
    def faults(self) -> Faults[Fault]:
        """What goes wrong."""
        return self.state.faults

    @property
    def switches(self) -> Switches:
        """What nobody knows for sure."""
        return self.state.switches

    @property
    def calls(self) -> list[Call]:
        """All the bot asked, in order."""
        return self.state.calls

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    @property
    def ignored(self) -> list[tuple[str, str]]:
        """Method and field the server does not know: a fault of the adapter."""
        return self.state.ignored

    @property
    def lost(self) -> list[dict[str, Any]]:
        """Updates that nobody will ever have."""
        return self.state.lost

    @property
    def listening(self) -> bool:
        """Does the bot hear what is said now?"""
        return bool(self.state.webhook.url) or self.state.polling.held

    async def until(self, holds: Callable[[], Any], *, within: float = 10.0) -> None:
        """Wait until it holds. Raises AssertionError with what was seen when the time is over."""
        await self.state.changes.until(lambda: bool(holds()), within=within, seen=self._seen)

    async def quiet(self) -> None:
        """Wait until the bot has every update and asks for more: else it may not have stored the last one yet."""
        await self.until(lambda: self.listening and not self.state.polling.waiting and not self.state.webhook.flying)

    def _seen(self) -> str:
        calls = [f"  {c.code} {c.method} {str(c.parameters)[:200]}" for c in self.calls[-20:]]
        texts = [f"  {chat.id}: {chat.texts[-5:]}" for chat in self.state.chats.values() if chat.shown]
        return "\n".join(["calls:", *calls, "shown:", *texts, f"posts: {self.state.webhook.answers[-10:]}"])

    # Requests.

    async def _called(self, request: web.Request) -> web.StreamResponse:
        state = self.state
        if request.method not in ("GET", "POST"):
            return self._error(ApiError(404, "Not Found"))
        if not self.open or request.match_info["token"] != self.token:
            if state.switches.wrong_token == "page":
                return web.Response(body=_PAGE, status=state.switches.page_status, content_type="text/html")
            return self._error(ApiError(401, "Unauthorized"))
        try:
            sent_as, values = await read_parameters(request)
        except ApiError as error:
            return self._error(error)
        call = Call(request.match_info["method"], values, state.clock.now(), sent_as)
        state.calls.append(call)
        state.changes.tell()
        fault = state.faults.for_call(call)
        if fault is None:
            return await self._answer(call)
        return await self._struck(request, call, fault)

    async def _struck(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        early = await self._answer(call) if fault.accepted else None
        if fault.kind == "hang":
            await fault.over()
            return early or await self._answer(call)
        if fault.kind == "answer":
            return web.Response(body=fault.body, status=fault.status, content_type=fault.content_type)
        call.code = None
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        if fault.kind == "half" and early is not None and isinstance(early.body, bytes):
            response.content_length = len(early.body)
            await response.prepare(request)
            await response.write(early.body[: len(early.body) // 2])
        if request.transport is not None:
            request.transport.close()
        return response

    async def _answer(self, call: Call) -> web.Response:
        try:
            if call.method not in METHODS:
                raise ApiError(404, "Not Found")
            method, known = METHODS[call.method]
            self.state.ignored.extend((call.method, name) for name in call.parameters if name not in known)
            result = await method(self.state, call.parameters)
        except ApiError as error:
            call.code = error.code
            self.state.changes.tell()
            return self._error(error)
        call.code = 0
        self.state.changes.tell()
        return _json({"ok": True} if result is NOTHING else {"ok": True, "result": result})

    def _error(self, error: ApiError) -> web.Response:
        # An empty poll was only ever seen with HTTP 200.
        in_body = self.state.switches.errors == "body" or error.code == 408
        return _json(error.wire(), status=200 if in_body else error.code)

    async def _media(self, request: web.Request) -> web.StreamResponse:
        found = self.state.media.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found, content_type="application/octet-stream")


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")
