"""What runs behind the pages: sending, and what one process at a time does for all; also in processes without pages."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from secrets import token_hex

from bot.channels.webchat import WebChat
from bot.clock import SystemChance, SystemClock
from bot.duties import Duty
from bot.following import following
from bot.housekeeping import Housekeeping
from bot.logs import report_fault
from bot.opening import WEBCHAT, keeping, opened
from bot.outside import Ground, gateways
from bot.parts import Delivering, Fault, local_files
from bot.settings import Settings
from bot.terms import tariffs
from content.catalogue import Catalogue
from content.loader import load_catalogue
from db.engine import is_sqlite
from db.turns import SqlTurn
from handlers.local_content import adopt
from scheduler.calling import Calling
from scheduler.completion import Completion
from scheduler.expansion import Expansion
from scheduler.fallback import Fallback
from scheduler.job_news import JobNews
from scheduler.leading import Leading
from scheduler.limits import PER_SECOND
from scheduler.recurring import Recurring
from scheduler.relay import Relay
from scheduler.reminding import Reminding
from scheduler.rescue import Rescue
from scheduler.shares import Shares
from scheduler.stopping import ended
from scheduler.task_reminding import TaskReminding
from scheduler.timekeeping import Timekeeping
from scheduler.training import Training
from scheduler.worker import Loop, Sending, Worker

SCHEDULER = "scheduler"  # whose turn it is to be the one


def worker_name() -> str:
    """A name that no other process has, nor this one after its next start."""
    return f"{socket.gethostname()[:40]}:{token_hex(6)}"


def limits(settings: Settings) -> dict[str, int]:
    """Messages a second, by kind of channel."""
    own = {"telegram": settings.telegram_per_second, "zalo": settings.zalo_per_second}
    return {**PER_SECOND, **own}


def shared(settings: Settings) -> bool:
    """Whether other processes may send by the same accounts."""
    return not is_sqlite(settings.database)


def delivery(
    parts: Delivering,
    duties: frozenset[Duty],
    *,
    relay: Relay,
    completion: Completion,
    content: Catalogue | None,
    tidy: Housekeeping,
    pages: str = "",
) -> Worker:
    """Sending and scheduling, as far as they are among the duties. Scheduling needs the content.

    `pages`: the address by which others reach the pages, if there is one.
    """
    rescue = Rescue(
        storage=parts.storage,
        clock=parts.clock,
        worker=parts.worker,
        relay=relay.work,
        on_fault=parts.on_fault,
        sending=relay.in_flight,
    )
    sending = Sending(relay=relay, completion=completion, beside=_shares(parts, relay))
    loops: list[Loop] = []
    if Duty.SCHEDULER in duties and content is not None:
        with_pages = partial(TaskReminding, pages=pages)
        recurring, reminding, job_news, expansion, fallback, training, calling, task_reminding = (
            made(
                storage=parts.storage,
                content=content,
                accounts=list(parts.channels),
                clock=parts.watched,
                relay=relay.work,
                on_fault=parts.on_fault,
                terms=parts.terms,
            )
            for made in (Recurring, Reminding, JobNews, Expansion, Fallback, Training, Calling, with_pages)
        )
        timekeeping = Timekeeping(
            storage=parts.storage, clock=parts.watched, set_back=relay.clock_set_back, on_fault=parts.on_fault
        )
        all_of_it = (
            timekeeping.run,
            recurring.run,
            reminding.run,
            job_news.run,
            expansion.run,
            fallback.run,
            training.run,
            calling.run,
            task_reminding.run,
            rescue.run,
            tidy.run,
        )
        loops.append(_leading(parts, SCHEDULER, all_of_it).run)
    return Worker(rescue=rescue, sending=sending if Duty.WORKER in duties else None, loops=loops)


def _shares(parts: Delivering, relay: Relay) -> Sequence[Loop]:
    if not parts.shared:
        return ()
    shares = Shares(
        storage=parts.storage,
        rates=relay.rates,
        accounts=list(parts.channels),
        worker=parts.worker,
        relay=relay.work,
        on_fault=parts.on_fault,
    )
    return (shares.run,)


def _leading(parts: Delivering, name: str, loops: Sequence[Loop]) -> Leading:
    return Leading(turn=SqlTurn(parts.storage.engine, name), loops=loops, on_fault=parts.on_fault, name=name)


@asynccontextmanager
async def running(worker: Worker, loops: Sequence[Loop] = (), *, alone: bool) -> AsyncIterator[None]:
    """Delivery and these loops run while the context is open. `alone`: no other process lives on this database."""
    await worker.start(alone=alone)
    tasks = [asyncio.create_task(loop()) for loop in loops]
    try:
        yield
    finally:
        await ended(*tasks)
        await worker.stop()


def one_at_a_time(parts: Delivering, name: str, loop: Loop) -> Loop:
    """The loop, in one process at a time."""
    return _leading(parts, name, (loop,)).run


@asynccontextmanager
async def behind(settings: Settings, duties: frozenset[Duty], *, on_fault: Fault = report_fault) -> AsyncIterator[None]:
    """A process without pages, at work while the context is open.

    Raises SettingsError, ContentError or StorageError, each in one line.
    """
    clock = SystemClock()
    # Who only sends needs no content, which takes a second to read and half the memory.
    content = load_catalogue(*settings.pack_folders) if Duty.SCHEDULER in duties else None
    async with opened(settings, create=True) as (storage, key):
        files = local_files(settings.data_dir, key, clock)
        outside = gateways(
            Ground(settings=settings, key=key, storage=storage, files=files, clock=clock, on_fault=on_fault)
        )
        parts = Delivering(
            storage=storage,
            channels={WEBCHAT: WebChat(WEBCHAT), **{one.channel.account: one.channel for one in outside}},
            clock=clock,
            chance=SystemChance(),
            worker=worker_name(),
            on_fault=on_fault,
            per_second=limits(settings),
            shared=shared(settings),
            tariffs=tariffs(settings),
        )
        await parts.ensure_accounts()
        completion = parts.completion()
        tidy = Housekeeping(storage=storage, shelf=files, clock=clock, keeping=keeping(settings), on_fault=on_fault)
        relay = parts.relay(completion)
        try:
            if content is not None:
                await adopt(storage, content)
            worker = delivery(
                parts,
                duties,
                relay=relay,
                completion=completion,
                content=content,
                tidy=tidy,
                pages=settings.public_url,
            )
            loops = following(parts, content) if content is not None else ()
            async with running(worker, loops, alone=not parts.shared):
                yield
        finally:
            for one in outside:
                await one.close()
