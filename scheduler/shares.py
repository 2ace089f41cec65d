"""Keeps this process's part of each account's limit, where several processes send by the same accounts.

A part lasts three seconds in the database and is used for half of that at most: who is cut off has stopped well before
others may use it, and a message that was on its way still counts for a second.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

from core.ports import Wake
from core.storage import Storage
from scheduler.limits import WITHIN, Rates

EVERY = 0.5  # seconds
LASTS = timedelta(seconds=3)
USED_FOR = 1.5  # seconds from the asking


class Shares:
    """One loop beside the relay."""

    def __init__(
        self,
        *,
        storage: Storage,
        rates: Rates,
        accounts: Sequence[str],
        worker: str,
        relay: Wake,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self._storage, self._rates, self._worker, self._relay = storage, rates, worker, relay
        self._on_fault = on_fault
        self._accounts = [one for one in accounts if rates.most(one) is not None]

    async def run(self) -> None:
        """Until cancelled; then others may use it, as soon as what left last no longer counts."""
        try:
            while True:
                try:
                    await self.renew()
                except Exception as error:
                    self._on_fault("shares", error)
                await asyncio.sleep(EVERY)
        finally:
            await self._give_back()

    async def renew(self) -> None:
        """Ask for each account once more."""
        for account in self._accounts:
            rate, most = self._rates.of(account), self._rates.most(account)
            if rate is None or most is None:
                continue
            asked = self._rates.now()
            # What may be leaving while the database answers is claimed as well.
            using = max(rate.most if asked < rate.until else 0, rate.counting())
            async with self._storage.write() as uow:
                share = await uow.shares.renew(account, self._worker, most=most, using=using, lasts=LASTS)
                await uow.commit()
            rate.give(share, until=asked + USED_FOR)
        self._relay.wake()

    async def _give_back(self) -> None:
        try:
            async with self._storage.write() as uow:
                for account in self._accounts:
                    await uow.shares.give_back(account, self._worker, after=timedelta(seconds=WITHIN))
                await uow.commit()
        except Exception as error:
            self._on_fault("shares", error)  # it ends by itself
