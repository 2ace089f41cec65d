"""What is asked of storage about the officers' work: questions, what was misread, tallies, the log, who they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from core.misreadings import Misreading, MisreadingState, Proposal
from core.officers import Grant, Officer
from core.questions import Entry, Question, QuestionState
from core.records import AuditEntry, AuditLine, AuditVerdict, NewMisreading, NewQuestion, TallyRow


class Questions(Protocol):
    """Citizens' cases."""

    async def open(self, question: NewQuestion) -> int:
        """Open a question; gives its id. Raises ConflictError when the code is taken."""

    async def get(self, key: str) -> Question | None:
        """By id or by code, with its thread."""

    async def tried(self, account: str, contact_id: int, *, since: datetime) -> tuple[int, int]:
        """Wrong codes since then: of this person, and of all at this channel account."""

    async def wrong_code(self, account: str, contact_id: int, at: datetime) -> None:
        """Remember that somebody typed a code which nobody has."""

    async def list(self, *, states: Sequence[QuestionState], locality: str | None = None) -> list[Question]:
        """Without threads, the one due first on top."""

    async def add_entry(
        self, question_id: int, entry: Entry, *, state: QuestionState, due_at: datetime | None = None
    ) -> None:
        """Add to the thread and set the state; with `due_at`, an answer is owed anew by then."""

    async def answered_before(self, ids: Sequence[int]) -> set[int]:
        """Which of these have an officer's answer in their thread already."""

    async def set_state(self, question_id: int, state: QuestionState) -> None:
        """Set the state."""

    async def place(self, question_id: int, locality: str) -> None:
        """Say where a question belongs; one that has a locality keeps it."""


class Misreadings(Protocol):
    """What was not understood, and what officers say was meant."""

    async def add(self, found: Sequence[NewMisreading]) -> None:
        """Keep them; the same words of the same person once a day."""

    async def get(self, misreading_id: int) -> Misreading | None:
        """One of them."""

    async def list(self, *, states: Sequence[MisreadingState], locality: str | None = None) -> list[Misreading]:
        """One of each words, what came most often on top."""

    async def propose(self, misreading_id: int, proposal: Proposal) -> bool:
        """Say what was meant. False where it is settled, or gone."""

    async def settle(self, misreading_id: int, state: MisreadingState, *, checked: Proposal | None = None) -> bool:
        """Settle it, and whatever waits in the same words.

        False where it is settled or gone, or where it is not proposed any more as it was `checked`.
        """


class Tally(Protocol):
    """Counts of finished self-checks, in which no person is."""

    async def add(self, *, month: str, locality: str, hamlet: str, dimensions: Sequence[str]) -> None:
        """Count one more check, in which these dimensions were lacking."""

    async def totals(self, *, locality: str | None, since: str, until: str) -> Sequence[TallyRow]:
        """The counts from one month to another, both included."""


class Audit(Protocol):
    """The append-only, hash-chained log."""

    async def append(self, entries: Sequence[AuditEntry]) -> None:
        """Add entries to the chain, in order."""

    async def verify(self) -> AuditVerdict:
        """Walk the chain from its first entry."""

    async def lines(self, *, after: int, limit: int) -> Sequence[AuditLine]:
        """The next entries behind a number, the oldest first. Raises StorageError on one that cannot be read."""


class Officers(Protocol):
    """Who acts here, and what each may do."""

    async def add(self, name: str, now: datetime) -> int:
        """Make an officer; gives the internal id."""

    async def find(self, name: str) -> Officer | None:
        """An officer by name."""

    async def get(self, officer_id: int) -> Officer | None:
        """An officer by internal id."""

    async def list(self) -> Sequence[Officer]:
        """All of them, those who left too, by name."""

    async def any(self) -> bool:
        """Whether there is one at all."""

    async def grant(self, officer_id: int, grants: Iterable[Grant]) -> None:
        """Give roles; one that is there already stays."""

    async def revoke(self, officer_id: int, grants: Iterable[Grant]) -> None:
        """Take roles away."""

    async def retire(self, officer_id: int, moment: datetime | None) -> None:
        """From this moment they may do nothing; None takes them back."""
