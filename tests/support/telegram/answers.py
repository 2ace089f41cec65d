"""An answer that says more than its result."""

from typing import Any, NamedTuple


class Told(NamedTuple):
    """A result with the sentence the server puts beside it."""

    result: Any
    description: str
