"""One writer records what became of deliveries, in small groups: far faster than a commit for each."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

from core.delivery import DeliveryStatus, Outcome
from core.errors import StorageError
from core.ports import Clock
from core.storage import Storage, UnitOfWork
from core.tariff import Tariff

GROUP = 200  # outcomes in one transaction
COMES_BACK = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.IN_DOUBT)
AGAIN_AFTER = 1.0  # seconds before a failed recording is tried again

Handed = tuple[Outcome, asyncio.Future[None]]


class Completion:
    """Takes outcomes as they come; what is waiting when the writer is free is one group."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        worker: str,
        on_fault: Callable[[str, BaseException], None],
        tariffs: Mapping[str, Tariff] | None = None,
    ) -> None:
        self._storage, self._clock, self._worker, self._on_fault = storage, clock, worker, on_fault
        self._tariffs = tariffs or {}  # by kind of channel
        self._queue: asyncio.Queue[Handed] = asyncio.Queue()

    async def add(self, outcome: Outcome) -> None:
        """Hand over an outcome and wait until it is recorded: only then may the person's next message go."""
        recorded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((outcome, recorded))
        await recorded

    async def run(self) -> None:
        """Until cancelled. An outcome is not forgotten while the database is away."""
        while True:
            group = [await self._queue.get()]
            while len(group) < GROUP and not self._queue.empty():
                group.append(self._queue.get_nowait())
            await self._record_at_last([outcome for outcome, _ in group])
            for _, recorded in group:
                if not recorded.done():
                    recorded.set_result(None)

    async def _record_at_last(self, group: list[Outcome]) -> None:
        while True:
            try:
                return await self._record(group)
            except StorageError as error:
                self._on_fault("completion", error)
                await asyncio.sleep(AGAIN_AFTER)
            except Exception as error:
                self._on_fault("completion", error)
                if len(group) == 1:
                    return None  # its lease runs out, and it is in doubt: nobody else waits for it
                for one in group:
                    await self._record_at_last([one])
                return None

    async def _record(self, group: list[Outcome]) -> None:
        async with self._storage.write() as uow:
            group = await self._without_outdated(uow, group)
            # What is charged is counted with what was sent, or neither is.
            if spent := {one.delivery_id: one.spent for one in group if one.spent is not None}:
                await uow.spending.add(spent, self._tariffs, worker=self._worker, now=self._clock.now())
            await uow.outbox.record(group, worker=self._worker, now=self._clock.now())
            # Who took back their yes while it was in flight gets none of what comes back.
            if back := [one.delivery_id for one in group if one.status in COMES_BACK]:
                await uow.campaigns.take_back(back, self._clock.now())
            refused = {one.delivery_id: one.refusal for one in group if one.refusal}
            if refused:
                await uow.people.refused(refused)
            for one in group:
                if one.moved_to:
                    await uow.people.move(one.delivery_id, one.moved_to)
            paused = dict(sorted(one.paused for one in group if one.paused))  # the longest pause of an account counts
            for account, until in paused.items():
                await uow.outbox.pause(account, until)
            await uow.commit()

    async def _without_outdated(self, uow: UnitOfWork, group: list[Outcome]) -> list[Outcome]:
        """Who let us in while we were being refused is tried again: the refusal was told after they had opened."""
        refused = {one.delivery_id: one.began for one in group if one.refusal and one.began}
        open_again = await uow.people.let_in(refused) if refused else set()
        now = self._clock.now()
        return [
            replace(one, status=DeliveryStatus.QUEUED, refusal=None, available_at=now, forget=False)
            if one.delivery_id in open_again
            else one
            for one in group
        ]
