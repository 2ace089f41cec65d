"""Statements turned into SQL once for a whole run, and not once for each test's engine."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db import engine


class Shared(dict[Any, Any]):
    """A cache of compiled statements for all engines on databases of the same kind."""

    def get(self, key: Any, default: Any = None) -> Any:
        """What was compiled by any of their dialects."""
        return super().get(self._shared(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(self._shared(key), compiled)

    @staticmethod
    def _shared(key: Any) -> Any:
        dialect, *statement = key
        return (dialect.name, *statement)


def compile_once(patch: pytest.MonkeyPatch) -> None:
    """Every engine of the product gets the same cache."""
    make, cache = engine.create_async_engine, Shared()

    def create_async_engine(*arguments: Any, **options: Any) -> AsyncEngine:
        made = make(*arguments, **options)
        made.sync_engine.update_execution_options(compiled_cache=cache)
        return made

    patch.setattr(engine, "create_async_engine", create_async_engine)
