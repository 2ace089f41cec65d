"""`chungtay` in which a dead process's messages are found soon, for trials that cannot wait a minute each time.

CHUNGTAY_TEST_LEASE is how long a lease lasts, in seconds; expired ones are looked for four times in that span.
"""

import os
from datetime import timedelta

from scheduler import relay, rescue
from tests.support.without import main as chungtay

VARIABLE = "CHUNGTAY_TEST_LEASE"


def main() -> None:
    """Shorten what is asked for, then run the command."""
    if lease := os.environ.get(VARIABLE):
        relay.LEASE_FOR = timedelta(seconds=float(lease))
        rescue.EVERY = float(lease) / 4
    chungtay()


if __name__ == "__main__":
    main()
