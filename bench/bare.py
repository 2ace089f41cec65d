"""A client that only posts, to be compared with: `python -m bench.bare URL TIMES AT_ONCE`, a process of its own.

What it posts comes on its standard input. Nothing is stored, nothing is made anew: this is what aiohttp alone costs. It
says how many seconds of processor time that took, its start left out.
"""

import asyncio
import sys
import time
from collections.abc import Iterator

from aiohttp import ClientSession, TCPConnector

HEADERS = {"Content-Type": "application/json"}


async def _post(url: str, body: bytes, times: int, at_once: int) -> None:
    turns = iter(range(times))
    async with ClientSession(connector=TCPConnector(limit=at_once)) as client:
        await asyncio.gather(*(_take_turns(client, url, body, turns) for _ in range(at_once)))


async def _take_turns(client: ClientSession, url: str, body: bytes, turns: Iterator[int]) -> None:
    for _ in turns:
        async with client.post(url, data=body, headers=HEADERS) as answer:
            await answer.read()


if __name__ == "__main__":
    began = time.process_time()
    asyncio.run(_post(sys.argv[1], sys.stdin.buffer.read(), int(sys.argv[2]), int(sys.argv[3])))
    print(time.process_time() - began)
