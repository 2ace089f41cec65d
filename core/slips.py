"""An officer's answer on a slip of paper, and the code by which any telephone opens it for a while."""

import re
from collections.abc import Collection
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
    numbers: bool = False  # telephone numbers that are no office's are shown too

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

    async def open(self, code: str, question_id: int, now: datetime, *, numbers: bool = False) -> bool:
        """Let this code open the last answer of a question for SLIP_LASTS; False where there is no answer.

        With `numbers` it shows telephone numbers that are no office's. Raises ConflictError when the code is taken.
        """

    async def find(self, code: str, now: datetime) -> Slip | None:
        """What a code opens; None where nobody has it, where its time is over, and where the person was erased."""

    async def newest(self, question_id: int, now: datetime) -> Slip | None:
        """The slip of a question that was made last and still opens."""

    async def withdraw(self, question_id: int) -> int:
        """No code opens anything of this question any more; gives how many did."""


_TELEPHONE = re.compile(r"(?<![\d+])(?:\+84|0)(?:[ .\-]?\d){8,10}(?!\d)")


def telephones(text: str, offices: Collection[str] = ()) -> list[str]:
    """The telephone numbers in a text that are no office's, as they were written.

    >>> telephones("Gọi 0905 123 456 hoặc 0260 3862 123, khẩn 113.", ["02603862123"])
    ['0905 123 456']
    """
    known = {_digits(one) for one in offices}
    return [found[0] for found in _TELEPHONE.finditer(text) if _digits(found[0]) not in known]


def hidden(text: str, offices: Collection[str] = ()) -> str:
    """A text in which telephone numbers that are no office's lack their middle.

    >>> hidden("Gọi 0905123456 hoặc 0260 3862 123.", ["02603862123"])
    'Gọi 0905 ••• 456 hoặc 0260 3862 123.'
    """
    theirs = set(telephones(text, offices))
    return _TELEPHONE.sub(lambda found: _dotted(found[0]) if found[0] in theirs else found[0], text)


def _dotted(number: str) -> str:
    digits = _digits(number)
    return f"{digits[:4]} {'•' * (len(digits) - 7)} {digits[-3:]}"


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:]}" if digits.startswith("84") else digits


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
