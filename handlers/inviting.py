"""A draft of a notice that invites to a job fair: what it says, to whom; it goes the way of every notice."""

from content.event_words import employers_text, short, title_text, when_text, where_text
from content.wording import LANGUAGES, wording
from core.campaigns import Campaign, Notice, read_notice
from core.errors import StaleError
from core.events import Announced, EventStanding
from core.storage import Storage
from handlers import composing
from handlers.campaigning import Doing

TOPIC = "job-connection"


async def invite(storage: Storage, one: Announced, doing: Doing) -> Campaign:
    """Keep it as a draft of this officer's. Raises NotAllowedError, and StaleError where nobody can sign up."""
    if one.standing(doing.now) is not EventStanding.OPEN:
        raise StaleError("nobody can sign up for it now", where=f"event:{one.id}", mend="look at it again")
    return await composing.save(storage, _notice(one), doing)


def _notice(one: Announced) -> Notice:
    """To everybody of the place who wants news of work; not after it has begun."""
    return read_notice(
        {
            "kind": "notice",
            "title": wording(LANGUAGES[0]).text("event.invite.title", title=one.event.title),
            "source": one.event.organiser,
            "text": {lang: _text(one, lang) for lang in LANGUAGES},
            "audience": {"localities": [one.locality]},
            "topics": [TOPIC],
            "sending": {"not_after": one.event.starts_at},
        }
    )


def _text(one: Announced, lang: str) -> str:
    words, event = wording(lang), one.event
    lines = [
        words.text("event.invite", title=short(title_text(event, words))),
        words.text("event.time", said=when_text(event, words)),
        words.text("event.where", said=short(where_text(event))),
        words.text("event.employers", said=short(employers_text(event))) if event.employers else "",
        words.text("event.invite.then"),
    ]
    return "\n".join(line for line in lines if line)
