"""What the console's pages are given besides the site's own: handed in by whoever builds the process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from content.catalogue import Catalogue
from content.understanding import Understanding
from content.understanding.corpus import Corpus
from core.campaigns import Notice
from core.misreadings import Misreading, Proposal
from core.official import OfficialReport, Sheet
from core.papers import FileKind, Made
from core.ports import Papers
from handlers.campaigning import Month
from handlers.signing.gate import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A notice as one kind of channel shows it."""

    kind: str
    # Text, source and files of each; a file by its name and how it goes: "picture", "file", "link".
    bubbles: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = field(repr=False)
    buttons: tuple[str, ...] = ()


class Noticing(Protocol):
    """What the process knows about notices."""

    async def month(self, *, ask: bool) -> Month:
        """What a notice is held against; with `ask`, after asking the providers what is left of their packages."""

    def samples(self, notice: Notice, lang: str, *, locality: str, number: int, now: datetime) -> Sequence[Sample]:
        """How it looks to somebody who never had one, by kind of channel. A `number` of 0: it has none yet."""


class Teaching(Protocol):
    """What the learning of the understanding takes of the process."""

    async def corpus(self) -> Corpus:
        """The rows of the packs. Raises ContentError."""

    def going_live(self, one: Misreading, checked: Proposal) -> Callable[[], None]:
        """What writes a row that was checked, or raises."""


class Reporting(Protocol):
    """Makes files of reports."""

    async def paper(self, report: OfficialReport, name: str, kind: FileKind) -> Made:
        """The report as PDF or DOCX, named `name` with the kind's ending."""

    async def book(self, sheets: Sequence[Sheet], name: str) -> Made:
        """The sheets as XLSX."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """The officers' side of a site."""

    gate: Gate
    content: Catalogue
    understanding: Understanding
    noticing: Noticing
    teaching: Teaching
    reporting: Reporting
    papers: Papers
