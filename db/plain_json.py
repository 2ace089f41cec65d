"""JSON as it is read from the database: texts that every page, file and terminal can show.

Half of a pair of signs ("\\ud83d" alone) is no character; a program can make it of bytes that are no text, and JSON can
keep it, but nothing can be written with it. It is read as "?".
"""

import json
from typing import Any


def read(text: str | bytes) -> Any:
    """Like json.loads.

    >>> read('["\\\\ud83d", "\\\\ud83c\\\\udf3e"]')
    ['?', '🌾']
    """
    found = json.loads(text)
    # Most texts have no such sign at all, and JSON is read often.
    escaped = b"\\ud" if isinstance(text, bytes) else "\\ud"
    return readable(found) if escaped in text else found  # type: ignore[operator]


def readable(value: Any) -> Any:
    """A value with "?" for what is no character, also within lists and mappings."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [readable(one) for one in value]
    if isinstance(value, dict):
        return {readable(key): readable(one) for key, one in value.items()}
    return value
