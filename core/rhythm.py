"""How often somebody wants notices, and when those that wait for their day go."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from core.caps import LOCAL

HOUR = time(18, 0)  # when people are at home, well before the quiet hours
WEEKDAY = 6  # Sunday


class Rhythm(StrEnum):
    """How often somebody wants notices; what is urgent, or would be too late, comes at once."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"


def sent_at(rhythm: Rhythm, now: datetime) -> datetime:
    """When a notice of this moment goes to somebody of this rhythm.

    >>> from datetime import UTC
    >>> friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    >>> [sent_at(one, friday).astimezone(LOCAL).strftime("%a %H:%M") for one in Rhythm]
    ['Fri 19:00', 'Sat 18:00', 'Sun 18:00']
    """
    if rhythm is Rhythm.AT_ONCE:
        return now
    local = now.astimezone(LOCAL)
    days = (WEEKDAY - local.weekday()) % 7 if rhythm is Rhythm.WEEKLY else 0
    moment = datetime.combine(local.date() + timedelta(days=days), HOUR, tzinfo=LOCAL)
    if moment <= local:
        moment += timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1)
    return moment.astimezone(now.tzinfo)
