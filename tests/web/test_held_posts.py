"""What a house keeps for another: who may post, who may fetch, and what each is told."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient

from bot.app import App
from bot.held.holding import Holding
from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.houses import KEY
from tests.web.keeping import (
    ACCOUNT,
    AUTHORIZED,
    BODY,
    OTHER,
    OTHERS_KEY,
    SIGNED_LOW,
    fetch,
    keeper,
    post,
    posts,
    take,
)
from tests.web.test_security import POLICY
from web.inbox import LONGEST_WAIT
from web.webhooks import MAX_BODY_BYTES

pytestmark = pytest.mark.thorough


@pytest.fixture
async def app(
    tmp_path: Path, database_url: str, clock: FixedClock, knowledge: Knowledge, faults: list[str]
) -> AsyncIterator[App]:
    async with keeper(tmp_path, database_url, clock=clock, knowledge=knowledge, faults=faults) as running:
        yield running


async def test_a_post_is_kept_to_the_byte_with_the_headers_that_matter(client: AsyncClient, faults: list[str]) -> None:
    answer = await post(client, BODY + b"\xff\n", num_retry="2", Cookie="chungtay=x", **{"X-ZEvent-Server": "ZNS"})
    assert (answer.status_code, answer.content) == (200, b"")
    (kept,) = await posts(client)
    assert b64decode(kept["body"]) == BODY + b"\xff\n"
    assert kept["headers"] == {
        "x-zevent-signature": "mac=00ff",
        "x-zevent-server": "ZNS",
        "num_retry": "2",
        "content-type": "application/json",
    }
    assert kept["received_at"] == "2026-11-20T02:00:00+00:00"
    assert faults == []


@pytest.mark.parametrize("proof", ["X-ZEvent-Signature", "X-Bot-Api-Secret-Token", "X-Telegram-Bot-Api-Secret-Token"])
async def test_each_provider_has_its_own_proof(client: AsyncClient, proof: str) -> None:
    answer = await client.post(f"/hooks/{ACCOUNT}", content=BODY, headers={proof: "s3cret-of-theirs"})
    assert answer.status_code == 200
    assert (await posts(client))[0]["headers"][proof.lower()] == "s3cret-of-theirs"


@pytest.mark.parametrize(
    ("headers", "body", "account", "status"),
    [
        ({"X-ZEvent-Signature": ""}, BODY, ACCOUNT, 401),
        ({"X-ZEvent-Signature": "m" * 1_001}, BODY, ACCOUNT, 401),
        ({"num_retry": "9" * 1_001}, BODY, ACCOUNT, 401),
        ({}, b"x" * (MAX_BODY_BYTES + 1), ACCOUNT, 413),
        ({}, BODY, "zalo.nobody", 404),
        ({}, BODY, "zalo.dak-cam%00", 404),
    ],
)
async def test_what_is_not_kept(
    client: AsyncClient, headers: dict[str, str], body: bytes, account: str, status: int
) -> None:
    assert (await post(client, body, account, **headers)).status_code == status
    assert await posts(client) == []


async def test_a_post_of_the_largest_size_is_kept(client: AsyncClient) -> None:
    assert (await post(client, b"\xff" * MAX_BODY_BYTES)).status_code == 200
    assert (await post(client)).status_code == 200
    (large,) = await posts(client)  # and a page holds nothing besides
    assert b64decode(large["body"]) == b"\xff" * MAX_BODY_BYTES
    assert len(await posts(client, after=large["id"])) == 1


async def test_no_rule_for_browsers_stands_in_the_way(client: AsyncClient) -> None:
    """Zalo sends no cookie and is on no page of ours, whatever it says of itself."""
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert (await post(client, **foreign)).status_code == 200
    answer = await client.post(f"/inbox/{ACCOUNT}/taken", json={"up_to": 0}, headers={**AUTHORIZED, **foreign})
    assert answer.status_code == 200


async def test_every_answer_carries_the_headers(client: AsyncClient) -> None:
    for answer in (await post(client), await fetch(client), await take(client, 1), await fetch(client, key="x")):
        said = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert said == POLICY
        assert "set-cookie" not in answer.headers
    assert (await fetch(client)).headers["cache-control"] == "no-store"


async def test_pages_follow_one_another_until_they_are_taken(client: AsyncClient) -> None:
    for number in range(103):
        await post(client, b"%d" % number)
    first = await posts(client)
    assert [b64decode(one["body"]) for one in first] == [b"%d" % number for number in range(100)]
    rest = await posts(client, after=first[-1]["id"])
    assert [b64decode(one["body"]) for one in rest] == [b"100", b"101", b"102"]
    assert (await take(client, first[-1]["id"])).json() == {"gone": 100}
    assert (await take(client, first[-1]["id"])).json() == {"gone": 0}
    assert await posts(client) == rest


async def test_only_the_key_of_the_account_opens_it(client: AsyncClient) -> None:
    await post(client)
    for key in ("", "x", KEY[:-1], KEY + "x", OTHERS_KEY, "ệ" * 16):
        headers = {"Authorization": f"Bearer {key}".encode()}
        for answer in (
            await client.get(f"/inbox/{ACCOUNT}", params={"wait": 0}, headers=headers),
            await client.post(f"/inbox/{ACCOUNT}/taken", content=b'{"up_to": 9}', headers=headers),
        ):
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert (await client.get(f"/inbox/{ACCOUNT}", headers={"Authorization": f"Basic {KEY}"})).status_code == 401
    assert (await client.get(f"/inbox/{ACCOUNT}")).status_code == 401
    assert (await fetch(client, "zalo.nobody")).status_code == 404
    assert await posts(client, account=OTHER, key=OTHERS_KEY) == []
    assert len(await posts(client)) == 1


@pytest.mark.parametrize("odd", ["x", "-1", "1e3", "²", "9" * 20, str(2**63), "", "1 "])
async def test_an_odd_number_is_told(client: AsyncClient, odd: str) -> None:
    answer = await fetch(client, after=odd)
    assert (answer.status_code, answer.json()) == (400, {"error": "after: is no number of a post"})
    assert (await fetch(client, wait=odd)).status_code == 400


async def test_nobody_waits_longer_than_what_stands_in_between_allows(client: AsyncClient) -> None:
    assert (await fetch(client, wait=int(LONGEST_WAIT) + 1)).status_code == 400


@pytest.mark.parametrize("odd", [b"", b"[1]", b"{}", b"\xff", b'{"up_to": "1"}', b'{"up_to": true}', b'{"up_to": -1}'])
async def test_odd_words_about_what_was_taken_delete_nothing(client: AsyncClient, odd: bytes) -> None:
    await post(client)
    answer = await client.post(f"/inbox/{ACCOUNT}/taken", content=odd, headers=AUTHORIZED)
    assert (answer.status_code, "error" in answer.json()) == (400, True)
    too_large = await client.post(f"/inbox/{ACCOUNT}/taken", content=b"1" * 2000, headers=AUTHORIZED)
    assert too_large.status_code == 413
    assert (await take(client, 2**63)).status_code == 400
    assert len(await posts(client)) == 1


async def test_who_waits_is_woken_by_what_comes(app: App, client: AsyncClient) -> None:
    waits = asyncio.create_task(fetch(client, wait=20))
    await asyncio.sleep(0)
    others = await post(client, account=OTHER)
    assert others.status_code == 200
    await post(client)
    async with asyncio.timeout(10):
        assert len((await waits).json()["posts"]) == 1


async def test_who_waits_does_not_keep_the_house_from_stopping(app: App, client: AsyncClient) -> None:
    waits = asyncio.create_task(fetch(client, wait=20))
    await asyncio.sleep(0)
    app.web.state.streams.stop()
    async with asyncio.timeout(10):
        assert (await waits).json() == {"posts": []}


async def test_what_another_process_stored_is_seen(app: App, client: AsyncClient) -> None:
    """Nobody wakes this process then: it looks by itself, each second on PostgreSQL."""
    elsewhere = Holding(ACCOUNT, KEY, storage=app.storage, clock=app.clock, on_fault=lambda *_: None, look_every=1.0)
    here = Holding(ACCOUNT, KEY, storage=app.storage, clock=app.clock, on_fault=lambda *_: None, look_every=0.001)
    waits = asyncio.create_task(here.waiting(0, seconds=20, stopping=asyncio.Event()))
    await asyncio.sleep(0)
    assert (await elsewhere.post(BODY, SIGNED_LOW))[0] == 200
    async with asyncio.timeout(10):
        assert [one.body for one in await waits] == [BODY]
