"""A ward that nobody reaches: its posts are kept by a house in between and fetched, each once, whatever dies."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.telegram.receiving import Webhook
from bot.held.asking import AskingError, House
from bot.held.pulling import RefusedPostError
from bot.knowledge import Knowledge
from core.errors import SettingsError
from db.models import inbound_updates
from tests.support.clock import FixedClock
from tests.support.desks import SECRET, TelegramDesk, desk_on
from tests.support.houses import KEY, Province, province_on, until
from tests.support.service import free_port
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

pytestmark = pytest.mark.thorough

THEIRS = "telegram.dak-cam"
TRUE = {"x_telegram_bot_api_secret_token": SECRET}
LONG = 30  # seconds for what takes one: the machine may be busy


@pytest.fixture
def kept_by(knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> Callable[..., Any]:
    """Starts the house that is reached, again and again, on the same data."""

    def start(**more: Any) -> Any:
        return province_on(
            knowledge=knowledge,
            database_url="",
            data_dir=tmp_path / "province",
            keys=f"{THEIRS}={KEY}",
            clock=clock,
            **more,
        )

    return start


@pytest.fixture
async def province(kept_by: Callable[..., Any]) -> AsyncIterator[Province]:
    """The house that is reached."""
    async with kept_by() as running:
        yield running


@dataclass
class Ward:
    """Starts the ward, again and again, on the same data."""

    telegram: FakeTelegram
    knowledge: Knowledge
    database_url: str
    data_dir: Path
    clock: FixedClock

    @asynccontextmanager
    async def on(self, address: str, **settings: Any) -> AsyncIterator[TelegramDesk]:
        """It is told to Telegram that its posts go to the house at this address."""
        ours = {
            "telegram_webhook_url": f"{address}/hooks/{THEIRS}",
            "telegram_webhook_secret": SECRET,
            "inbox_url": address,
            "inbox_key": KEY,
            "inbox_account": THEIRS,
        }
        async with desk_on(
            self.telegram,
            knowledge=self.knowledge,
            database_url=self.database_url,
            data_dir=self.data_dir,
            clock=self.clock,
            **{**ours, **settings},
        ) as desk:
            yield desk

    async def shows(self, person: Person, count: int) -> None:
        """Until somebody sees so many messages."""
        await self.telegram.until(lambda: len(person.shown) == count, within=LONG)

    def post_of(self, person: Person, text: str) -> bytes:
        """What Telegram would post, to the byte, as often as it likes."""
        user = {"id": person.id, "is_bot": False, "first_name": "Lan"}
        message = {"message_id": 1, "date": 1_795_140_000, "from": user, "chat": {**user, "type": "private"}}
        return json.dumps({"update_id": 77_000_001, "message": {**message, "text": text}}).encode()


@pytest.fixture
def ward(telegram: FakeTelegram, knowledge: Knowledge, one_database: str, clock: FixedClock, tmp_path: Path) -> Ward:
    return Ward(telegram, knowledge, one_database, tmp_path / "ward", clock)


async def fetched(province: Province) -> None:
    """Until nothing is kept any more."""

    async def nothing() -> bool:
        return not await province.held(THEIRS)

    await until(nothing, within=LONG)


async def health(desk: TelegramDesk, name: str = THEIRS) -> tuple[dict[str, Any], str]:
    """How the fetching goes: for a machine, and the page for people."""
    async with httpx.AsyncClient(base_url=desk.address) as client:
        machine, page = await client.get("/health?format=json"), await client.get("/health")
    assert page.status_code == 200, "a channel in trouble does not make the whole unwell"
    return next(one for one in machine.json()["checks"] if one["name"] == f"pulling {name}"), page.text


async def stored(desk: TelegramDesk) -> int:
    """How many updates are in the ward's own inbox."""
    async with desk.app.storage.engine.connect() as connection:
        return len((await connection.execute(inbound_updates.select())).all())


class Stuck:
    """A step at which a process stays until it is stopped."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()

    async def __call__(self, *_: Any) -> Any:
        self.reached.set()
        await asyncio.Event().wait()

    async def wait(self) -> None:
        """Until it is reached."""
        await asyncio.wait_for(self.reached.wait(), LONG)


async def test_people_are_answered_through_the_house_in_between(province: Province, ward: Ward) -> None:
    await talk_through(province, ward)


@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_people_are_answered_through_it_on_postgresql(province: Province, ward: Ward) -> None:
    """There fetching is one process's turn at a time."""
    await talk_through(province, ward)


async def talk_through(province: Province, ward: Ward) -> None:
    """Two people say three things each."""
    lan, minh = ward.telegram.person(), ward.telegram.person()
    async with ward.on(province.address) as desk:
        for said, seen in (("/start dak-cam", 1), ("tien dien ho ngheo", 2), ("gặp cán bộ", 3)):
            lan.says(said)
            minh.says(said)
            await ward.shows(lan, seen)
            await ward.shows(minh, seen)
        await desk.settled()
        await fetched(province)
        told, page = await health(desk)
        assert (told["state"], told["condition"], told["detail"]) == ("ok", "up", "")
        assert told["facts"] == {"last_pull": "2026-11-20T02:00:00+00:00", "stored": 6, "refused": 0}
        assert "Lần lấy gần nhất: 09:00 20/11/2026." in page
        assert desk.faults == [] and province.faults == []


async def test_what_was_written_while_the_ward_was_off_is_answered_when_it_is_on(
    province: Province, ward: Ward
) -> None:
    lan = ward.telegram.person()
    async with ward.on(province.address):
        lan.says("/start dak-cam")
        await ward.shows(lan, 1)
        await fetched(province)
    lan.says("tien dien ho ngheo")
    await ward.telegram.quiet()
    assert len(await province.held(THEIRS)) == 1
    async with ward.on(province.address) as desk:
        await ward.shows(lan, 2)
        assert desk.faults == []


async def test_a_ward_that_dies_before_it_says_taken_doubles_nothing(
    province: Province, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, stuck = ward.telegram.person(), Stuck()
    with monkeypatch.context() as patch:
        patch.setattr(House, "taken", stuck)
        async with ward.on(province.address) as desk:
            lan.says("/start dak-cam")
            await stuck.wait()
            await desk.settled()
    assert len(await province.held(THEIRS)) == 1
    async with ward.on(province.address) as desk:
        await fetched(province)
        lan.says("menu")
        await ward.shows(lan, 2)
        await desk.settled()
        assert await stored(desk) == len(lan.shown) == 2
        assert (await health(desk))[0]["facts"]["stored"] == 2


async def test_a_ward_that_dies_before_it_stored_loses_nothing(
    province: Province, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, stuck = ward.telegram.person(), Stuck()
    with monkeypatch.context() as patch:
        patch.setattr(Webhook, "post", stuck)
        async with ward.on(province.address):
            lan.says("/start dak-cam")
            await stuck.wait()
    assert len(await province.held(THEIRS)) == 1
    async with ward.on(province.address):
        await ward.shows(lan, 1)


async def test_a_provider_that_did_not_hear_that_it_was_stored_doubles_nothing(province: Province, ward: Ward) -> None:
    """It comes again with the same post: before the ward has fetched it, and after."""
    post = ward.post_of(ward.telegram.person(), "/start dak-cam")
    assert [await province.posted(THEIRS, post, **TRUE) for _ in range(2)] == [200, 200]
    assert len(await province.held(THEIRS)) == 1
    async with ward.on(province.address) as desk:
        await fetched(province)
        await desk.settled()
        assert await province.posted(THEIRS, post, **TRUE) == 200
        await fetched(province)
        await desk.settled()
        assert (await stored(desk), len(ward.telegram.calls_of("sendMessage"))) == (1, 1)
        assert (await health(desk))[0]["facts"]["stored"] == 2


async def test_a_post_with_the_wrong_secret_is_told_and_blocks_nobody(province: Province, ward: Ward) -> None:
    lan = ward.telegram.person()
    forged = ward.post_of(lan, "tôi là chủ tịch")
    assert await province.posted(THEIRS, forged, x_telegram_bot_api_secret_token="guessed") == 200
    assert await province.posted(THEIRS, b"no JSON", **TRUE) == 200
    async with ward.on(province.address) as desk:
        lan.says("/start dak-cam")
        await ward.shows(lan, 1)
        await fetched(province)
        told, page = await health(desk)
    assert (told["state"], told["facts"]["refused"], told["facts"]["stored"]) == ("slow", 2, 1)
    assert "2 tin bị từ chối vì sai chữ ký" in page and f"Lấy tin ở nơi giữ hộ: {THEIRS}" in page
    assert [type(error) for _, error in desk.faults] == [RefusedPostError] * 2
    assert [str(error).partition(" -- ")[0] for _, error in desk.faults] == [
        f"{province.address}: a post of {THEIRS} does not count (401)",
        f"{province.address}: a post of {THEIRS} does not count (400)",
    ]


@pytest.mark.parametrize(
    ("wrong", "code", "mend"),
    [
        ({"inbox_key": "not-the-key-of-there"}, "key", "Xem lại CHUNGTAY_INBOX_KEY"),
        ({"inbox_account": "telegram.nobody"}, "account", "Xem lại CHUNGTAY_INBOX_ACCOUNT"),
    ],
)
async def test_a_setting_that_does_not_fit_is_told_without_the_key(
    province: Province, ward: Ward, wrong: dict[str, str], code: str, mend: str
) -> None:
    async with ward.on(province.address, **wrong) as desk:
        await until(lambda: desk.faults)
        told, page = await health(desk, wrong.get("inbox_account", THEIRS))
    assert (told["state"], told["condition"], told["detail"]) == ("down", "refused", code)
    assert mend in page and "Có một kênh đang trục trặc" in page
    where, error = desk.faults[0]
    assert where == "inbox" and isinstance(error, AskingError) and province.address in str(error)
    for shown in (str(error), repr(error), page):
        assert KEY not in shown and "not-the-key-of-there" not in shown


async def test_a_house_that_is_away_is_asked_until_it_is_back(ward: Ward, kept_by: Callable[..., Any]) -> None:
    lan, port = ward.telegram.person(), free_port()
    async with ward.on(f"http://127.0.0.1:{port}") as desk:
        for said, seen in (("/start dak-cam", 1), ("menu", 2)):
            desk.faults.clear()
            await until(lambda: desk.faults)
            told, page = await health(desk)
            assert (told["condition"], told["detail"]) == ("down", "unreached")
            assert "Tin còn nằm ở đó 7 ngày" in page
            async with kept_by(port=port) as province:
                lan.says(said)
                await ward.shows(lan, seen)
                await fetched(province)
                told, _ = await health(desk)
                assert (told["state"], told["facts"]["stored"]) == ("ok", seen)


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"inbox_key": ""}, "CHUNGTAY_INBOX_KEY: is missing"),
        ({"inbox_account": "zalo.dak-cam"}, "zalo.dak-cam: no account of this house takes its posts"),
        ({"inbox_account": f"{THEIRS} telegram.di-su"}, "telegram.di-su: no account of this house takes its posts"),
        ({"telegram_webhook_url": ""}, "no account of this house takes its posts"),
        ({"telegram_webhook_url": "", "inbox_account": ""}, "CHUNGTAY_INBOX_URL: no account of this house takes posts"),
        ({"inbox_url": "http://tinh.example.vn"}, "CHUNGTAY_INBOX_URL: must begin with https://"),
        ({"inbox_url": "http://8.8.8.8"}, "CHUNGTAY_INBOX_URL: must begin with https://"),
    ],
)
async def test_settings_that_cannot_work_stop_the_start(ward: Ward, wrong: dict[str, str], match: str) -> None:
    with pytest.raises(SettingsError) as refused:
        async with ward.on("http://127.0.0.1:9", **wrong):
            pass
    assert match in str(refused.value) and " -- " in str(refused.value)
    assert KEY not in str(refused.value)


async def test_unnamed_it_is_called_there_as_here(province: Province, ward: Ward) -> None:
    """And nothing is kept there by that name, which is told."""
    async with ward.on(province.address, inbox_account="") as desk:
        await until(lambda: desk.faults)
        assert (await health(desk, "telegram.main"))[0]["detail"] == "account"
