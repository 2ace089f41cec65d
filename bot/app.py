"""Builds the whole product, starts it in order, stops it in reverse."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from secrets import token_hex

from starlette.applications import Starlette

from bot import installation
from bot.channels.webchat import WebChat
from bot.clock import SystemChance, SystemClock
from bot.fetching import Fetcher
from bot.files import LocalFiles
from bot.health import Health
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.knowledge import Knowledge, load_knowledge
from bot.logs import report_fault
from bot.outside import Gateway, gateways, receiving
from bot.parts import Fault, Parts, local_files, sealed_by
from bot.settings import Settings
from content.catalogue import Catalogue
from content.wording import wording
from core.contacts import URN, Contact
from core.conversation import Conversation, Person
from core.messages import InboundMessage, OutboundMessage
from core.ports import Chance, Channel, Clock
from db import schema
from db.engine import close_engine, is_sqlite, make_engine
from db.unit_of_work import SqlStorage
from handlers import localities
from handlers.context import LOCAL, Context, Keeping
from handlers.service import Desk, Service
from scheduler.expansion import Expansion
from scheduler.relay import Relay
from scheduler.rescue import Rescue
from scheduler.stopping import ended
from scheduler.worker import Worker
from web.app import Site, create_app
from web.site import Hook

WEBCHAT = "webchat.main"


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
async def opened(settings: Settings, *, create: bool = False) -> AsyncIterator[tuple[SqlStorage, bytes]]:
    """The database, of the right version, and the installation's key; with `create` one is made where none is.

    Raises StorageError.
    """
    installation.prepare(settings, create=create)
    engine = make_engine(settings.database)
    try:
        await schema.prepare(engine)
        key = await installation.key_of(settings, SqlStorage(engine), create=create)
        yield SqlStorage(engine, sealed_by(key)), key
    finally:
        await close_engine(engine)


@asynccontextmanager
async def build(
    settings: Settings,
    *,
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
    webchat = WebChat(WEBCHAT)
    async with opened(settings, create=True) as (storage, key):
        files = local_files(settings.data_dir, key, clock)
        outside = gateways(settings, key=key, files=files, clock=clock, on_fault=on_fault)
        parts = Parts(
            storage=storage,
            knowledge=knowledge,
            channels={WEBCHAT: webchat, **{one.channel.account: one.channel for one in outside}, **(channels or {})},
            clock=clock,
            chance=chance or SystemChance(),
            data_dir=settings.data_dir,
            key=key,
            worker=f"{socket.gethostname()[:40]}:{token_hex(6)}",
            keeping=keeping(settings),
            on_fault=on_fault,
        )
        await parts.ensure_accounts()
        desk, completion = parts.desk(files), parts.completion()
        relay = parts.relay(completion)
        intake = Intake(storage=storage, service=Service(desk), relay=relay.work, on_fault=on_fault)
        fetcher = Fetcher(
            storage=storage,
            channels={one.channel.account: one.channel for one in outside},
            clock=clock,
            done=intake.work,
            on_fault=on_fault,
        )
        intake.fetcher = fetcher.work
        for one in outside:
            one.open(intake.receive)
        tidy = Housekeeping(storage=storage, shelf=files, clock=parts.clock, keeping=parts.keeping, on_fault=on_fault)
        rescue = Rescue(
            storage=storage,
            clock=parts.clock,
            worker=parts.worker,
            relay=relay.work,
            on_fault=on_fault,
            sending=relay.in_flight,
        )
        expansion = Expansion(
            storage=storage,
            content=knowledge.content,
            accounts=list(parts.channels),
            clock=parts.clock,
            relay=relay.work,
            on_fault=on_fault,
        )
        worker = Worker(relay=relay, completion=completion, rescue=rescue, expansion=expansion)
        hooks = {one.channel.account: one.hook for one in outside if one.hook is not None}
        site = _site(settings, parts, files=files, intake=intake, webchat=webchat, desk=desk, hooks=hooks)
        app = App(
            settings=settings,
            clock=parts.clock,
            knowledge=knowledge,
            storage=storage,
            files=files,
            intake=intake,
            relay=relay,
            channels=parts.channels,
            outside=outside,
            web=create_app(site),
        )
        await worker.start(alone=is_sqlite(settings.database))
        loops = [asyncio.create_task(one) for one in (intake.run(), tidy.run(), *([fetcher.run()] if outside else []))]
        try:
            async with receiving(outside, on_fault):
                yield app
        finally:
            await ended(*loops)
            await worker.stop()
            for one in outside:
                await one.close()


def _site(
    settings: Settings,
    parts: Parts,
    *,
    files: LocalFiles,
    intake: Intake,
    webchat: WebChat,
    desk: Desk,
    hooks: Mapping[str, Hook],
) -> Site:
    content, clock = parts.knowledge.content, parts.clock
    health = Health(
        storage=parts.storage,
        clock=clock,
        data_dir=settings.data_dir,
        channels=parts.channels,
    )
    return Site(
        storage=parts.storage,
        clock=clock,
        files=files,
        account=WEBCHAT,
        receive=intake.receive,
        arrivals=webchat,
        poll_seconds=20.0 if is_sqlite(settings.database) else 1.0,
        greet=partial(greet, desk),
        health=health.report,
        localities={one.id: one.place.vi for one in content.localities.values()},
        offices={one: office_name(content, one, clock) for one in content.localities},
        demo=settings.demo,
        secure_cookies=settings.address.startswith("https://"),
        public_url=settings.address,
        hooks=hooks,
    )


def office_name(content: Catalogue, locality: str, clock: Clock) -> str:
    """Whose desk a page is: the People's Committee of the place, or the bare name of a unit that has ended."""
    place = content.locality(locality)
    ended = place.valid_to is not None and place.valid_to < clock.now().astimezone(LOCAL).date()
    return place.short.vi if ended else wording("vi").text("office.committee", place=place.place.vi)


def keeping(settings: Settings) -> Keeping:
    """How long things are kept, as the handlers tell people."""
    return Keeping(
        messages=settings.keep_messages_days,
        questions=settings.keep_questions_days,
        answer_within=settings.answer_within_days,
    )


def greet(desk: Desk, locality: str | None, lang: str) -> tuple[OutboundMessage, ...]:
    """The greeting at the top of a page, for somebody about whom nothing is stored."""
    nobody = Person(contact=Contact(id=0, locality=locality, language=lang), conversation=Conversation())
    context = Context(
        message=InboundMessage(
            urn=URN(account=WEBCHAT, path=""), external_id="", received_at=desk.clock.now(), text=""
        ),
        person=nobody,
        content=desk.content,
        understanding=desk.understanding,
        now=desk.clock.now(),
        chance=desk.chance,
        keeping=desk.keeping,
    )
    return localities.greeting(context).replies
