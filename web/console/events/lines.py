"""What the pages of job fairs share: who may look, how one stands, how it reads."""

from dataclasses import dataclass

from content.event_words import title_text, when_text, where_text
from core.events import Announced, EventStanding
from core.officers import Right
from handlers import job_events
from handlers.reported import Acting
from web.console.access import access_in
from web.console.lines import place_name
from web.console.states import Mark
from web.console.visit import Visit

PAGE = "/console/work/events"
EVENT = f"{PAGE}/{{id}}"
MARKS = {
    EventStanding.DRAFT: ("◇", "warning"),
    EventStanding.CHANGING: ("◇", "warning"),
    EventStanding.OPEN: ("✓", "good"),
    EventStanding.FULL: ("●", "good"),
    EventStanding.OVER: ("–", "plain"),
    EventStanding.CANCELLED: ("■", "danger"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """What the list shows of an event."""

    href: str
    title: str
    place: str
    when: str
    where: str
    signed: str  # how many signed up, of how many
    mark: Mark


def mark_of(visit: Visit, one: Announced) -> Mark:
    """How its state looks and reads."""
    standing = one.standing(visit.now)
    sign, kind = MARKS[standing]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.events.state.{standing}"))


def row_of(visit: Visit, one: Announced) -> EventRow:
    """The line of an event."""
    words = visit.words
    return EventRow(
        href=EVENT.format(id=one.id),
        title=title_text(one.event, words),
        place=place_name(visit, one.locality),
        when=when_text(one.event, words),
        where=where_text(one.event),
        signed=signed_text(visit, one),
        mark=mark_of(visit, one),
    )


def signed_text(visit: Visit, one: Announced) -> str:
    """How many signed up, and how many may."""
    if one.event.seats is None:
        return str(one.taken)
    return visit.words.text("console.events.of", taken=one.taken, seats=one.event.seats)


async def access_event(visit: Visit, right: Right) -> Announced:
    """The event of the address. Raises as access_in does."""
    one = await job_events.find(visit.site.storage, visit.request.path_params["id"])
    await access_in(visit, one.locality, f"event:{one.id}", Right.READ_CAMPAIGNS, right)
    return one


def acting(visit: Visit) -> Acting:
    """Who acts, by which form."""
    return Acting(officer=visit.officer.name, now=visit.now, once=visit.once)


def seen_in(visit: Visit) -> int:
    """The version that stood on the page; -1 for anything else."""
    seen = visit.form.get("seen")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
