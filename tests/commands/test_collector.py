"""What is built at the start is left alone by the collector; what comes later is not."""

import gc
from pathlib import Path

import pytest

from bot.app import App
from bot.commands.run import serve
from bot.settings import load_settings
from core.errors import SettingsError
from tests.support.service import free_port


class Stop(Exception):  # noqa: N818 - no error
    """Seen enough."""


def test_the_collector_works_again_once_people_are_served(tmp_path: Path) -> None:
    seen: dict[str, object] = {}

    async def look(_: App) -> None:
        seen.update(works=gc.isenabled(), left_alone=gc.get_freeze_count() > 10_000)
        raise Stop

    try:
        with pytest.raises(Stop):
            serve(load_settings(data_dir=tmp_path, port=free_port()), prepare=look)
    finally:
        gc.unfreeze()
    assert seen == {"works": True, "left_alone": True}


def test_and_after_a_start_that_failed() -> None:
    with pytest.raises(SettingsError):
        serve(load_settings(host="256.0.0.1"))
    assert gc.isenabled()
