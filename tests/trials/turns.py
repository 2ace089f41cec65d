"""Where a slice tries a thing on one database only: which of them has its turn."""

import os
import secrets

import pytest

from tests.support.databases import KINDS

# All processes of a run say the same.
TURN = int(os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(16), 16) % 2
on_either = pytest.mark.parametrize("kind", [KINDS[TURN]], indirect=True)
on_the_other = pytest.mark.parametrize("kind", [KINDS[1 - TURN]], indirect=True)
