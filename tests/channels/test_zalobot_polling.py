"""A bot that asks: what was handed out is nowhere else any more, so nothing comes before storing it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.channels.zalobot import receiving
from bot.channels.zalobot.api import Api
from bot.channels.zalobot.channel import ZaloBot
from bot.channels.zalobot.receiving import Poller, Reception
from bot.files import LocalFiles
from core.errors import SendError, StorageError
from core.ports import ChannelState
from core.records import NewUpdate
from tests.support.clock import FixedClock
from tests.support.telegram.changes import Changes
from tests.support.zalobot import faults
from tests.support.zalobot.server import FakeZaloBot

pytestmark = pytest.mark.thorough


@dataclass
class Asking:
    """A bot that asks, with a store that may fail, and whose waits pass at once."""

    zalo: FakeZaloBot
    channel: ZaloBot
    kept: list[str] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    task: "asyncio.Task[None] | None" = None

    async def receive(self, new: Sequence[NewUpdate]) -> None:
        """Store, or fail."""
        polls = len(self.zalo.calls_of("getUpdates"))
        await asyncio.sleep(0)
        assert len(self.zalo.calls_of("getUpdates")) == polls, "nothing else is asked before it is stored"
        self.changes.tell()
        if self.trouble:
            raise self.trouble.pop(0)
        self.kept += [one.raw["message"]["text"] for one in new]

    async def sleep(self, seconds: float) -> None:
        """Wait no longer than others need to act."""
        self.waits.append(seconds)
        self.changes.tell()
        await asyncio.sleep(0)

    def fault(self, where: str, error: BaseException) -> None:
        """What an engineer hears."""
        self.faults.append(error)
        self.changes.tell()

    async def until(self, holds: Any) -> None:
        """Wait for something."""
        await self.changes.until(holds, within=10, seen=lambda: f"{self.kept} {self.faults} {self.waits}")

    def start(self, poller: Poller) -> None:
        """Ask from now on."""
        self.task = asyncio.create_task(poller.run())


@pytest.fixture
async def asked(zalo: FakeZaloBot, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Asking]:
    """Not asking yet."""
    bot: list[Asking] = []

    def told(where: str, error: BaseException) -> None:
        bot[0].fault(where, error)

    api = Api(zalo.token, zalo.url, clock)
    files = LocalFiles(tmp_path, b"key", clock)
    channel = ZaloBot(
        "zalobot.main",
        api,
        files=files,
        clock=clock,
        on_fault=told,
        api_base=zalo.url,
        pages="",
    )
    bot.append(Asking(zalo, channel))
    yield bot[0]
    if bot[0].task is not None:
        bot[0].task.cancel()
        await asyncio.gather(bot[0].task, return_exceptions=True)
    channel.typing.stop_all()
    await api.close()


@pytest.fixture
def poller(asked: Asking, clock: FixedClock) -> Poller:
    """It."""
    channel = asked.channel
    reception = Reception(channel, receive=asked.receive, clock=clock, on_fault=asked.fault)
    return Poller(reception, channel._api, channel, on_fault=asked.fault, sleep=asked.sleep)


async def test_an_empty_poll_is_healthy(asked: Asking, poller: Poller) -> None:
    asked.start(poller)
    await asked.zalo.until(lambda: [call.code for call in asked.zalo.calls_of("getUpdates")].count(408) > 2)
    assert asked.faults == [] and asked.waits == [] and asked.channel.condition().state is ChannelState.UP
    assert asked.zalo.calls_of("getUpdates")[0].parameters == {"timeout": "30"}


async def test_what_was_handed_out_is_stored_however_long_the_database_is_away(asked: Asking, poller: Poller) -> None:
    asked.trouble = [StorageError("the disk is full")] * 9
    asked.start(poller)
    await asked.zalo.until(lambda: asked.zalo.listening)
    lan = asked.zalo.person()
    for text in ("một", "hai"):
        lan.says(text)
    await asked.until(lambda: asked.kept == ["một", "hai"])
    assert asked.waits == [1, 2, 4, 8, 16, 32, 60, 60, 60] and len(asked.faults) == 9


async def test_what_can_never_be_stored_is_told_and_passed_over(asked: Asking, poller: Poller) -> None:
    asked.trouble = [ValueError("no such letter")]
    asked.start(poller)
    await asked.zalo.until(lambda: asked.zalo.listening)
    lan = asked.zalo.person()
    for text in ("một", "hai"):
        lan.says(text)
    await asked.until(lambda: asked.kept == ["hai"])
    assert len(asked.faults) == 1


async def test_who_is_told_to_stop_stores_what_was_handed_out(
    asked: Asking, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, going_on = asyncio.Event(), asyncio.Event()

    async def slowly(new: Sequence[NewUpdate]) -> None:
        reached.set()
        await going_on.wait()
        asked.kept += [one.raw["message"]["text"] for one in new]

    monkeypatch.setattr(poller._reception, "_receive", slowly)
    asked.start(poller)
    await asked.zalo.until(lambda: asked.zalo.listening)
    asked.zalo.person().says("một")
    await reached.wait()
    assert asked.task is not None
    asked.task.cancel()
    await asyncio.sleep(0)
    going_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asked.task
    assert asked.kept == ["một"]


@pytest.mark.parametrize("way", ["conflict", "silence"])
@pytest.mark.parametrize("without", ["empty", "404"])
async def test_a_webhook_that_was_forgotten_is_told_and_taken_away(
    asked: Asking, poller: Poller, way: str, without: str
) -> None:
    switches = asked.zalo.switches
    switches.polled_with_webhook, switches.no_webhook = way, without  # type: ignore[assignment]
    asked.zalo.state.webhook.url = "https://forgotten.example.vn/hook"
    asked.start(poller)
    await asked.zalo.until(lambda: asked.zalo.state.polling.held and not asked.zalo.state.webhook.url)
    asked.zalo.person().says("một")
    await asked.until(lambda: asked.kept == ["một"])
    (fault,) = asked.faults
    assert isinstance(fault, SendError) and fault.code == "webhook"


async def test_a_webhook_that_somebody_sets_later_is_taken_away_too(asked: Asking, poller: Poller) -> None:
    asked.start(poller)
    await asked.zalo.until(lambda: asked.zalo.listening)
    asked.zalo.state.webhook.url = "https://another.example.vn/hook"
    await asked.zalo.until(lambda: asked.zalo.calls_of("deleteWebhook"))
    assert asked.zalo.state.webhook.url == ""


async def test_a_token_that_is_wrong_shows_and_is_tried_again(asked: Asking, poller: Poller) -> None:
    asked.zalo.open = False
    asked.start(poller)
    await asked.until(lambda: len(asked.waits) > 1)
    assert asked.channel.condition().state is ChannelState.REFUSED and asked.channel.condition().code == "401"
    asked.zalo.open = True
    await asked.zalo.until(lambda: asked.zalo.listening)
    asked.zalo.person().says("một")
    await asked.until(lambda: asked.kept == ["một"])
    assert asked.channel.condition().state is ChannelState.UP


@pytest.mark.parametrize("status", [401, 404, 502])
async def test_a_page_instead_of_an_answer_is_waited_out(asked: Asking, poller: Poller, status: int) -> None:
    asked.zalo.switches.lapse = 60
    for _ in range(3):
        asked.zalo.faults.add(faults.page(status, method="getUpdates"))
    asked.start(poller)
    await asked.until(lambda: len(asked.waits) == 3)
    asked.zalo.person().says("một")
    await asked.zalo.until(lambda: asked.zalo.listening or asked.kept)
    assert all(wait >= 5 for wait in asked.waits)
    assert len(asked.faults) == 3 and all(isinstance(one, SendError) for one in asked.faults)


async def test_who_hangs_is_not_waited_for_for_ever(
    asked: Asking, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "LONG_POLL", 0)
    monkeypatch.setattr(receiving, "GRACE", 0.05)
    asked.zalo.faults.add(faults.hang(method="getUpdates")).times = None
    asked.start(poller)
    await asked.until(lambda: len(asked.waits) == 3)
    assert asked.channel.condition().state is ChannelState.DOWN


@pytest.mark.parametrize("body", [b'{"ok": true, "result": {"a": 1}}', b'{"ok": true, "result": ["a"]}'])
async def test_an_answer_that_holds_no_update_is_told(asked: Asking, poller: Poller, body: bytes) -> None:
    asked.zalo.faults.add(faults.answer(body, method="getUpdates"))
    asked.start(poller)
    await asked.until(lambda: len(asked.waits) == 1)
    assert "no update" in str(asked.faults[0])


@pytest.mark.parametrize("body", [b'{"ok": true, "result": []}', b'{"ok": true}', b'{"ok": false, "error_code": 408}'])
async def test_an_answer_that_comes_too_soon_is_not_asked_for_without_a_pause(
    asked: Asking, poller: Poller, body: bytes
) -> None:
    asked.zalo.faults.add(faults.answer(body, method="getUpdates"))
    asked.start(poller)
    await asked.until(lambda: len(asked.waits) == 1)
    assert asked.waits == [1.0] and asked.faults == []


async def test_several_updates_in_an_answer_are_all_taken(asked: Asking, poller: Poller) -> None:
    """Nobody has seen that, but what is handed out is gone."""
    zalo = asked.zalo
    zalo.switches.unheard = "queued"
    lan = zalo.person()
    for text in ("một", "hai"):
        lan.says(text)
    both, zalo.state.polling.waiting = zalo.state.polling.waiting, []

    zalo.faults.add(faults.answer(json.dumps({"ok": True, "result": both}).encode(), method="getUpdates"))
    asked.start(poller)
    await asked.until(lambda: asked.kept == ["một", "hai"])
