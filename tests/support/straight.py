"""SQLite asked without a detour through a thread, where one conversation or command runs and nobody waits for another.

The driver hands every step of a statement to the thread of its connection and waits: a hundred times for each message,
which takes longer than the statements do. Where several use a database at once, tests keep the driver as it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from db import engine


async def _execute(_: Any, step: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    return step(*arguments, **options)


@contextmanager
def asked_straight() -> Iterator[None]:
    """Every SQLite connection of the product is asked so, as long as this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine._Connection, "_execute", _execute)
        yield
