"""Builds the whole product, starts it in order, stops it in reverse."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_hex

from starlette.applications import Starlette

from bot import installation
from bot.channels.webchat import WebChat
from bot.clock import SystemChance, SystemClock
from bot.files import LocalFiles
from bot.health import Health
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.keys import derived, keyed_hash
from bot.logs import report_fault
from bot.settings import Settings
from content.catalogue import Catalogue
from content.loader import PACKS_DIR, load_catalogue
from content.understanding import Understanding, load_understanding
from content.wording import wording
from core.contacts import URN, Contact
from core.conversation import Conversation, Person
from core.messages import InboundMessage, OutboundMessage
from core.ports import Chance, Channel, Clock
from db import schema
from db.engine import is_sqlite, make_engine
from db.unit_of_work import SqlStorage
from handlers import ROUTERS, localities
from handlers.context import LOCAL, Context, Keeping
from handlers.service import Desk, Service
from scheduler.completion import Completion
from scheduler.relay import Relay, RelaySettings
from scheduler.rescue import Rescue
from scheduler.stopping import ended
from scheduler.worker import Worker
from web.app import Site, create_app
from web.health import Check, State

WEBCHAT = "webchat.main"
Fault = Callable[[str, BaseException], None]


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What is true and how questions are understood: read once, shared by all."""

    content: Catalogue
    understanding: Understanding


def load_knowledge(packs_dir: Path | None = None) -> Knowledge:
    """Read the packs. Raises ContentError; a broken pack is never half in use."""
    folder = packs_dir or PACKS_DIR
    content = load_catalogue(folder)
    return Knowledge(content=content, understanding=load_understanding(folder, content.understanding_texts()))


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
        storage = SqlStorage(engine)
        yield storage, await installation.key_of(settings, storage, create=create)
    finally:
        await engine.dispose()


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
    clock, chance = clock or SystemClock(), chance or SystemChance()
    knowledge = knowledge or load_knowledge(settings.packs_dir)
    async with opened(settings, create=True) as (storage, key):
        files = LocalFiles(settings.data_dir / "files", derived(key, "links"), clock)
        webchat = WebChat(WEBCHAT)
        all_channels: dict[str, Channel] = {WEBCHAT: webchat, **(channels or {})}
        await _ensure_accounts(storage, all_channels, clock)
        delivery = _delivery(storage, all_channels, clock, chance, on_fault)
        desk = Desk(
            storage=storage,
            channels=all_channels,
            routers=ROUTERS,
            content=knowledge.content,
            understanding=knowledge.understanding,
            clock=clock,
            chance=chance,
            files=files,
            keeping=keeping(settings),
            keyed_hash=partial(keyed_hash, derived(key, "erasures")),
            on_fault=on_fault,
        )
        intake = Intake(storage=storage, service=Service(desk), relay=delivery.relay.work, on_fault=on_fault)
        health = Health(
            storage=storage, clock=clock, data_dir=settings.data_dir, channels=partial(_channel_checks, all_channels)
        )
        site = Site(
            storage=storage,
            clock=clock,
            files=files,
            account=WEBCHAT,
            receive=intake.receive,
            arrivals=webchat,
            poll_seconds=20.0 if is_sqlite(settings.database) else 1.0,
            greet=partial(greet, desk),
            health=health.report,
            localities={one.id: one.place.vi for one in knowledge.content.localities.values()},
            offices={one: office_name(knowledge.content, one, clock) for one in knowledge.content.localities},
            demo=settings.demo,
            secure_cookies=settings.address.startswith("https://"),
            public_url=settings.address,
        )
        tidy = Housekeeping(storage=storage, shelf=files, clock=clock, keeping=keeping(settings), on_fault=on_fault)
        app = App(
            settings=settings,
            clock=clock,
            knowledge=knowledge,
            storage=storage,
            files=files,
            intake=intake,
            relay=delivery.relay,
            web=create_app(site),
        )
        await delivery.worker.start(alone=is_sqlite(settings.database))
        loops = [asyncio.create_task(intake.run()), asyncio.create_task(tidy.run())]
        try:
            yield app
        finally:
            await ended(*loops)
            await delivery.worker.stop()


@dataclass(frozen=True, kw_only=True)
class _Delivery:
    relay: Relay
    worker: Worker


def _delivery(
    storage: SqlStorage, channels: Mapping[str, Channel], clock: Clock, chance: Chance, on_fault: Fault
) -> _Delivery:
    name = f"{socket.gethostname()[:40]}:{token_hex(6)}"
    completion = Completion(storage=storage, clock=clock, worker=name, on_fault=on_fault)
    relay = Relay(
        storage=storage,
        channels=channels,
        completion=completion,
        clock=clock,
        chance=chance,
        settings=RelaySettings(worker=name),
        on_fault=on_fault,
    )
    rescue = Rescue(storage=storage, clock=clock, worker=name, relay=relay.work, on_fault=on_fault)
    return _Delivery(relay=relay, worker=Worker(relay=relay, completion=completion, rescue=rescue))


async def _ensure_accounts(storage: SqlStorage, channels: Mapping[str, Channel], clock: Clock) -> None:
    async with storage.write() as uow:
        for account in channels:
            await uow.upkeep.ensure_account(account, clock.now())
        await uow.commit()


def _channel_checks(channels: Mapping[str, Channel]) -> tuple[Check, ...]:
    # The web chat is up when this page can be read; outside channels will tell how they are.
    return tuple(Check(name=account, state=State.OK) for account in channels)


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
