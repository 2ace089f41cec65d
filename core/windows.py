"""How long after somebody last did something a channel lets us write to them, and on what terms. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.ports import Capabilities

CLOSED = "window closed"  # the reason in the ledger
UNPAID = "the month's budget is used up"  # the same, of what would cost more than the settings allow


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a channel's capabilities say of its window."""

    length: timedelta  # so long after their last sign of life, this moment included
    free: timedelta | None = None  # nothing is charged within it, this moment included; None: all of it is charged
    templates: bool = False  # beyond it a template goes


class Way(StrEnum):
    """On what terms a message goes to somebody now."""

    OPEN = "open"  # the channel has no window
    FREE = "free"
    CHARGED = "charged"  # taken from the package, or paid for
    TEMPLATE = "template"
    CLOSED = "closed"  # not at all


IN_OUR_WORDS = (Way.OPEN, Way.FREE, Way.CHARGED)


def window_of(can: Capabilities) -> Window | None:
    """A channel's window; None where it has none."""
    if can.window is None:
        return None
    return Window(length=can.window, free=can.free, templates=can.templates)


def way_to(window: Window | None, since: datetime | None, now: datetime, *, template: bool) -> Way:
    """How a message goes to somebody whose last sign of life was `since`; None: there was none, or it is over.

    A moment in the future, of a clock that was put back, counts as this one.

    >>> from datetime import UTC
    >>> zalo, now = Window(length=timedelta(days=7), free=timedelta(hours=48)), datetime(2026, 11, 21, tzinfo=UTC)
    >>> [way_to(zalo, now - timedelta(hours=hours), now, template=False).value for hours in (48, 49, 168, 169)]
    ['free', 'charged', 'charged', 'closed']
    """
    if window is None:
        return Way.OPEN
    if since is not None and now - since <= window.length:
        return Way.FREE if window.free is not None and now - since <= window.free else Way.CHARGED
    return Way.TEMPLATE if template and window.templates else Way.CLOSED
