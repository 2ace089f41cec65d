"""What the pages are served from: the chat, the public pages, the console and the state of everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.channels.webchat import WebChat
from bot.files import LocalFiles
from bot.health import Health
from bot.held.opening import Inboxes
from bot.intake import Intake
from bot.noticing import noticing_of
from bot.opening import WEBCHAT
from bot.parts import Parts, gate_of
from bot.reporting import Reporting
from bot.settings import Settings
from bot.teaching import Teaching
from content.catalogue import Catalogue
from content.wording import wording
from core.contacts import URN, Contact
from core.conversation import Conversation, Person
from core.messages import InboundMessage, OutboundMessage
from core.ports import Clock
from db.engine import is_sqlite
from handlers import localities
from handlers.context import LOCAL, Context
from handlers.service import Desk
from web.console.parts import Console
from web.fronting import Fronting
from web.site import Hook, Site


@dataclass(frozen=True, kw_only=True)
class Served:
    """What pages reach besides the parts."""

    files: LocalFiles
    intake: Intake
    webchat: WebChat
    desk: Desk
    hooks: Mapping[str, Hook]
    posts: Inboxes


def site_of(settings: Settings, parts: Parts, served: Served) -> Site:
    """All that a page may ask for."""
    content, clock = parts.knowledge.content, parts.clock
    fronting = Fronting(settings.public_url)
    health = Health(
        storage=parts.storage,
        clock=clock,
        data_dir=settings.data_dir,
        channels=parts.channels,
        held=tuple(served.posts.held),
        pulling=served.posts.pulling,
        fronting=fronting,
    )
    return Site(
        storage=parts.storage,
        clock=clock,
        files=served.files,
        account=WEBCHAT,
        receive=served.intake.receive,
        arrivals=served.webchat,
        poll_seconds=20.0 if is_sqlite(settings.database) else 1.0,
        greet=partial(greet, served.desk),
        health=health.report,
        localities={one.id: one.place.vi for one in content.localities.values()},
        offices={one: office_name(content, one, clock) for one in content.localities},
        content=content,
        demo=settings.demo,
        secure_cookies=settings.address.startswith("https://"),
        public_url=settings.address,
        fronting=fronting,
        hooks={**served.hooks, **served.posts.held},
        held=served.posts.held,
        zalo_verifier=settings.zalo_verifier,
        console=Console(
            gate=gate_of(parts.storage, parts.key, parts.chance),
            content=content,
            understanding=parts.knowledge.understanding,
            papers=served.desk.papers,
            noticing=noticing_of(settings, parts),
            teaching=Teaching(settings=settings, content=content),
            reporting=Reporting(),
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
