"""A slice of the kills: three on each database over the web chat, two over Telegram. All of them: `make trials`."""

import secrets
from pathlib import Path

import pytest

from tests.trials.broadcast import BroadcastTrial
from tests.trials.kills import Trial
from tests.trials.telegram import TelegramTrial

pytestmark = pytest.mark.trial
KILLS = 3


def test_what_was_acknowledged_is_answered_once(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    result = Trial(data_dir=tmp_path, database_url=database_url, seed=seed).run(KILLS)
    assert result.faults == [], f"seed {seed}"
    assert len(result.kills) >= KILLS, f"seed {seed}: {result.idle} kills struck when nothing waited"
    assert result.answered > 0


def test_a_notice_reaches_everybody_once(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    result = BroadcastTrial(data_dir=tmp_path, database_url=database_url, seed=seed).run(2)
    assert result.faults == [], f"seed {seed}"
    assert len(result.kills) >= 2, f"seed {seed}: {result.idle} kills struck when nothing was on its way"


def test_what_came_over_telegram_is_answered_once(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    result = TelegramTrial(data_dir=tmp_path, database_url=database_url, seed=seed).run(2)
    assert result.faults == [], f"seed {seed}"
    assert len(result.kills) >= 2, f"seed {seed}: {result.idle} kills struck when nothing waited"
    assert result.answered > 0
