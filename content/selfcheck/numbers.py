"""Numbers in a typed answer."""

from fractions import Fraction

from core.text.numerals import number
from core.text.tokens import tokens


def numbers(text: str) -> list[Fraction]:
    """The numbers of a text, written or spoken, in their order.

    >>> [int(one) for one in numbers("dài 6 mét, ngang bốn mét")]
    [6, 4]
    """
    read_, at, found = tokens(text), 0, []
    while at < len(read_):
        said = number(read_, at)
        if said is not None:
            found.append(said.value)
        at = said.end if said is not None else at + 1
    return found


def last_number(text: str) -> int | None:
    """The last whole number of a text, or None."""
    counted = [one for one in numbers(text) if one.denominator == 1]
    return int(counted[-1]) if counted else None
