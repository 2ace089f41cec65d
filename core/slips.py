"""An officer's answer on a slip of paper, and the code by which any telephone opens it for a while."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from core.caps import LOCAL

SLIP_LASTS = timedelta(days=30)  # and to the end of that day, which is told on the slip itself
_MARK = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What a slip shows: an answer and who gave it. Neither who asked nor what they wrote."""

    code: str = field(repr=False)
    question_id: int
    locality: str | None
    office: str | None
    topic: str | None
    text: str = field(repr=False)
    answered_at: datetime
    expires_at: datetime

    @property
    def last_day(self) -> date:
        """The last day on which it opens, in Viet Nam."""
        return (self.expires_at - timedelta(seconds=1)).astimezone(LOCAL).date()


def slip_ends(now: datetime) -> datetime:
    """When a slip that is made now opens nothing any more: the midnight after its last day, in Viet Nam.

    >>> str(slip_ends(datetime.fromisoformat("2026-11-20T09:00:00+07:00")))
    '2026-12-21 00:00:00+07:00'
    """
    last = (now + SLIP_LASTS).astimezone(LOCAL).date()
    return datetime.combine(last + timedelta(days=1), time(), LOCAL)


class Slips(Protocol):
    """Answers that may be opened by a code."""

    async def open(self, code: str, question_id: int, now: datetime) -> bool:
        """Let this code open the last answer of a question for SLIP_LASTS; False where there is no answer.

        Raises ConflictError when the code is taken.
        """

    async def find(self, code: str, now: datetime) -> Slip | None:
        """What a code opens; None where nobody has it, where its time is over, and where the person was erased."""

    async def newest(self, question_id: int, now: datetime) -> Slip | None:
        """The slip of a question that was made last and still opens."""

    async def withdraw(self, question_id: int) -> int:
        """No code opens anything of this question any more; gives how many did."""


def without(text: str, *hidden: str | None) -> str:
    """An answer without a name and a telephone number, in whichever way they are spaced.

    >>> without("Gọi bà Hoa, số 0912 345 678.", "Hoa", "+84912345678")
    'Gọi bà …, số ….'
    """
    for one in filter(None, hidden):
        digits = re.sub(r"\D", "", one)
        number = len(digits) >= 8 and not re.search(r"[^\W\d]", one)
        if number:
            rest = r"[ .\-]?".join(digits.removeprefix("84").lstrip("0"))
            text = re.sub(rf"(?<!\d)(?:\+?84[ .\-]?|0[ .\-]?)?{rest}(?!\d)", _MARK, text)
        else:
            name = r"\s+".join(re.escape(part) for part in one.split())
            text = re.sub(rf"(?<!\w){name}(?!\w)", _MARK, text, flags=re.IGNORECASE)
    return text
