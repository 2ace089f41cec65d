"""telemelya as it is, without the two other servers it wants: `python server.py PORT`, by the Python of .venv-witness.

What it keeps in Redis and in an S3 bucket lies in this process instead. Its protocol is untouched, and only what it
asks for in our conversations is here: anything else fails aloud. No test imports this.
"""

import sys
from collections import defaultdict
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

import uvicorn
from telemelya.server.app import app
from telemelya.server.media import media_manager
from telemelya.server.state import state_manager


class Memory:
    """What Redis would keep."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._lists: defaultdict[str, list[str]] = defaultdict(list)
        self._tables: defaultdict[str, dict[str, str]] = defaultdict(dict)

    async def set(self, key: str, value: str) -> None:
        """Keep a value."""
        self._values[key] = value

    async def get(self, key: str) -> str | None:
        """Give it back."""
        return self._values.get(key)

    async def delete(self, key: str) -> None:
        """Forget a value."""
        self._values.pop(key, None)

    async def incr(self, key: str) -> int:
        """The next number."""
        self._counts[key] += 1
        return self._counts[key]

    async def rpush(self, key: str, value: str) -> None:
        """Add to the end of a list."""
        self._lists[key].append(value)

    async def lrange(self, key: str, start: int, end: int) -> list[str]:
        """The whole list, which is all that is ever asked for."""
        assert (start, end) == (0, -1)
        return self._lists[key]

    async def hset(self, key: str, field: str, value: str) -> None:
        """Write into a table."""
        self._tables[key][field] = value

    async def expire(self, key: str, seconds: int) -> None:
        """Nothing lasts longer than a run."""


class Content:
    """An object that is being read."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def read(self) -> bytes:
        """All of it."""
        return self._data


class Bucket:
    """What the S3 server would keep."""

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}

    async def put_object(self, *, Key: str, Body: bytes, **other: Any) -> None:  # noqa: N803 - S3's own names
        """Keep a file."""
        self._objects[Key] = Body

    async def get_object(self, *, Key: str, **other: Any) -> dict[str, AbstractAsyncContextManager[Content]]:  # noqa: N803
        """Give it back."""
        return {"Body": nullcontext(Content(self._objects[Key]))}


def main(port: int) -> None:
    """Serve until stopped. All that its own start would do is connect to those two."""
    state_manager._redis = Memory()
    media_manager._client = Bucket()
    uvicorn.run(app, host="127.0.0.1", port=port, lifespan="off")


if __name__ == "__main__":
    main(int(sys.argv[1]))
