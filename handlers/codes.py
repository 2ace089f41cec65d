"""Codes by which a question is asked for, and the time by which it is answered."""

import re
from datetime import date, datetime, time, timedelta

from content.series.when import working_days_after
from core.joining import JOIN_CODE_LENGTH
from core.ports import Chance
from core.questions import CODE_ALPHABET, CODE_LENGTH, SLIP_LENGTH
from core.text import clean, fold
from handlers.context import LOCAL, Context

# Office hours are for the ward to enter; until then the end of a usual working day counts.
END_OF_DAY = time(17, 0)
URGENT_WITHIN = timedelta(hours=1)
_SENTENCE = 80  # characters
_ABOUT = re.compile(r"\b(?:ma|viec|ho so|giay|cau hoi|code)\b")
_WITHIN = re.compile(rf"(?<!\w)([{CODE_ALPHABET}]{{3}})[ .\-]?([{CODE_ALPHABET}]{{3}})(?!\w)", re.IGNORECASE)
_JOIN_WITHIN = re.compile(rf"(?<!\w)([{CODE_ALPHABET}]{{4}})[ .\-]?([{CODE_ALPHABET}]{{4}})(?!\w)", re.IGNORECASE)
_SHAPE = re.compile(rf"^[{CODE_ALPHABET}]{{{CODE_LENGTH}}}$")


def new_code(chance: Chance) -> str:
    """A code that nobody can guess, with a letter and a digit in it: what has only one of them is read as no code."""
    return _mixed_one(chance, CODE_LENGTH)


def read_code(text: str) -> str | None:
    """The code somebody typed, in small letters and with any gaps too; None when it is none.

    >>> read_code("k7m 4px")
    'K7M4PX'
    """
    code = re.sub(r"[\s.\-]", "", clean(text)).upper()
    # A code has a letter and a digit; six digits alone are somebody's number.
    return code if _SHAPE.match(code) and not code.isdigit() and not code.isalpha() else None


def new_slip_code(chance: Chance) -> str:
    """A code for a printed answer, with a letter and a digit in it."""
    return _mixed_one(chance, SLIP_LENGTH)


def read_slip_code(text: str) -> str | None:
    """The code of a slip that somebody typed, with any gaps; None when it is none.

    >>> read_slip_code("k7m4p-xrt29"), read_slip_code("K7M 4PX")
    ('K7M4PXRT29', None)
    """
    code = re.sub(r"[\s.\-]", "", clean(text)).upper()
    return code if len(code) == SLIP_LENGTH and set(code) <= set(CODE_ALPHABET) and _mixed(code) else None


def code_within(text: str) -> str | None:
    """The one code in a sentence about it: "việc 87M RRM tới đâu rồi". None where nothing says that it is one.

    >>> code_within("hỏi việc mã 87m rrm"), code_within("phòng 87M RRM")
    ('87MRRM', None)
    """
    if len(text) > _SENTENCE or _ABOUT.search(fold(text)) is None:
        return None
    found = {read_code("".join(pair)) for pair in _WITHIN.findall(clean(text))} - {None}
    return found.pop() if len(found) == 1 else None


def new_join_code(chance: Chance) -> str:
    """A code with a letter and a digit in it: what has only one of them is not read as a code."""
    return _mixed_one(chance, JOIN_CODE_LENGTH)


def join_code_within(text: str) -> str | None:
    """The one code for joining in a message, alone or in a sentence; None where there is none, or several.

    >>> join_code_within("mã là k7m4 pxrt nhé"), join_code_within("K7M 4PX"), join_code_within("2345 6789")
    ('K7M4PXRT', None, None)
    """
    if len(text) > _SENTENCE:
        return None
    found = {"".join(pair).upper() for pair in _JOIN_WITHIN.findall(clean(text))}
    codes = [one for one in found if _mixed(one)]
    return codes[0] if len(codes) == 1 else None


def _mixed_one(chance: Chance, length: int) -> str:
    picked = (chance.pick(CODE_ALPHABET, length) for _ in range(100))  # one in thirty of six signs has only one kind
    return next(code for code in picked if _mixed(code))


def _mixed(code: str) -> bool:
    return not code.isdigit() and not code.isalpha()


def due_at(ctx: Context, *, urgent: bool = False) -> datetime:
    """By when an officer owes an answer."""
    return ctx.now + URGENT_WITHIN if urgent else datetime.combine(due_day(ctx), END_OF_DAY, LOCAL)


def due_day(ctx: Context) -> date:
    """The same as a day, as a citizen is told."""
    return working_days_after(ctx.today, ctx.keeping.answer_within, ctx.content.holidays(locality=ctx.place_id))
