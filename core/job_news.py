"""Who is told of which new offers, and when: one message at their own rhythm, and in turn where seats are few.

A digest is about the topic of work, whatever else is in it: who stopped news of work gets none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.audience import AllOf
from core.campaigns import Notice
from core.caps import LOCAL
from core.matching import Market
from core.rhythm import HOUR, WEEKDAY, Rhythm, sent_at
from core.suiting import Match, Seeker
from core.wishes import Wishes, turned_down
from core.work import OfferKind, Posted

MOST = 3  # offers in one message
KEY = "work-news:"  # how the key of such a message begins
EVERY = timedelta(hours=1)  # between looks for somebody who wants news at once
PER_SEAT = 3  # people who are told at first, for each free seat
HELD = timedelta(days=1)  # so long the place of somebody who was told is theirs to answer
FOR_EVERYBODY = timedelta(days=7)  # after it was verified: by then each rhythm has had its day
_FIRST, _LAST = 16, 1024  # how far down a list is looked for what is new
# What such a message is about, as a notice would say it (core/wishes.py, db/audience.py).
ABOUT = Notice(title="", source="", text={}, audience=AllOf(()), topics=("job-connection",))
COURSES = "vocational-training"


class How(StrEnum):
    """How somebody came to know of an offer."""

    SENT = "sent"  # in a message of ours
    SEEN = "seen"  # in the list that they asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """When somebody came to know of an offer, and how."""

    at: datetime
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How many people know of an offer, and how many of them it interests."""

    told: int = 0  # in a message of ours
    seen: int = 0  # only in the list they asked for
    interested: int = 0


def kinds_wanted(wishes: Wishes, now: datetime) -> frozenset[OfferKind]:
    """Of which kinds somebody wants to be told; none where they want no news of work."""
    if turned_down(ABOUT, wishes, now) is not None:
        return frozenset()
    return frozenset(OfferKind) - ({OfferKind.COURSE} if COURSES in wishes.stopped else frozenset())


def is_time(rhythm: Rhythm, planned: datetime) -> bool:
    """Whether a look that was planned for a moment is one at which somebody of this rhythm may be told.

    >>> from datetime import UTC
    >>> sunday = datetime(2026, 11, 22, 11, tzinfo=UTC)  # six in the evening
    >>> [is_time(one, sunday) for one in Rhythm], [is_time(one, sunday - timedelta(hours=30)) for one in Rhythm]
    ([True, True, True], [True, False, False])
    """
    local = planned.astimezone(LOCAL)
    if rhythm is Rhythm.AT_ONCE:
        return True
    return local.time() >= HOUR and (rhythm is Rhythm.DAILY or local.weekday() == WEEKDAY)


def look_again(rhythm: Rhythm, now: datetime, free: datetime | None = None) -> datetime:
    """When somebody's list is looked at again; who got enough notices, not before there is room for another.

    Daily also for who wants news once a week: so another rhythm holds from the next evening on.
    """
    if rhythm is Rhythm.AT_ONCE:
        return max(now + EVERY, free or now)
    if free is not None and free > now and free.astimezone(LOCAL).time() >= HOUR:
        return free
    return sent_at(Rhythm.DAILY, max(now, free or now))


def may_hear(posted: Posted, suits: Sequence[int], told: Mapping[int, Told], now: datetime) -> frozenset[int] | None:
    """Who of those whom an offer suits, the first in turn first, is told of it now; None: all of them.

    Three for each free seat: who was told within a day keeps their place, then it is the next one's. From the eighth
    day on everybody is told.
    """
    if posted.offer.seats is None or posted.verified_at is None or now - posted.verified_at >= FOR_EVERYBODY:
        return None
    places = PER_SEAT * (posted.offer.seats - posted.taken)
    if len(suits) <= places:
        return None
    held = sum(one.how is How.SENT and now - one.at < HELD for one in told.values())
    waiting = [one for one in suits if one not in told]
    return frozenset(waiting[: max(0, places - held)])


def best(markets: Iterable[Market], seeker: Seeker, known: frozenset[int], count: int) -> list[Match]:
    """The best offers that are new to somebody, of several lists; what they gave an answer to is not new."""
    known |= {answered.offer_id for answered, _ in seeker.answers}
    found = [match for market in markets for match in _new(market, seeker, known, count)]
    return sorted(found, key=lambda one: (-one.points, one.posted.offer.deadline, one.posted.id))[:count]


def _new(market: Market, seeker: Seeker, known: frozenset[int], count: int) -> list[Match]:
    deep = _FIRST
    while True:
        top = market.top(seeker, deep)
        new = [one for one in top if one.posted.id not in known]
        if len(new) >= count or len(top) < deep or deep >= _LAST:
            return new[:count]
        deep *= 4
