"""What of the tally may be told: nothing from which the number of a few households could be worked out.

Counts under 5 are not told. Beside them the total of the locality would give them away, so a single one takes the
smallest other hamlet along; and where even then the figures leave only one answer (two hamlets, two checks), the
hamlets are not told apart at all.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from core.records import TallyRow

LEAST = 5  # households, or people meant by what they lack: fewer could be known by name
FEW = f"<{LEAST}"
WITHHELD = "*"  # LEAST or more, but it would give a neighbour away
EVERYWHERE = None  # the hamlet of a total

Part = TypeVar("Part", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure as it may be told."""

    month: str
    locality: str
    hamlet: str | None  # EVERYWHERE: the locality's total
    dimension: str
    told: str  # a number, FEW or WITHHELD


def may_be_told(rows: Iterable[TallyRow]) -> list[Line]:
    """The figures, each month's and place's total in front of its hamlets."""
    ordered = sorted(rows, key=lambda row: (*_together(row), row.hamlet))
    return [line for _, group in groupby(ordered, key=_together) for line in _lines(list(group))]


def _together(row: TallyRow) -> tuple[str, str, str]:
    return row.month, row.locality, row.dimension


def _lines(rows: Sequence[TallyRow]) -> list[Line]:
    counts = {row.hamlet: row.count for row in rows if row.count > 0}
    if not counts:
        return []
    total = sum(counts.values())
    told: dict[str | None, str] = {EVERYWHERE: str(total) if total >= LEAST else FEW}
    told.update(apart(counts))
    month, locality, dimension = _together(rows[0])
    return [
        Line(month=month, locality=locality, hamlet=hamlet, dimension=dimension, told=one)
        for hamlet, one in told.items()
    ]


def apart(counts: Mapping[Part, int]) -> dict[Part, str]:
    """The parts of a total that is told, each as it may be told beside it; none where they are not told apart.

    Parts of which there is nothing are left out.

    >>> apart({"a": 3, "b": 20, "c": 7}), apart({"a": 1, "b": 5})
    ({'a': '<5', 'b': '20', 'c': '*'}, {})
    """
    counts = {part: count for part, count in counts.items() if count > 0}
    if sum(counts.values()) < LEAST:
        return {}
    few = [part for part, count in counts.items() if count < LEAST]
    others = sorted((part for part in counts if part not in few), key=lambda one: (counts[one], str(one)))
    withheld = others[:1] if len(few) == 1 else []
    if few and not _open([counts[one] for one in (*few, *withheld)], len(few), [counts[one] for one in others]):
        return {}
    marks = {**dict.fromkeys(few, FEW), **dict.fromkeys(withheld, WITHHELD)}
    return {part: marks.get(part, str(count)) for part, count in counts.items()}


def _open(hidden: Sequence[int], few: int, others: Sequence[int]) -> bool:
    """Whether each small count could be another one, by all that is told: their sum follows from the total."""
    least = most = sum(hidden)
    if len(hidden) > few:
        # The one that is withheld is LEAST at least, and at most the smallest of those that are told.
        least, most = least - (others[1] if len(others) > 1 else least), most - LEAST
    # What the other small ones may leave for one of them.
    return max(1, least - (few - 1) * (LEAST - 1)) < min(LEAST - 1, most - (few - 1))
