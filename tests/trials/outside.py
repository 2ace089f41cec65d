"""What trials over an outside channel share: the process that talks to its server, and waiting for its answers."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.delivery import PENDING
from db.models import deliveries, inbound_updates
from tests.support import hasty
from tests.support.service import Service, free_port
from tests.trials.kills import ANSWERED_WITHIN, LEASE, Trial
from tests.trials.providers import Provider


class OutsideTrial(Trial):
    """One database, one service after the other, each over another of the provider's ways."""

    provider: Provider
    began: int = 0  # processes on this database so far
    account_settings: Mapping[str, str] = MappingProxyType({})  # those of the last process

    def start(self) -> Service:
        """A new process; the ways take turns."""
        self._stack.close()
        port = free_port()
        way = self.provider.ways[self.began % len(self.provider.ways)]
        self.account_settings = self.provider.settings(way, port)
        settings = {
            "CHUNGTAY_DATABASE_URL": self._url,
            hasty.VARIABLE: LEASE,
            "CHUNGTAY_PORT": str(port),
            **self.account_settings,
        }
        self.began += 1
        return self._stack.enter_context(self._running(settings))

    async def _started(self) -> Service:
        # In a thread: the server it talks to lives in this loop.
        return await asyncio.to_thread(self.start)

    async def _answered(self, engine: AsyncEngine) -> None:
        until = monotonic() + ANSWERED_WITHIN
        await self.provider.quiet(within=ANSWERED_WITHIN)
        while await waiting(engine) and monotonic() < until:  # noqa: ASYNC110 - another process owns it
            await asyncio.sleep(0.05)


async def waiting(engine: AsyncEngine) -> int:
    """Updates without an answer, and answers not yet sent."""
    unhandled = select(func.count()).where(inbound_updates.c.handled_at.is_(None))
    unsent = select(func.count()).where(deliveries.c.status.in_([*PENDING, "in_doubt"]), deliveries.c.doubts < 2)
    async with engine.connect() as connection:
        return sum([(await connection.execute(one)).scalar_one() for one in (unhandled, unsent)])
