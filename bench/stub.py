"""A plain Bot API server for measuring: `python -m bench.stub`, a process of its own that says where it listens.

It is as lean as can be, so that the bot is measured and not the server: no library reads its requests, and of what a
bot sends only the chat is looked at. What a bot may do and what not, the strict fake of the tests knows; here
everything is accepted. Updates are handed out as Telegram does: from the offset on, at most a hundred, and a question
that finds none waits.

Moments are those of `time.monotonic`, which all processes of a machine share (Linux).
"""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

MOST = 100  # updates in one answer
ME = b'{"id":700,"is_bot":true,"first_name":"Chung Tay","username":"ward_bot"}'
HOOK = b'{"url":"","has_custom_certificate":false,"pending_update_count":0}'
SENT = b'{"message_id":%d,"from":' + ME + b',"chat":{"id":%d,"type":"private"},"date":%d,"text":"ok"}'

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
# Both ways in which bots write their parameters: JSON, and a form.
_CHAT = re.compile(rb'(?:"chat_id": ?|(?:^|&)chat_id=)"?(-?\d+)')
_OFFSET = re.compile(rb'(?:"offset": ?|(?:^|&)offset=)(\d+)')
_LIMIT = re.compile(rb'(?:"limit": ?|(?:^|&)limit=)(\d+)')
_WAIT = re.compile(rb'(?:"timeout": ?|(?:^|&)timeout=)(\d+)')


@dataclass(slots=True)
class Waiting:
    """An update, and the moment from which it can be asked for."""

    number: int
    chat: int
    body: bytes
    there: float


@dataclass(slots=True)
class Record:
    """What happened since updates were last loaded."""

    handed: dict[int, tuple[int, float, float]] = field(default_factory=dict)  # number: chat, was there, handed out
    sent: list[tuple[int, float]] = field(default_factory=list)  # chat and moment of each sendMessage
    calls: dict[str, int] = field(default_factory=dict)
    sample: bytes = b""  # the last sendMessage, as it was posted


class Desk:
    """What waits for the bot, and what the bot did."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._messages = 0
        self._loaded = asyncio.Event()
        self.record = Record()

    def load(self, updates: list[tuple[int, dict[str, Any]]], rate: float | None) -> None:
        """Forget what was, and let these come in: all at once, or so many a second."""
        self.record = Record()
        start = time.monotonic()
        self._waiting = deque(
            Waiting(
                number=update["update_id"],
                chat=chat,
                body=json.dumps(update, separators=(",", ":")).encode(),
                there=start + (number / rate if rate else 0.0),
            )
            for number, (chat, update) in enumerate(updates)
        )
        self._loaded.set()

    async def hand_out(self, offset: int, limit: int, wait: float) -> bytes:
        """Updates from a number on; when there are none, within that many seconds."""
        until = time.monotonic() + wait
        while True:
            while self._waiting and self._waiting[0].number < offset:
                self._waiting.popleft()
            now = time.monotonic()
            ready = [one for one in islice(self._waiting, limit) if one.there <= now]
            if ready or now >= until:
                break
            self._loaded.clear()
            soonest = min(until, self._waiting[0].there if self._waiting else until)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._loaded.wait(), soonest - now)
        for one in ready:
            self.record.handed.setdefault(one.number, (one.chat, one.there, now))
        return b"[" + b",".join(one.body for one in ready) + b"]"

    def send(self, chat: int) -> bytes:
        """A message to a chat; gives it as Telegram would show it."""
        self._messages += 1
        self.record.sent.append((chat, time.monotonic()))
        return SENT % (self._messages, chat, int(time.time()))

    def stats(self) -> dict[str, Any]:
        """The record in figures."""
        handed, sent = self.record.handed, self.record.sent
        return {
            "unconfirmed": len(self._waiting),  # not handed out, or not yet asked beyond
            "handed": len(handed),
            "first": min((moment for _, _, moment in handed.values()), default=None),
            "sent": len(sent),
            "last": sent[-1][1] if sent else None,
            "calls": self.record.calls,
        }

    def moments(self) -> dict[str, Any]:
        """Every hand-out (chat, was there, handed out) and every sendMessage (chat, moment)."""
        return {"handed": list(self.record.handed.values()), "sent": self.record.sent}


class Connection(asyncio.Protocol):
    """One connection of a bot, or of whoever measures it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._held: asyncio.Task[None] | None = None  # a question that waits for updates

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody came."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Somebody left."""
        if self._held is not None:
            self._held.cancel()

    def data_received(self, data: bytes) -> None:
        """Requests as far as they are whole."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._buffer, 0, end)
            stop = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < stop:
                return
            path = self._buffer[: self._buffer.find(b"\r\n")].split(b" ")[1]
            body = self._buffer[end + 4 : stop]
            self._buffer = self._buffer[stop:]
            self._take(path.decode(), body)

    def _take(self, path: str, body: bytes) -> None:
        if path.startswith("/control/"):
            return self._answer(CONTROLS[path.removeprefix("/control/")](self._desk, body))
        method = path.rpartition("/")[2]
        calls = self._desk.record.calls
        calls[method] = calls.get(method, 0) + 1
        if method == "getUpdates":
            self._held = asyncio.get_running_loop().create_task(self._hold(body))
        elif method == "sendMessage":
            self._desk.record.sample = body
            self._accept(self._desk.send(_number(_CHAT, body, 0)))
        else:
            self._accept({"getMe": ME, "getWebhookInfo": HOOK}.get(method, b"true"))
        return None

    async def _hold(self, body: bytes) -> None:
        offset, limit, wait = _number(_OFFSET, body, 0), _number(_LIMIT, body, MOST), _number(_WAIT, body, 0)
        self._accept(await self._desk.hand_out(offset, limit, wait))

    def _accept(self, result: bytes) -> None:
        self._answer(b'{"ok":true,"result":' + result + b"}")

    def _answer(self, body: bytes) -> None:
        assert self._transport is not None
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self._transport.write(head + body)


def _number(found: re.Pattern[bytes], body: bytes, otherwise: int) -> int:
    match = found.search(body)
    return int(match[1]) if match else otherwise


def _load(desk: Desk, body: bytes) -> bytes:
    asked = json.loads(body)
    desk.load(asked["updates"], asked["rate"])
    return b"{}"


CONTROLS: dict[str, Callable[[Desk, bytes], bytes]] = {
    "load": _load,
    "stats": lambda desk, _: json.dumps(desk.stats()).encode(),
    "sample": lambda desk, _: json.dumps({"body": desk.record.sample.decode()}).encode(),
    "moments": lambda desk, _: json.dumps(desk.moments()).encode(),
}


async def _serve() -> None:
    desk = Desk()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(desk), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve())
