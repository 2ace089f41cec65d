"""The chat page: everything that its template shows, decided here."""

from dataclasses import dataclass, field
from datetime import datetime

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from content.wording import LANGUAGES, Wording, wording
from core.contacts import URN
from core.errors import StorageError
from core.messages import QuickReply
from web import rendering
from web.bubbles import Bubble, bubble_of, greeting_bubble
from web.site import Site
from web.stream import OVERLAP
from web.talk import Talk, has_words
from web.visitor import Look, look_of

REFRESHES = 40  # two minutes; then a link stands where the reloading was


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a visitor brought along in the page's address, to go with their first message."""

    locality: str | None = None  # ?at=
    language: str | None = None  # ?lang=
    topic: str | None = None  # ?ask=, of somebody who comes from the page of a topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An answer that has not come yet: the page looks again at `url`, by itself while `again`."""

    url: str
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPage:
    """The values of page.html."""

    look: Look
    office: str | None  # whose desk it is
    place: str | None  # the locality whose public pages it leads to
    particulars: tuple[tuple[str, str], ...]
    greeting: tuple[Bubble, ...]
    bubbles: tuple[Bubble, ...]
    anchor: int | None  # the bubble that /#last shows
    nonce: str
    seen: int  # newest bubble on the page
    resume: int  # where its stream begins
    wish: Wish
    offers: tuple[QuickReply, ...]
    asked: str  # the title of the topic that one of them asks about, or ""
    other_language: str
    waiting: Waiting | None
    demo: bool
    zalo_verifier: str  # what Zalo looks for in the head of the page
    draft: str = field(default="", repr=False)
    problem: str = ""


def wish_of(site: Site, at: str, lang: str, ask: str = "") -> Wish:
    """The known locality, language and topic among what an address or a form says."""
    return Wish(
        locality=at if at in site.localities else None,
        language=lang if lang in LANGUAGES else None,
        topic=ask if ask in site.content.topics else None,
    )


def language_of(talk: Talk, wish: Wish, look: Look) -> str:
    """The language of the page: the conversation's own, or what was chosen before there was one."""
    return talk.contact.language if talk.contact else wish.language or look.language or LANGUAGES[0]


def offers_of(site: Site, talk: Talk, wish: Wish, words: Wording) -> tuple[QuickReply, ...]:
    """The button that changes to the locality of ?at=, for somebody who talks about another one already, and the one
    that asks about the topic of ?ask=."""
    stays = not talk.history or wish.locality is None or (talk.contact and talk.contact.locality == wish.locality)
    place = () if stays or wish.locality is None else (start_button(site, wish.locality, words),)
    return (*place, *((topic_button(site, wish.topic, words),) if wish.topic else ()))


def topic_button(site: Site, topic: str, words: Wording) -> QuickReply:
    """The button that asks about a topic, as the conversation's own."""
    return QuickReply(label=site.content.topics[topic].button.get(words.lang), payload=f"topic:{topic}")


def start_button(site: Site, locality: str, words: Wording) -> QuickReply:
    """The button that chooses a locality."""
    return QuickReply(label=words.text("web.move", place=site.localities[locality]), payload=f"start:{locality}")


def compose(
    site: Site,
    talk: Talk,
    *,
    look: Look,
    wish: Wish,
    now: datetime,
    nonce: str,
    waiting: Waiting | None,
    draft: str = "",
    problem: str = "",
) -> ChatPage:
    """The page for a conversation."""
    language = language_of(talk, wish, look)
    words = wording(language)
    locality = talk.contact.locality if talk.contact else wish.locality
    shown = [one for one in talk.history if has_words(one)]
    bubbles = tuple(bubble_of(one, words=words, link=site.files.link, now=now) for one in shown)
    own = [bubble.id for bubble in bubbles if bubble.mine]
    return ChatPage(
        look=look,
        office=site.offices.get(locality or ""),
        place=locality if locality in site.localities else None,
        particulars=tuple(site.particulars(locality, language)),
        greeting=tuple(greeting_bubble(one) for one in site.greet(locality, language)),
        bubbles=bubbles,
        anchor=own[-1] if own else bubbles[-1].id if bubbles else None,
        nonce=nonce,
        seen=talk.last_id,
        resume=bubbles[-OVERLAP - 1].id or 0 if len(bubbles) > OVERLAP else 0,
        wish=Wish() if talk.history else Wish(locality=wish.locality, language=chosen_language(language)),
        offers=offers_of(site, talk, wish, words),
        asked=site.content.topics[wish.topic].title.get(language) if wish.topic else "",
        other_language=next(one for one in LANGUAGES if one != language),
        waiting=waiting,
        demo=site.demo,
        zalo_verifier=site.zalo_verifier,
        draft=draft,
        problem=problem,
    )


def chosen_language(language: str) -> str | None:
    """The language to tell a new conversation; the first one needs no telling."""
    return language if language != LANGUAGES[0] else None


def waiting_of(talk: Talk, now: datetime, *, after: int | None, tries: int) -> Waiting | None:
    """Whether the page still waits for an answer to what was said after a position."""
    waits = talk.awaits_answer(now) if after is None else not talk.answered_after(after)
    if not waits:
        return None
    position = talk.last_id if after is None else after
    return Waiting(url=f"/?waiting={position}&tries={tries + 1}#last", again=tries < REFRESHES)


def chat_response(
    request: Request, page: ChatPage, talk: Talk, urn: URN, *, language: str, status: int = 200
) -> Response:
    """The page as a response; once it has left, what it shows counts as shown."""
    site: Site = request.app.state.site
    # A page that the browser fetches in advance, or whose head alone is asked for, is not shown to anybody.
    looked_at = request.method != "HEAD" and "prefetch" not in request.headers.get("sec-purpose", "")
    shown = talk.last_shown_id if looked_at else 0
    return rendering.page(
        "page.html",
        wording(language),
        status=status,
        look=page.look,
        background=BackgroundTask(confirm, site, urn, shown) if shown else None,
        page=page,
    )


async def confirm(site: Site, urn: URN, up_to: int) -> None:
    """Note that everything up to a position was shown; a full disk only means that it is noted later."""
    try:
        async with site.storage.write() as work:
            await work.outbox.confirm(urn, up_to=up_to)
            await work.commit()
    except StorageError:
        return


def look_from(request: Request, wish: Wish) -> Look:
    """The look of the request's cookie, with the language that the address asks for."""
    look = look_of(request)
    return look.change(f"lang:{wish.language}") if wish.language else look
