"""What was not understood: one officer says what was meant, another one accepts it or drops it."""

from collections.abc import Awaitable
from dataclasses import dataclass, field

from starlette.responses import Response

from content.formatting import capital
from content.understanding.corpus import ALARMS, LABELS
from content.understanding.learned import BY_RULE
from core.errors import ChungTayError, NotAllowedError, NotFoundError
from core.misreadings import WORDS, Misreading, MisreadingState, Proposal
from core.officers import Right
from core.private import private
from core.text import fold
from handlers import learning, looking
from handlers.learning import RefusedError
from handlers.permission import demand
from web.bubbles import time_text
from web.console.kept import Typed, kept, settle
from web.console.lines import place_name
from web.console.questions.thread import Trouble
from web.console.states import Mark
from web.console.visit import Visit

PAGE = "/console/learning"
ONE = f"{PAGE}/{{id}}"
TYPED = ("learning_text",)
ON_A_PAGE = 30
OPEN = (MisreadingState.NEW, MisreadingState.PROPOSED)
LIKELY = 3  # guesses shown
MARKS = {
    MisreadingState.NEW: ("○", "plain"),
    MisreadingState.PROPOSED: ("◇", "warning"),
    MisreadingState.ACCEPTED: ("✓", "good"),
    MisreadingState.DROPPED: ("–", "plain"),
}
# Why the handler refuses, where the page has a sentence of its own for it.
REASONS = ("settled", "proposed", "label", "length", "private", "known", "changed", "not proposed", "same person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words that were not understood, in a list."""

    href: str
    text: str = field(repr=False)
    times: int
    said: str
    mark: Mark


async def show_learning(visit: Visit) -> Response:
    """GET /console/learning?show=all&page=: what came most often on top."""
    query = visit.request.query_params
    everything, asked = query.get("show") == "all", query.get("page", "1")
    states = list(MisreadingState) if everything else list(OPEN)
    storage, name = visit.site.storage, visit.officer.name
    found = await looking.misreadings(storage, states, locality=None, officer=name, now=visit.now)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked) else 1, pages)
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return visit.page(
        "learning.html",
        lines=[_line(visit, one) for one in shown],
        total=len(found),
        everything=everything,
        number=page,
        pages=pages,
        before=_address(everything, page - 1) if page > 1 else "",
        after=_address(everything, page + 1) if page < pages else "",
        here=PAGE,
    )


def _address(everything: bool, page: int) -> str:
    return f"{PAGE}?{'show=all&' if everything else ''}page={page}"


def _line(visit: Visit, one: Misreading) -> Line:
    words = visit.words
    place = capital(place_name(visit, one.locality))
    time = time_text(one.at, now=visit.now, words=words)
    why = words.text(f"console.learning.why.{one.why}")
    said = words.text("console.learning.said", why=why, place=place, time=time, times=one.times)
    return Line(href=page_of(one), text=one.text, times=one.times, said=said, mark=_mark(visit, one))


def _mark(visit: Visit, one: Misreading) -> Mark:
    sign, kind = MARKS[one.state]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.learning.state.{one.state}"))


def page_of(one: Misreading) -> str:
    """The address of such words."""
    return ONE.format(id=one.id)


async def access_words(visit: Visit) -> Misreading:
    """The words that the address names.

    Raises NotFoundError where this officer may not read them; the refusal of what exists is in the log.
    """
    number = visit.request.path_params["id"]
    found = await learning.find(visit.site.storage, str(number))
    places = [found.locality] if found.locality else []
    storage, name, subject = visit.site.storage, visit.officer.name, f"misreading:{number}"
    try:
        await demand(storage, name, Right.TEACH, localities=places, subject=subject, now=visit.now)
    except NotAllowedError:
        raise NotFoundError("no such words", where=str(number)) from None
    return found


async def show_words(visit: Visit) -> Response:
    """GET /console/learning/{id}."""
    one = await access_words(visit)
    return await words_page(visit, one, typed=await kept(visit, page_of(one)))


async def words_page(
    visit: Visit, one: Misreading, *, typed: Typed | None = None, label: str = "", trouble: Trouble | None = None
) -> Response:
    """The page of such words, with what was typed."""
    words, proposal = visit.words, one.proposal
    places = [one.locality] if one.locality else []
    mine = proposal is not None and fold(proposal.officer) == fold(visit.officer.name)
    opened = one.state in OPEN
    likely = [each.label for each in visit.console.understanding.read(one.text).ranked if each.label != "none"]
    accepts = visit.officer.may(Right.ACCEPT_TEACHING, localities=places)
    text = (typed.get(TYPED[0]) if typed else "") or (proposal.text if proposal and mine else one.text)
    return visit.page(
        "learning-one.html",
        status=trouble.status if trouble else 200,
        one=one,
        line=_line(visit, one),
        href=page_of(one),
        read_as="; ".join(label_name(visit, each) for each in (one.read_as or "").split(", ") if each),
        likely="; ".join(label_name(visit, each) for each in likely[:LIKELY]),
        labels=labels(visit),
        chosen=label or (proposal.label if proposal else next(iter(likely), "")),
        text=text,
        proposal=proposal,
        meant=label_name(visit, proposal.label) if proposal else "",
        alarm=proposal is not None and proposal.label in ALARMS,
        personal=private(one.text) is not None,
        may_propose=opened and (proposal is None or mine),
        may_accept=opened and proposal is not None and not mine and accepts,
        own=opened and mine and accepts,
        may_drop=opened,
        most=WORDS,
        trouble=trouble,
        after=words.text("console.learning.restart"),
    )


def label_name(visit: Visit, label: str) -> str:
    """What words may mean, as officers call it."""
    known = visit.console.content.topics.get(label)
    name = f"console.learning.label.{label.replace(':', '-')}"
    if known is not None:
        return known.title.get(visit.words.lang)
    return visit.words.text(name) if visit.words.has(name) else label


def labels(visit: Visit) -> list[tuple[str, str]]:
    """Everything that words may be said to mean: matters by name first, then the rest."""
    topics = visit.console.content.topics
    others = sorted({*LABELS} - set(BY_RULE) - set(topics))
    named = sorted((label_name(visit, one), one) for one in topics)
    return [(one, name) for name, one in (*named, *((label_name(visit, each), each) for each in others))]


async def post_propose(visit: Visit) -> Response:
    """POST /console/learning/{id}/propose: this was meant."""
    one = await access_words(visit)
    act = learning.propose(
        visit.site.storage,
        one,
        label=visit.form.get("label"),
        text=visit.form.get(TYPED[0]),
        officer=visit.officer.name,
        topics=visit.console.content.topics,
        corpus=await visit.console.teaching.corpus(),
        now=visit.now,
    )
    return await _done(visit, one, act, "proposed")


async def post_accept(visit: Visit) -> Response:
    """POST /console/learning/{id}/accept: another person checked what was proposed, as they saw it."""
    one = await access_words(visit)
    seen = (visit.form.get("label"), visit.form.get("text").replace("\r\n", "\n"))
    if one.state is MisreadingState.PROPOSED and one.proposal and seen != (one.proposal.label, one.proposal.text):
        return await _again(visit, "changed", status=409)
    return await _done(visit, one, _accept(visit, one), "accepted")


async def _accept(visit: Visit, one: Misreading) -> Proposal:
    storage, name, teaching = visit.site.storage, visit.officer.name, visit.console.teaching
    checked = await learning.check(storage, one, officer=name, corpus=await teaching.corpus(), now=visit.now)
    live = teaching.going_live(one, checked)
    await learning.accept(storage, one, checked, officer=name, now=visit.now, go_live=live)
    return checked


async def post_drop(visit: Visit) -> Response:
    """POST /console/learning/{id}/drop: nothing is to be learnt from these words."""
    one = await access_words(visit)
    act = learning.drop(visit.site.storage, one, officer=visit.officer.name, now=visit.now)
    return await _done(visit, one, act, "dropped", to=PAGE)


async def _done(visit: Visit, one: Misreading, act: Awaitable[object], done: str, *, to: str = "") -> Response:
    """Do it once, and show the result; or say why not, with what was typed still there."""
    async with visit.site.storage.write() as uow:
        first = await uow.forms.claim(visit.once, visit.now)
        await uow.commit()
    if not first:
        _close(act)
        return visit.go(to or page_of(one), done=f"learning-{done}")
    try:
        await act
    except RefusedError as error:
        return await _again(visit, error.reason, status=409 if error.reason in ("settled", "changed") else 422)
    except NotAllowedError:
        raise
    except ChungTayError:
        return await _again(visit, "unwritten")
    await settle(visit, page_of(one), TYPED, sent=TYPED[:1])
    return visit.go(to or page_of(one), done=f"learning-{done}")


def _close(act: Awaitable[object]) -> None:
    """Whoever sent a form twice gets the first one's result."""
    close = getattr(act, "close", None)
    if close is not None:
        close()


async def _again(visit: Visit, reason: str, *, status: int = 422) -> Response:
    """The page as it is now, with what was typed."""
    known = reason in (*REASONS, "unwritten")
    name = f"console.learning.refused.{reason.replace(' ', '-') if known else 'changed'}"
    values = {"most": WORDS} if reason == "length" else {}
    typed = Typed(fields={each: visit.form.get(each) for each in TYPED})
    trouble = Trouble(text=visit.words.text(name, **values), form="propose", status=status)
    return await words_page(
        visit, await access_words(visit), typed=typed, label=visit.form.get("label"), trouble=trouble
    )
