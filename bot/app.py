"""Builds the whole product, starts it in order, stops it in reverse."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from starlette.applications import Starlette

from bot.background import delivery, limits, one_at_a_time, running, shared, worker_name
from bot.channels.webchat import WebChat
from bot.clock import SystemChance, SystemClock
from bot.duties import ALL, Duty
from bot.fetching import Fetcher
from bot.files import LocalFiles
from bot.health import Health
from bot.held.opening import Inboxes, inboxes
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.knowledge import Knowledge, load_knowledge
from bot.logs import report_fault
from bot.noticing import Noticing
from bot.opening import WEBCHAT, keeping, opened
from bot.outside import Gateway, Ground, gateways, receiving
from bot.parts import Fault, Parts, gate_of, local_files
from bot.settings import Settings
from bot.terms import tariffs
from content.catalogue import Catalogue
from content.wording import wording
from core.contacts import URN, Contact
from core.conversation import Conversation, Person
from core.messages import InboundMessage, OutboundMessage
from core.ports import Chance, Channel, Clock
from db.engine import is_sqlite
from db.unit_of_work import SqlStorage
from handlers import localities
from handlers.context import LOCAL, Context
from handlers.service import Desk, Service
from scheduler.relay import Relay
from scheduler.worker import Loop
from web.app import Site, create_app
from web.console.parts import Console
from web.site import Hook


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
    async with opened(settings, create=True) as (storage, key), AsyncExitStack() as ending:
        files = local_files(settings.data_dir, key, clock)
        outside = gateways(
            Ground(settings=settings, key=key, storage=storage, files=files, clock=clock, on_fault=on_fault)
        )
        webchat = WebChat(WEBCHAT)
        parts = Parts(
            storage=storage,
            knowledge=knowledge,
            channels={WEBCHAT: webchat, **{one.channel.account: one.channel for one in outside}, **(channels or {})},
            clock=clock,
            chance=chance or SystemChance(),
            data_dir=settings.data_dir,
            key=key,
            worker=worker_name(),
            keeping=keeping(settings),
            on_fault=on_fault,
            per_second=limits(settings),
            shared=shared(settings),
            tariffs=tariffs(settings),
        )
        await parts.ensure_accounts()
        desk, completion = parts.desk(files), parts.completion()
        relay = parts.relay(completion)
        intake = Intake(storage=storage, service=Service(desk), relay=relay.work, on_fault=on_fault)
        tidy = Housekeeping(storage=storage, shelf=files, clock=clock, keeping=parts.keeping, on_fault=on_fault)
        worker = delivery(parts, duties, relay=relay, completion=completion, content=knowledge.content, tidy=tidy)
        loops = _loops(parts, intake, outside)
        hooks = {one.channel.account: one.hook for one in outside if one.hook is not None}
        posts = inboxes(settings, parts, hooks, ending)
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
            web=create_app(
                _site(settings, parts, posts, files=files, intake=intake, webchat=webchat, desk=desk, hooks=hooks)
            ),
        )
        try:
            receives = receiving(outside, on_fault, partial(one_at_a_time, parts), posts.loops)
            async with running(worker, loops, alone=not parts.shared), receives:
                yield app
        finally:
            for one in outside:
                await one.close()


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


def _site(
    settings: Settings,
    parts: Parts,
    posts: Inboxes,
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
        held=tuple(posts.held),
        pulling=posts.pulling,
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
        content=content,
        demo=settings.demo,
        secure_cookies=settings.address.startswith("https://"),
        public_url=settings.address,
        hooks={**hooks, **posts.held},
        held=posts.held,
        zalo_verifier=settings.zalo_verifier,
        console=Console(
            gate=gate_of(parts.storage, parts.key, parts.chance),
            content=content,
            understanding=parts.knowledge.understanding,
            noticing=Noticing(
                settings=settings,
                storage=parts.storage,
                key=parts.key,
                content=content,
                channels=parts.channels,
                terms=parts.terms,
            ),
        ),
    )


def office_name(content: Catalogue, locality: str, clock: Clock) -> str:
    """Whose desk a page is: the People's Committee of the place, or the bare name of a unit that has ended."""
    place = content.locality(locality)
    ended = place.valid_to is not None and place.valid_to < clock.now().astimezone(LOCAL).date()
    return place.short.vi if ended else wording("vi").text("office.committee", place=place.place.vi)


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
