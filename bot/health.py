"""How the service is doing: what the health page shows."""

import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from bot.held.condition import Puller, holding_checks, pulling_check
from core.delivery import PENDING, DeliveryStatus
from core.errors import StorageError
from core.held import Room
from core.ports import Channel, ChannelState, Clock, Condition
from core.records import Backlog
from core.storage import Storage
from web.fronting import Fronting
from web.health import FRONT, Check, HealthReport, State

LOW_DISK = 200 * 1024 * 1024  # bytes; below it an operator should make room
FULL_DISK = 4 * 1024 * 1024  # bytes; below it nothing is stored for sure
SLOW_AFTER = 30.0  # seconds an update may wait before the service counts as slow
DOWN_AFTER = 300.0


class Health:
    """Looks at the parts that can fail. Costs two small statements, and one more where posts are kept for others.

    `held` names the accounts for which they are; `pulling` is what fetches ours from another house, `fronting` how the
    web server in front passes requests on.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        data_dir: Path,
        channels: Mapping[str, Channel],
        held: Sequence[str] = (),
        pulling: Sequence[Puller] = (),
        fronting: Fronting | None = None,
    ) -> None:
        self._storage, self._clock, self._data_dir, self._channels = storage, clock, data_dir, channels
        self._held, self._pulling, self._fronting = held, pulling, fronting

    async def report(self) -> HealthReport:
        """What is well and what is not."""
        try:
            async with self._storage.read() as uow:
                backlog, counts = await uow.inbox.backlog(), await uow.outbox.counts()
                kept = await uow.held.counts(self._held) if self._held else {}
        except StorageError as error:
            database = Check(name="database", state=State.DOWN, detail=error.what)
            return HealthReport(ok=False, version=version("chungtay"), checks=(database, self._disk()))
        # A file that its channel does not hand over makes nobody else wait.
        waits = backlog.oldest_ready
        age = (self._clock.now() - waits).total_seconds() if waits else None
        checks = (
            Check(name="database", state=State.OK),
            self._disk(),
            _inbox(backlog, age),
            *self._front(),
        )
        # A channel that is away is told, and the rest goes on: only what concerns everybody makes the whole unwell.
        return HealthReport(
            ok=all(check.state is not State.DOWN for check in checks),
            version=version("chungtay"),
            checks=(
                *checks,
                *(_channel(account, one.condition()) for account, one in self._channels.items()),
                *(pulling_check(one) for one in self._pulling),
                *holding_checks(self._held, kept, self._clock.now(), Room()),
            ),
            waiting_updates=backlog.count,
            outbox_pending=sum(counts[status] for status in PENDING),
            in_doubt=counts[DeliveryStatus.IN_DOUBT],
            oldest_waiting_seconds=age,
        )

    def _front(self) -> tuple[Check, ...]:
        """Told only where something is wrong: not everybody has a web server in front."""
        nameless = self._fronting is not None and self._fronting.nameless
        return (Check(name=FRONT, state=State.SLOW, detail="nameless"),) if nameless else ()

    def _disk(self) -> Check:
        free = shutil.disk_usage(self._data_dir).free
        state = State.OK if free > LOW_DISK else State.SLOW if free > FULL_DISK else State.DOWN
        return Check(name="disk", state=state, detail=f"{free // (1024 * 1024)} MB")


def _channel(account: str, condition: Condition) -> Check:
    bad = condition.state in (ChannelState.DOWN, ChannelState.REFUSED)
    state = State.OK if condition.state is ChannelState.UP else State.DOWN if bad else State.SLOW
    return Check(name=account, state=state, detail=condition.code, condition=condition.state)


def _inbox(backlog: Backlog, age: float | None) -> Check:
    waited = age or 0.0
    state = State.DOWN if waited > DOWN_AFTER else State.SLOW if waited > SLOW_AFTER else State.OK
    return Check(name="inbox", state=state, detail=str(backlog.count))
