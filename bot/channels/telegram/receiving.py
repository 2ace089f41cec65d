"""What comes from Telegram is stored before Telegram hears that it arrived; a press is answered at once after that."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiogram.methods import AnswerCallbackQuery, GetUpdates

from bot.channels.telegram import updates
from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.updates import Bot, MalformedError
from core.errors import SendError
from core.ports import Clock
from core.records import NewUpdate

Receive = Callable[[Sequence[NewUpdate]], Awaitable[object]]
Sleep = Callable[[float], Awaitable[object]]

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - its name, not its value
LONG_POLL = 25  # seconds that Telegram holds a question for updates open; it allows 50
AT_ONCE = 100  # updates in one answer, the most it gives
LONGEST_WAIT = 60.0  # seconds between tries
AT_ONCE_EMPTY = 0.05  # seconds in which no question held open can end
PRESSES = 20  # presses that are answered at the same time


class Reception:
    """Takes updates in, whichever way they come."""

    def __init__(
        self,
        channel: Telegram,
        api: Api,
        *,
        receive: Receive,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self.bot = Bot()  # known once Telegram has told
        self._channel, self._api = channel, api
        self._receive, self._clock, self._on_fault = receive, clock, on_fault
        self._room = asyncio.Semaphore(PRESSES)
        self._answering: set[asyncio.Task[None]] = set()

    async def take(self, raws: Sequence[Any]) -> None:
        """Store them in one transaction. Raises StorageError: then nothing was stored."""
        found = []
        for raw in raws:
            try:
                found.append(updates.new_update(self._channel.account, raw, self._clock.now(), self.bot))
            except MalformedError as error:
                self._on_fault("telegram", error)
        new = [one for one in found if one is not None]
        if new:
            await self._keep(new)
        for one in new:
            if not one.path.startswith("-") and "my_chat_member" not in one.raw:
                self._channel.typing.expect(one.path)

    async def _keep(self, new: Sequence[NewUpdate]) -> None:
        try:
            await self._receive(new)
        except ValueError as error:
            # One that cannot even be written down must not keep the others out, nor come again for ever. Whatever else
            # is wrong may pass: then nothing is confirmed, and it comes again.
            if len(new) == 1:
                self._on_fault("telegram", error)
            else:
                for one in new:
                    await self._keep([one])

    def answer_presses(self, raws: Sequence[Any]) -> None:
        """Let the waiting sign on the pressed buttons go, in the background."""
        for press in (updates.press_of(raw) for raw in raws if isinstance(raw, dict)):
            if press is not None and isinstance(press.get("id"), str):
                task = asyncio.get_running_loop().create_task(self._answer(press["id"]))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)

    async def _answer(self, press: str) -> None:
        async with self._room:
            with suppress(SendError):  # too old, or no connection: what was pressed is stored all the same
                await self._api.call(AnswerCallbackQuery(callback_query_id=press), self._channel.aside)

    async def close(self) -> None:
        """What was begun is let go."""
        self._channel.typing.stop_all()
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)


class Poller:
    """Asks for updates, again and again. What is asked for after an update tells Telegram that we have it."""

    def __init__(self, reception: Reception, api: Api, channel: Telegram, *, sleep: Sleep = asyncio.sleep) -> None:
        self._reception, self._api, self._channel, self._sleep = reception, api, channel, sleep
        self._next: int | None = None
        self._failed = 0

    async def run(self, on_fault: Callable[[str, BaseException], None]) -> None:
        """Until cancelled. Trouble of any kind is waited out; what is not stored is not confirmed."""
        while True:
            try:
                await self._step()
                self._failed = 0
            except SendError as error:
                on_fault("telegram", error)
                await self._wait(error.retry_after)
            except Exception as error:
                on_fault("telegram", error)
                await self._wait(None)

    async def _step(self) -> None:
        # The first question of all gets what was not confirmed, also from before the start.
        question = GetUpdates(offset=self._next, limit=AT_ONCE, timeout=LONG_POLL, allowed_updates=list(updates.KINDS))
        began = asyncio.get_running_loop().time()
        raws = await self._api.call(question, self._channel.receiving, within=LONG_POLL + 15, always=True)
        if raws == [] and asyncio.get_running_loop().time() - began < AT_ONCE_EMPTY:
            await self._sleep(1.0)  # it should have waited for us
        if not isinstance(raws, list):
            raise MalformedError("the answer holds no list of updates", where=self._channel.account)
        await self._reception.take(raws)
        self._reception.answer_presses(raws)
        # The last, not the highest: after a quiet week Telegram begins to count at another number.
        numbers = [raw["update_id"] for raw in raws if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]
        self._next = numbers[-1] + 1 if numbers else self._next

    async def _wait(self, asked: float | None) -> None:
        self._failed += 1
        await self._sleep(asked or min(LONGEST_WAIT, float(2 ** min(self._failed - 1, 6))))


class Webhook:
    """Reads what Telegram posts to us. Implements web.webhooks.Hook."""

    def __init__(self, reception: Reception, secret: str) -> None:
        self._reception, self._secret = reception, secret

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether the secret is ours; compared in constant time."""
        return hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), self._secret.encode())

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:  # noqa: ARG002
        """Status and body of the answer: 200 once it is stored. Raises StorageError, so that Telegram comes again."""
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return 400, b"not JSON"
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return 400, b"an update has an update_id"
        await self._reception.take([raw])
        press = (updates.press_of(raw) or {}).get("id")
        if not isinstance(press, str):
            return 200, b""
        # The answer to the press rides on this answer.
        return 200, json.dumps({"method": "answerCallbackQuery", "callback_query_id": press}).encode()
