"""A door before a server: closed, nobody listens there and every connection is cut."""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

CHUNK = 65_536


class Gate:
    """Passes bytes both ways, as long as it is open; keeps its port."""

    def __init__(self, url: str) -> None:
        self._there = urlsplit(url)
        self._server: asyncio.Server | None = None
        self._passing: set[asyncio.Task[None]] = set()
        self._port = 0

    @property
    def url(self) -> str:
        """Where it is, open or not."""
        return f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._come, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no longer, and cut what is under way."""
        if self._server is not None:
            self._server.close()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        here = asyncio.current_task()
        assert here is not None
        self._passing.add(here)
        with suppress(OSError, asyncio.CancelledError):
            there, out = await asyncio.open_connection(self._there.hostname, self._there.port)
            ways = [asyncio.create_task(_pass(reader, out)), asyncio.create_task(_pass(there, writer))]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in ways:
                    one.cancel()
                out.transport.abort()
        writer.transport.abort()
        self._passing.discard(here)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(CHUNK):
        writer.write(data)
        await writer.drain()
