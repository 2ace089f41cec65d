"""How many examples a property is tried with: some in `make test`, all of them in `make thorough`.

The same every time (conftest.py makes them derandomised), so that both fail again where they failed.
"""

import os

THOROUGH = bool(os.environ.get("CHUNGTAY_TEST_THOROUGH"))
SHARE = 5  # of all examples, one of so many is tried where it must be quick; CI tries all of them too
BY_ITSELF = 100  # Hypothesis's own number


def examples(count: int = BY_ITSELF) -> int:
    """This many, or a fifth of them where it must be quick."""
    return count if THOROUGH else count // SHARE
