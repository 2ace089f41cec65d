"""multi-channel: one notice on Telegram and the ward's page alike; what one does not bring the other does.

With Zalo beside Telegram: tests/channels/test_side_by_side.py.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from tests.capabilities.ward import Neighbour, Ward, times, ward
from tests.support.service import say
from tests.support.telegram.people import Person

pytestmark = pytest.mark.thorough  # a ward's service as a process of its own

TEXT = "Lớp may miễn phí, học từ 05/12, 20 chỗ."
FILE = """
kind = "notice"
title = "Lớp may"
source = "Kế hoạch đào tạo nghề của phường"
text.vi = "{text}"
[audience]
localities = ["{place}"]
[sending]
urgent = true
hold_back_seconds = 0
fall_back_hours = 1
"""


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ward]:
    """One service, of which each test uses a place of its own."""
    async with ward(tmp_path_factory.mktemp("ward")) as made:
        await made.started()
        yield made


def notice(place: str, text: str = TEXT) -> str:
    """To everybody there."""
    return FILE.format(place=place, text=text)


async def opened(page: httpx.Client) -> str:
    """What a page shows, in words."""
    return unescape(re.sub(r"<[^>]+>", "\n", (await asyncio.to_thread(page.get, "/")).text))


async def joined(here: Ward, phone: Person, page: httpx.Client, place: str) -> None:
    """Somebody with a phone is the same person at a page from now on."""
    phone.says("nối máy")
    await here.until(lambda: phone.shown)
    code = re.search(r"Mã nối máy: (\w{4} \w{4})", phone.shown[-1].text)
    assert code is not None, phone.shown[-1].text
    for typed in ("", code[1], "Nối hai máy"):
        told = await asyncio.to_thread(say, page, typed, payload="" if typed else f"start:{place}")
    assert "Nối rồi" in told or "Đã nối" in told, told
    await here.telegram.quiet()


async def subscribed(page: httpx.Client) -> None:
    """Somebody who has nothing but the page wants all news."""
    for typed in ("", "nhận tin tất cả"):
        told = await asyncio.to_thread(say, page, typed, payload="" if typed else "start:dak-cam")
    assert "mọi tin" in unescape(told)


async def test_the_same_notice_on_each_channel_with_its_source_and_code(here: Ward) -> None:
    (phone,) = here.phones(1)
    await here.listed([Neighbour(phone=phone, locality="dak-cam")])
    with (await here.started()).browser() as page:
        await subscribed(page)
        number = await here.approved(notice("dak-cam"))
        await here.until(lambda: times(phone, TEXT))
        await here.until_sent(number)
        shown = await opened(page)
        on_phone = next(one.text for one in phone.shown if TEXT in one.text)
        for part in (TEXT, "Tin của Phường Đăk Cấm", "Nguồn: Kế hoạch đào tạo nghề của phường. Mã tin:"):
            assert part in on_phone and part in shown, part
        await here.comes_to(number, "finished")
    states = {row["channel"]: row["state"] for row in await here.table("ledger", number)}
    assert set(states) == {"telegram.main", "webchat.main"} and set(states.values()) <= {"sent", "delivered"}


async def test_who_has_two_gets_it_once_and_where_they_chose(here: Ward) -> None:
    """The phone goes first; who would rather have it at the page says so."""
    (phone,) = here.phones(1)
    await here.listed([Neighbour(phone=phone, locality="di-su")])
    with (await here.started()).browser() as page:
        await joined(here, phone, page, "di-su")
        first = await here.approved(notice("di-su"))
        await here.comes_to(first, "finished")
        assert times(phone, TEXT) == 1 and TEXT not in await opened(page)
        phone.says("nhận tin ở đâu")
        await here.until(lambda: any("gửi về đâu trước" in one.text for one in phone.shown))
        phone.presses(callback_data="notice_channel:webchat")
        await here.until(lambda: any("Đã ghi: tin báo gửi về" in one.text for one in phone.shown))
        second = await here.approved(notice("di-su", "Lớp may còn 3 chỗ."))
        await here.until_sent(second)
        assert "Lớp may còn 3 chỗ." in await opened(page)
        assert times(phone, "Lớp may còn 3 chỗ.") == 0


async def test_what_one_channel_does_not_bring_the_other_does(here: Ward) -> None:
    """The phone's owner has blocked us: the page shows it, and nobody else waits for it."""
    phone, neighbour = here.phones(2)
    await here.listed([Neighbour(phone=phone, locality="muong-lay"), Neighbour(phone=neighbour, locality="muong-lay")])
    with (await here.started()).browser() as page:
        await joined(here, phone, page, "muong-lay")
        phone.blocks()
        await here.telegram.quiet()
        number = await here.approved(notice("muong-lay"))
        await here.until(lambda: times(neighbour, TEXT))
        await here.until_sent(number)
        assert TEXT in await opened(page) and times(phone, TEXT) == 0
    assert await here.status(number)


async def test_one_household_gets_one_message_on_whichever_of_its_devices_takes_it(here: Ward) -> None:
    """Two phones: one of them. Then neither takes anything any more, and the son's page does."""
    mother, son = here.phones(2)
    await here.listed(
        [
            Neighbour(phone=mother, locality="hong-linh", household="H1"),
            Neighbour(phone=son, locality="hong-linh", household="H1"),
        ]
    )
    with (await here.started()).browser() as page:
        await joined(here, son, page, "hong-linh")
        first = await here.approved(notice("hong-linh"))
        await here.comes_to(first, "finished")
        assert times(mother, TEXT) + times(son, TEXT) == 1 and TEXT not in await opened(page)
        reasons = sorted(row["reason"] for row in await here.table("ledger", first))
        assert reasons == ["", "household"]
        mother.blocks()
        son.blocks()
        await here.telegram.quiet()
        second = await here.approved(notice("hong-linh", "Lớp may còn 3 chỗ."))
        await here.until_sent(second)
        assert "Lớp may còn 3 chỗ." in await opened(page)
