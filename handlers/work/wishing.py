"""Whether somebody is told of new work already, as far as their wishes say."""

from core.contacts import ContactStatus
from core.job_news import ABOUT
from handlers.context import Context
from handlers.subscribing import themes


def gets_news(ctx: Context) -> bool:
    """Whether the ward may write to them of work; a rest from all notices ends by itself."""
    person, about = ctx.person, frozenset(ABOUT.topics)
    other = bool(person.wanted) and person.wanted.isdisjoint(about)
    return themes.agrees(ctx) and ctx.contact.status is ContactStatus.ACTIVE and not (other or about <= person.stopped)
