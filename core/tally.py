"""What of the tally may be told: nothing from which the number of a few households could be worked out.

Counts under 5 are not told. Beside them the total of the locality would give them away, so a single one takes the
smallest other hamlet along; and where even then the figures leave only one answer (two hamlets, two checks), the
hamlets are not told apart at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.records import TallyRow

LEAST = 5  # households, or people meant by what they lack: fewer could be known by name
FEW = f"<{LEAST}"
WITHHELD = "*"  # LEAST or more, but it would give a neighbour away
EVERYWHERE = None  # the hamlet of a total


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
    told: dict[str | None, str] = {EVERYWHERE: str(total) if total >= LEAST else FEW, **_hamlets(counts)}
    month, locality, dimension = _together(rows[0])
    return [
        Line(month=month, locality=locality, hamlet=hamlet, dimension=dimension, told=one)
        for hamlet, one in told.items()
    ]


def _hamlets(counts: dict[str, int]) -> dict[str | None, str]:
    """Each hamlet's figure; none where they are not told apart."""
    if sum(counts.values()) < LEAST:
        return {}
    few = [hamlet for hamlet, count in counts.items() if count < LEAST]
    others = sorted((hamlet for hamlet in counts if hamlet not in few), key=lambda one: (counts[one], one))
    withheld = others[:1] if len(few) == 1 else []
    if few and not _open([counts[one] for one in (*few, *withheld)], len(few), [counts[one] for one in others]):
        return {}
    marks = {**dict.fromkeys(few, FEW), **dict.fromkeys(withheld, WITHHELD)}
    return {hamlet: marks.get(hamlet, str(count)) for hamlet, count in counts.items()}


def _open(hidden: Sequence[int], few: int, others: Sequence[int]) -> bool:
    """Whether each small count could be another one, by all that is told: their sum follows from the total."""
    least = most = sum(hidden)
    if len(hidden) > few:
        # The one that is withheld is LEAST at least, and at most the smallest of those that are told.
        least, most = least - (others[1] if len(others) > 1 else least), most - LEAST
    # What the other small ones may leave for one of them.
    return max(1, least - (few - 1) * (LEAST - 1)) < min(LEAST - 1, most - (few - 1))
