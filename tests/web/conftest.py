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
from tests.support.clock import FixedClock
from tests.web.visiting import Visitor
from web.app import Site, create_app


@pytest.fixture
def database() -> str:
    """Where the application keeps its data; empty: SQLite in its own folder."""
    return ""


@pytest.fixture
def faults() -> list[str]:
    """Where the application had trouble of its own; a test that expects none looks here."""
    return []


@pytest.fixture
async def app(
    tmp_path: Path, database: str, clock: FixedClock, knowledge: Knowledge, faults: list[str]
) -> AsyncIterator[App]:
    load_key(tmp_path)  # the database is there already, as after a first start
    settings = load_settings(data_dir=tmp_path, database_url=database, public_url="https://chungtay.example")
    async with build(
        settings, clock=clock, knowledge=knowledge, on_fault=lambda where, error: faults.append(f"{where}: {error!r}")
    ) as running:
        yield running
    assert faults == []


@pytest.fixture
def site(app: App) -> Site:
    return app.web.state.site  # type: ignore[no-any-return]


def changed(site: Site, **fields: Any) -> Starlette:
    """The application with something of its outside replaced."""
    return create_app(replace(site, **fields))


def client_of(web: Starlette) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=web), base_url="https://chungtay.example")


@pytest.fixture
async def client(app: App) -> AsyncIterator[AsyncClient]:
    async with client_of(app.web) as made:
        yield made


@pytest.fixture
def visitor(client: AsyncClient) -> Visitor:
    return Visitor(client)
