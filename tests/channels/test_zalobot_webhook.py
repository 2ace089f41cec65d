"""A bot that is posted to: its address is set, looked at now and then, and what is wrong with it is told."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.zalobot.account import LOOK_EVERY, Account, ZaloBotGateway
from bot.files import LocalFiles
from core.errors import SettingsError
from core.ports import ChannelState
from core.records import NewUpdate
from tests.support.clock import FixedClock
from tests.support.telegram.changes import Changes
from tests.support.zalobot import faults
from tests.support.zalobot.asking import Listener, listening
from tests.support.zalobot.server import FakeZaloBot

SECRET = "a-secret-of-ours"
POSTED = b'{"event_name": "message.text.received", "message": {"chat": {"id": "1"}, "text": "a", "message_id": "1"}}'


@dataclass
class Reached:
    """A gateway whose waits end when the test says so."""

    gateway: ZaloBotGateway
    waits: list[float] = field(default_factory=list)
    told: list[BaseException] = field(default_factory=list)
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    _gate: asyncio.Event = field(default_factory=asyncio.Event)
    _changes: Changes = field(default_factory=Changes)

    def start(self) -> None:
        """Begin."""
        self.tasks.append(asyncio.create_task(self.gateway.run()))

    async def sleep(self, seconds: float) -> None:
        """Until the test goes on."""
        self._gate = asyncio.Event()
        self.waits.append(seconds)
        self._changes.tell()
        await self._gate.wait()

    async def waiting(self, count: int) -> None:
        """Until it waits for the so-manieth time."""
        await self._changes.until(lambda: len(self.waits) == count, within=10, seen=lambda: f"{self.waits} {self.told}")

    def go_on(self) -> None:
        """The wait is over."""
        self._gate.set()

    @property
    def state(self) -> ChannelState:
        """How the channel is doing."""
        return self.gateway.channel.condition().state


@pytest.fixture
async def hook() -> AsyncIterator[Listener]:
    """Where the bot says that it is."""
    async with listening() as listener:
        yield listener


@pytest.fixture
async def reached(zalo: FakeZaloBot, hook: Listener, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Reached]:
    """Not running yet."""
    made: list[Reached] = []

    def told(where: str, error: BaseException) -> None:
        made[0].told.append(error)

    async def sleep(seconds: float) -> None:
        await made[0].sleep(seconds)

    async def receive(new: Sequence[NewUpdate]) -> None:
        assert new

    account = Account(
        name="zalobot.main",
        token=zalo.token,
        api_base=zalo.url,
        pages="https://ward.example.vn",
        webhook_url=hook.url,
        webhook_secret=SECRET,
    )
    files = LocalFiles(tmp_path, b"key", clock)
    gateway = ZaloBotGateway(account, files=files, clock=clock, on_fault=told, sleep=sleep)
    made.append(Reached(gateway))
    gateway.open(receive)
    yield made[0]
    for one in made[0].tasks:
        one.cancel()
    await asyncio.gather(*made[0].tasks, return_exceptions=True)
    await gateway.close()


async def test_an_address_that_is_found_is_set_once(zalo: FakeZaloBot, reached: Reached, hook: Listener) -> None:
    reached.start()
    for count in (1, 2, 3):
        await reached.waiting(count)
        reached.go_on()
    (call,) = zalo.calls_of("setWebhook")
    assert call.parameters == {"url": hook.url, "secret_token": SECRET}
    assert reached.waits == [LOOK_EVERY] * 3 and reached.told == [] and reached.state is ChannelState.UP


async def test_an_address_that_is_not_found_is_told_and_set_again_until_it_is(
    zalo: FakeZaloBot, reached: Reached
) -> None:
    zalo.switches.verification = "failing"
    reached.start()
    await reached.waiting(1)
    assert reached.state is ChannelState.DOWN and "does not reach" in str(reached.told[0])
    reached.go_on()
    await reached.waiting(2)
    assert reached.state is ChannelState.DOWN and len(zalo.calls_of("setWebhook")) == 2
    zalo.switches.verification = "found"
    reached.go_on()
    await reached.waiting(3)
    assert reached.state is ChannelState.UP and len(reached.told) == 2


async def test_what_is_posted_all_the_same_shows_that_it_is_found(zalo: FakeZaloBot, reached: Reached) -> None:
    zalo.switches.verification = "failing"
    reached.start()
    await reached.waiting(1)
    hook = reached.gateway.hook
    assert hook is not None and await hook.post(POSTED, {"x-bot-api-secret-token": SECRET}) == (200, b"")
    reached.go_on()
    await reached.waiting(2)
    assert reached.state is ChannelState.UP and len(zalo.calls_of("setWebhook")) == 1


async def test_an_address_that_is_refused_shows_and_is_tried_again(zalo: FakeZaloBot, reached: Reached) -> None:
    zalo.switches.allow_http = False
    reached.start()
    await reached.waiting(1)
    condition = reached.gateway.channel.condition()
    assert (condition.state, condition.code) == (ChannelState.REFUSED, "zalobot-webhook")
    zalo.switches.allow_http = True
    reached.go_on()
    await reached.waiting(2)
    assert reached.waits == [2.0, LOOK_EVERY] and reached.state is ChannelState.UP


@pytest.mark.parametrize("without", ["empty", "404"])
async def test_an_address_that_another_program_took_is_told_and_taken_back(
    zalo: FakeZaloBot, reached: Reached, hook: Listener, without: str
) -> None:
    zalo.switches.no_webhook = without  # type: ignore[assignment]
    reached.start()
    await reached.waiting(1)
    zalo.state.webhook.url = "https://another.example.vn/hook"
    reached.go_on()
    await reached.waiting(2)
    assert zalo.state.webhook.url == hook.url and "another address" in str(reached.told[0])
    zalo.state.webhook.url = ""
    reached.go_on()
    await reached.waiting(3)
    assert zalo.state.webhook.url == hook.url and len(zalo.calls_of("setWebhook")) == 3


async def test_trouble_tells_nothing_of_where_zalo_posts_to(zalo: FakeZaloBot, reached: Reached) -> None:
    reached.start()
    await reached.waiting(1)
    zalo.faults.add(faults.page(502, method="getWebhookInfo"))
    reached.go_on()
    await reached.waiting(2)
    assert len(zalo.calls_of("setWebhook")) == 1


async def test_a_hint_repeats_neither_token_nor_secret(zalo: FakeZaloBot, reached: Reached) -> None:
    hint = f"your server\nanswered 404 {zalo.token} {SECRET} " + "x" * 999
    assert reached.gateway._unseen({"verification": {"ok": False, "hint": hint}})
    said = str(reached.told[0])
    assert "answered 404" in said and zalo.token not in said and SECRET not in said and "\n" not in said
    assert len(said) < 400


async def test_without_an_address_of_our_own_files_go_by_name_and_that_is_told(
    zalo: FakeZaloBot, clock: FixedClock, tmp_path: Path
) -> None:
    told: list[BaseException] = []
    gateway = ZaloBotGateway(
        Account(name="zalobot.main", token=zalo.token, api_base=zalo.url),
        files=LocalFiles(tmp_path, b"key", clock),
        clock=clock,
        on_fault=lambda where, error: told.append(error),
    )
    gateway.open(None)  # type: ignore[arg-type]
    task = asyncio.create_task(gateway.run())
    await zalo.until(lambda: zalo.listening)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await gateway.close()
    (fault,) = told
    assert isinstance(fault, SettingsError) and "CHUNGTAY_PUBLIC_URL" in str(fault)
