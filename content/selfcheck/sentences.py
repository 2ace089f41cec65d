"""Several facts in one sentence: "nhà 5 người, 2 đứa nhỏ, mẹ già có trợ cấp"."""

import re

from core.text import fold

_WORDS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_COUNT = rf"(\d{{1,2}}|{'|'.join(_WORDS)})"
_MEMBERS = re.compile(rf"\b{_COUNT} (?:nguoi|khau|nhan khau|mieng an|ng)\b(?! (?:gia|lon|khuyet|tan|lam|di|nhan|co))")
_CHILDREN = re.compile(
    rf"\b{_COUNT} (?:(?:dua|em|chau|con)(?: (?:con|be|tre|nit|em))* (?:nho|be|nit|tre|duoi 16|di hoc|hoc|an hoc)"
    r"|tre|be|em nho|con nit)(?: (?:con|em|di hoc|hoc))*"
    r"\b(?! (?:bo|ga|lon|heo|vit|trau|de|ca|lon|trai lon|gai lon|da lon|di lam|lam))"
)
_ALLOWANCE = re.compile(
    rf"(?:\b{_COUNT} (?:nguoi |ong |cu ))?(?:nguoi |me |bo |ba |ong |cha |cu |bac )?(?:gia|khuyet tat|tan tat|cu)"
    r"(?: \w+){0,3} (?:tro cap|bao tro|tien gia|tien khuyet tat)\b"
)
_NO_CHILDREN = re.compile(r"\b(?:khong|chua|hong) (?:co )?(?:con|tre|em|chau)(?: nho| em)?\b")
# A couple with children counts itself, where nobody else is named.
_COUPLE = re.compile(r"\bvo chong\b")
_ISSUE = re.compile(rf"\b{_COUNT} (?:dua|em|chau|tre|be|con)\b")
_OTHERS = re.compile(
    r"\b(?:ong|ba|me|ma|cha|bo|noi|ngoai|anh|chi|chu|bac|co|di|cau|mo|thim|rieng|re|dau|con (?:trai|gai))\b"
)


def facts(text: str) -> dict[str, int]:
    """The numbers of a household that a sentence tells, by question; nothing where it tells none for sure.

    >>> facts("nhà 5 người, 2 đứa nhỏ, mẹ già"), facts("hai con bò")
    ({'members': 5, 'children': 2}, {})
    >>> facts("vợ chồng tui với 2 đứa nhỏ"), facts("vợ chồng tui, mẹ già, 2 đứa nhỏ")
    ({'children': 2, 'members': 4}, {'children': 2})
    >>> facts("2 vợ chồng với 3 đứa con")
    {'members': 5}
    """
    folded = fold(text)
    found: dict[str, int] = {}
    for step, pattern in (("members", _MEMBERS), ("children", _CHILDREN), ("allowance", _ALLOWANCE)):
        match = pattern.search(folded)
        if match is not None:
            found[step] = _value(match.group(1))
    if "members" not in found and _COUPLE.search(folded) and not _OTHERS.search(folded):
        counted = _ISSUE.search(folded)
        found["members"] = 2 + (_value(counted.group(1)) if counted else 0)
    if "children" not in found and _NO_CHILDREN.search(folded):
        found["children"] = 0
    return found


def _value(said: str | None) -> int:
    if said is None:
        return 1
    return int(said) if said.isdecimal() else _WORDS[said]
