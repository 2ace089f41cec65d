"""A telephone number that was said instead of typed: "không chín không năm …", as a phone writes down what it hears."""

import re

from core.text import fold

_SAID = {
    "khong": "0",
    "mot": "1",
    "hai": "2",
    "ba": "3",
    "bon": "4",
    "tu": "4",
    "nam": "5",
    "lam": "5",
    "sau": "6",
    "bay": "7",
    "tam": "8",
    "chin": "9",
    "linh": "0",
    "le": "0",
}
_DIGIT = "|".join(_SAID)
_RUN = re.compile(rf"\b(?:{_DIGIT}|\d)(?: (?:{_DIGIT}|\d)){{8,10}}\b")


def in_digits(text: str) -> str:
    """The text with such a number in digits; any other text as it is.

    >>> in_digits("số em không chín không năm một hai ba bốn năm sáu nha"), in_digits("nhà có năm người")
    ('so em 0905123456 nha', 'nhà có năm người')
    """
    folded = fold(text)
    if _RUN.search(folded) is None:
        return text
    return _RUN.sub(lambda found: "".join(_SAID.get(one, one) for one in found[0].split()), folded)
