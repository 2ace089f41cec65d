"""How many notices a person gets at most, and the hours in which nobody is disturbed (DESIGN 7)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")  # Viet Nam has one time and no summer time
QUIET_FROM, QUIET_UNTIL = time(20, 30), time(7, 0)
# At most so many notices within so long; what is urgent counts and is not held back.
CAPS: Sequence[tuple[int, timedelta]] = ((1, timedelta(days=1)), (2, timedelta(days=7)))


def quiet(now: datetime) -> bool:
    """Whether people sleep: from half past eight in the evening to seven in the morning.

    >>> from datetime import UTC
    >>> [quiet(datetime(2026, 11, 20, hour, minute, tzinfo=UTC)) for hour, minute in ((13, 29), (13, 30), (0, 0))]
    [False, True, False]
    """
    local = now.astimezone(LOCAL).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def free_at(got: Sequence[datetime], now: datetime) -> datetime | None:
    """From when on somebody may get another notice, who got these, the newest first; None where they may now.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 20, 5, tzinfo=UTC)
    >>> free_at([noon - timedelta(hours=3)], noon) == noon + timedelta(hours=21)
    True
    """
    free = [got[most - 1] + within for most, within in CAPS if len(got) >= most and got[most - 1] + within > now]
    return max(free, default=None)
