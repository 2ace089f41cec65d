"""The parts of a message that may each ask something."""

import re

from core.text import fold

_BREAK = re.compile(r"[.?!;,\n]+(?=\s|$)|\s[-+&]\s")
# Folded words between two questions. "con" is also con (child) and còn (still): only with what follows here.
_JOIN = re.compile(
    r"\b(?:voi lai|voi ca|luon tien|nhan tien|dong thoi|ngoai ra|ben canh do|viec thu hai|thu hai la|cau nua|them nua"
    r"|cho hoi them|hoi them|hoi luon|con chuyen|con viec|con cai|con tien|con the|con nha thi|va|voi|roi con|roi)\b"
)
_LONGEST_DENIAL = 50  # characters of "không phải ..."
_WORDS_AT_LEAST = 2
_PARTS_AT_MOST = 12


# "Không phải thẻ bảo hiểm, em hỏi trợ cấp": what is said first is what was not meant.
_NOT_MEANT = re.compile(
    r"^(?:\w+ ){0,2}(?:(?:khong|chu khong) (?:phai|hoi)|(?:dau|nao) (?:co )?(?:phai|hoi)|nham|sai)"
    r" (?!ho (?:can )?ngheo)"
)
_BUT_MEANT = re.compile(
    r"^(?:(?:ma|chu|la|y|toi|em|tui|minh|con|chau|bac|e|muon|dang|can) )*(?:hoi|noi|y la|can hoi)\b"
)


def meant(text: str) -> str:
    """What a correction asks instead ("không phải thẻ bảo hiểm, em hỏi trợ cấp"); any other text as it is.

    >>> meant("ko phải bhyt, hỏi trợ cấp"), meant("không phải hộ nghèo, có được vay không")
    ('hỏi trợ cấp', 'không phải hộ nghèo, có được vay không')
    """
    found = _BREAK.search(text, 0, _LONGEST_DENIAL)
    if found is None or _NOT_MEANT.search(fold(text[: found.start()])) is None:
        return text
    rest = text[found.end() :].strip()
    return rest if _BUT_MEANT.search(fold(rest)) else text


def segments(text: str) -> list[str]:
    """The folded parts of a message, in order; a message without a break is one part."""
    parts = (part.strip() for piece in _BREAK.split(text) for part in _JOIN.split(fold(piece)))
    return [part for part in parts if part.count(" ") + 1 >= _WORDS_AT_LEAST][:_PARTS_AT_MOST]
