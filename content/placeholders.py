"""The places in a card's text that are filled with figures, offices and names.

`{premium}` is a figure of the same topic, `{topic.premium}` of another one, `{premium:from}` and `{premium:to}` the
first and last day of its value, `{premium@2027-01-01}` its value on that day. The rest are words of the locality.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

LOCAL = frozenset({"office", "offices", "place", "committee", "plan", "slogan", "movement"})

PLACE = re.compile(r"\{([^{}]*)\}")
_FIGURE = re.compile(r"(?P<id>[a-z0-9]+(?:[.-][a-z0-9]+)*)(?:@(?P<on>\d{4}-\d{2}-\d{2}))?(?::(?P<part>from|to))?")
_SENTENCES = re.compile(r"(?<=[.?;])\s+")


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A place for a figure, as it is written in a text."""

    reference: str  # "premium" or "health-insurance.premium"
    on: date | None = None  # None: the day on which the card is told
    part: str = "value"  # or "from", "to"

    def resolve(self, topic: str, topics: Collection[str]) -> tuple[str, str]:
        """The topic and id of the figure; a reference whose first word is no other topic is of this one."""
        head, _, rest = self.reference.partition(".")
        return (head, rest) if rest and head in topics and head != topic else (topic, self.reference)


def read_place(inside: str) -> FigurePlace | str | None:
    """What stands between braces: a figure, one of LOCAL, or None when it cannot be read."""
    if inside in LOCAL:
        return inside
    match = _FIGURE.fullmatch(inside)
    if match is None:
        return None
    try:
        on = date.fromisoformat(match["on"]) if match["on"] else None
    except ValueError:
        return None
    return FigurePlace(match["id"], on, match["part"] or "value")


def places(text: str) -> list[FigurePlace | str | None]:
    """All places of a text in order; None for each that cannot be read."""
    return [read_place(match[1]) for match in PLACE.finditer(text)]


def sentences(text: str) -> list[str]:
    """A text cut into sentences, each with its stop."""
    return [part for part in _SENTENCES.split(text) if part]
