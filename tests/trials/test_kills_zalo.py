"""A slice of the kills over Zalo's Official Account, on one of the databases in turn: one while the tokens are
changed, one when a notice has a template. All of them: `make trials`.
"""

import secrets
from pathlib import Path

import pytest

from tests.trials.turns import on_the_other
from tests.trials.zalo import ZaloTrial

pytestmark = pytest.mark.trial


@on_the_other
def test_a_notice_on_zalo_reaches_once_whom_the_windows_allow(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    result = ZaloTrial(data_dir=tmp_path, database_url=database_url, seed=seed).run(2)
    assert result.faults == [], f"seed {seed}"
    assert len(result.kills) >= 2, f"seed {seed}: {result.idle} kills struck when nothing was on its way"
    assert result.rotations, f"seed {seed}: no tokens were being changed"
