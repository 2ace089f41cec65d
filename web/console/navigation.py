"""The way through the console: a few groups in the heading of every page, and the rooms of the group one stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from content.wording import Wording
from core.officers import Officer, Right

HOME = "/console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A room, for whoever has the right somewhere. `covers` are addresses of its pages that begin otherwise."""

    address: str
    name: str  # of a sentence
    right: Right | None = None
    covers: tuple[str, ...] = ()

    def reaches(self, path: str) -> int:
        """How much of an address this room covers, in characters; 0 where it is of another room."""
        if self.address == HOME:
            return len(HOME) if path == HOME else 0
        return max((len(one) for one in (self.address, *self.covers) if f"{path}/".startswith(f"{one}/")), default=0)


# In the order of the heading. A group of one room has that room's name.
GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("console.nav.home", (Entry(address=HOME, name="console.nav.home"),)),
    (
        "console.nav.questions",
        (
            Entry(address="/console/questions", name="console.nav.questions", right=Right.READ_QUESTIONS),
            Entry(address="/console/questions/months", name="console.nav.months", right=Right.READ_TOTALS),
        ),
    ),
    (
        "console.nav.notices",
        (
            Entry(address="/console/notices", name="console.nav.notices", right=Right.READ_CAMPAIGNS),
            Entry(
                address="/console/calendar",
                name="console.nav.calendar",
                right=Right.READ_CAMPAIGNS,
                covers=("/console/schedules",),
            ),
        ),
    ),
    (
        "console.nav.content",
        (
            Entry(address="/console/content", name="console.nav.content", right=Right.READ_CONTENT),
            Entry(address="/console/learning", name="console.nav.learning", right=Right.TEACH),
        ),
    ),
    (
        "console.nav.work",
        (
            Entry(address="/console/work", name="console.way.offers", right=Right.READ_CAMPAIGNS),
            Entry(address="/console/work/leads", name="console.way.leads", right=Right.ANSWER),
            Entry(address="/console/work/seekers", name="console.way.seekers", right=Right.WRITE_SEEKERS),
            Entry(address="/console/work/training", name="console.nav.training", right=Right.READ_CAMPAIGNS),
            Entry(address="/console/work/events", name="console.way.events", right=Right.READ_CAMPAIGNS),
        ),
    ),
    (
        "console.nav.people",
        (
            Entry(address="/console/needs", name="console.way.needs", right=Right.READ_TOTALS),
            Entry(address="/console/labour", name="console.nav.labour", right=Right.READ_LABOUR),
            Entry(address="/console/market", name="console.nav.market", right=Right.READ_QUESTIONS),
        ),
    ),
    (
        "console.nav.figures",
        (
            Entry(address="/console/reports", name="console.nav.reports", right=Right.READ_TOTALS),
            Entry(
                address="/console/targets",
                name="console.nav.targets",
                right=Right.READ_TOTALS,
                covers=("/console/figures",),
            ),
            Entry(address="/console/tasks", name="console.nav.tasks", right=Right.READ_TASKS),
            Entry(address="/console/work/share", name="console.way.share", right=Right.READ_TOTALS),
            Entry(address="/console/work/picture", name="console.way.picture", right=Right.READ_TOTALS),
        ),
    ),
    (
        "console.nav.account",
        (
            Entry(address="/console/account", name="console.nav.account"),
            Entry(address="/console/officers", name="console.nav.officers", right=Right.MANAGE_OFFICERS),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to a room; `here` is what `aria-current` says: page, true, or nothing."""

    address: str
    name: str
    here: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The groups, and the rooms of the one that a page stands in; none where that has one room only."""

    groups: tuple[Link, ...] = ()
    rooms: tuple[Link, ...] = ()


def ways_of(officer: Officer, path: str, words: Wording) -> Ways:
    """Where an officer may go from an address."""
    allowed = [(name, rooms) for name, group in GROUPS if (rooms := tuple(_allowed(officer, group)))]
    nearest = max((one for _, rooms in allowed for one in rooms), key=lambda one: one.reaches(path))
    here = nearest if nearest.reaches(path) else None

    def link(name: str, rooms: tuple[Entry, ...]) -> Link:
        standing = "" if here not in rooms else "page" if path == rooms[0].address else "true"
        return Link(address=rooms[0].address, name=words.text(name), here=standing)

    own = next((rooms for _, rooms in allowed if here in rooms), ())
    return Ways(
        groups=tuple(link(name if len(rooms) > 1 else rooms[0].name, rooms) for name, rooms in allowed),
        rooms=tuple(link(one.name, (one,)) for one in own) if len(own) > 1 else (),
    )


def room_name(path: str, words: Wording) -> str:
    """The room that an address belongs to."""
    return words.text(max((one for _, group in GROUPS for one in group), key=lambda one: one.reaches(path)).name)


def _allowed(officer: Officer, group: tuple[Entry, ...]) -> Iterator[Entry]:
    return (one for one in group if one.right is None or officer.may_somewhere(one.right))
