"""What of an offer suits somebody, and by how many points: place, hours, and what they said of other offers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, inf, radians, sin, sqrt

from core.text import fold
from core.work import Answer, Answered, Hindrance, OfferKind, Paid, Posted, Profile, Reach, Times, Unfit

Position = tuple[float, float]  # degrees, north and east
EARTH = 6371.0  # km, mean radius
NEAR, WALKED = 10.0, 3.0  # km
# Hours of a month by which wages are compared, and told to nobody: 26 days of eight hours.
_DAYS, _HOURS = 26, 208
_NIGHT = ("ca dem", "ban dem", "xoay ca", "ca xoay", "3 ca", "2 ca", "qua dem")
_HOURS_OF_DAY = re.compile(r"\b(\d{1,2}) ?(?:gio|h)?(?: ?[0-5]\d)?(?: (?:den|toi))? (\d{1,2}) ?(?:gio|h)\b")
_PARTLY = (
    "ban thoi gian",
    "theo gio",
    "nua ngay",
    "buoi sang",
    "buoi chieu",
    "thoi vu",
    "tai nha",
    "part time",
    "linh dong",
)


# Titles that name a tradesman, with their marks ("thợ", not "thổ"); words of offers that take who has learnt nothing.
_MASTER = re.compile(r"thợ\b(?! phụ)|.*\b(?:đầu bếp|bếp chính|bếp trưởng|kỹ thuật viên|kỹ sư)\b")
_TEACHES = re.compile(
    r"^phu (?!trach)|\b(?:hoc viec|hoc nghe|tap su|thuc tap|(?:day|dao tao|huong dan) (?:nghe|viec))\b"
    r"|\bkhong (?:can|doi|yeu cau) (?:kinh nghiem|tay nghe)\b|\bchua (?:co|biet) (?:nghe|tay nghe|kinh nghiem)\b"
)
UNLEARNT = 20  # points that an offer counts less for who has not learnt its trade


class Because(StrEnum):
    """Why an offer suits somebody."""

    WANTED = "wanted"  # the trade they named
    CAN = "can"  # the trade they can do
    LIKE = "like"  # near to one of them
    HERE = "here"  # in their ward
    NEAR = "near"  # so many kilometres away
    NO_DEGREE = "no_degree"
    DAYTIME = "daytime"
    PARTLY = "partly"
    LODGING = "lodging"  # a place to sleep, or a bus


class Excluded(StrEnum):
    """Why an offer is not proposed to somebody."""

    NOT_OPEN = "not_open"
    ELSEWHERE = "elsewhere"  # another ward's
    ANSWERED = "answered"  # they said that it does not suit
    TRADE = "trade"  # neither named nor near to it
    AWAY = "away"  # too far to come home
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """Somebody who looks for work, with what they said of earlier offers."""

    contact: int
    locality: str
    profile: Profile
    priority: int = 3  # 0 poor, 1 near poor, 2 newly escaped, 3 others: who is told first where seats are few
    position: Position | None = None  # of their hamlet's meeting house, where officers entered it
    answers: tuple[tuple[Answered, Posted], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What is known of the trades: their groups, which are heavy, and which are learnt first."""

    group_of: Mapping[str, str]
    heavy: frozenset[str] = frozenset()
    skilled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An offer for somebody, with what speaks for it."""

    posted: Posted
    points: int
    reasons: tuple[Because, ...]
    distance: float | None = None  # km


@dataclass(frozen=True, slots=True)
class Known:
    """An offer with all that does not depend on who looks."""

    posted: Posted
    here: bool
    measured: bool  # an officer entered where it is
    night: bool
    partly: bool
    daytime: bool  # its hours say so
    trained: bool  # for who has learnt the trade
    wage: int  # đồng a month, for comparing alone
    points: int


def priority_of(household_status: str | None) -> int:
    """Who goes first, as the plans say: poor, near poor and newly escaped households, then others."""
    return {"poor": 0, "near-poor": 1, "newly-escaped": 2}.get(household_status or "", 3)


def monthly(posted: Posted) -> int:
    """The wage as if it were a month's, in đồng; 0 where none is told. For comparing, never for telling."""
    offer = posted.offer
    sums = [one for one in (offer.wage_from, offer.wage_to) if one is not None]
    times = {Paid.MONTH: 1, Paid.DAY: _DAYS, Paid.HOUR: _HOURS}.get(offer.paid, 0)
    return sum(sums) * times // len(sums) if sums else 0


def kilometres(one: Position, other: Position) -> float:
    """The distance of two places given in degrees, as the crow flies.

    >>> round(kilometres((14.35, 108.0), (14.36, 108.0)), 1)
    1.1
    """
    (north, east), (to_north, to_east) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _by_day(hours: str) -> bool:
    """Whether folded hours say that work is by day: from five at the earliest to seven in the evening at the latest."""
    spans = [(int(one[1]), int(one[2])) for one in _HOURS_OF_DAY.finditer(hours)]
    said = "hanh chinh" in hours or "ban ngay" in hours
    return (said or bool(spans)) and all(5 <= begin < end <= 19 for begin, end in spans)


def _trained(posted: Posted, *, skilled: bool) -> bool:
    """Whether a vacancy is for who has learnt its trade: by the trade or by its title, unless it says otherwise."""
    offer = posted.offer
    asks = skilled or _MASTER.match(offer.title.casefold()) is not None
    teaches = any(_TEACHES.search(fold(one)) for one in (offer.title, offer.note))
    return offer.kind is OfferKind.VACANCY and asks and not teaches


def known(posted: Posted, names: Sequence[str], *, skilled: bool = False) -> Known:
    """Read an offer once; by the folded `names` of its locality a place is known to be there."""
    offer = posted.offer
    hours, place = fold(offer.hours), f" {fold(offer.place)} "
    wage = monthly(posted)
    return Known(
        posted=posted,
        here=not offer.away and any(f" {name} " in place for name in names),
        measured=offer.latitude is not None and offer.longitude is not None,
        night=any(word in hours for word in _NIGHT),
        partly=any(word in hours for word in _PARTLY),
        wage=wage,
        daytime=_by_day(hours),
        trained=_trained(posted, skilled=skilled),
        points=(5 if offer.no_degree else 0) + min(wage // 1_000_000, 12),
    )


def away_from(position: Position | None, posted: Posted) -> float | None:
    """How far an offer is from a place, in km as the crow flies; None where either has no coordinates."""
    offer = posted.offer
    if position is None or offer.latitude is None or offer.longitude is None:
        return None
    return kilometres(position, (offer.latitude, offer.longitude))


def ring(distance: float) -> float:
    """The outer edge, in km, of the ring in which a distance is: within it every distance is worth the same."""
    return next((edge for edge in (WALKED, NEAR) if distance <= edge), inf)


def by_place(profile: Profile, read: Known, distance: float | None) -> list[tuple[int, Because | None]]:
    """What the place is worth; `distance` in km where both are known by coordinates.

    What is in somebody's ward is worth no less because an officer entered where it is.
    """
    offer, gained = read.posted.offer, list[tuple[int, Because | None]]()
    home = 0 if not read.here else 15 if profile.reach is Reach.HERE else 12
    near = 0 if distance is None or distance > NEAR else 15 if distance <= WALKED else 8
    if near or home:
        gained.append((max(near, home), Because.NEAR if near else Because.HERE))
    lodging = bool(offer.lodging)
    if lodging and (offer.away or Hindrance.VEHICLE in profile.held):
        gained.append((5, Because.LODGING))
    far = distance is not None and distance > WALKED
    if far and Hindrance.VEHICLE in profile.held and not lodging:
        gained.append((-10, None))
    return gained


def by_hours(profile: Profile, read: Known) -> list[tuple[int, Because | None]]:
    """What the hours are worth; where none are told, nothing."""
    children, daytime = Hindrance.CHILDREN in profile.held, profile.times is Times.DAYTIME
    if read.night:
        return [(-15 if children or daytime else 0, None)]
    if profile.times is Times.PARTLY:
        return [(8, Because.PARTLY) if read.partly else (-8, None)]
    return [(6, Because.DAYTIME)] if read.daytime and (children or daytime) else []


def learnt(answered: Answered, about: Posted, read: Known) -> int:
    """What somebody said of another offer, as it weighs on this one."""
    same = about.offer.occupation == read.posted.offer.occupation
    if answered.answer is Answer.INTERESTED:
        return 6 if same else 0
    match answered.why:
        case Unfit.FAR:
            return 0 if read.here else -8
        case Unfit.WAGE:
            return -15 if read.wage <= monthly(about) else 0
        case Unfit.TRADE:
            return -25 if same else 0
        case Unfit.HOURS:
            alike = fold(about.offer.hours) == fold(read.posted.offer.hours)
            return -10 if alike and about.offer.hours else 0
        case _:
            return 0
