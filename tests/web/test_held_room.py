"""Where there is no room, no time or nobody who fetches: nothing is acknowledged that was not stored, all is told."""

from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import update

from bot.app import App, build
from bot.held.holding import Holding
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.settings import load_settings
from core.errors import SettingsError, StorageError
from core.held import HELD_SINCE, Room
from db.channel_tables import held_posts
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.houses import KEY
from tests.web.conftest import changed
from tests.web.keeping import (
    ACCOUNT,
    BODY,
    OTHER,
    keeper,
    post,
    posts,
)


@pytest.fixture
async def app(
    tmp_path: Path, database_url: str, clock: FixedClock, knowledge: Knowledge, faults: list[str]
) -> AsyncIterator[App]:
    async with keeper(tmp_path, database_url, clock=clock, knowledge=knowledge, faults=faults) as running:
        yield running


@asynccontextmanager
async def with_room(app: App, faults: list[str], **given: Any) -> AsyncIterator[tuple[Holding, AsyncClient]]:
    """The pages, with an account that has other limits."""
    holding = Holding(
        ACCOUNT,
        KEY,
        storage=app.storage,
        clock=app.clock,
        on_fault=lambda where, error: faults.append(f"{where}: {error}"),
        look_every=1.0,
        **given,
    )
    held = {ACCOUNT: holding}
    web = changed(app.web.state.site, hooks=held, held=held)
    async with AsyncClient(transport=ASGITransport(app=web), base_url="https://tinh.example") as client:
        yield holding, client
    await holding.close()


async def test_what_there_is_no_room_for_is_refused_aloud(app: App, faults: list[str]) -> None:
    async with with_room(app, faults, room=Room(posts=1)) as (_, client):
        assert [(await post(client, body)).status_code for body in (b"1", b"2", b"1")] == [200, 507, 200]
    (told,) = faults
    assert ACCOUNT in told and "no room" in told


async def test_what_cannot_be_stored_is_not_acknowledged(app: App, faults: list[str]) -> None:
    async with with_room(app, faults) as (_, client):
        site = app.web.state.site
        broken = AsyncClient(
            transport=ASGITransport(app=changed(site, hooks={ACCOUNT: Broken()})), base_url="https://tinh.example"
        )
        async with broken:
            assert (await post(broken)).status_code == 503
        assert await posts(client) == []


class Broken:
    """A hook whose database is away."""

    def knows(self, headers: Any) -> bool:
        return True

    async def post(self, body: bytes, headers: Any) -> tuple[int, bytes]:
        raise StorageError("the database does not answer")


async def test_storing_that_takes_too_long_is_told_and_yet_done(app: App, faults: list[str]) -> None:
    """Zalo waits two seconds and then counts it as lost; it comes again and finds it stored."""
    async with with_room(app, faults, answer_within=0.01) as (holding, client):
        async with app.storage.write() as uow:
            if app.storage.engine.dialect.name == "postgresql":
                await uow.connection.exec_driver_sql("LOCK TABLE held_posts IN ACCESS EXCLUSIVE MODE")
            assert (await post(client)).status_code == 503
        await holding.close()
        assert len(await posts(client)) == 1
    assert "not stored in time" in faults[0] and len(faults) == 1


async def test_a_house_that_stores_nothing_takes_no_more_than_its_memory_holds(
    app: App, faults: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.held.holding.STORING_AT_ONCE", 1)
    async with with_room(app, faults, answer_within=0.01) as (holding, client):
        async with app.storage.write() as uow:
            if app.storage.engine.dialect.name == "postgresql":
                await uow.connection.exec_driver_sql("LOCK TABLE held_posts IN ACCESS EXCLUSIVE MODE")
            assert [(await post(client, body)).status_code for body in (b"1", b"2")] == [503, 503]
        await holding.close()
        assert [b64decode(one["body"]) for one in await posts(client)] == [b"1"]


async def test_who_posts_cannot_say_since_when_it_was_held(app: App) -> None:
    """By that word a hook lets old posts pass: it would open the door to whoever repeats one."""
    heard: list[dict[str, str]] = []

    class Hook:
        def knows(self, headers: Any) -> bool:
            heard.append(dict(headers))
            return True

        async def post(self, body: bytes, headers: Any) -> tuple[int, bytes]:
            heard.append(dict(headers))
            return 200, b""

    web = changed(app.web.state.site, hooks={"zalo.main": Hook()})
    async with AsyncClient(transport=ASGITransport(app=web), base_url="https://tinh.example") as client:
        answer = await post(client, account="zalo.main", **{HELD_SINCE.upper(): "1700000000000"})
    assert answer.status_code == 200
    assert len(heard) == 2 and all("x-zevent-signature" in one and HELD_SINCE not in one for one in heard)


async def test_the_health_page_says_what_is_kept_and_since_when(
    app: App, client: AsyncClient, clock: FixedClock
) -> None:
    await post(client)
    clock.advance(seconds=3600)
    await post(client, b"2")
    checks = {one["name"]: one for one in (await client.get("/health?format=json")).json()["checks"]}
    assert checks[f"holding {ACCOUNT}"] == {
        "name": f"holding {ACCOUNT}",
        "state": "ok",
        "detail": "",
        "facts": {"held": 2, "bytes": len(BODY) + 1, "oldest": "2026-11-20T02:00:00+00:00"},
    }
    assert checks[f"holding {OTHER}"]["facts"] == {"held": 0, "bytes": 0, "oldest": None}
    page = (await client.get("/health")).text
    assert f"Giữ tin hộ: {ACCOUNT}" in page and "Đang giữ 2 tin, tin cũ nhất đến lúc 09:00 20/11/2026" in page
    assert "Không có tin nào đang giữ" in page


async def test_the_health_page_warns_where_nobody_fetches_or_room_runs_out(
    app: App, client: AsyncClient, clock: FixedClock
) -> None:
    await post(client)
    clock.advance(days=1, seconds=1)
    checks = {one["name"]: one for one in (await client.get("/health?format=json")).json()["checks"]}
    assert checks[f"holding {ACCOUNT}"]["state"] == "slow"
    async with app.storage.write() as uow:
        await uow.connection.execute(update(held_posts).values(size=60 * 1024 * 1024))
        await uow.commit()
    answer = await client.get("/health")
    assert (answer.status_code, "Sắp hết chỗ" in answer.text) == (200, True)


@pytest.mark.thorough
async def test_what_nobody_fetched_for_seven_days_goes_and_is_told(
    app: App, client: AsyncClient, clock: FixedClock, faults: list[str]
) -> None:
    tidy = housekeeping_of(app, faults)
    await post(client)
    clock.advance(days=7)
    await tidy.tidy()
    assert len(await posts(client)) == 1 and faults == []
    clock.advance(seconds=1)
    await tidy.tidy()
    assert await posts(client) == []
    (told,) = faults
    assert told.startswith(f"inbox: {ACCOUNT}: 1 posts that nobody fetched within 7 days are gone")


def housekeeping_of(app: App, faults: list[str]) -> Any:
    from bot.housekeeping import Housekeeping
    from handlers.context import Keeping

    return Housekeeping(
        storage=app.storage,
        shelf=app.files,
        clock=app.clock,
        keeping=Keeping(),
        on_fault=lambda where, error: faults.append(f"{where}: {error}"),
    )


async def test_a_name_of_our_own_is_refused(tmp_path: Path, knowledge: Knowledge, databases: Databases) -> None:
    load_key(tmp_path)
    settings = load_settings(data_dir=tmp_path, inbox_keys=f"webchat.main={KEY}")
    with pytest.raises(SettingsError, match=r"webchat\.main is an account of this house"):
        async with build(settings, knowledge=knowledge):
            pass
