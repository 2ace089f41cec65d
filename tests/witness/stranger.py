"""telemelya in place of our own server: what a golden conversation says and sees, through its control API."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from aiohttp import FormData
from telegram import InlineKeyboardMarkup

from tests.support.clock import FixedClock
from tests.support.desks import TelegramDesk
from tests.support.telegram.html import read_html
from tests.support.telegram.shown import Shown
from tests.witness.proxy import Proxy

WITHIN = 10.0  # seconds
LOOK_EVERY = 0.01  # seconds
CALL = re.compile(r'"POST /bot(\S+)/(\w+) HTTP/1\.1" (\d{3})')


@dataclass(frozen=True)
class Process:
    """A running telemelya."""

    url: str
    log: Path

    def refused(self, token: str) -> list[str]:
        """Methods that this bot called and telemelya does not have."""
        calls = CALL.findall(self.log.read_text("utf-8"))
        return [method for caller, method, status in calls if unquote(caller) == token and status != "200"]


@dataclass
class Person:
    """Somebody who writes through telemelya: what is done goes out when the next thing is waited for."""

    id: int
    clock: FixedClock
    shown: list[Shown] = field(default_factory=list)
    doing: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)

    def says(self, text: str) -> None:
        """Write a text."""
        self._do(text=text)

    def presses(self, label: str) -> None:
        """Press a button of the newest message that has it."""
        shown, data = next(
            (shown, data)
            for shown in reversed(self.shown)
            for row in shown.buttons
            for found, data in row
            if found == label
        )
        self._do(callback_data=data, callback_message_id=shown.message_id)

    def sends_photo(self, content: bytes, caption: str | None = None) -> None:
        """Send a picture."""
        self._do(photo=content, **({"photo_caption": caption} if caption else {}))

    def sends_sticker(self, emoji: str) -> None:
        """One that stands for nothing. telemelya has none, but it has messages without words."""
        assert not emoji, "telemelya delivers no stickers"
        self.says("")

    def _do(self, **what: Any) -> None:
        self.doing.append((self.clock.now(), what))


class Stranger:
    """One bot's and one person's part of telemelya, in the form of tests.support.telegram.server.FakeTelegram."""

    def __init__(self, process: Process, between: Proxy, person: Person, name: str) -> None:
        self.url, self.token, self.person = process.url, f"4242:{name}", person
        self._between, self._session = between, name
        self._read = 0  # how much of what telemelya recorded was read

    async def reached(self) -> None:
        """Until the product has said where it is. Raises TimeoutError."""

        async def set_up() -> bool:
            return bool((await self._ask("POST", f"/bot{self.token}/getWebhookInfo"))["result"]["url"])

        await _until(set_up)

    async def until(self, holds: Callable[[], Any]) -> None:
        """Do what is to be done, then wait until it holds. Raises AssertionError with what was seen instead."""
        await self.quiet()

        async def seen() -> bool:
            await self.look()
            return bool(holds())

        try:
            await _until(seen)
        except TimeoutError:
            texts = "\n".join(shown.text for shown in self.person.shown[-5:])
            raise AssertionError(f"did not happen within {WITHIN:g} s; telemelya has:\n{texts}") from None

    async def quiet(self) -> None:
        """Do what is to be done: telemelya comes back when the product has acknowledged it."""
        doing, self.person.doing = self.person.doing, []
        for moment, what in doing:
            self._between.moment = moment
            await self._deliver(await self._uploaded(**what) if "photo" in what else what)
        await self.look()

    async def look(self) -> None:
        """Read what telemelya received since."""
        recorded = (await self._ask("GET", "/api/v1/test/responses"))["responses"]
        for record in recorded[self._read :]:
            if record["method"] != "sendChatAction":
                self.person.shown.append(_shown(record, self.person))
        self._read = len(recorded)

    async def _deliver(self, what: dict[str, Any]) -> None:
        said = {"chat_id": self.person.id, **what}
        told = await self._ask("POST", "/api/v1/test/send_update", bot_token=self.token, json=said)
        assert told["delivery"]["status_code"] == 200, told
        press = told["update"].get("callback_query")
        if press is not None:
            answer = json.loads(told["delivery"]["response_body"])
            assert answer == {"method": "answerCallbackQuery", "callback_query_id": press["id"]}

    async def _uploaded(self, photo: bytes, **caption: str) -> dict[str, Any]:
        form = FormData()
        form.add_field("file", photo, filename="giay.jpg", content_type="image/jpeg")
        kept = await self._ask("POST", "/api/v1/test/upload_media", data=form)
        return {"photo_file_id": kept["file_id"], **caption}

    async def _ask(self, method: str, path: str, *, bot_token: str = "", **body: Any) -> Any:
        query = {"session_id": self._session} | ({"bot_token": bot_token} if bot_token else {})
        headers = {"Authorization": "Bearer anybody"}
        async with self._between.client.request(
            method, self.url + path, params=query, headers=headers, **body
        ) as answer:
            told = await answer.json()
            assert answer.status == 200 and told["ok"], told
            return told


class WitnessDesk(TelegramDesk):
    """A desk on telemelya."""

    async def settled(self) -> None:
        """Until nothing is on its way, and read. Raises TimeoutError."""
        await super().settled()
        await self.telegram.look()  # type: ignore[attr-defined]


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(WITHIN):
        while not await holds():  # noqa: ASYNC110 - it stands in another process
            await asyncio.sleep(LOOK_EVERY)


def _shown(record: dict[str, Any], person: Person) -> Shown:
    """A recorded call as what would stand on the screen."""
    assert record["method"] == "sendMessage" and record["chat_id"] == person.id, record
    assert record["raw"]["parse_mode"] == "HTML"
    text, entities = read_html(record["text"])
    return Shown(
        message_id=record["message_id"],
        method=record["method"],
        at=person.clock.now(),
        text=text,
        entities=entities,
        markup=InlineKeyboardMarkup.de_json(record["reply_markup"], None) if record["reply_markup"] else None,
    )
