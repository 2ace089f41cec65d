"""aiogram, imported without the checkers of its six hundred classes, of which this channel uses a dozen.

The library builds the checker of each class while it is imported: on a small machine 2.5 s, and 100 MB for as long as
the program runs. Here every class builds its own when it is first used, which pydantic does by itself where a class
finds the names that its annotations speak of. A version of the library that works otherwise is imported as it comes,
only slower. Decision 0014.
"""

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel


@contextmanager
def building_later() -> Iterator[None]:
    """What of aiogram comes to be in this context is built when it is used."""
    at_once = vars(BaseModel)["model_rebuild"]
    BaseModel.model_rebuild = classmethod(_named_only)  # type: ignore[assignment, method-assign]
    gc.disable()  # it would walk all those new classes over and over
    try:
        yield
    finally:
        gc.enable()
        BaseModel.model_rebuild = at_once  # type: ignore[method-assign]


def _named_only(cls: type[BaseModel], /, *, _types_namespace: Mapping[str, Any] | None = None, **_: Any) -> None:
    """In place of building a class: let its module know the names that are there for type checkers alone."""
    from aiogram.client.context_controller import BotContextController

    BotContextController.model_config["defer_build"] = True  # for the methods, which come after the types
    if cls.__module__.startswith("aiogram.types."):
        module = vars(sys.modules[cls.__module__])
        for name, value in (_types_namespace or {}).items():
            module.setdefault(name, value)


with building_later():
    import aiogram  # noqa: F401
