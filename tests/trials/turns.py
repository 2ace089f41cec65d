"""Where a slice tries a thing on one database only: which of them has its turn."""

import os
import secrets
from pathlib import Path

import pytest

from tests.support.databases import KINDS
from tests.trials.kills import Result, Trial

# All processes of a run say the same: which database, and which half of the named steps.
CHANCE = int(os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(16), 16)
TURN, HALF = CHANCE % 2, CHANCE // 2 % 2
on_either = pytest.mark.parametrize("kind", [KINDS[TURN]], indirect=True)
on_the_other = pytest.mark.parametrize("kind", [KINDS[1 - TURN]], indirect=True)


def struck(trial: type[Trial], data_dir: Path, database_url: str, *, kills: int) -> Result:
    """A slice of a trial: so many kills, each while something was on its way, and nothing lost or doubled by them."""
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    result = trial(data_dir=data_dir, database_url=database_url, seed=seed).run(kills)
    assert result.faults == [], f"seed {seed}"
    assert len(result.kills) >= kills, f"seed {seed}: {result.idle} kills struck when nothing waited"
    return result
