"""The legal documents that somebody's own words name: in force on a day, ended, not yet in force, or in no card."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from content.voice import DOCUMENT

if TYPE_CHECKING:
    from content.catalogue import Catalogue

_NAMED = re.compile(DOCUMENT)
# The number by which a document is known, whatever stands before it: "07/2021/NĐ-CP", "1198/QĐ-MTTW-ĐCT".
_NUMBER = re.compile(r"\d+[a-z]?/(?:\d{4}/)?[A-ZĐ]\w*(?:-\w+)*")
# Issued by the State as a whole, so our cards should know what counts for poor households: of a ward's own notices and
# plans (TB-UBND, KH-UBND) nobody expects that.
_NATIONAL = re.compile(r"/(?:NĐ-CP|NQ-CP|QĐ-TTg|CT-TTg|QH\d+|NQ-UBTVQH\d+|TT-B\w+|TTLT-\S+)$")


class Stands(StrEnum):
    """How a document that is named stands on a day."""

    IN_FORCE = "in-force"
    ENDED = "ended"
    AHEAD = "ahead"  # it begins later
    UNKNOWN = "unknown"  # a national one that no card and no figure rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document as it was named."""

    document: str
    stands: Stands
    day: date | None = None  # of what has ended the last day, of what is ahead the first


def citations(content: "Catalogue", text: str, *, locality: str | None, on: date) -> Sequence[Citation]:
    """Each document that a text names, once, as it stands in a place on a day; a place's own papers are left out."""
    named: dict[str, str] = {}
    for found in _NAMED.findall(text):
        if number := _NUMBER.search(found):
            named.setdefault(number[0], found)
    known = _known(content, locality) if named else {}
    told = (_citation(as_written, number, known.get(number, ()), on) for number, as_written in named.items())
    return [one for one in told if one is not None]


Span = tuple[date, date | None]


def _known(content: "Catalogue", locality: str | None) -> dict[str, list[Span]]:
    """When each document is in force, by its number: as the cards say; of one that only figures name, as these do."""
    policies = (content.policy(topic, locality=locality) for topic in content.topics)
    cards = [(one.document, one.from_, one.to) for policy in policies if policy for one in policy.legal_basis]
    figures = content.figures(locality=locality).values()
    values = [(value.document, value.from_, value.to) for figure in figures for value in figure.values]
    return {**_by_number(values), **_by_number(cards)}


def _by_number(spans: Iterable[tuple[str, date, date | None]]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for document, first, last in spans:
        if number := _NUMBER.search(document):
            found.setdefault(number[0], []).append((first, last))
    return found


def _citation(as_written: str, number: str, spans: Sequence[Span], on: date) -> Citation | None:
    if not spans:
        national = _NATIONAL.search(number) is not None
        return Citation(document=as_written, stands=Stands.UNKNOWN) if national else None
    if any(first <= on and (last is None or on <= last) for first, last in spans):
        return Citation(document=as_written, stands=Stands.IN_FORCE)
    ended = [last for _, last in spans if last is not None and last < on]
    if ended:
        return Citation(document=as_written, stands=Stands.ENDED, day=max(ended))
    return Citation(document=as_written, stands=Stands.AHEAD, day=min(first for first, _ in spans))
