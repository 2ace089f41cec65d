"""How the person calls themself, so that they are called the same (voice.md V3)."""

import re

from core.text import clean

# Only as the subject of their own sentence: "bác muốn hỏi", not "mẹ em 82 tuổi" or "nhà ông Ba".
_SUBJECT = re.compile(
    r"^(?:(?:chào|cho|dạ|ơi|xin|alo)\s+)*(ông|bà|bác|cô|chú|dì|anh|chị)\s+"
    r"(?:muốn|cần|hỏi|xin|định|tính|không biết|chưa biết|đang|bị|mới|có việc)\b",
    re.IGNORECASE,
)


def address_word(text: str) -> str | None:
    """The word to call this person by, None for "bà con". Never guessed from anything but their own words.

    >>> address_word("Bác muốn hỏi thẻ bảo hiểm")
    'bác'
    """
    found = _SUBJECT.match(clean(text))
    return found.group(1).lower() if found else None
