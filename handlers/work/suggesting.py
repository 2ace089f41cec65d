"""What is suggested after a talk about work: courses and vacancies that are open in the place, and nothing else."""

from collections.abc import Mapping, Sequence

from content.formatting import date_text
from content.wording import Wording
from content.work.wording import wage_text
from core.matching import Market
from core.messages import OutboundMessage
from core.suiting import Match, Seeker
from core.work import OfferKind

SHOWN = 2  # of each kind
LOOKED_THROUGH = 10
LONGEST = 60  # characters of what an employer wrote: four offers stand in one bubble
REPLIES = 2  # of the turn: what was found, and what can be done
ADULT = 18  # years
COURSES_FIRST = ("learn", "school")


def bubble(
    markets: Mapping[OfferKind, Market], seeker: Seeker, aim: str, words: Wording, place: str
) -> OutboundMessage | None:
    """The best of both kinds in one bubble; None where nothing that is open suits."""
    order = [OfferKind.COURSE, OfferKind.VACANCY]
    order = order if aim in COURSES_FIRST else order[::-1]
    lines = []
    for kind in order:
        found = [one for one in markets[kind].top(seeker, LOOKED_THROUGH) if not _too_young(one, aim)][:SHOWN]
        lines += [words.text(f"counsel.{kind}")] if found else []
        lines += [_line(one, words) for one in found]
    if not lines:
        return None
    source = words.text("counsel.source", place=place)
    return OutboundMessage(text="\n".join([words.text("counsel.found"), *lines]), source=source)


def _too_young(match: Match, aim: str) -> bool:
    """Who has just left school may not be eighteen yet."""
    return aim == "school" and (match.posted.offer.age_from or 0) >= ADULT


def _line(match: Match, words: Wording) -> str:
    offer = match.posted.offer
    day = date_text(offer.deadline, words.lang)
    told: Sequence[str] = (_short(offer.title), _short(offer.employer), _short(offer.place))
    line = words.text("counsel.offer", title=told[0], employer=told[1], place=told[2], day=day)
    return f"{line} {wage_text(offer, words)}" if offer.kind is OfferKind.VACANCY else line


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0].rstrip('.,;:')} …"
