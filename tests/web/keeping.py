"""A house that keeps posts of two wards, on each of the databases: how it is built, posted to and asked."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from httpx import AsyncClient

from bot.app import App, build
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.settings import load_settings
from tests.support.clock import FixedClock
from tests.support.houses import KEY

ACCOUNT, OTHER = "zalo.dak-cam", "zalo.di-su"
OTHERS_KEY = "another-key-of-sixteen"
SIGNED = {"X-ZEvent-Signature": "mac=00ff", "Content-Type": "application/json"}
BODY = '{"event_name": "user_send_text", "message": {"text": "xin  chào"}}'.encode()
AUTHORIZED = {"Authorization": f"Bearer {KEY}"}
SIGNED_LOW = {name.lower(): value for name, value in SIGNED.items()}


@asynccontextmanager
async def keeper(
    data_dir: Path, database_url: str, *, clock: FixedClock, knowledge: Knowledge, faults: list[str]
) -> AsyncIterator[App]:
    """It runs while the context is open."""
    load_key(data_dir)
    settings = load_settings(
        data_dir=data_dir,
        database_url=database_url,
        public_url="https://tinh.example",
        inbox_keys=f"{ACCOUNT}={KEY} {OTHER}={OTHERS_KEY}",
    )
    async with build(
        settings, clock=clock, knowledge=knowledge, on_fault=lambda where, error: faults.append(f"{where}: {error}")
    ) as running:
        yield running


async def post(client: AsyncClient, body: bytes = BODY, account: str = ACCOUNT, **headers: str) -> httpx.Response:
    """As a provider does."""
    return await client.post(f"/hooks/{account}", content=body, headers={**SIGNED, **headers})


async def fetch(client: AsyncClient, account: str = ACCOUNT, key: str = KEY, **asked: Any) -> httpx.Response:
    """As the other house does; without waiting, unless it says how long."""
    return await client.get(
        f"/inbox/{account}", params={"wait": 0, **asked}, headers={"Authorization": f"Bearer {key}"}
    )


async def posts(client: AsyncClient, **asked: Any) -> list[dict[str, Any]]:
    """What is kept, as it is told."""
    answer = await fetch(client, **asked)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["posts"]
    return found


async def take(client: AsyncClient, up_to: Any, account: str = ACCOUNT, key: str = KEY) -> httpx.Response:
    """As the other house does once it has stored them."""
    headers = {"Authorization": f"Bearer {key}"}
    return await client.post(f"/inbox/{account}/taken", content=json.dumps({"up_to": up_to}), headers=headers)
