"""What households sell and buyers look for: unseen until an officer verified it, gone by itself after its last day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from core.text import fold

LONGEST = {
    "what": 80,
    "amount": 60,
    "when": 60,
    "hamlet": 60,
    "price": 60,
    "name": 60,
    "phone": 20,
    "reach": 20,
}  # characters


class Side(StrEnum):
    """Which of the two somebody is."""

    OFFER = "offer"  # sells
    WANTED = "wanted"  # looks for


LASTS = {Side.OFFER: timedelta(days=14), Side.WANTED: timedelta(days=30)}


class Goods(StrEnum):
    """Groups of goods: two posts of the same group may fit each other. What is in none of them fits nothing."""

    POULTRY = "poultry"
    LIVESTOCK = "livestock"
    FISH = "fish"
    VEGETABLES = "vegetables"
    FRUIT = "fruit"
    GRAIN = "grain"
    CROPS = "crops"
    FOREST = "forest"
    FOOD = "food"
    CRAFT = "craft"
    OTHER = "other"


class PostState(StrEnum):
    """What was decided of a post. That one is over nobody decides: it follows from the day."""

    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"
    CLOSED = "closed"  # sold, bought, or closed by an officer


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody wrote. Empty texts were not said; a telephone number is there only where it may be shown."""

    what: str = field(repr=False)
    amount: str = field(default="", repr=False)
    when: str = field(default="", repr=False)
    hamlet: str = field(default="", repr=False)
    price: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)  # digits as they are dialled
    reach: str = field(default="", repr=False)  # the same, where officers alone may call: who came by the page

    def plain(self) -> dict[str, str]:
        """As JSON holds it: what was not said is left out."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}

    def told(self) -> str:
        """All words of it, for whoever looks for signs of fraud."""
        return "\n".join(self.plain().values())


def read_post(plain: Mapping[str, Any]) -> Post:
    """A post as `Post.plain` wrote it."""
    return Post(**{one.name: str(plain.get(one.name, "")) for one in fields(Post)})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post to be looked at by an officer. Without a contact it came by the public page."""

    locality: str
    side: Side
    goods: Goods
    post: Post = field(repr=False)
    contact_id: int | None = None

    def key(self, on: date) -> str:
        """Two of the same key are the same post: what is sent twice on a day is kept once."""
        told = (self.contact_id, self.side, self.goods, on, *self.post.plain().values())
        return sha256("|".join(fold(str(one)) for one in told).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(NewPost):
    """A post of a place, with what was decided."""

    id: int
    state: PostState
    last_day: date
    version: int
    created_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    why: str = ""

    def is_open(self, on: date) -> bool:
        """Whether anybody may see it on a day; the last day itself counts."""
        return self.state is PostState.VERIFIED and self.last_day >= on


def last_day_of(side: Side, on: date) -> date:
    """Until when a post is seen that is verified on a day."""
    return on + LASTS[side]


def other_side(side: Side) -> Side:
    """Who may be shown a post."""
    return Side.WANTED if side is Side.OFFER else Side.OFFER


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPosted:
    """The person sells or looks for something; it waits for an officer. The consent comes with it."""

    post: NewPost = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketAsked:
    """What others sell, or look for, takes the reply's place; where there is nothing it stays."""

    side: Side
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketOwn:
    """The person's own posts take the reply's place; where there is none it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketDone:
    """A post of the person's own is over: sold, bought, or wanted no more. Where it is none of theirs nothing is."""

    post_id: int


MarketEvent = MarketPosted | MarketAsked | MarketOwn | MarketDone
