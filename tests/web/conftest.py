"""The real application over ASGI: real storage, real conversation, a clock that stands still."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from bot.app import App, build
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.settings import load_settings
from core.delivery import PENDING
from core.storage import Storage
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.web.visiting import Visitor
from web.app import Site, create_app
from web.waiting import GRACE_SECONDS


@pytest.fixture
def database() -> str:
    """Where the application keeps its data; empty: SQLite in its own folder."""
    return ""


@pytest.fixture
def faults() -> list[str]:
    """Where the application had trouble of its own; a test that expects none looks here."""
    return []


@pytest.fixture
def data_dir(tmp_path: Path, database: str, databases: Databases) -> Path:
    """The application's folder, as after a first start."""
    load_key(tmp_path)
    if not database:
        databases.put(tmp_path / "chungtay.db")
    return tmp_path


async def waiting(storage: Storage) -> int:
    """How much is not handled or not sent yet."""
    async with storage.read() as work:
        counts = await work.outbox.counts()
        return (await work.inbox.backlog()).count + sum(counts[status] for status in PENDING)


class Prompt:
    """Arrivals that know when there is nothing left to arrive: nobody waits GRACE_SECONDS in vain."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def wait(self, path: str, seconds: float) -> bool:
        """As the web chat's."""
        if seconds == GRACE_SECONDS and not await waiting(self._site.storage):
            return False
        return await self._site.arrivals.wait(path, seconds)


@pytest.fixture
async def app(
    data_dir: Path, database: str, clock: FixedClock, knowledge: Knowledge, faults: list[str]
) -> AsyncIterator[App]:
    settings = load_settings(data_dir=data_dir, database_url=database, public_url="https://chungtay.example")
    async with build(
        settings, clock=clock, knowledge=knowledge, on_fault=lambda where, error: faults.append(f"{where}: {error!r}")
    ) as running:
        site = running.web.state.site
        yield replace(running, web=changed(site, arrivals=Prompt(site)))
    assert faults == []


@pytest.fixture
def site(app: App) -> Site:
    return app.web.state.site  # type: ignore[no-any-return]


def changed(site: Site, **fields: Any) -> Starlette:
    """The application with something of its outside replaced."""
    return create_app(replace(site, **fields))


def client_of(web: Starlette, *, address: str = "127.0.0.1") -> AsyncClient:
    """A browser at an address."""
    return AsyncClient(transport=ASGITransport(app=web, client=(address, 123)), base_url="https://chungtay.example")


@pytest.fixture
async def client(app: App) -> AsyncIterator[AsyncClient]:
    async with client_of(app.web) as made:
        yield made


@pytest.fixture
def visitor(client: AsyncClient) -> Visitor:
    return Visitor(client)
