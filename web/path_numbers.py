"""Numbers in addresses. Anybody may type any: as long as a book, they are looked for like any other, and not found."""

from starlette.convertors import Convertor

MOST_DIGITS = 18  # with so many a number fits eight bytes, which is what the database holds
NOBODYS = 10**MOST_DIGITS  # read for every longer number: no row ever gets it


class PathNumber(Convertor[int]):
    """The `int` of every route: `{id:int}`. Python itself refuses to read more than 4,300 digits."""

    regex = "[0-9]+"

    def convert(self, value: str) -> int:
        """The number.

        >>> PathNumber().convert("007"), PathNumber().convert("9" * 5000) == NOBODYS
        (7, True)
        """
        digits = value.lstrip("0") or "0"
        return int(digits) if len(digits) <= MOST_DIGITS else NOBODYS

    def to_string(self, value: int) -> str:
        """As it stands in an address. Raises ValueError for one below zero."""
        if value < 0:
            raise ValueError("no address has a number below zero")
        return str(value)
