"""Which settings switch the Bot Platform on, and what they come to."""

from pathlib import Path
from typing import Any

import pytest

from bot.files import LocalFiles
from bot.outside import Ground, gateways
from bot.settings import Settings, load_settings
from core.errors import SettingsError
from tests.support.clock import FixedClock
from tests.support.zalobot.server import TOKEN

KEY = b"k" * 32


def made(settings: Settings, clock: FixedClock) -> list[Any]:
    """The gateways of these settings; none of them opens its storage before it is used."""
    files = LocalFiles(settings.data_dir, KEY, clock)
    storage: Any = None
    ground = Ground(settings=settings, key=KEY, storage=storage, files=files, clock=clock, on_fault=lambda *_: None)
    return list(gateways(ground))


def account_of(clock: FixedClock, tmp_path: Path, **given: Any) -> Any:
    """The account that the settings make; None without one."""
    found = made(Settings(data_dir=tmp_path, **given), clock)
    return found[0]._account if found else None


def test_without_a_token_there_is_none(clock: FixedClock, tmp_path: Path) -> None:
    assert account_of(clock, tmp_path) is None


def test_with_a_token_it_asks_at_zalos_address(clock: FixedClock, tmp_path: Path) -> None:
    account = account_of(clock, tmp_path, zalo_bot_token=TOKEN)
    assert (account.name, account.api_base, account.webhook_url) == (
        "zalobot.main",
        "https://bot-api.zaloplatforms.com",
        "",
    )


def test_a_secret_is_made_once_for_each_installation(clock: FixedClock, tmp_path: Path) -> None:
    given = {"zalo_bot_token": TOKEN, "zalo_bot_webhook_url": "https://ward.example.vn"}
    account = account_of(clock, tmp_path, **given)
    assert account.webhook_url == "https://ward.example.vn/hooks/zalobot.main"
    assert account.webhook_secret == account_of(clock, tmp_path, **given).webhook_secret
    assert 8 <= len(account.webhook_secret) <= 256
    own = account_of(clock, tmp_path, **given, zalo_bot_webhook_secret="own secret")
    assert own.webhook_secret == "own secret"


def test_both_channels_side_by_side(clock: FixedClock, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, telegram_token="4242:TEST", zalo_bot_token=TOKEN)
    assert [one.channel.account for one in made(settings, clock)] == ["telegram.main", "zalobot.main"]


@pytest.mark.parametrize("address", ["http://ward.example.vn", "https://localhost/hook", "https://192.168.1.4"])
def test_zalo_posts_to_a_public_https_address_only(address: str) -> None:
    with pytest.raises(SettingsError, match="CHUNGTAY_ZALO_BOT_WEBHOOK_URL: must be a public https address"):
        load_settings(zalo_bot_webhook_url=address)
    load_settings(zalo_bot_webhook_url=address, zalo_bot_api_base="http://127.0.0.1:1")  # where a test listens
