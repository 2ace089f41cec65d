"""Takes a capability out of the product: its conversation, page or command is not registered.

A pytest plugin (`--without ID`), and for the product started as a process of its own the variable
CHUNGTAY_TEST_WITHOUT. `make audit-tests` demands that a capability's test fails without it.
"""

import os
from collections.abc import Callable

import pytest

VARIABLE = "CHUNGTAY_TEST_WITHOUT"


def _router(*names: str) -> Callable[[], None]:
    def remove() -> None:
        from handlers import ROUTERS

        ROUTERS[:] = [router for router in ROUTERS if router.name not in names]

    return remove


def _commands(*names: str) -> Callable[[], None]:
    def remove() -> None:
        from bot.__main__ import cli

        for name in names:
            del cli.commands[name]

    return remove


SWITCHES: dict[str, Callable[[], None]] = {
    "locality-choice": _router("localities"),
    "consent-and-erasure": _router("my_data", "handover"),
    "no-decision": _router("caution"),
    "low-cost-running": _commands("run", "backup", "restore"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--without ID` runs the tests on a product that lacks this capability."""
    parser.addoption("--without", choices=sorted(SWITCHES), help="take a capability out of the product")


def pytest_configure(config: pytest.Config) -> None:
    """Take it out before any test runs, here and in processes that tests start."""
    without = config.getoption("--without")
    if without:
        os.environ[VARIABLE] = without
        SWITCHES[without]()


def main() -> None:
    """`chungtay`, without what the variable names."""
    without = os.environ.get(VARIABLE)
    if without:
        SWITCHES[without]()
    from bot.__main__ import main as chungtay

    chungtay()


if __name__ == "__main__":
    main()
