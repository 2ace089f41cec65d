"""A slice of the kills over Zalo's Official Account, on one of the databases in turn: one while the tokens are
changed, one when a notice has a template. All of them: `make trials`.
"""

from pathlib import Path

import pytest

from tests.trials.turns import on_the_other, struck
from tests.trials.zalo import ZaloTrial

pytestmark = pytest.mark.trial


@on_the_other
def test_a_notice_on_zalo_reaches_once_whom_the_windows_allow(tmp_path: Path, database_url: str) -> None:
    result = struck(ZaloTrial, tmp_path, database_url, kills=2)
    assert result.rotations, "no tokens were being changed"
