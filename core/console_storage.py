"""What the officers' console asks of storage, besides what the commands do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from core.questions import Question, QuestionKind
from core.signing import Credential, Limit, Link, Session

Reach = Collection[tuple[str, str]]  # (locality, office) where somebody may do something; "" is any


class Show(StrEnum):
    """Which questions of a list."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"  # but not what was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which questions somebody wants to see."""

    reach: Reach
    show: Show = Show.OPEN
    locality: str = ""
    holder: int | None = None  # only those in this officer's hands
    office: str = ""
    kind: QuestionKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """A question as a list shows it."""

    question: Question
    words: str = field(repr=False)  # the citizen's first ones
    holder: str | None  # the name of the officer who has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What officers write to each other about a question. No citizen reads it."""

    officer: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many questions wait for an answer."""

    open: int = 0
    urgent: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """What came and went in a day."""

    day: date
    asked: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """What came to an office in a month, and what became of it until now."""

    month: int  # the number of the month among those asked for
    locality: str | None
    office: str | None
    came: int
    in_time: int  # first answered before it was due, and not asked again since
    late: int  # first answered after that
    open: int  # an answer is owed, the first one or another
    overdue: int  # of these


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What tells a page that something came."""

    open: int = 0
    newest: int = 0  # number of the newest open question
    urgent: int = 0  # of the newest open urgent one
    mark: int = 0  # moves with every change of an open question


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """One filled-in form, however often it is sent."""

    officer_id: int
    nonce: str


class Credentials(Protocol):
    """What officers sign in with."""

    async def find(self, officer_id: int) -> Credential | None:
        """Of this officer, None where no password was set."""

    async def keep(self, credential: Credential, codes: Sequence[bytes], now: datetime) -> None:
        """Take the place of what was there, recovery codes (as keyed hashes) included."""

    async def set_codes(self, officer_id: int, codes: Sequence[bytes]) -> None:
        """New recovery codes in place of the old ones."""

    async def use_step(self, officer_id: int, step: int) -> bool:
        """A code of this step was shown; False where one of it or of a later step was before."""

    async def use_code(self, officer_id: int, code: bytes) -> bool:
        """A recovery code was shown; False where there is none such, or not any more. It is gone then."""

    async def codes_left(self, officer_id: int) -> int:
        """How many recovery codes were not used."""

    async def administrator(self) -> bool:
        """Whether somebody who may do everything everywhere can sign in."""

    async def with_password(self) -> set[int]:
        """The officers who have one."""


class Sessions(Protocol):
    """Browsers in which officers signed in, and links by which they set a password."""

    async def start(self, token: bytes, officer_id: int, browser: str, now: datetime) -> int:
        """A new session under the hash of its token; gives its number."""

    async def find(self, token: bytes) -> Session | None:
        """The session of this token, also one that is over, as long as it is remembered (8 days)."""

    async def seen(self, session_id: int, now: datetime) -> None:
        """A page was opened in it."""

    async def end(self, officer_id: int, now: datetime, *, session_id: int | None = None) -> int:
        """End one of an officer's sessions, or all of them; gives how many."""

    async def of(self, officer_id: int, now: datetime) -> Sequence[Session]:
        """Those that let somebody in, the one used last on top."""

    async def offer(self, token: bytes, link: Link, now: datetime) -> None:
        """Keep a link under the hash of its token; unused ones for the same officer, or for the first one, go."""

    async def link(self, token: bytes) -> Link | None:
        """The link of this token, also one that is over."""

    async def use_link(self, token: bytes, now: datetime) -> bool:
        """The link is used; False where it was before."""


class Tries(Protocol):
    """Tries that failed: to sign in, or to open something by its code; and what one address sends."""

    async def note(self, limits: Sequence[Limit], now: datetime) -> datetime | None:
        """Count a try as failed before it is known; gives until when nobody may try, and then counts nothing."""

    async def forget(self, key: bytes) -> None:
        """It was right: count from the beginning."""

    async def right(self, own: Limit, others: Sequence[Limit]) -> None:
        """It was right: count `own` from the beginning, and `others` as if this try had not been."""

    async def waits(self, limits: Sequence[Limit], now: datetime) -> datetime | None:
        """Until when nobody may try now; None where one may."""


class Forms(Protocol):
    """What was typed into forms: sealed as long as it waits for its author, and counted once."""

    async def claim(self, once: Once, now: datetime) -> bool:
        """This form is acted on now; False where it was before."""

    async def keep(self, officer_id: int, page: str, sealed: bytes, now: datetime) -> None:
        """Keep what an officer typed on a page until they are back, in place of what was kept before."""

    async def kept(self, officer_id: int, page: str, now: datetime) -> tuple[bytes, datetime] | None:
        """What an officer typed on a page, and when."""

    async def drop(self, officer_id: int, page: str) -> None:
        """It is not needed any more."""

    async def drafts(self, officer_id: int, now: datetime) -> Mapping[str, datetime]:
        """The pages on which something typed waits."""


class QuestionDesk(Protocol):
    """Questions as officers work on them: in pages, in somebody's hands, with notes. A bounded number of statements."""

    async def page(self, asked: Asked, *, offset: int, limit: int) -> tuple[Sequence[QuestionLine], int]:
        """Urgent ones on top, then those due first; with how many there are in all."""

    async def beside(self, question: Question, reach: Reach, *, since: datetime, limit: int) -> Sequence[Question]:
        """What the same person asked besides since then, without threads: the newest first."""

    async def codes(self, ids: Collection[int]) -> Mapping[int, str]:
        """The codes of these questions."""

    async def totals(self, reach: Reach, now: datetime) -> Totals:
        """What waits for an answer."""

    async def week(self, reach: Reach, days: Sequence[date]) -> Sequence[DayCount]:
        """What came and was answered on each of these days, which follow each other."""

    async def months(self, reach: Reach, begins: Sequence[date], now: datetime) -> Sequence[MonthCount]:
        """By month and office; `begins` are the first days of the months, and of the one after them."""

    async def news(self, reach: Reach) -> News:
        """What waits, in one statement."""

    async def holder(self, question_id: int) -> tuple[int, str] | None:
        """Whose hands it is in: number and name."""

    async def hold(self, question_id: int, officer_id: int | None, now: datetime) -> None:
        """Give it into somebody's hands, or back."""

    async def place_at(self, question_id: int, office: str) -> None:
        """Another office answers for it."""

    async def pass_up(self, question_id: int, upper: str, due_at: datetime) -> None:
        """Somebody above was asked, and there is an answer by then."""

    async def talk(self, question_id: int, until: datetime | None) -> None:
        """An officer talks to the person until then; None: not any more. What was seen of it stays true."""

    async def touch(self, question_id: int, version: int) -> bool:
        """Take the next version; False where it is not at this one any more."""

    async def note(self, question_id: int, note: Note) -> None:
        """Add a note."""

    async def notes(self, question_id: int) -> Sequence[Note]:
        """Its notes, the oldest first."""
