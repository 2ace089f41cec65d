"""Builds the whole product, starts it in order, stops it in reverse."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

from starlette.applications import Starlette

from bot.background import delivery, limits, one_at_a_time, running, shared, worker_name
from bot.channels.webchat import WebChat
from bot.clock import SystemChance, SystemClock
from bot.duties import ALL, Duty
from bot.fetching import Fetcher
from bot.files import LocalFiles
from bot.following import following
from bot.held.opening import inboxes
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.knowledge import Knowledge, load_knowledge
from bot.logs import report_fault
from bot.noticing import noticing_of
from bot.opening import WEBCHAT, keeping, opened
from bot.outside import Gateway, Ground, gateways, receiving
from bot.pages import Served, site_of
from bot.parts import Fault, Parts, local_files
from bot.settings import Settings
from bot.terms import tariffs
from core.ports import Chance, Channel, Clock
from db.unit_of_work import SqlStorage
from handlers.local_content import adopt
from handlers.service import Service
from scheduler.relay import Relay
from scheduler.worker import Loop
from web.app import create_app


@dataclass(frozen=True, kw_only=True)
class App:
    """The running product."""

    settings: Settings
    clock: Clock
    knowledge: Knowledge
    storage: SqlStorage
    files: LocalFiles
    intake: Intake
    relay: Relay
    channels: Mapping[str, Channel]
    outside: Sequence[Gateway]
    web: Starlette


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    duties: frozenset[Duty] = ALL,
    clock: Clock | None = None,
    chance: Chance | None = None,
    knowledge: Knowledge | None = None,
    channels: Mapping[str, Channel] | None = None,
    on_fault: Fault = report_fault,
) -> AsyncIterator[App]:
    """The product, running in the background while the context is open; a server only has to serve `app.web`.

    `channels` adds channels to the web chat. Raises SettingsError, ContentError or StorageError, each in one line.
    """
    knowledge = knowledge or load_knowledge(*settings.pack_folders, models=settings.models)
    clock = clock or SystemClock()
    # What places say besides is this product's own: others in the same process read the same packs.
    knowledge = replace(knowledge, content=knowledge.content.apart())
    async with opened(settings, create=True) as (storage, key), AsyncExitStack() as ending:
        await adopt(storage, knowledge.content)
        files = local_files(settings.data_dir, key, clock)
        ground = Ground(settings=settings, key=key, storage=storage, files=files, clock=clock, on_fault=on_fault)
        outside = gateways(ground)
        webchat = WebChat(WEBCHAT)
        known = {WEBCHAT: webchat, **{one.channel.account: one.channel for one in outside}, **(channels or {})}
        parts = _parts(ground, storage, knowledge, known, chance or SystemChance())
        await parts.ensure_accounts()
        desk, completion = parts.desk(files), parts.completion()
        relay = parts.relay(completion)
        intake = Intake(storage=storage, service=Service(desk), relay=relay.work, on_fault=on_fault)
        tidy = Housekeeping(storage=storage, shelf=files, clock=clock, keeping=parts.keeping, on_fault=on_fault)
        worker = delivery(
            parts,
            duties,
            relay=relay,
            completion=completion,
            content=knowledge.content,
            tidy=tidy,
            pages=settings.public_url,
        )
        loops = (*_loops(parts, intake, outside), *following(parts, knowledge.content))
        hooks = {one.channel.account: one.hook for one in outside if one.hook is not None}
        posts = inboxes(settings, parts, hooks, ending)
        served = Served(files=files, intake=intake, webchat=webchat, desk=desk, hooks=hooks, posts=posts)
        app = App(
            settings=settings,
            clock=clock,
            knowledge=knowledge,
            storage=storage,
            files=files,
            intake=intake,
            relay=relay,
            channels=parts.channels,
            outside=outside,
            web=create_app(site_of(settings, parts, served)),
        )
        try:
            receives = receiving(outside, on_fault, partial(one_at_a_time, parts), posts.loops)
            async with running(worker, loops, alone=not parts.shared), receives:
                yield app
        finally:
            for one in outside:
                await one.close()


def _parts(
    ground: Ground, storage: SqlStorage, knowledge: Knowledge, channels: Mapping[str, Channel], chance: Chance
) -> Parts:
    """What everything is put together from."""
    settings = ground.settings
    parts = Parts(
        storage=storage,
        knowledge=knowledge,
        channels=channels,
        clock=ground.clock,
        chance=chance,
        data_dir=settings.data_dir,
        key=ground.key,
        worker=worker_name(),
        keeping=keeping(settings),
        on_fault=ground.on_fault,
        per_second=limits(settings),
        shared=shared(settings),
        tariffs=tariffs(settings),
        address=settings.address,
        at_night=settings.officer_chats_at_night,
    )
    return replace(parts, months=noticing_of(settings, parts).month)


def _loops(parts: Parts, intake: Intake, outside: Sequence[Gateway]) -> Sequence[Loop]:
    """What works off what was received: updates, and the files that are still with their channels."""
    for one in outside:
        one.open(intake.receive)
    if not outside:
        return (intake.run,)
    fetcher = Fetcher(
        storage=parts.storage,
        channels={one.channel.account: one.channel for one in outside},
        clock=parts.clock,
        done=intake.work,
        on_fault=parts.on_fault,
    )
    intake.fetcher = fetcher.work
    return (intake.run, fetcher.run)
