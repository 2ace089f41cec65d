"""`chungtay` with another limit on what an account sends: BENCH_PER_SECOND messages a second, 0 for any number.

`python -m bench.limited run`. With 0 the product is measured and not its limit, which no setting switches off.
"""

import os
from collections.abc import MutableMapping
from contextlib import ExitStack
from typing import cast
from unittest.mock import patch

from bot.__main__ import main as chungtay
from bot.settings import Settings
from scheduler import limits

VARIABLE = "BENCH_PER_SECOND"
SETTING = "telegram_per_second"  # where this version has it


def main() -> None:
    """Set what is asked for, then run the command."""
    most = int(os.environ.get(VARIABLE) or 0)
    with ExitStack() as stack:
        if not most:
            stack.enter_context(patch.object(limits.Rates, "most", _any_number))
        if SETTING in Settings.model_fields:
            stack.enter_context(patch.dict(os.environ, {f"CHUNGTAY_{SETTING.upper()}": str(most or 1000)}))
        elif most:
            cast(MutableMapping[str, int], limits.PER_SECOND)["telegram"] = most
        chungtay()


def _any_number(self: limits.Rates, account: str) -> None:
    """In place of `Rates.most`: no limit."""


if __name__ == "__main__":
    main()
