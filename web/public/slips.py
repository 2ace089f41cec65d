"""A slip that an officer handed out, opened by its code: the answer, whose it is never."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from content.formatting import date_text
from content.wording import LANGUAGES
from core.signing import Limit
from core.slips import Slip
from core.storage import UnitOfWork
from handlers.codes import read_slip_code
from handlers.guessing import opened
from handlers.slips import shown
from web import rendering
from web.address import address_of
from web.bubbles import VIET_NAM, time_text
from web.public.reading import Reading, reading_of
from web.site import Site

PATH = "/phieu"
FREE = 5  # wrong codes from one address; then 1, 2, 4 … 60 minutes of waiting
LONGEST_TYPED = 40  # characters
# Nobody keeps it, no search engine lists it, no address with a code in it is told to another site.
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}


async def show_slip(request: Request) -> Response:
    """GET /{locality}/phieu?ma=CODE; without a code, the box for it."""
    reading = reading_of(request)
    typed = request.query_params.get("ma", "").replace("\x00", "")[:LONGEST_TYPED]
    if not typed.strip():
        return _page(reading)
    slip, until = await _opened(reading.site, typed, address_of(request), reading.now)
    if until is not None:
        time = time_text(until, now=reading.now, words=reading.words)
        return _page(reading, problem=reading.words.text("public.slip.wait", time=time), status=429)
    if slip is None or slip.locality != reading.place.id:
        return _page(reading, typed=typed, problem=reading.words.text("public.slip.wrong"), status=404)
    return _page(reading, slip=slip)


async def _opened(site: Site, typed: str, address: str, now: datetime) -> tuple[Slip | None, datetime | None]:
    """What the code opens, or until when this address may not try. Wrong ones are counted."""
    if site.console is None:
        return None, None
    limits = (Limit(key=site.console.gate.keyed_hash(f"slip:{address}"), free=FREE),)
    code = read_slip_code(typed)

    async def find(uow: UnitOfWork) -> Slip | None:
        return await uow.slips.find(code, now) if code is not None else None

    return await opened(site.storage, limits, find, now=now)


def _in(reading: Reading, lang: str, slip: Slip | None) -> str:
    """The same page in a language, with what it shows."""
    url = reading.url(PATH, lang)
    return f"{url}{'&' if '?' in url else '?'}ma={slip.code}" if slip else url


def _page(
    reading: Reading, *, slip: Slip | None = None, typed: str = "", problem: str = "", status: int = 200
) -> Response:
    words = reading.words
    answered = slip.answered_at.astimezone(VIET_NAM).date() if slip else reading.today
    topic = reading.content.topics.get(slip.topic or "") if slip else None
    offices = {one.id: one.name.get(reading.lang) for one in reading.place.offices}
    committee = reading.content.committee(locality=reading.place.id, on=answered, lang=reading.lang)
    text = rendering.html(
        "public/slip.html",
        words,
        look=reading.look,
        reading=reading,
        name=words.text("public.slip.title"),
        description=words.text("public.slip.lead"),
        canonical=reading.url(PATH),
        alternates=[(lang, _in(reading, lang, slip)) for lang in LANGUAGES],
        slip=slip,
        told=shown(reading.content, slip) if slip else "",
        typed=typed,
        problem=problem,
        office=offices.get(slip.office or "", committee) if slip else "",
        topic=topic.title.get(reading.lang) if topic else "",
        source=words.text("answer.source", day=date_text(answered, reading.lang)),
        until=date_text(slip.last_day, reading.lang) if slip else "",
    )
    return Response(text, status_code=status, media_type="text/html; charset=utf-8", headers=HEADERS)
