"""An account at the fake server, without the rest of the product: its settings, its gateway, a good pair of tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.channels.zalo.gateway import ZaloGateway
from bot.opening import opened
from bot.outside import Ground, zalo
from bot.parts import local_files
from bot.settings import Settings
from core.ports import Clock
from tests.support.zalo.server import FakeZalo


def settings_for(server: FakeZalo, *, database_url: str, data_dir: Path, **more: Any) -> Settings:
    """The settings of an account at that server."""
    return Settings(
        **{
            "data_dir": data_dir,
            "database_url": database_url,
            "zalo_app_id": server.app_id,
            "zalo_app_secret": server.app_secret,
            "zalo_oa_id": server.oa_id,
            "zalo_oa_secret_key": server.oa_secret_key,
            "zalo_api_base": server.base,
            "zalo_oauth_base": server.base,
            "zalo_business_base": server.base,
            "zalo_per_second": 66,
            **more,
        }
    )


@asynccontextmanager
async def signed_out(settings: Settings, clock: Clock) -> AsyncIterator[ZaloGateway]:
    """The account's gateway over its database, with nothing running."""
    async with opened(settings, create=True) as (storage, key):
        gateway = zalo(
            Ground(
                settings=settings,
                key=key,
                storage=storage,
                files=local_files(settings.data_dir, key, clock),
                clock=clock,
                on_fault=lambda where, error: None,
            )
        )
        try:
            yield gateway
        finally:
            await gateway.close()


async def sign_in(server: FakeZalo, settings: Settings, clock: Clock) -> None:
    """Put a good pair of tokens into the database, as `chungtay zalo login` does."""
    pair = server.issue_tokens()
    async with signed_out(settings, clock) as gateway:
        await gateway.tokens.sign_in(pair.access_token, pair.refresh_token, seconds=90_000)
