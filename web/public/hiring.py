"""Employers and schools send a vacancy or a course in: a draft that nobody sees before an officer verified it.

No account and no script is needed. What is sent is bounded by place and by address (`handlers.employers`).
"""

from collections.abc import Mapping
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from content.wording import LANGUAGES
from content.work.form import NAMES, WrongOfferError, typed_offer
from core.questions import spoken_code
from core.signing import Limit
from core.storage import UnitOfWork
from core.work import OfferKind, Posted, Standing
from handlers.codes import read_code
from handlers.employers import MOST_A_DAY, Sending, TooManyError, send_in
from handlers.guessing import opened
from handlers.offering import SameOfferError
from web import rendering
from web.address import address_of
from web.bubbles import time_text
from web.console.parts import Console
from web.forms import read_form
from web.offer_form import OF_OFFICERS, OfferForm, blank, fault_texts
from web.public.reading import Reading, reading_of
from web.site import Site

PATH = "/tuyen-dung"
COURSE = "lop"  # ?loai=lop: the form of a course
FREE = 5  # wrong codes from one address; then 1, 2, 4 … 60 minutes of waiting
LONGEST_TYPED = 40  # characters of a code
MOST_BYTES = 64 * 1024  # of a form: twice what all fields may hold
# Conditions of health need their document: an officer puts both in, after asking.
LEAVING = OF_OFFICERS | {"health", "basis"}
HEADERS = {"Cache-Control": "no-store"}
UNLISTED = {**HEADERS, "X-Robots-Tag": "noindex, nofollow, noarchive"}


async def show_hiring(request: Request) -> Response:
    """GET /{locality}/tuyen-dung?loai=: the form; with ?ma=CODE, how far what was sent under it is."""
    reading = reading_of(request)
    kind = OfferKind.COURSE if request.query_params.get("loai") == COURSE else OfferKind.VACANCY
    code = request.query_params.get("ma", "").replace("\x00", "")[:LONGEST_TYPED]
    if not code.strip():
        return _form(reading, kind, blank(kind))
    found, until = await _opened(reading.site, code, _sender(request, "offer-code"), reading.now)
    if until is not None:
        time = time_text(until, now=reading.now, words=reading.words)
        return _form(reading, kind, blank(kind), code=code, wrong=("public.slip.wait", {"time": time}), status=429)
    if found is None or found.locality != reading.place.id:
        return _form(reading, kind, blank(kind), code=code, wrong=("public.hire.no-code", {}), status=404)
    return _told(reading, found)


async def post_hiring(request: Request) -> Response:
    """POST /{locality}/tuyen-dung: kept as a draft, then the page of its code; or the form again with what is wrong."""
    reading, console = reading_of(request), _console(reading_of(request).site)
    form = await read_form(request, limit=MOST_BYTES)
    typed = {name: form.get(name) for name in NAMES if name not in LEAVING}
    kind = OfferKind.COURSE if form.get("kind") == OfferKind.COURSE.value else OfferKind.VACANCY
    sending = Sending(sender=_sender(request, "offer"), now=reading.now)
    try:
        offer = typed_offer(typed, kind, reading.content.trades, reading.today, phone=True)
        sent = await send_in(reading.site.storage, console.gate.chance, reading.place.id, offer, sending)
    except WrongOfferError as error:
        faults = fault_texts(reading.words, error.faults)
        return _form(reading, kind, typed, faults=faults, trouble=("public.hire.wrong", {}), status=422)
    except SameOfferError:
        return _form(reading, kind, typed, trouble=("public.hire.same", {}), status=409)
    except TooManyError as error:
        full = ("public.hire.place-full", {"place": reading.named})
        trouble = full if error.place else ("public.hire.too-many", {"most": MOST_A_DAY})
        return _form(reading, kind, typed, trouble=trouble, status=429)
    url = _with(reading.link(PATH), f"ma={sent.code}")
    return RedirectResponse(url, status_code=303, headers=HEADERS)


def _console(site: Site) -> Console:
    """The officers' side: where there is none, nobody could verify anything."""
    if site.console is None:
        raise HTTPException(404)
    return site.console


def _sender(request: Request, what: str) -> bytes:
    return _console(request.app.state.site).gate.keyed_hash(f"{what}:{address_of(request)}")


async def _opened(site: Site, typed: str, key: bytes, now: datetime) -> tuple[Posted | None, datetime | None]:
    """What the code names, or until when this address may not try. Wrong ones are counted."""
    limits, code = (Limit(key=key, free=FREE),), read_code(typed)

    async def find(uow: UnitOfWork) -> Posted | None:
        return await uow.offers.by_code(code) if code is not None else None

    return await opened(site.storage, limits, find, now=now)


def _with(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _told(reading: Reading, one: Posted) -> Response:
    """The page of a code: that it came, and what happens next."""
    standing = one.standing(reading.today)
    day = reading.day(one.verified_at) if one.verified_at else ""
    values = {"day": day} if standing is Standing.OPEN else {}
    if standing in (Standing.DRAFT, Standing.CLOSED):
        values = {"place": reading.named}
    return _page(
        reading,
        headers=UNLISTED,
        query=f"ma={one.code}",
        one=one,
        code=spoken_code(one.code or ""),
        state=reading.words.text(f"public.hire.state.{standing}", **values),
    )


def _form(
    reading: Reading,
    kind: OfferKind,
    typed: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    trouble: tuple[str, Mapping[str, object]] | None = None,
    code: str = "",
    wrong: tuple[str, Mapping[str, object]] | None = None,
    status: int = 200,
) -> Response:
    words = reading.words
    form = OfferForm(
        words=words,
        trades=reading.content.trades,
        kind=kind,
        typed=typed,
        faults=faults or {},
        leaving=LEAVING,
        asking=("contact",),
    )
    return _page(
        reading,
        status=status,
        query=f"loai={COURSE}" if kind is OfferKind.COURSE else "",
        kind=kind.value,
        kinds=[
            (one.value, _with(reading.link(PATH), f"loai={COURSE}") if one is OfferKind.COURSE else reading.link(PATH))
            for one in OfferKind
        ],
        parts=form.parts(),
        trouble=words.text(trouble[0], **trouble[1]) if trouble else "",
        typed_code=code,
        wrong=words.text(wrong[0], **wrong[1]) if wrong else "",
    )


def _page(
    reading: Reading, *, status: int = 200, headers: Mapping[str, str] = HEADERS, query: str = "", **values: object
) -> Response:
    words = reading.words
    shown: dict[str, object] = {"one": None, "action": reading.link(PATH), **values}
    text = rendering.html(
        "public/hiring.html",
        words,
        look=reading.look,
        reading=reading,
        name=words.text("public.hire.title"),
        description=words.text("public.hire.lead", place=reading.named),
        canonical=reading.url(PATH),
        alternates=[
            (lang, _with(reading.url(PATH, lang), query) if query else reading.url(PATH, lang)) for lang in LANGUAGES
        ],
        **shown,
    )
    return Response(text, status_code=status, media_type="text/html; charset=utf-8", headers=dict(headers))
