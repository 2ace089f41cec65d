"""Officers are told in their chats of tasks that are due soon or late, once before the day and once after it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from core.officer_chats import TOLD, Listener
from core.tasks import Task
from core.training import Reaching

ABOUT_TASKS = f"{TOLD}t:"  # how the dedup key of such a message begins
MOST_LINES = 5  # tasks that a message names; of the others it says how many there are


class TaskMoment(StrEnum):
    """When an officer is told of a task."""

    AFTER = "after"  # its day is over
    BEFORE = "before"  # its day is near, or today


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """Which tasks somebody is told of: open ones of these places, due until a day."""

    places: Collection[str]
    today: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskNews:
    """What one officer is told: the first few tasks, late ones first, and how many there are in all."""

    to: Listener
    key: str  # of the message in the outbox
    tasks: Sequence[Task]
    total: int
    late: int


class TaskReminders(Protocol):
    """What officers were told of which tasks. A bounded number of statements, for however many tasks."""

    async def listeners(self, reaching: Reaching, *, after: int, limit: int) -> Sequence[Listener]:
        """The next officers behind a number, by theirs, each in one chat that takes messages now.

        Of several it is the one in which they wrote last. Some may be ended: they are told nothing.
        """

    async def undo_unsent(self, now: datetime) -> None:
        """Who was told in a message that never left (taken back, or its day was over) was told nothing."""

    async def claim(self, to: Sequence[Listener], asked: Pressing, now: datetime) -> Sequence[TaskNews]:
        """Note that these are told of what they may work on and were not told of yet; gives the messages to be made.

        The tasks stay as they are until the end of the transaction. Of two that claim the same, one does.
        """
