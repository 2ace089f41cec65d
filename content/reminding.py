"""What people are reminded of, on which days, and in which words: by a rule about them, and never of what is over.

- newly escaped: thirty days before what still counts for them ends (content/escaped.py);
- the yearly review: on the morning it opens (the figure household-review.window.from);
- the certificate: thirty days before the last day that stands on it, as they told it;
- a course or a meeting they signed up for in answer to a notice: the evening before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from content import escaped
from content.catalogue import Catalogue
from content.formatting import capital, date_text
from content.wording import Wording, wording
from core.campaigns import Notice
from core.caps import LOCAL
from core.contacts import Contact
from core.messages import QuickReply
from core.reminders import Reminder

MORNING, EVENING = time(8, 0), time(17, 0)
BEFORE = timedelta(days=30)
LATE = timedelta(days=3)  # later than this after its moment nobody is reminded, and that is told
OPENS = ("household-review", "window.from")
POOR = ("poor", "near-poor")


class Rule(StrEnum):
    """Why somebody is reminded; of a course the number of the notice follows: "course:12"."""

    ESCAPED = "newly-escaped"
    REVIEW = "review-window"
    CERTIFICATE = "certificate"
    COURSE = "course"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder in words."""

    text: str
    source: str | None = None
    buttons: tuple[QuickReply, ...] = ()  # none: those of its rule
    lead: tuple[int, int, str] | None = None  # of a question about work: the lead, the vacancy, what is asked


def at(day: date, hour: time = MORNING) -> datetime:
    """A moment where people live."""
    return datetime.combine(day, hour, tzinfo=LOCAL)


def day_of(moment: datetime) -> date:
    """The day where people live."""
    return moment.astimezone(LOCAL).date()


def after_escape(content: Catalogue, left: date, *, locality: str | None, on: date) -> list[datetime]:
    """When a household that left the list on a day is reminded; none when all is over."""
    days = escaped.reminders(escaped.terms(content, left, locality=locality, on=on), on)
    return [at(max(day, on + timedelta(days=1))) for day in days]


def review_opens(content: Catalogue, *, locality: str | None, on: date) -> datetime | None:
    """When the next yearly review opens by the rule of today; None where none is known."""
    opens = _opens(content, locality, on)
    if opens is None:
        return None
    month, day = (int(part) for part in opens[0].split("-"))
    this_year = date(on.year, month, day)
    return at(this_year if this_year > on else date(on.year + 1, month, day))


def _opens(content: Catalogue, locality: str | None, on: date) -> tuple[str, str] | None:
    figure = content.figures(locality=locality).get(OPENS)
    value = figure.at(on) if figure else None
    return (str(value.value), value.document) if value is not None else None


def before_the_last_day(last: date, on: date) -> datetime | None:
    """When somebody is reminded of a paper that is good until a day; None where that is over tomorrow."""
    moment = max(last - BEFORE, on + timedelta(days=1))
    return at(moment) if moment < last else None


def the_evening_before(begins: datetime, now: datetime) -> datetime | None:
    """When somebody is reminded of what they signed up for; None where that is past."""
    moment = at(day_of(begins) - timedelta(days=1), EVENING)
    return moment if moment > now else None


def over(one: Reminder, contact: Contact, now: datetime) -> bool:
    """Whether what it is about no longer holds for somebody."""
    match one.rule.partition(":")[0]:
        case Rule.ESCAPED:
            return contact.household_status not in (None, "newly-escaped")
        case Rule.CERTIFICATE:
            return contact.household_status is not None and contact.household_status not in POOR
        case Rule.REVIEW:
            return contact.household_status == "poor"  # reviewed as everybody; who is on the list needs no hint
        case _:
            return one.about <= now


def words_of(
    content: Catalogue, one: Reminder, contact: Contact, now: datetime, notice: Notice | None
) -> Reminded | None:
    """What somebody reads; None where it is over."""
    words, on = wording(contact.language), day_of(now)
    place = content.place(
        locality=contact.locality if contact.locality in content.localities else None, on=on, lang=words.lang
    )
    own = contact.address_word if words.lang == "vi" else None
    you = own or words.text("address.default")
    names = {"you": you, "You": capital(you), "place": place, "Place": capital(place)}
    match one.rule.partition(":")[0]:
        case Rule.ESCAPED:
            return _escaped(content, one, contact, on, names)
        case Rule.REVIEW:
            return _review(content, one, contact, on, names)
        case Rule.CERTIFICATE:
            last = day_of(one.about)
            day = date_text(last, words.lang)
            return Reminded(text=words.text("reminder.certificate", day=day, **names)) if last >= on else None
        case _:
            return _course(words, one, notice, names)


def _escaped(content: Catalogue, one: Reminder, contact: Contact, on: date, names: dict[str, str]) -> Reminded | None:
    words, left = wording(contact.language), day_of(one.about)
    locality = contact.locality if contact.locality in content.localities else None
    found = [each for each in escaped.terms(content, left, locality=locality, on=on, lang=words.lang) if each.holds(on)]
    if not found:
        return None
    lines = [words.text("reminder.escaped", day=date_text(left, words.lang), **names)]
    lines += [
        words.text(f"escaped.{each.id}.holds", months=each.months, day=date_text(each.last, words.lang))
        for each in found
    ]
    lines.append(words.text("reminder.escaped_ask", **names))
    documents = [
        words.text("card.source.article", document=each.document, article=each.section)
        if each.section
        else each.document
        for each in found
    ]
    return Reminded(text="\n".join(lines), source=_source(content, documents, locality, on, words))


def _review(content: Catalogue, one: Reminder, contact: Contact, on: date, names: dict[str, str]) -> Reminded:
    words = wording(contact.language)
    locality = contact.locality if contact.locality in content.localities else None
    opens = _opens(content, locality, on)
    if opens is None or opens[0] != day_of(one.about).strftime("%m-%d"):
        return Reminded(text=words.text("reminder.review_unknown", **names))
    text = words.text("reminder.review", day=date_text(day_of(one.about), words.lang), **names)
    return Reminded(text=text, source=_source(content, [opens[1]], locality, on, words))


def _course(words: Wording, one: Reminder, notice: Notice | None, names: dict[str, str]) -> Reminded | None:
    if notice is None:
        return None
    local = one.about.astimezone(LOCAL)
    hour = f"{local.hour}.{local.minute:02d}" if words.lang == "en" else f"{local.hour} giờ {local.minute:02d}"
    day = f"{words.text(f'weekday.{local.isoweekday()}')}, {date_text(local.date(), words.lang)}"
    text = words.text("reminder.course", hour=hour, day=day, text=beginning(notice.said(words.lang)), **names)
    return Reminded(text=text, source=words.text("reminder.course_source", source=notice.source.rstrip(".")))


def beginning(text: str, most: int = 120) -> str:
    """The first words of a text on one line, of so many characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip('.,;:')} …"


def _source(content: Catalogue, documents: Sequence[str], locality: str | None, on: date, words: Wording) -> str:
    checked = min(content.checked(locality=locality), on)
    named = "; ".join(dict.fromkeys(documents))
    return words.text("card.source", documents=named, date=date_text(checked, words.lang))
