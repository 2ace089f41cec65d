"""Leases what is due, sends it with a deadline, hands on what became of it. So many in flight, no more."""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from core.caps import quiet
from core.contacts import Refusal
from core.delivery import Delivery, DeliveryStatus, Outcome, Priority
from core.digest import bundled
from core.errors import SendError, SendErrorKind, StorageError
from core.ports import Chance, Channel, Clock
from core.storage import Storage
from core.tariff import Tariff
from scheduler.completion import Completion
from scheduler.limits import Place, Rate, Rates
from scheduler.retry import outcome_of, pauses_account
from scheduler.wake import Wakeable
from scheduler.windows import Windows, going

SEND_WITHIN = 20.0  # seconds for one request; a channel that hangs longer leaves a doubt
UPLOAD_WITHIN = 30.0  # seconds more for a file
LEASE_FOR = timedelta(seconds=120)  # longer than any send and its recording: after it the worker counts as dead
ACCOUNT_PAUSE = 5.0  # seconds, where the channel does not say how long
NOTE_AGAIN_AFTER = 1.0  # seconds before the progress of a message is written again
HANDFUL = 2  # of an account's share, the part that must be free before more of what waits is taken: a half
SHARE = 80  # percent of what is in flight that one account may take
TRIED_AFTER = 3  # messages in a row without an answer; then one at a time is tried
LONGEST_SILENCE = 60.0  # seconds between such tries
IN_FLIGHT = 100  # messages being sent at once; what waits for its turn is not yet


@dataclass(frozen=True, kw_only=True)
class RelaySettings:
    """How the relay works; times in seconds."""

    worker: str  # this process, told apart from all others
    poll: float = 1.0  # how soon another process's work is seen
    in_flight: int = IN_FLIGHT
    send_within: float = SEND_WITHIN
    per_second: Mapping[str, int] | None = None  # messages, by kind of channel; None: as they are known to allow
    shared: bool = False  # other processes send by the same accounts
    tariffs: Mapping[str, Tariff] = field(default_factory=dict)  # by kind of channel


class Relay:
    """One loop. Several may run on PostgreSQL: a leased row is nobody else's."""

    def __init__(
        self,
        *,
        storage: Storage,
        channels: Mapping[str, Channel],
        completion: Completion,
        clock: Clock,
        chance: Chance,
        settings: RelaySettings,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self._storage, self._channels, self._completion = storage, channels, completion
        self._clock, self._chance, self._settings, self._on_fault = clock, chance, settings, on_fault
        self._paused: dict[str, datetime] = {}
        self._sending: dict[asyncio.Task[None], list[int]] = {}  # with the deliveries that go in one message
        self._in_flight: Counter[str] = Counter()  # by account
        self._failed: Counter[str] = Counter()  # by account: messages in a row without an answer
        self._windows = Windows(lambda account: self._channels[account], settings.tariffs)
        self.rates = Rates(settings.per_second, shared=settings.shared)
        self._full_for = math.inf  # seconds until an account has room again that had none at the last look
        self._more: set[str] = set()  # accounts of which the last lease took as much as it was allowed to
        self.work = Wakeable()

    async def run(self) -> None:
        """Until cancelled. Trouble with the database is told and waited out."""
        while True:
            try:
                leased = await self.step()
            except Exception as error:
                self._on_fault("relay", error)
                leased = 0
            if not leased:
                await self.work.sleep(min(self._full_for, self._settings.poll))

    async def step(self) -> int:
        """Lease and start sending what is due, as far as there is room; gives how many."""
        if self._in_flight.total() >= self._settings.in_flight:
            await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            return 1
        room, notices = self._room()
        if not room and not notices:
            return 0
        now = self._clock.now()
        limit = self._settings.in_flight - self._in_flight.total()
        async with self._storage.write() as uow:
            leased = await uow.outbox.lease(
                list(room),
                worker=self._settings.worker,
                now=now,
                until=now + LEASE_FOR,
                limit=limit,
                replies=min(room.values(), default=0),
                quiet=quiet(now),
                notices=notices,
            )
            leased = await self._windows.looked_up(uow, leased, now)
            # What is urgent counts, and waits for no cap; a reminder was asked for.
            asked = [one for one in leased if one.priority is Priority.NOTICE and one.campaign_id is not None]
            capped = await uow.outbox.capped(asked, now=now)
            along = {
                one.id: await uow.outbox.gather(one, worker=self._settings.worker, now=now, until=now + LEASE_FOR)
                for one in asked
                if one.waited and one.contact_id not in capped and self._windows.bundles(one, now)
            }
            await uow.commit()
        taken = Counter(one.urn.account for one in leased)
        self._more = {account for account in taken if len(leased) == limit or taken[account] >= notices.get(account, 0)}
        for delivery in leased:
            until = capped.get(delivery.contact_id or 0) if delivery.priority is Priority.NOTICE else None
            self._begin(delivery, along.get(delivery.id, ()), until)
        return len(leased)

    def _begin(self, delivery: Delivery, along: Sequence[Delivery], not_before: datetime | None) -> None:
        account, place = delivery.urn.account, None
        if delivery.priority is Priority.REPLY:
            place = self.rates.take(account)
        if along:
            delivery = replace(delivery, message=bundled([delivery.message, *(one.message for one in along)]))
        with_it = [one.id for one in along]
        task = asyncio.create_task(self._send(delivery, with_it, not_before, place))
        self._sending[task] = [delivery.id, *with_it]
        self._in_flight[account] += 1
        task.add_done_callback(partial(self._landed, account))

    def _landed(self, account: str, task: asyncio.Task[None]) -> None:
        self._sending.pop(task, None)
        self._in_flight[account] -= 1
        self.work.wake()

    def _room(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many more replies each account takes, and how many notices; those that take none are left out.

        One that hangs leaves the others their share, and one that does not answer is tried by one message at a time.
        Where more waits it is taken by the handful: each lease is a transaction. Of notices a limited account takes a
        handful ahead, and sends them when it may.
        """
        now = self._clock.now()
        self._paused = {account: until for account, until in self._paused.items() if until > now}
        share = self._settings.in_flight
        if len(self._channels) > 1:
            share = max(1, share * SHARE // 100)
        most = {account: 1 if self._failed[account] >= TRIED_AFTER else share for account in self._channels}
        room = {account: most[account] - self._in_flight[account] for account in self._channels}
        for account in self._more:
            if room[account] * HANDFUL < most[account] and self.rates.of(account) is None:
                room[account] = 0
        notices = dict(room)
        self._full_for = math.inf
        for account, left in room.items():
            if (rate := self.rates.of(account)) is not None:
                notices[account], room[account] = rate.ahead() if left > 0 else 0, min(left, rate.room())
                self._full_for = min(self._full_for, rate.free_in())
        room, notices = (
            {account: left for account, left in of_each.items() if left > 0 and account not in self._paused}
            for of_each in (room, notices)
        )
        return room, notices

    async def _send(
        self, delivery: Delivery, along: Sequence[int], not_before: datetime | None, place: Place | None
    ) -> None:
        too_late, now = delivery.message.expires_at, self._clock.now()
        if too_late is not None and too_late <= (not_before or now):
            # What may have arrived is not told as skipped: it stays in doubt, and is not sent once more.
            became = DeliveryStatus.IN_DOUBT if delivery.doubts else DeliveryStatus.SKIPPED
            why = "too late to send" if too_late <= now else "enough notices until it is too late"
            outcome = Outcome(delivery_id=delivery.id, status=became, error=why)
        elif not_before is not None:
            why = "enough notices for now"
            outcome = Outcome(delivery_id=delivery.id, status=DeliveryStatus.QUEUED, available_at=not_before, error=why)
        elif (stopped := self._windows.stopped(delivery, along, now)) is not None:
            outcome = stopped
        elif (rate := self.rates.of(delivery.urn.account)) is None or place is not None:
            outcome = await self._attempt(delivery, place)
        else:
            outcome = await self._attempt_in_turn(delivery, along, rate)
        # What went with it has become the same.
        outcomes = (outcome, *(replace(outcome, delivery_id=each, spent=None) for each in along))
        await asyncio.gather(*(self._completion.add(one) for one in outcomes))
        self._channels[delivery.urn.account].recorded(delivery.urn)
        # The next message to the same person had to wait for this one.
        self.work.wake()

    async def _attempt_in_turn(self, delivery: Delivery, along: Sequence[int], rate: Rate) -> Outcome:
        """A notice leaves when its account has room for it; it goes back where there is none, or the account pauses."""
        account = delivery.urn.account
        self._in_flight[account] -= 1
        try:
            place = await rate.turn()
        finally:
            self._in_flight[account] += 1
        if rate.ahead():
            self.work.wake()
        until, now = self._paused.get(account), self._clock.now()
        # Its window may have closed while it waited.
        stopped = self._windows.stopped(delivery, along, now)
        if stopped is None and place is not None and (until is None or until <= now):
            return await self._attempt(delivery, place)
        if place is not None:
            place.give_back()
        if stopped is not None:
            return stopped
        # Due as it was: a moment read from a clock that is wrong just now would hold it up when the clock is put right.
        why, again = "its turn did not come", until if until is not None and until > now else None
        return Outcome(delivery_id=delivery.id, status=DeliveryStatus.QUEUED, available_at=again, error=why)

    async def _attempt(self, delivery: Delivery, place: Place | None) -> Outcome:
        """The place is given back unless the message left: then it counts for a while."""
        channel, began = self._channels[delivery.urn.account], self._clock.now()
        way = self._windows.way(delivery, began)
        try:
            external_id, pieces = await self._send_pieces(channel, going(delivery, way), place)
        except SendError as error:
            return replace(self._refused(error, delivery), began=began)
        except TimeoutError:
            return self._refused(SendError(SendErrorKind.IN_DOUBT, detail="no answer in time"), delivery)
        except Exception as error:
            # A fault of ours may have struck before or after the request left: only doubt is honest.
            self._on_fault("send", error)
            return self._refused(SendError(SendErrorKind.IN_DOUBT, detail=type(error).__name__), delivery)
        finally:
            if place is not None:
                place.give_back()
        self._failed[delivery.urn.account] = 0
        forget = delivery.forget and not channel.capabilities.confirms_delivery
        return Outcome(
            delivery_id=delivery.id,
            status=DeliveryStatus.SENT,
            external_id=external_id,
            forget=forget,
            spent=self._windows.spent(delivery, way, pieces),
            shown_later=channel.capabilities.confirms_delivery,
        )

    async def _send_pieces(self, channel: Channel, delivery: Delivery, place: Place | None) -> tuple[str, int]:
        """Gives the id of the last piece, and how many there are.

        What was sent of several is noted after each: it is not sent twice.
        """
        pieces = channel.pieces(delivery.message)
        external_id = ""
        for number, piece in enumerate(pieces[delivery.progress :], delivery.progress + 1):
            if number > delivery.progress + 1:
                place = await self.rates.wait(delivery.urn.account)
            within = self._settings.send_within + (UPLOAD_WITHIN if piece.attachments else 0.0)
            with place if place is not None else nullcontext():
                async with asyncio.timeout(within):
                    external_id = await channel.send(delivery.urn, delivery.message_id, piece)
            if number < len(pieces):
                await self._note(delivery, number)
        return external_id, len(pieces)

    async def _note(self, delivery: Delivery, sent: int) -> None:
        """Write down how far a message came: tried until it is written, or the piece would be sent again.

        Raises SendError where the lease is lost: another process has the message now.
        """
        while True:
            until = self._clock.now() + LEASE_FOR
            try:
                async with self._storage.write() as uow:
                    held = await uow.outbox.progress(delivery.id, sent, worker=self._settings.worker, until=until)
                    await uow.commit()
            except StorageError as error:
                self._on_fault("relay", error)
                await asyncio.sleep(NOTE_AGAIN_AFTER)
                continue
            if not held:
                raise SendError(SendErrorKind.IN_DOUBT, detail="the lease was lost")
            return

    def _refused(self, error: SendError, delivery: Delivery) -> Outcome:
        now = self._clock.now()
        if error.refusal is Refusal.SILENT:
            outcome = self._windows.refused(error, delivery, now)
        else:
            outcome = outcome_of(error, delivery, now=now, spread=self._chance.fraction())
        account = delivery.urn.account
        self._note_silence(account, error, now)
        if not pauses_account(error):
            return outcome
        until = now + timedelta(seconds=error.retry_after or ACCOUNT_PAUSE)
        # Here at once, for this relay; with the outcome in the database, for the others and for the next start.
        self._paused[account] = max(until, self._paused.get(account, until))
        return replace(outcome, paused=(account, until))

    def _note_silence(self, account: str, error: SendError, now: datetime) -> None:
        """An account that does not answer is left alone for a while, longer each time."""
        if error.kind not in (SendErrorKind.UNREACHABLE, SendErrorKind.IN_DOUBT) or error.retry_after is not None:
            # It answered, and be it that this message should come later.
            self._failed[account] = 0
            return
        if self._paused.get(account, now) > now:
            return  # it was on its way when the others failed: the same trouble, and no reason to wait longer
        self._failed[account] += 1
        if (beyond := self._failed[account] - TRIED_AFTER) >= 0:
            pause = timedelta(seconds=min(LONGEST_SILENCE, ACCOUNT_PAUSE * 2 ** min(beyond, 10)))
            self._paused[account] = max(now + pause, self._paused.get(account, now))

    def in_flight(self) -> list[int]:
        """The deliveries that this process is sending, or has sent and not yet recorded."""
        return [one for ids in self._sending.values() for one in ids]

    def clock_set_back(self) -> None:
        """What an account waits for stands in the database, put right."""
        self._paused.clear()
        self.work.wake()

    async def drain(self) -> None:
        """Wait for what is in flight; called after `run` was cancelled."""
        if self._sending:
            await asyncio.wait(self._sending)
