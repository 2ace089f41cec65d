""" "Vậy" typed without marks reads like "vay", to borrow: told apart by where it stands and what stands beside it."""

import re
import unicodedata

# Beside these it is a loan after all: "vay có mất lãi không", "vay ngân hàng thì cần giấy gì".
_OF_A_LOAN = re.compile(
    r"\b(?:lai|von|tien|ngan hang|tra|no|the chap|giay|ho so|thu tuc|dieu kien|trieu|khoan|muc|quy|kho|muon|ky|vay"
    r"|bao nhieu|tin chap|nuoc ngoai|xuat khau|hoc)\b"
)
# "Vậy có nên đi không", "vậy thì sao": what stands behind it is asked of what was said before.
_OPENS = re.compile(
    r"vay (?:thi\b|(?:co |co phai |la )?(?:nen|di|dung|that|sao|on|tin|lam sao|lam gi|neu|con|gio|bay gio|ai)\b)"
)
# "Đi đâu vậy", "mấy giờ làm việc vậy": behind what asks.
_CLOSES = re.compile(
    r"\b(?:(?:gi|mo|sao|dau|nao|the|nhu|lau|gio|nhieu|chua|(?:duoc|phai|dung|that) khong)"
    r"|may (?:gio|ngay|thang|nam|nguoi|lan|thu|buoi|tuan)(?: \w+){0,3}) vay\Z"
)
_OPENING = "dzay"  # said for it at the beginning: one of the words that go on, and no word of anything else


def without_particle(folded: str, typed: str) -> tuple[str, str]:
    """The words of a message, folded and as typed, without a "vay" at either end that means "vậy".

    >>> without_particle("vay co nen di khong", "vay co nen di ko")
    ('dzay co nen di khong', 'co nen di ko')
    >>> without_particle("di dau vay", "di dau vay"), without_particle("vay duoc khong", "vay dc ko")
    (('di dau', 'di dau'), ('vay duoc khong', 'vay dc ko'))
    """
    words = typed.split()
    marked = "đ" in typed or unicodedata.normalize("NFD", typed) != typed  # then "vay" without marks is meant so
    if len(words) > 1 and folded.startswith("vay ") and _particle(words[0], marked, _OPENS.match(folded), folded[4:]):
        folded, words = f"{_OPENING} {folded[4:]}", words[1:]
    if len(words) > 1 and folded.endswith(" vay") and _particle(words[-1], marked, _CLOSES.search(folded), folded[:-4]):
        folded, words = folded[:-4], words[:-1]
    return folded, " ".join(words)


def _particle(word: str, marked: bool, stands_so: re.Match[str] | None, others: str) -> bool:
    if word != "vay":
        return True  # "vậy", "z", "zay": never a loan
    return not marked and stands_so is not None and _OF_A_LOAN.search(others) is None
