"""A citizen's case: a question that a person answers."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.messages import Attachment

# No vowel, D or W (Vietnamese keyboards turn "AS" into "Á", "DD" into "Đ"), and of each pair of look-alikes
# (0 O, 1 I L, 5 S, 6 G, 8 B) at most the digit. 18 signs, six of them: 34 million codes.
CODE_ALPHABET = "23456789CHKMNPRTVX"
CODE_LENGTH = 6
# The code on a printed answer opens it to whoever has the paper: 18 signs, ten of them, 3.6 million million codes.
SLIP_LENGTH = 10


class QuestionState(StrEnum):
    """Where a question stands. open -> answered -> closed; answered -> open when the person asks again."""

    OPEN = "open"  # an officer owes an answer by `due_at`
    ANSWERED = "answered"  # answered; the person has not said whether that was clear
    CLOSED = "closed"  # the person was satisfied, or it was settled otherwise
    WITHDRAWN = "withdrawn"  # the person took it back, or had their data erased


class QuestionKind(StrEnum):
    """What somebody wants of the office."""

    QUESTION = "question"  # to know something, or to tell of something
    IDEA = "idea"  # a word about a business of their own
    CALL = "call"  # to be called back


class Author(StrEnum):
    """Who wrote an entry of the thread."""

    CITIZEN = "citizen"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message of a question's thread."""

    author: Author
    at: datetime
    text: str = field(repr=False)
    officer: str | None = None  # internal name of the officer who wrote it
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question in an officer's hands."""

    id: int
    code: str  # six characters of CODE_ALPHABET, told as "K7M 4PX"
    contact_id: int | None  # None once the person's data was erased
    locality: str | None
    office: str | None  # office id of the locality's pack
    topic: str | None
    state: QuestionState
    urgent: bool
    created_at: datetime
    due_at: datetime
    thread: tuple[Entry, ...] = ()
    version: int = 0  # moves with whatever an officer should have seen before acting on it
    talk_until: datetime | None = None  # an officer talks to the person themselves until then: no machine answers
    kind: QuestionKind = QuestionKind.QUESTION
    upper: str | None = None  # whoever above the place was asked, by name; None: nobody, or there is an answer

    def talks(self, now: datetime) -> bool:
        """Whether an officer talks to the person just now."""
        return self.talk_until is not None and now < self.talk_until


def spoken_code(code: str) -> str:
    """A code in the two groups in which it is told and typed.

    >>> spoken_code("K7M4PX"), spoken_code("K7M4PXRT29")
    ('K7M 4PX', 'K7M4P XRT29')
    """
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"
