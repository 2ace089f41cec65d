"""How a job fair is told: in the chat, on its page, in a reminder, in a calendar. The words are an office's own."""

from datetime import datetime

from content.catalogue import Catalogue
from content.formatting import capital, date_text
from content.reminding import Reminded, day_of
from content.wording import Wording, wording
from core.calendar_file import Entry
from core.caps import LOCAL
from core.contacts import Contact
from core.events import CHANGED, OFF, REMINDED, Announced, EventState, JobEvent
from core.reminders import Reminder
from core.text import fold

LONGEST = 110  # characters of what an office wrote: a bubble is read on a small screen


def rule_of(name: str, number: int) -> str:
    """The rule by which those who signed up for an event are told: "event:12"."""
    return f"{name}:{number}"


def event_of(rule: str) -> int | None:
    """The event that a rule is about; None where it is about something else.

    >>> event_of("event-changed:12"), event_of("course:12")
    (12, None)
    """
    name, _, number = rule.partition(":")
    return int(number) if name in (REMINDED, CHANGED, OFF) else None


def title_text(event: JobEvent, words: Wording) -> str:
    """Its title, with what it is where the title does not say so."""
    kind = words.text(f"event.kind.{event.kind}")
    return event.title if fold(words.text("event.said")) in fold(event.title) else f"{kind}: {event.title}"


def hour_text(moment: datetime, lang: str) -> str:
    """A time of day where people live: "7 giờ 30", in English "7.30"."""
    local = moment.astimezone(LOCAL)
    return f"{local.hour}.{local.minute:02d}" if lang == "en" else f"{local.hour} giờ {local.minute:02d}"


def day_text(moment: datetime, words: Wording) -> str:
    """A day with its weekday: "thứ Hai, 21/12/2026"."""
    day = day_of(moment)
    return f"{words.text(f'weekday.{day.isoweekday()}')}, {date_text(day, words.lang)}"


def when_text(event: JobEvent, words: Wording) -> str:
    """From when until when."""
    begin, end = hour_text(event.starts_at, words.lang), hour_text(event.ends_at, words.lang)
    first, last = day_text(event.starts_at, words), day_text(event.ends_at, words)
    if first == last:
        return words.text("event.when", begin=begin, end=end, day=first)
    return words.text("event.when.days", begin=begin, first=first, end=end, last=last)


def where_text(event: JobEvent) -> str:
    """Place and address."""
    return ", ".join(one for one in (event.place, event.address) if one)


def employers_text(event: JobEvent) -> str:
    """Who comes, on one line."""
    return "; ".join(line.strip() for line in event.employers.splitlines() if line.strip())


def seats_text(one: Announced, words: Wording) -> str:
    """How many may still come; empty where as many may as want."""
    if one.left is None:
        return ""
    return words.text("event.left", seats=one.left) if one.left else words.text("event.full")


def source_text(one: Announced, place: str, words: Wording) -> str:
    """Whose word it is, and who checked it when."""
    day = date_text(day_of(one.changed_at), words.lang)
    return words.text("event.source", organiser=short(one.event.organiser), place=place, day=day)


def page_link(address: str, one: Announced) -> str:
    """Its public page, for those who are elsewhere; empty where the house has no pages."""
    return f"{address.rstrip('/')}{page_path(one)}" if address else ""


def page_path(one: Announced) -> str:
    """The address of its page within the house."""
    return f"/{one.locality}/ngay-hoi/{one.id}"


def entry_of(one: Announced, link: str, words: Wording) -> Entry:
    """The event in a calendar."""
    event = one.event
    told = (
        words.text("event.employers", said=employers_text(event)) if event.employers else "",
        words.text("event.bring", said=event.bring) if event.bring else "",
        words.text("event.contact", said=event.contact),
        words.text("event.organiser", said=event.organiser),
    )
    position = (event.latitude, event.longitude) if event.latitude is not None and event.longitude is not None else None
    return Entry(
        uid=one.uid,
        sequence=one.sequence,
        stamp=one.changed_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        summary=title_text(event, words),
        place=where_text(event),
        description="\n".join(line for line in told if line),
        url=link,
        position=position,
        cancelled=one.state is EventState.CANCELLED,
    )


def told_of(content: Catalogue, one: Announced, reminder: Reminder, contact: Contact, now: datetime) -> Reminded | None:
    """What somebody who signed up reads; None where it is over, or not so any more."""
    event, words = one.event, wording(contact.language)
    name = reminder.rule.partition(":")[0]
    wanted = EventState.CANCELLED if name == OFF else EventState.VERIFIED
    moved = name == REMINDED and reminder.about != event.starts_at
    if event.starts_at <= now or one.state is not wanted or moved:
        return None
    known = one.locality if one.locality in content.localities else None
    place = content.place(locality=known, on=day_of(now), lang=words.lang)
    own = contact.address_word if words.lang == "vi" else None
    you = own or words.text("address.default")
    days = (day_of(event.starts_at) - day_of(now)).days
    said = {
        "you": you,
        "You": capital(you),
        "near": words.text("event.tomorrow" if days == 1 else "event.today" if not days else "event.soon"),
        "title": short(title_text(event, words)),
        "when": when_text(event, words),
        "where": short(where_text(event)),
        "why": short(one.why) or words.text("event.no_reason"),
    }
    lines = [words.text(f"event.told.{name}", **said)]
    if name == REMINDED and event.bring:
        lines.append(words.text("event.bring", said=short(event.bring)))
    if name != OFF:
        lines.append(words.text("event.cannot_come", **said))
    return Reminded(text="\n".join(lines), source=source_text(one, place, words))


def short(said: str) -> str:
    """A text on one line, cut between words where it is long."""
    line = " ".join(said.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0].rstrip('.,;:')} …"
