"""Numbers as Zalo writes them: some as numbers, most in quotes."""

from typing import Any

MOST_DIGITS = 20


def whole(value: Any) -> int | None:
    """A whole number, however it is written; None where it is none.

    >>> whole("90000"), whole(-216), whole("-32"), whole("Z"), whole(None), whole(True)
    (90000, -216, -32, None, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and value.isascii() and len(value) <= MOST_DIGITS:
        return int(value)
    return None
