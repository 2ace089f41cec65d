"""What became of one campaign: the figures of its ledger, and of these what may be told.

Whoever has only what is told cannot work out a small number of people picked by what they lack (docs/decisions/0020):
their ledger is told by what became of it and, beside that, by hamlet, but never by both at once.
"""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from core.campaigns import Campaign
from core.delivery import PENDING, DeliveryStatus
from core.records import Effect, LeftOut, Reach
from core.tally import FEW, LEAST, WITHHELD, apart
from core.text import fold
from core.windows import CLOSED, UNPAID

Figure = int | str | None  # a number, FEW, WITHHELD; None: not told at all
Key = TypeVar("Key", bound=Hashable)


class Fate(StrEnum):
    """What became of one row of the ledger."""

    REACHED = "reached"  # a channel took it, or the device confirmed it
    DOUBT = "doubt"
    FAILED = "failed"
    TAKEN_BACK = "taken-back"
    TO_GO = "to-go"
    SKIPPED = "skipped"  # left out, or too late


class Why(StrEnum):
    """Why a row is skipped or taken back."""

    STOPPED = "stopped"
    MUTED = "muted"
    THEME = "theme"
    NO_CONSENT = "no-consent"
    NO_ADDRESS = "no-address"
    HOUSEHOLD = "household"
    TOO_LATE = "too-late"
    CAPPED = "capped"
    CAMPAIGN_STOPPED = "campaign-stopped"
    WITHDRAWN = "withdrawn"
    ANOTHER_WAY = "another-way"
    SAME_PERSON = "same-person"
    WINDOW = "window"
    UNPAID = "unpaid"
    OTHER = "other"


LEFT_OUT = "left out"  # how the ledger calls those who get no message at all
FATES: Mapping[str, Fate] = {
    **dict.fromkeys((one.value for one in PENDING), Fate.TO_GO),
    "pending": Fate.TO_GO,  # the same in the counts
    DeliveryStatus.SENT.value: Fate.REACHED,
    DeliveryStatus.DELIVERED.value: Fate.REACHED,
    DeliveryStatus.IN_DOUBT.value: Fate.DOUBT,
    DeliveryStatus.FAILED.value: Fate.FAILED,
    DeliveryStatus.CANCELLED.value: Fate.TAKEN_BACK,
    DeliveryStatus.SKIPPED.value: Fate.SKIPPED,
    LEFT_OUT: Fate.SKIPPED,
}
EXPLAINED = (Fate.SKIPPED, Fate.TAKEN_BACK)
# In the words of the ledger's rows.
WHYS: Mapping[str, Why] = {
    LeftOut.STOPPED.value: Why.STOPPED,
    LeftOut.MUTED.value: Why.MUTED,
    LeftOut.THEME.value: Why.THEME,
    LeftOut.NO_CONSENT.value: Why.NO_CONSENT,
    LeftOut.NO_ADDRESS.value: Why.NO_ADDRESS,
    LeftOut.HOUSEHOLD.value: Why.HOUSEHOLD,
    LeftOut.WINDOW.value: Why.WINDOW,
    CLOSED: Why.WINDOW,
    UNPAID: Why.UNPAID,
    "too late to send": Why.TOO_LATE,
    "enough notices until it is too late": Why.CAPPED,
    "the campaign was stopped": Why.CAMPAIGN_STOPPED,
    "wants no notices any more": Why.WITHDRAWN,
    "went another way": Why.ANOTHER_WAY,
    "the same person has it at another address": Why.SAME_PERSON,
}
STOPS = (Effect.STOPPED, Effect.THEME, Effect.MUTED)


@dataclass(frozen=True, slots=True, order=True)
class Home:
    """Where people live, as far as it is known: both may be empty."""

    locality: str = ""
    hamlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The figures of one moment. Not for people's eyes before `tell`."""

    campaign: Campaign
    approved_at: datetime | None
    rows: Mapping[tuple[Home, Fate, Why | None], int]  # of the ledger; why: of those that are EXPLAINED
    effects: Mapping[tuple[Home, Effect], int]  # people
    stopped: Mapping[Home, int]  # people with any of STOPS
    answers: Mapping[tuple[Home, str], int]  # messages that are kept, by the declared word; "" for other words
    gone: int  # rows that were there once: of people who were erased
    expired: bool = False  # the ledger was kept long enough: only what became of how many is known, not where


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReach:
    """How many people an audience means, as it may be told."""

    meant: Figure
    reached: Figure
    left_out: Mapping[LeftOut, Figure]


def tell_reach(reach: Reach, *, guarded: bool) -> ToldReach:
    """How many are meant and reached, and why others are not.

    Guarded, no number below LEAST is told; where a part is so small the other parts are not either, because it would be
    what is missing from the whole.
    """
    parts = (reach.reached, *reach.left_out.values())
    small = guarded and (reach.meant < LEAST or any(0 < one < LEAST for one in parts))

    def part(number: int) -> Figure:
        return (FEW if number < LEAST else WITHHELD) if small else number

    return ToldReach(
        meant=FEW if guarded and reach.meant < LEAST else reach.meant,
        reached=part(reach.reached),
        left_out={reason: part(number) for reason, number in reach.left_out.items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLine:
    """The figures of one hamlet. Apart from `total` none where they may not be told together."""

    home: Home
    total: Figure
    fates: Mapping[Fate, Figure] = field(default_factory=dict)
    whys: Mapping[tuple[Fate, Why], Figure] = field(default_factory=dict)
    stopped: Figure = None
    questions: Figure = None
    answers: Figure = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What people may read of a campaign."""

    campaign: Campaign
    approved_at: datetime | None
    total: Figure  # rows of the ledger
    fates: Mapping[Fate, Figure]  # of all fates
    whys: Mapping[tuple[Fate, Why], Figure]  # of those there are
    gone: Figure
    stopped: Figure  # people
    stops: Mapping[Effect, Figure]  # by what they stopped: one may be in several
    questions: Figure  # people
    answered: Figure  # messages
    answers: Mapping[str, Figure]  # by the declared word, those of the notice first; "" for other words, the last
    homes: tuple[HomeLine, ...]  # by place and hamlet
    expired: bool
    guarded: bool

    @property
    def begun_at(self) -> datetime | None:
        """When the first messages could leave; None where none could yet."""
        one = self.campaign
        return one.starts_at if one.cursor or one.expanded_at is not None else None


def tell(found: Reported, *, guarded: bool) -> Told:
    """What may be told; guarded, no number below LEAST and nothing from which one could be worked out."""
    numbers = _numbers(found)
    plain = Told(
        campaign=found.campaign,
        approved_at=found.approved_at,
        total=numbers.total,
        fates=numbers.fates,
        whys=numbers.whys,
        gone=found.gone,
        stopped=numbers.stopped,
        stops={one: numbers.effects.get(one, 0) for one in STOPS},
        questions=numbers.questions,
        answered=sum(numbers.answers.values()),
        answers=numbers.answers,
        homes=() if found.expired or guarded else _homes(found),
        expired=found.expired,
        guarded=guarded,
    )
    return _guarded(plain, numbers, found) if guarded else plain


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    total: int
    fates: Mapping[Fate, int]
    whys: Mapping[tuple[Fate, Why], int]
    effects: Mapping[Effect, int]
    stopped: int
    questions: int
    answers: Mapping[str, int]


def _numbers(found: Reported) -> _Numbers:
    fates, whys = _fates(found.rows)
    effects: Counter[Effect] = Counter()
    for (_, effect), number in found.effects.items():
        effects[effect] += number
    words: Counter[str] = Counter()
    for (_, word), number in found.answers.items():
        words[word] += number
    declared = dict.fromkeys(one.words[0] for one in found.campaign.notice.replies)
    return _Numbers(
        total=sum(fates.values()),
        fates=fates,
        whys=whys,
        effects=effects,
        stopped=sum(found.stopped.values()),
        questions=effects[Effect.QUESTION],
        answers={word: words[word] for word in (*declared, *sorted({*words} - {*declared, ""}), "")},
    )


def _fates(rows: Mapping[tuple[Home, Fate, Why | None], int]) -> tuple[dict[Fate, int], dict[tuple[Fate, Why], int]]:
    fates, whys = dict.fromkeys(Fate, 0), Counter[tuple[Fate, Why]]()
    for (_, fate, why), number in rows.items():
        fates[fate] += number
        if why is not None:
            whys[fate, why] += number
    return fates, {(fate, why): whys[fate, why] for fate in EXPLAINED for why in Why if whys[fate, why]}


def _homes(found: Reported) -> tuple[HomeLine, ...]:
    """Every hamlet with all of its figures, in their order: hamlets are not ranked."""
    at: dict[Home, dict[tuple[Home, Fate, Why | None], int]] = {}
    for key, number in found.rows.items():
        at.setdefault(key[0], {})[key] = number
    answers: Counter[Home] = Counter()
    for (home, _), number in found.answers.items():
        answers[home] += number
    lines = []
    for home in _in_order({*at, *found.stopped, *(home for home, _ in found.effects), *answers}):
        fates, whys = _fates(at.get(home, {}))
        lines.append(
            HomeLine(
                home=home,
                total=sum(fates.values()),
                fates=fates,
                whys=whys,
                stopped=found.stopped.get(home, 0),
                questions=found.effects.get((home, Effect.QUESTION), 0),
                answers=answers[home],
            )
        )
    return tuple(lines)


def _in_order(homes: Collection[Home]) -> list[Home]:
    """By place and hamlet, "Thôn 2" before "Thôn 10", and last where it is not known."""

    def words(name: str) -> list[tuple[int, str]]:
        return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]{1,9})", fold(name))]

    def key(one: Home) -> tuple[bool, str, bool, list[tuple[int, str]], str]:
        return not one.locality, one.locality, not one.hamlet, words(one.hamlet), one.hamlet

    return sorted(homes, key=key)


def _guarded(plain: Told, numbers: _Numbers, found: Reported) -> Told:
    if numbers.total < LEAST:
        nothing = dict.fromkeys(Fate)
        withheld = replace(plain, total=FEW, fates=nothing, whys={}, gone=_few(found.gone), stopped=None, stops={})
        return replace(withheld, questions=None, answered=None, answers={})
    parts = apart(numbers.fates)
    fates: dict[Fate, Figure] = {one: _figure(parts, one, numbers.fates[one]) for one in Fate}
    whys: dict[tuple[Fate, Why], Figure] = {}
    for fate in EXPLAINED:
        # Beside a sum that is not told its parts would tell it.
        if isinstance(fates[fate], int):
            whys |= _parts({key: number for key, number in numbers.whys.items() if key[0] is fate})
    return replace(
        plain,
        fates=fates,
        whys=whys,
        gone=_few(found.gone),
        stopped=_some_of(numbers.stopped, fates[Fate.REACHED]),
        stops={},  # one may be in several: from their sum a small one could follow
        questions=_some_of(numbers.questions, fates[Fate.REACHED]),
        answered=_few(sum(numbers.answers.values())),
        answers=_parts(numbers.answers),
        homes=() if found.expired else _guarded_homes(found),
    )


def _guarded_homes(found: Reported) -> tuple[HomeLine, ...]:
    """How many rows each hamlet has, and nothing else; none where they may not be told apart."""
    totals: Counter[Home] = Counter()
    for (home, _, _), number in found.rows.items():
        totals[home] += number
    told = apart(totals)
    return tuple(HomeLine(home=home, total=_figure(told, home, totals[home])) for home in _in_order(told))


def _parts(counts: Mapping[Key, int]) -> dict[Key, Figure]:
    """The parts of a sum that is told."""
    told = apart(counts)
    return {one: _figure(told, one, number) for one, number in counts.items()}


def _figure(told: Mapping[Key, str], part: Key, number: int) -> Figure:
    """A part as it may be told: what there is nothing of is no secret, unless none are told apart."""
    if not told:
        return None
    return number if told.get(part, "0").isdecimal() else told[part]


def _few(number: int) -> Figure:
    return FEW if 0 < number < LEAST else number


def _some_of(number: int, whole: Figure) -> Figure:
    """How many of those who were reached did something: neither they nor the others may be a few."""
    if not isinstance(whole, int):
        return WITHHELD if number >= LEAST else _few(number)
    if whole < 2 * LEAST:
        return None  # whatever is said of so few, the others follow from it
    return WITHHELD if 0 < whole - number < LEAST else _few(number)
