"""Which legal documents a passage of a card stands on, on a day; one that stands on nothing any more is not told."""

from datetime import date

from content.schema import Basis, Confidence, Line, Policy


def holds(item: Basis, on: date) -> bool:
    """Whether a document is in force on a day; both its first and its last day belong to it."""
    return item.from_ <= on and (item.to is None or on <= item.to)


def grounds(policy: Policy, line: Line | None, on: date) -> list[Basis]:
    """The documents in force that a line rests on: those it names, else the first of the card.

    Never another one in their place: what a decree said is not told under the decree that followed it.
    """
    in_force = [item for item in policy.legal_basis if holds(item, on)]
    if line is not None and line.basis:
        return [item for item in in_force if item.document in line.basis]
    return in_force[:1]


def stands(policy: Policy, line: Line, on: date) -> bool:
    """Whether a line may be told on a day. One that states nothing, or only figures, stands by itself unless it names
    the documents it belongs to."""
    return not (line.basis or claims(line)) or bool(grounds(policy, line, on))


def claims(line: Line) -> bool:
    """Whether a line states something under a document. What is only recalled is told, but under no document's name,
    unless it names one itself."""
    return (
        line.confidence is not None
        and not line.advice
        and (line.confidence is not Confidence.RECALLED or bool(line.basis))
    )


def last_day(policy: Policy, line: Line | None, on: date) -> date | None:
    """The day on which the last of the documents behind a line ended; None when none has ended."""
    names = line.basis if line is not None else ()
    ends = [
        item.to for item in policy.legal_basis if item.to and item.to < on and (not names or item.document in names)
    ]
    return max(ends, default=None)
