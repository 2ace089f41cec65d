"""zalo-style-adapter: the same desk within Zalo's limits, on strict servers and real sockets.

The Official Account: five buttons, words of at most 2,000 signs, who follows and who leaves, no going back on what was
sent. The Bot Platform: no buttons at all. Seen through what arrives on the person's screen, and the health page. Every
golden conversation goes over both in tests/channels.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.desks import WAYS, TelegramDesk
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_desks import ZaloDesk, desk_on_zalo
from tests.support.zalobot.server import FakeZaloBot
from tests.support.zalobot_desks import zalobot_desk_on

ELECTRICITY = ("59.520 đồng", "Theo Quyết định 28/2014/QĐ-TTg")
LONGEST, MOST_BUTTONS, LONGEST_LABEL = 2000, 5, 20


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """A fresh database."""
    made = databases.new("sqlite")
    yield made
    databases.give_back(made)


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    """The strict server."""
    async with FakeZalo(clock=clock, hurry=100) as server:
        yield server


@asynccontextmanager
async def begun(
    zalo: FakeZalo, knowledge: Knowledge, url: str, folder: Path, clock: FixedClock
) -> AsyncIterator[ZaloDesk]:
    """Started, for the account of one ward; a second time on the same data."""
    known = len(zalo.oauth.pairs) == 0
    more = {"zalo_locality": "dak-cam"}
    async with desk_on_zalo(
        zalo, knowledge=knowledge, database_url=url, data_dir=folder, clock=clock, signed_in=known, **more
    ) as desk:
        assert "zalo.main" in await _health(desk)
        yield desk


async def _health(desk: ZaloDesk) -> str:
    async with httpx.AsyncClient() as client:
        page = await client.get(desk.zalo.hook_url.replace("/hooks/zalo.main", "/health"))
    assert page.status_code == 200, "the rest goes on"
    return page.text


async def heard(desk: ZaloDesk, person: Person, count: int) -> None:
    """Until so many messages stand on the screen, each within Zalo's limits."""
    await desk.zalo.until(lambda: len(person.shown) >= count)
    await desk.settled()
    assert len(person.shown) == count
    for shown in person.shown:
        assert len(shown.text) <= LONGEST and len(shown.buttons) <= MOST_BUTTONS
        assert all(len(label) <= LONGEST_LABEL for label in shown.labels)
    assert desk.zalo.ignored == [], "nothing is sent that Zalo does not know"


async def test_who_follows_is_greeted_and_the_same_is_said(
    zalo: FakeZalo, knowledge: Knowledge, url: str, tmp_path: Path, clock: FixedClock
) -> None:
    async with begun(zalo, knowledge, url, tmp_path, clock) as desk:
        lan = zalo.person("Lan")
        lan.follows()
        await heard(desk, lan, 1)
        assert "Chung Tay của phường Đăk Cấm" in lan.last.text, "whose account it is needs no asking"
        lan.says("tien dien ho ngheo")
        await heard(desk, lan, 2)
        assert all(words in lan.last.text for words in ELECTRICITY)
        lan.taps("Mang giấy gì")
        await heard(desk, lan, 3)
        assert "Mang theo" in lan.last.text
        lan.says("gap can bo")
        await heard(desk, lan, 4)
        lan.sends_image(b"\xff\xd8\xff\xe0 a picture", "Giấy này đúng không?")
        await desk.zalo.until(lambda: len(lan.shown) >= 5)
        await desk.settled()
        assert "Chuyển cho cán bộ" in " ".join(label for one in lan.shown[4:] for label in one.labels)


async def test_who_leaves_and_comes_back_hears_what_they_asked(
    zalo: FakeZalo, knowledge: Knowledge, url: str, tmp_path: Path, clock: FixedClock
) -> None:
    async with begun(zalo, knowledge, url, tmp_path, clock) as desk:
        lan = zalo.person("Lan")
        lan.says("tu kiem tra")
        await heard(desk, lan, 2)  # the greeting, since nobody followed, and the answer
        lan.unfollows()
        await desk.settled()
        lan.follows()
        lan.says("menu")
        await desk.zalo.until(lambda: any("Bà con cần việc nào" in one.text for one in lan.shown[2:]))


async def test_nothing_is_lost_or_doubled_by_a_restart(
    zalo: FakeZalo, knowledge: Knowledge, url: str, tmp_path: Path, clock: FixedClock
) -> None:
    lan = zalo.person("Lan")
    async with begun(zalo, knowledge, url, tmp_path, clock) as desk:
        lan.says("menu")
        await heard(desk, lan, 2)
    lan.says("tien dien ho ngheo")  # Zalo tries again, since nobody answers it
    async with begun(zalo, knowledge, url, tmp_path, clock) as desk:
        await heard(desk, lan, 3)
    assert sum(ELECTRICITY[0] in one.text for one in lan.shown) == 1


async def test_a_closed_account_is_shown_and_the_rest_goes_on(
    zalo: FakeZalo, knowledge: Knowledge, url: str, tmp_path: Path, clock: FixedClock
) -> None:
    async with begun(zalo, knowledge, url, tmp_path, clock) as desk:
        zalo.oa.refuse(-235)
        lan = zalo.person("Lan")
        lan.says("menu")

        async def told() -> bool:
            return "cơ quan nhà nước" in await _health(desk)

        await TelegramDesk.until(told)


@pytest.mark.parametrize("way", WAYS)
async def test_without_buttons_a_number_is_a_press(
    way: str, knowledge: Knowledge, url: str, tmp_path: Path, clock: FixedClock
) -> None:
    async with (
        FakeZaloBot(clock=clock, hurry=100) as zalo,
        zalobot_desk_on(zalo, knowledge=knowledge, database_url=url, data_dir=tmp_path, clock=clock, way=way) as desk,
    ):
        lan = await desk.greeted()
        lan.says("tien dien ho ngheo")
        await desk.settled()
        assert all(words in lan.texts[-1] for words in ELECTRICITY)
        (number,) = [line[0] for line in lan.texts[-1].splitlines() if line.endswith(". Mang giấy gì")]
        lan.says(f"số {number}")
        await desk.settled()
        assert "Mang theo" in lan.texts[-1]
        assert all(len(text) <= LONGEST for text in lan.texts)
