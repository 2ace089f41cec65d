"""What of the tally may be told: nothing from which the number of a few households could be worked out.

Counts under 5 are not told. Beside them the total of the locality would give them away, so a single one takes the
smallest other hamlet along; and where even then the figures leave only one answer (two hamlets, two checks), the
hamlets are not told apart at all.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.records import TallyRow

LEAST = 5  # households, or people meant by what they lack: fewer could be known by name
FEW = f"<{LEAST}"
WITHHELD = "*"  # LEAST or more, but it would give a neighbour away
AT_LEAST = ">="  # of several months, of which some are not told: followed by the smallest number it can be
EVERYWHERE = None  # the hamlet of a total
CHECKS = ""  # the dimension under which the checks themselves are counted
Cell = int | str | None  # a number, FEW, WITHHELD, AT_LEAST with a number; None: not told

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
    return [
        Line(month=month, locality=locality, hamlet=hamlet, dimension=dimension, told=one)
        for (month, locality), counts in sorted(_grouped(rows).items())
        for dimension, told in _beside(counts).items()
        for hamlet, one in [(EVERYWHERE, _total(counts[dimension])), *told.items()]
    ]


def _grouped(rows: Iterable[TallyRow]) -> dict[tuple[str, str], dict[str, dict[str, int]]]:
    """By month and locality, then by dimension, how many in each hamlet; where there is nothing, nothing."""
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    for row in sorted(rows, key=lambda row: (row.month, row.locality, row.dimension, row.hamlet)):
        if row.count > 0:
            dimensions = found.setdefault((row.month, row.locality), {})
            dimensions.setdefault(row.dimension, {})[row.hamlet] = row.count
    return found


def _total(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    return str(total) if total >= LEAST else FEW


def _beside(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, str]]:
    """By dimension what may be told of hamlets, with nothing in one dimension that tells a small number in another.

    A hamlet has at least as many checks as it has in any dimension. So in a dimension hamlets are told apart only where
    none of them has a few, and each one's checks are told as a number: a mark beside it would be narrowed down. And not
    where the checks without it are just as many as would leave a hamlet LEAST - 1: nothing else could be meant then.
    """
    told: dict[str, Mapping[str, str]] = {dimension: apart(each) for dimension, each in counts.items()}
    if CHECKS not in counts:
        return told
    open_ = {hamlet for hamlet, one in told[CHECKS].items() if one.isdecimal()}

    checks = counts[CHECKS]

    def tellable(dimension: str, each: Mapping[str, str]) -> bool:
        plain = {*each} <= open_ and all(one.isdecimal() for one in each.values())
        without = sum(checks.values()) - sum(counts[dimension].values())
        return dimension == CHECKS or (plain and without not in {one - LEAST + 1 for one in checks.values()})

    return {dimension: each if tellable(dimension, each) else {} for dimension, each in told.items()}


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
        # The one that is withheld is LEAST at least, and smaller than those that are told: of two alike the names would
        # tell which one was taken.
        least, most = least - (others[1] - 1 if len(others) > 1 else least), most - LEAST
    # What the other small ones may leave for one of them.
    return max(1, least - (few - 1) * (LEAST - 1)) < min(LEAST - 1, most - (few - 1))


def together(cells: Iterable[Cell]) -> Cell:
    """Figures of several months as one, from nothing but what is told of each: so it tells nothing more than they do.

    A number where all are numbers; AT_LEAST and the smallest that it can be where that is LEAST or more; FEW where one
    month has few and the others none; else None. A month that is not told apart makes the whole None.

    >>> together([7, 2, 0]), together([7, FEW, WITHHELD]), together([0, FEW]), together([FEW, FEW]), together([9, None])
    (9, '>=13', '<5', None, None)
    """
    known = [one for one in cells if one != 0]
    if any(one is None for one in known):
        return None
    if all(isinstance(one, int) for one in known):
        return sum(one for one in known if isinstance(one, int))
    if known == [FEW]:
        return FEW
    signs = {FEW: 1, WITHHELD: LEAST}
    least = sum(one if isinstance(one, int) else signs[str(one)] for one in known)
    return f"{AT_LEAST}{least}" if least >= LEAST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What may be told of several months."""

    cells: Mapping[tuple[str, str | None, str], Cell]
    unnamed: Mapping[tuple[str, str], Cell]  # by locality and dimension, of each hamlet that is not in `cells`

    def of(self, locality: str, hamlet: str | None, dimension: str) -> Cell:
        """One figure; EVERYWHERE in place of a hamlet for the whole locality."""
        rest = 0 if hamlet is EVERYWHERE else self.unnamed.get((locality, dimension), 0)
        return self.cells.get((locality, hamlet, dimension), rest)

    def hamlets(self, locality: str) -> set[str]:
        """The hamlets of which anything is told."""
        return {hamlet for place, hamlet, _ in self.cells if place == locality and hamlet is not EVERYWHERE}

    @property
    def dimensions(self) -> set[str]:
        """The dimensions of which anything is counted."""
        return {dimension for _, _, dimension in self.cells}


def over_months(rows: Iterable[TallyRow]) -> Together:
    """By locality, hamlet (EVERYWHERE for the whole of it) and dimension, what may be told of all these months.

    Each month is told by itself, as `may_be_told` does, and then put together: whoever has the months' reports and the
    quarter's cannot work out more than from the months' alone.
    """
    totals: dict[tuple[str, str], list[Cell]] = {}
    told: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for (_, locality), counts in _grouped(rows).items():
        for dimension, each in _beside(counts).items():
            whole = _total(counts[dimension])
            totals.setdefault((locality, dimension), []).append(int(whole) if whole.isdecimal() else whole)
            told.setdefault((locality, dimension), []).append(each)
    cells: dict[tuple[str, str | None, str], Cell] = {}
    for (locality, dimension), months in told.items():
        cells[locality, EVERYWHERE, dimension] = together(totals[locality, dimension])
        for hamlet in {name for one in months for name in one}:
            cells[locality, hamlet, dimension] = together(_cell(one, hamlet) for one in months)
    unnamed: dict[tuple[str, str], Cell] = {where: 0 if all(months) else None for where, months in told.items()}
    return Together(cells=cells, unnamed=unnamed)


def _cell(told: Mapping[str, str], hamlet: str) -> Cell:
    if not told:
        return None
    one = told.get(hamlet, "0")
    return int(one) if one.isdecimal() else one
