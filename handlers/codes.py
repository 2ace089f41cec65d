"""Codes by which a question is asked for, and the time by which it is answered."""

import re
from datetime import datetime, time, timedelta

from core.ports import Chance
from core.questions import CODE_ALPHABET, CODE_LENGTH
from core.text import clean
from handlers.context import LOCAL, Context, working_days_after

# Office hours are for the ward to enter; until then the end of a usual working day counts.
END_OF_DAY = time(17, 0)
URGENT_WITHIN = timedelta(hours=1)
_SHAPE = re.compile(rf"^[{CODE_ALPHABET}]{{{CODE_LENGTH}}}$")


def new_code(chance: Chance) -> str:
    """A code that nobody can guess."""
    return chance.pick(CODE_ALPHABET, CODE_LENGTH)


def read_code(text: str) -> str | None:
    """The code somebody typed, in small letters and with any gaps too; None when it is none.

    >>> read_code("k7m 4px")
    'K7M4PX'
    """
    code = re.sub(r"[\s.\-]", "", clean(text)).upper()
    # A code has a letter and a digit as good as always; six digits alone are rather somebody's number.
    return code if _SHAPE.match(code) and not code.isdigit() and not code.isalpha() else None


def due_at(ctx: Context, *, urgent: bool = False) -> datetime:
    """By when an officer owes an answer."""
    if urgent:
        return ctx.now + URGENT_WITHIN
    day = working_days_after(ctx.today, ctx.keeping.answer_within)
    return datetime.combine(day, END_OF_DAY, LOCAL)
