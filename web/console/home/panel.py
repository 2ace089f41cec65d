"""A part of "what needs me now"."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from web.console.lines import Line
from web.console.visit import Visit

SHOWN = 5  # lines of a panel
BACK = timedelta(days=30)  # for how long it stands here that something was sent back


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line that leads nowhere yet, or to one page."""

    sign: str
    kind: str
    text: str = field(repr=False)
    href: str = ""
    drop: str = ""  # the page of what was typed, where it can be thrown away


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One part of "what needs me now"."""

    id: str
    title: str
    empty: str = ""  # what belongs here, why there is nothing
    summary: str = ""
    questions: tuple[Line, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: tuple[str, str] | None = None  # address, label


Maker = Callable[[Visit], Awaitable[Panel | None]]
