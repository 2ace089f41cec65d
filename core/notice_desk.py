"""What is kept of officers' work on a notice: who did what to it, when and why; and how storage is asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.campaigns import Campaign, Notice
from core.records import LedgerRow

DRAFTED, EDITED = "drafted", "edited"  # besides the steps of core.campaigns.Step
WRITTEN = (DRAFTED, EDITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Somebody did something to a notice."""

    officer: str
    at: datetime
    act: str  # DRAFTED, EDITED, or a step
    why: str = field(default="", repr=False)
    notice: Notice | None = field(default=None, repr=False)  # as it was approved; of other acts none


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """A part of the ledger, and from where it goes on."""

    rows: tuple[LedgerRow, ...]
    onward: str = ""  # empty: that was the end


class NoticeDesk(Protocol):
    """Notices as officers work on them. A bounded number of statements."""

    async def note(self, campaign_id: int, one: Happened) -> None:
        """Add to what happened to it."""

    async def history(self, campaign_id: int) -> Sequence[Happened]:
        """What happened to it, the oldest first."""

    async def returned(self, most: int) -> Sequence[tuple[Campaign, Happened]]:
        """Drafts that were sent back and not touched since, the newest first, with who did it and why; no counts."""

    async def reword(self, campaign_id: int, notice: Notice) -> bool:
        """Other words: a draft again. False where somebody may have it already."""

    async def begun(self, since: datetime, until: datetime) -> Sequence[Campaign]:
        """What was to begin from a moment until before another, posts of schedules apart; without counts."""

    async def approved(self, title: str, before: int) -> Sequence[Notice]:
        """The last twenty notices of this title with a smaller number, as they were approved, the newest first."""

    async def ledger(self, campaign_id: int, *, after: str, limit: int) -> LedgerPage:
        """The next rows of the ledger behind a mark that an earlier page gave; "" for the first."""
