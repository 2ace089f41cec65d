"""scheduled-broadcast: a notice is written, approved, sent at a decent hour to everybody it is for, and accounted for.

Seen through the officers' commands, people's phones and a page; the service is a process that is killed.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from html import unescape
from re import search

import httpx
import pytest

from tests.capabilities.ward import Neighbour, Ward, times, ward
from tests.support.service import say
from tests.support.telegram.people import Person

pytestmark = pytest.mark.thorough  # a ward's service as a process of its own

TEXT = "Phường mở lớp may miễn phí, 20 chỗ. Trả lời ĐĂNG KÝ để giữ chỗ."
FILE = f"""
kind = "notice"
title = "Mở lớp may công nghiệp"
source = "Kế hoạch đào tạo nghề của phường"
text.vi = "{TEXT}"
[audience]
localities = ["dak-cam"]
household_status = ["poor", "near_poor"]
[sending]
urgent = true            # no quiet hours, no daily cap
hold_back_seconds = 0    # 120 unless said
on_doubt = "resend"      # or "hold"
"""
MANY = 34  # more than a second's worth: so a kill, a pause or a stop strikes in the middle
SOME = 3


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ward]:
    """One ward, of which each test uses a place of its own."""
    async with ward(tmp_path_factory.mktemp("ward")) as made:
        yield made


def saying(text: str, place: str, *, to: str = "poor", urgent: str = "true") -> str:
    """Another notice, to those of one status in one place."""
    changed = FILE.replace(TEXT, text).replace('["poor", "near_poor"]', f'["{to}"]').replace("dak-cam", place)
    return changed.replace("urgent = true ", f"urgent = {urgent} ")


async def enrolled(here: Ward, people: Sequence[Neighbour]) -> None:
    """The service runs, and these people are on the list."""
    await here.started()
    assert await here.listed(people) == f"{len(people)} new, 0 brought up to date, 0 left out\n"


async def joined(here: Ward, phone: Person, page: httpx.Client) -> None:
    """Somebody with a phone is the same person at a page from now on, and blocks us on the phone."""
    phone.says("nối máy")
    await here.until(lambda: phone.shown)
    code = search(r"Mã nối máy: (\w{4} \w{4})", phone.shown[-1].text)
    assert code is not None, phone.shown[-1].text
    for typed in ("", code[1], "Nối hai máy"):
        told = await asyncio.to_thread(say, page, typed, payload="" if typed else "start:dak-cam")
    assert "Nối rồi" in told or "Đã nối" in told, told
    phone.blocks()
    await here.telegram.quiet()


async def test_from_a_file_to_everybody_s_phone_and_page(here: Ward) -> None:
    people = here.phones(8)
    statuses = ("poor", "poor", "near_poor", "poor", "near_poor", "average", "", "poor")
    await enrolled(here, [Neighbour(phone=one, status=each) for one, each in zip(people, statuses, strict=True)])
    *reached, at_the_page = [one for one, each in zip(people, statuses, strict=True) if "poor" in each]
    with (await here.started()).browser() as page:
        await joined(here, at_the_page, page)
        number = await written_and_approved(here)
        done = await here.comes_to(number, "finished")
        shown = unescape((await asyncio.to_thread(page.get, "/")).text)
    assert shown.count(TEXT) == 1 and "Nguồn: Kế hoạch đào tạo nghề của phường" in shown
    assert [times(one, TEXT) for one in reached] == [1] * 5
    assert sum(times(one, TEXT) for one in people) == 5, "nobody else has it"
    assert sum(done["counts"].values()) == 6 and set(done["counts"]) <= {"sent", "delivered"}
    ledger = await here.table("ledger", number)
    assert {(row["name"], row["channel"]) for row in ledger} == {
        *((one.user.first_name, "telegram.main") for one in reached),
        (at_the_page.user.first_name, "webchat.main"),
    }
    assert {row["state"] for row in ledger} <= {"sent", "delivered"} and len(ledger) == 6
    await answered(here, reached[0], number)


async def written_and_approved(here: Ward) -> str:
    """By two people; its number."""
    number, told = await here.drafted(FILE)
    assert "6 people are meant, 6 of them can be written to" in told
    assert await here.done("campaign", "submit", number, by="Lan") == f"{number}: submitted\n"
    assert "Lan: may not do this" in await here.refused("campaign", "approve", number, by="Lan")
    await here.done("officer", "add", "Lan", "--role", "approver")
    assert "another person must approve it" in await here.refused("campaign", "approve", number, by="Lan")
    assert await here.done("campaign", "approve", number, by="Minh") == f"{number}: approved\n"
    return number


async def answered(here: Ward, phone: Person, number: str) -> None:
    """They answer as the notice asks, without marks; officers find it."""
    before = len(phone.shown)
    phone.says("dang ky")
    await here.until(lambda: len(phone.shown) > before)
    (kept,) = await here.table("answers", number)
    assert (kept["name"], kept["text"]) == (phone.user.first_name, "dang ky")


async def test_a_kill_in_the_middle_misses_nobody_and_doubles_nobody_untold(here: Ward) -> None:
    people, text = here.phones(MANY), "Tin giữa lúc mất điện."
    await enrolled(here, [Neighbour(phone=one, locality="di-su") for one in people])
    number = await here.approved(saying(text, "di-su"))
    await here.until(lambda: sum(times(one, text) for one in people) >= SOME)
    await here.kill()
    assert sum(times(one, text) for one in people) < MANY, "it was killed when all was done"
    await here.started()
    done = await here.comes_to(number, "finished")
    assert done["counts"] == {"sent": MANY}
    doubts = {row["name"]: int(row["doubts"]) for row in await here.table("ledger", number)}
    assert len(doubts) == MANY
    assert [one for one in people if not 1 <= times(one, text) <= 1 + doubts[one.user.first_name]] == []


async def test_what_is_paused_waits_and_what_is_stopped_ends(here: Ward) -> None:
    near, *people = here.phones(MANY)
    rows = [Neighbour(phone=near, status="near_poor", locality="muong-lay")]
    await enrolled(here, [*rows, *(Neighbour(phone=one, locality="muong-lay") for one in people)])
    await paused_and_resumed(here, near, people)
    await stopped(here, near, people)


async def struck(here: Ward, text: str, people: Sequence[Person], command: str) -> str:
    """A notice that is paused or stopped in its middle; its number."""
    number = await here.approved(saying(text, "muong-lay"))
    await here.until(lambda: sum(times(one, text) for one in people) >= SOME)
    await here.done("campaign", command, number, by="Minh")
    return number


async def something_else(here: Ward, near: Person, text: str, place: str = "muong-lay") -> None:
    """Another notice goes its way meanwhile, to its end."""
    number = await here.approved(saying(text, place, to="near_poor"))
    await here.comes_to(number, "finished")
    assert times(near, text) == 1


async def paused_and_resumed(here: Ward, near: Person, people: Sequence[Person]) -> None:
    """Nothing more of it goes while another one does."""
    text = "Tin tạm dừng."
    number = await struck(here, text, people, "pause")
    await something_else(here, near, "Tin khác.")
    waits = await here.status(number)
    assert waits["state"] == "paused" and waits["counts"]["pending"] > 0
    assert sum(times(one, text) for one in people) == waits["counts"]["sent"] < len(people)
    await here.done("campaign", "resume", number, by="Lan")
    assert (await here.comes_to(number, "finished"))["counts"] == {"sent": len(people)}
    assert [times(one, text) for one in people] == [1] * len(people)


async def stopped(here: Ward, near: Person, people: Sequence[Person]) -> None:
    """What was not sent is taken back, and told."""
    text = "Tin dừng hẳn."
    number = await struck(here, text, people, "stop")
    await something_else(here, near, "Tin khác nữa.")
    over = await here.status(number)
    has = sum(times(one, text) for one in people)
    assert over["state"] == "stopped" and over["counts"] == {"sent": has, "cancelled": len(people) - has}
    told = Counter((row["state"], row["reason"]) for row in await here.table("ledger", number))
    assert told["cancelled", "the campaign was stopped"] == len(people) - has > 0
    assert "is stopped: resume is for one that is paused" in await here.refused("campaign", "resume", number, by="Lan")


async def test_nobody_is_woken_at_night(here: Ward) -> None:
    near, one = here.phones(2)
    rows = [Neighbour(phone=near, status="near_poor", locality="hong-linh")]
    await enrolled(here, [*rows, Neighbour(phone=one, locality="hong-linh")])
    here.clock_shows(22)
    waits = await here.approved(saying("Tin không gấp.", "hong-linh", urgent="false"))
    await something_else(here, near, "Tin gấp trong đêm.", "hong-linh")
    assert (await here.status(waits))["counts"] == {"pending": 1} and times(one, "Tin không gấp.") == 0
    here.clock_shows(8, days=1)
    await here.comes_to(waits, "finished")
    assert times(one, "Tin không gấp.") == 1
