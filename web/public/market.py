"""What households sell and buyers look for: only what an officer verified; and the form for a buyer's request."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from content.formatting import date_text
from content.goods import near
from content.marketing import lines_of, place_of
from core.market import LONGEST, Goods, Posted, Side
from core.signing import Limit
from handlers.market.deciding import goods_named
from handlers.market.forming import FIELDS, read_form
from handlers.market.receiving import FullError, WaitError, receive
from web.address import address_of
from web.bubbles import VIET_NAM, time_text
from web.forms import read_form as read_posted
from web.public.reading import Reading, reading_of
from web.public.responding import page

PATH = "/cho"
SHOWN = 60  # posts of each kind
FREE = 3  # requests from one address; then 1, 2, 4 … 60 minutes of waiting
MOST_BYTES = 32 * 1024
# Names and telephone numbers stand here by their owners' wish, for those who come: no search engine lists them.
UNLISTED = {"X-Robots-Tag": "noindex, noarchive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A post as the page tells it."""

    number: int
    title: str
    lines: tuple[str, ...]
    until: str
    by_officer: bool


def _shown(reading: Reading, one: Posted) -> Shown:
    place = place_of(reading.content, one.locality, reading.lang)
    title, *lines = lines_of(one, reading.words, place)
    until = reading.words.text("market.until", day=date_text(one.last_day, reading.lang))
    return Shown(number=one.id, title=title, lines=tuple(lines), until=until, by_officer=not one.post.phone)


async def show_market(request: Request) -> Response:
    """GET /{locality}/cho."""
    return await _page(request, reading_of(request), sent=request.query_params.get("sent") == "1")


async def _page(
    request: Request,
    reading: Reading,
    *,
    sent: bool = False,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    problem: str = "",
) -> Response:
    words, places = reading.words, near(reading.content, reading.place.id)
    today = reading.now.astimezone(VIET_NAM).date()
    async with reading.site.storage.read() as uow:
        found = {side: await uow.market.open_in(places, today, side=side, limit=SHOWN) for side in Side}
    response = page(
        request,
        reading,
        "market.html",
        title=words.text("public.market.title", place=reading.named),
        description=words.text("public.market.lead", place=reading.named),
        posts=[(side.value, [_shown(reading, one) for one in found[side]]) for side in Side],
        groups=[(one.value, goods_named(one, reading.lang)) for one in Goods],
        form=reading.site.console is not None,
        longest=LONGEST,
        sent=sent,
        typed=typed or {},
        faults={name: words.text(f"market.form.fault.{name}.{fault}") for name, fault in (faults or {}).items()},
        problem=problem,
    )
    response.headers.update(UNLISTED)
    return response


async def post_market(request: Request) -> Response:
    """POST /{locality}/cho: a buyer's request, which waits for an officer; sent twice it is kept once."""
    reading = reading_of(request)
    posted = await read_posted(request, limit=MOST_BYTES)
    typed = {name: posted.get(name) for name in FIELDS}
    formed = read_form(typed, reading.place.id)
    if formed.new is None:
        return _told(await _page(request, reading, typed=typed, faults=formed.faults), 422)
    if reading.site.console is None:
        return _told(await _page(request, reading, typed=typed), 404)
    key = reading.site.console.gate.keyed_hash(f"market:{address_of(request)}")
    try:
        await receive(reading.site.storage, formed.new, [Limit(key=key, free=FREE)], reading.now)
    except (WaitError, FullError) as error:
        problem = _refusal(reading, error)
        return _told(await _page(request, reading, typed=typed, problem=problem), 429)
    link = reading.link(PATH)
    return RedirectResponse(f"{link}{'&' if '?' in link else '?'}sent=1#sent", status_code=303, headers=UNLISTED)


def _refusal(reading: Reading, error: WaitError | FullError) -> str:
    if isinstance(error, FullError):
        return reading.words.text("public.market.full", place=reading.named)
    time = time_text(error.until, now=reading.now, words=reading.words)
    return reading.words.text("public.market.wait", time=time)


def _told(response: Response, status: int) -> Response:
    """A page that answers a form: nobody keeps it."""
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
