"""On what terms the channels of an installation may be used: the prices of its settings, and the windows as known.

A running service takes the windows from its channels. Commands run without them, and know them here.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.channels.zalo.terms import WINDOW as ZALO
from bot.settings import Settings
from core.ports import QuotaLook
from core.storage import Storage
from core.tariff import Tariff, Terms
from core.windows import Window

WINDOWS: Mapping[str, Window] = {"zalo": ZALO}  # by kind of channel


def tariffs(settings: Settings) -> dict[str, Tariff]:
    """What channels charge, by kind."""
    zalo = Tariff(
        kind="zalo",
        message=settings.zalo_message_price,
        template=settings.zalo_template_price,
        quota=settings.zalo_month_quota,
        budget=settings.zalo_month_budget,
        since=settings.zalo_prices_from,
    )
    return {zalo.kind: zalo}


def terms(settings: Settings, accounts: Sequence[str]) -> Terms:
    """On what terms these accounts may be used."""
    kinds = {account: account.partition(".")[0] for account in accounts}
    windows = {account: WINDOWS[kind] for account, kind in kinds.items() if kind in WINDOWS}
    return Terms(windows=windows, tariffs=tariffs(settings))


@asynccontextmanager
async def quota_looks(settings: Settings, storage: Storage, key: bytes) -> AsyncIterator[Mapping[str, QuotaLook]]:
    """What can ask a provider for an account's package, by account; where it cannot, the settings' numbers count."""
    if not (settings.zalo_app_id and settings.zalo_oa_id):
        yield {}
        return
    from bot.clock import SystemClock
    from bot.logs import report_fault
    from bot.outside import Ground, zalo
    from bot.parts import local_files

    clock = SystemClock()
    files = local_files(settings.data_dir, key, clock)
    gateway = zalo(Ground(settings=settings, key=key, storage=storage, files=files, clock=clock, on_fault=report_fault))
    try:
        yield {gateway.channel.account: gateway}
    finally:
        await gateway.close()
