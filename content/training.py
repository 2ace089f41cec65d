"""How a course and somebody's place in it are told in a chat."""

from content.formatting import capital, date_text
from content.wording import Wording
from core.contacts import Contact
from core.training import Enrolment, Learning, News
from core.work import Offer, Posted

LONGEST = 60  # characters of what a school wrote: what else is told of it has to fit beside it


def short(said: str) -> str:
    """The beginning of a text, at a word's end.

    >>> short("a" * 50 + " bbbbbbbbbb")[-3:]
    'a …'
    """
    line = " ".join(said.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0].rstrip('.,;:')} …"


def when_and_where(offer: Offer, words: Wording) -> str:
    """The day it begins, where that is known, and the place."""
    opens = words.text("training.opens", day=date_text(offer.opens, words.lang)) if offer.opens else ""
    return f"{opens} {words.text('training.at', at=short(offer.place))}".strip()


def line(number: int, posted: Posted, words: Wording) -> str:
    """A course among others."""
    free = None if posted.offer.seats is None else max(0, posted.offer.seats - posted.taken)
    seats = "" if free is None else words.text("training.free", free=free) if free else words.text("training.full")
    told = words.text("training.line", number=number, title=short(posted.offer.title))
    return " ".join(part for part in (told, when_and_where(posted.offer, words), seats) if part)


def standing(one: Enrolment, posted: Posted, number: int, words: Wording, contact: Contact) -> str:
    """Where somebody stands in a course: a seat with its day and place, or their number among those who wait."""
    title, where = short(posted.offer.title), when_and_where(posted.offer, words)
    if one.state is Learning.WAITING:
        told = {"title": title, "number": number, "code": one.code}
        return words.text("training.waiting", **told, **names(contact, words))
    return words.text("training.enrolled", title=title, where=where, code=one.code)


def told(what: News, posted: Posted, words: Wording, contact: Contact) -> str:
    """What is new of a course."""
    title, where = short(posted.offer.title), when_and_where(posted.offer, words)
    said = {"title": title, **names(contact, words)}
    if what is News.OVER:
        why = short(posted.why)
        return words.text("training.news.over.why" if why else "training.news.over", why=why, **said)
    return words.text(f"training.news.{what}", where=where, **said)


def names(contact: Contact, words: Wording) -> dict[str, str]:
    """How somebody is addressed."""
    own = contact.address_word if words.lang == "vi" else None
    you = own or words.text("address.default")
    return {"you": you, "You": capital(you)}


def called(posted: Posted, words: Wording, contact: Contact) -> str:
    """A course, made known to somebody whom it suits."""
    offer = posted.offer
    parts = [
        words.text("training.call", title=short(offer.title), employer=short(offer.employer), **names(contact, words)),
        when_and_where(offer, words),
        words.text("work.support", said=short(offer.support)) if offer.support else "",
        words.text("training.call.until", day=date_text(offer.deadline, words.lang)),
    ]
    return "\n".join(part for part in parts if part)
