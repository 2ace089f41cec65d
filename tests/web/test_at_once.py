"""Limits of the public pages, when everything comes in the same moment: on SQLite and on PostgreSQL."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from httpx import AsyncClient, Response

from bot.app import App
from core.questions import Author, Entry, QuestionState
from handlers.employers import MOST_A_DAY
from handlers.market.receiving import MOST_WAITING
from tests.support.clock import FixedClock
from tests.support.rows import a_post, an_offer, ask, everything
from tests.web.conftest import client_of
from tests.web.test_hiring import FILLED
from tests.web.test_market import GOOD, plain
from web.public import hiring, market, slips

SAME = {"Sec-Fetch-Site": "same-origin"}
CODE, LETTERS = "K7M4PXRT29", "ACDEFHKMPRTX"


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


def at_home(app: App, number: int) -> AsyncClient:
    """Somebody at an address of their own."""
    return client_of(app.web, address=f"203.0.113.{number}")


async def send(client: AsyncClient, what: str, **fields: str) -> Response:
    return await client.post("/dak-cam/cho", data={**GOOD, "what": what, **fields}, headers=SAME)


async def rows(app: App, table: str) -> list[dict[str, Any]]:
    return (await everything(app.storage))[table]


async def with_a_slip(app: App) -> None:
    """A question, its answer, and a slip that a code opens."""
    await ask(app.storage)
    async with app.storage.write() as uow:
        entry = Entry(author=Author.OFFICER, officer="Lan", at=app.clock.now(), text="Mang theo sổ.")
        await uow.questions.add_entry(1, entry, state=QuestionState.ANSWERED)
        await uow.slips.open(CODE, 1, app.clock.now())
        await uow.commit()


async def test_of_many_requests_at_once_a_few_are_kept(app: App, client: AsyncClient, clock: FixedClock) -> None:
    answers = await asyncio.gather(*(send(client, f"măng {number}") for number in range(12)))
    assert Counter(one.status_code for one in answers) == {303: market.FREE, 429: 12 - market.FREE}
    assert len(await rows(app, "market_posts")) == market.FREE
    late = next(number for number, one in enumerate(answers) if one.status_code == 429)
    page = answers[late].text
    assert "vừa gửi nhiều tin" in plain(page) and f'value="măng {late}"' in page, "what was written stays"
    assert 'value="Quán Lan"' in page and 'value="forest" selected' in page
    assert (await send(at_home(app, 9), "măng nơi khác")).status_code == 303, "another address is free"
    clock.advance(seconds=61)
    assert (await send(client, f"măng {late}")).status_code == 303


async def test_the_same_request_many_times_at_once_is_kept_once(app: App, client: AsyncClient) -> None:
    answers = await asyncio.gather(*(send(client, "măng") for _ in range(6)))
    assert {one.status_code for one in answers} == {303} and len(await rows(app, "market_posts")) == 1
    assert [one["failures"] for one in await rows(app, "sign_in_tries")] == [1], "the others were not counted"


async def test_a_place_holds_so_many_requests_from_however_many_addresses(app: App, clock: FixedClock) -> None:
    now = clock.now()
    async with app.storage.write() as uow:
        for number in range(MOST_WAITING - 2):
            assert await uow.market.add(a_post(f"con gà {number}"), now, now.date())
        await uow.commit()
    answers = await asyncio.gather(*(send(at_home(app, number), f"măng {number}") for number in range(8)))
    assert Counter(one.status_code for one in answers) == {303: 2, 429: 6}
    assert len(await rows(app, "market_posts")) == MOST_WAITING
    late = next(number for number, one in enumerate(answers) if one.status_code == 429)
    said = plain(answers[late].text)
    assert "nhiều tin chờ cán bộ xem" in said and "Nội dung đã viết vẫn còn" in said
    assert f'value="măng {late}"' in answers[late].text
    assert len(await rows(app, "sign_in_tries")) == 2, "who was refused for others is not counted"
    there = await at_home(app, 99).post("/di-su/cho", data=GOOD, headers=SAME)
    assert there.status_code == 303, "another place still takes some"
    clock.advance(days=31)
    assert (await send(at_home(app, 98), "măng sau này")).status_code == 303, "what is over holds nobody up"


async def test_of_many_codes_of_slips_at_once_a_few_are_looked_at(
    app: App, client: AsyncClient, clock: FixedClock
) -> None:
    await with_a_slip(app)
    path = "/dak-cam/phieu?ma="
    for _ in range(8):
        assert (await client.get(path + CODE)).status_code == 200, "a right one costs nothing"
    answers = await asyncio.gather(*(client.get(f"{path}{CODE[:-1]}{one}") for one in LETTERS))
    assert Counter(one.status_code for one in answers) == {404: slips.FREE, 429: len(LETTERS) - slips.FREE}
    assert (await client.get(path + CODE)).status_code == 429
    clock.advance(seconds=61)
    assert (await client.get(path + CODE)).status_code == 200


async def test_of_many_codes_of_offers_at_once_a_few_are_looked_at(
    app: App, client: AsyncClient, clock: FixedClock
) -> None:
    path = "/dak-cam/tuyen-dung?ma="
    async with app.storage.write() as uow:
        await uow.offers.receive("dak-cam", an_offer(), code="K7M4PX", sender=b"x", now=clock.now())
        await uow.commit()
    answers = await asyncio.gather(*(client.get(f"{path}K7M4P{one}") for one in LETTERS if one != "X"))
    assert Counter(one.status_code for one in answers) == {404: hiring.FREE, 429: len(LETTERS) - 1 - hiring.FREE}
    assert (await client.get(f"{path}K7M4PX")).status_code == 429
    clock.advance(seconds=61)
    assert (await client.get(f"{path}K7M4PX")).status_code == 200


async def test_a_right_code_in_between_buys_no_guesses(app: App, client: AsyncClient) -> None:
    await with_a_slip(app)
    for number, one in enumerate(LETTERS[:6]):
        assert (await client.get(f"/dak-cam/phieu?ma={CODE[:-1]}{one}")).status_code == (404 if number < 5 else 429)
        if number < 4:
            assert (await client.get(f"/dak-cam/phieu?ma={CODE}")).status_code == 200


async def test_of_many_offers_at_once_a_few_are_kept(app: App, client: AsyncClient) -> None:
    def sent(title: str) -> Any:
        return client.post("/dak-cam/tuyen-dung", data={**FILLED, "title": title}, headers=SAME)

    answers = await asyncio.gather(*(sent(f"May áo số {number}") for number in range(10)))
    assert Counter(one.status_code for one in answers) == {303: MOST_A_DAY, 429: 10 - MOST_A_DAY}
    assert len(await rows(app, "work_offers")) == MOST_A_DAY
    late = next(number for number, one in enumerate(answers) if one.status_code == 429)
    assert f'value="May áo số {late}"' in answers[late].text


async def test_a_house_with_many_addresses_is_one(app: App) -> None:
    """Whoever has one IPv6 address has all that share its first half."""
    homes = [client_of(app.web, address=f"2001:db8:7:1::{number}") for number in range(1, 6)]
    states = [(await send(one, f"măng {number}")).status_code for number, one in enumerate(homes)]
    assert states == [303] * market.FREE + [429] * 2
    neighbour = client_of(app.web, address="2001:db8:7:2::1")
    assert (await send(neighbour, "măng hàng xóm")).status_code == 303
