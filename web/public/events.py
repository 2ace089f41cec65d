"""Job fairs of a place: which ones come, each as a page that stays, and as a calendar file."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from content.event_words import (
    employers_text,
    entry_of,
    page_path,
    seats_text,
    source_text,
    title_text,
    when_text,
    where_text,
)
from core.calendar_file import MEDIA_TYPE, calendar_file
from core.events import Announced, EventStanding, EventState
from web.public.reading import Reading, reading_of, shortened
from web.public.responding import kept, page

PATH = "/ngay-hoi"
SHOWN = 30
OVER = {EventStanding.CANCELLED: "public.event.cancelled", EventStanding.OVER: "public.event.over"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """A job fair as a list and a page tell it. The words of an office are Vietnamese."""

    link: str
    calendar: str
    title: str
    when: str
    moment: str  # for machines
    where: str
    map_link: str
    facts: tuple[tuple[str, str], ...]  # what stands before it, and what an office said
    state: str  # that it is called off or over; empty: neither
    source: str


def line_of(reading: Reading, one: Announced) -> EventLine:
    """An event in words."""
    event, words = one.event, reading.words
    named = {
        "public.event.employers": employers_text(event),
        "public.event.bring": event.bring,
        "public.event.contact": event.contact,
    }
    facts = [(words.text(name), said) for name, said in named.items() if said]
    if one.state is EventState.VERIFIED and (seats := seats_text(one, words)):
        facts.append((words.text("public.event.seats"), seats))
    over = OVER.get(one.standing(reading.now), "")
    return EventLine(
        link=reading.link(f"{PATH}/{one.id}"),
        calendar=f"{page_path(one)}.ics",
        title=title_text(event, words),
        when=when_text(event, words),
        moment=event.starts_at.isoformat(timespec="seconds"),
        where=where_text(event),
        map_link=event.map_link,
        facts=tuple(facts),
        state=words.text(over, why=one.why) if over else "",
        source=source_text(one, reading.named, words),
    )


async def show_events(request: Request) -> Response:
    """GET /{locality}/ngay-hoi: what comes, the next first."""
    reading = reading_of(request)
    words = reading.words
    async with reading.site.storage.read() as uow:
        found = await uow.events.coming(reading.place.id, reading.now, SHOWN)
    return page(
        request,
        reading,
        "events.html",
        title=words.text("public.events.title", place=reading.named),
        description=words.text("public.events.lead", place=reading.named),
        events=[line_of(reading, one) for one in found],
    )


async def show_event(request: Request) -> Response:
    """GET /{locality}/ngay-hoi/{number}: one that was verified, also when it is over or called off."""
    reading = reading_of(request)
    line = line_of(reading, await _found(request, reading))
    return page(
        request,
        reading,
        "event.html",
        title=f"{shortened(line.title, 80)} · {reading.named}",
        description=f"{line.title}. {line.when}. {line.where}",
        event=line,
    )


async def show_calendar(request: Request) -> Response:
    """GET /{locality}/ngay-hoi/{number}.ics: the same for a calendar."""
    reading = reading_of(request)
    one = await _found(request, reading)
    content = calendar_file([entry_of(one, reading.url(f"{PATH}/{one.id}", "vi"), reading.words)])
    headers = {"Content-Disposition": f'attachment; filename="ngay-hoi-{one.id}.ics"', "X-Robots-Tag": "noindex"}
    return kept(request, content, MEDIA_TYPE, headers)


async def _found(request: Request, reading: Reading) -> Announced:
    """Raises HTTPException: a draft, or one of another place, is not there."""
    number = request.path_params["number"]
    async with reading.site.storage.read() as uow:
        one = await uow.events.get(number)
    # One that was called off before anybody verified it was never announced.
    hidden = one is None or one.locality != reading.place.id or one.verified_by is None
    if one is None or hidden or one.state is EventState.DRAFT:
        raise HTTPException(404)
    return one
