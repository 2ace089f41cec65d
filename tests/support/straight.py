"""SQLite asked without a detour through a thread: half the time of a test that uses a database.

The driver hands every step of a statement to the thread of its connection and waits: a hundred times for each message,
which takes longer than the statements do. What can wait for somebody else, the lock of a writer above all, still goes
the driver's way: whoever holds it may be in the same thread. Whole processes, browsers and outside channels keep the
driver as it is.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from db import engine

# What takes a lock, or must be alone.
WAITING = ("BEGIN IMMEDIATE", "PRAGMA", "VACUUM", "ATTACH")
_by_thread = engine._Connection._execute


async def _execute(connection: Any, step: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    statement = arguments[0] if arguments and isinstance(arguments[0], str) else ""
    # Behind a step that is in the thread, even one that nobody waits for any more, the others queue.
    away = getattr(connection, "steps_away", 0)
    if away or statement.startswith(WAITING):
        connection.steps_away = away + 1

        def stepped() -> Any:
            try:
                return step(*arguments, **options)
            finally:
                connection.steps_away -= 1

        return await _by_thread(connection, stepped)
    if statement == "BEGIN":
        await asyncio.sleep(0)  # others have their turn, as they would
    return step(*arguments, **options)


@contextmanager
def asked_straight() -> Iterator[None]:
    """Every SQLite connection of the product is asked so, as long as this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine._Connection, "_execute", _execute)
        yield
