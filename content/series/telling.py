"""A post as it is told in one place on one day: its figures filled in, its documents named, the place's own line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content.placeholders import PLACE
from content.record import Text
from content.series.schema import OwnLine, Post, Room

OWN = frozenset({"slogan", "movement"})  # words of the place that not every place has


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTold:
    """A post ready to be sent to a place."""

    text: str
    source: str  # whose word it is, and the day up to which it was checked
    lacks: tuple[str, ...]  # what of the place's own it has room for and does not have: "story", "slogan", ...


def own_line(lines: Iterable[OwnLine], series: str, post: str, year: int) -> OwnLine | None:
    """What a place adds to a post: that of the year before that of every year."""
    fitting = [one for one in lines if (one.series, one.post) == (series, post) and one.year in (year, None)]
    return min(fitting, key=lambda one: one.year is None, default=None)


def lacking(post: Post, own: OwnLine | None, local: Mapping[str, str]) -> tuple[str, ...]:
    """What of the place's own a post has room for and does not have."""
    wanted = [name for name in sorted(OWN) if name in _places(post.text) and name not in local]
    filled = post.room is Room.NONE or (own is not None and own.fills)
    return (*wanted, *([] if filled else [post.room.value]))


def _places(text: Text) -> set[str]:
    return set(PLACE.findall(text.vi))
