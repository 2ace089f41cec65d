"""A yes or a no in people's own words."""

from core.text import fold

LONGEST = 4  # words; a longer message says more than yes or no

_YES = frozenset(
    (
        "dong y",
        "duoc",
        "duoc roi",
        "u",
        "uh",
        "uhm",
        "um",
        "vang",
        "da",
        "da vang",
        "da duoc",
        "chuyen di",
        "gui di",
        "gui",
        "chuyen",
        "cho giu",
        "giu di",
        "ok",
        "oke",
        "co",
        "phai",
        "dung roi",
        "yes",
    )
)
_NO = frozenset(
    ("khong", "thoi", "khoi", "khong dong y", "dung gui", "dung chuyen", "khong gui", "khong chuyen", "chua", "no")
)
_POLITE = (" a", " nhe", " nha", " di", " luon", " oi")


def assent(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else.

    >>> assent("Đồng ý nhé"), assent("khỏi"), assent("nhà tôi cháy")
    (True, False, None)
    """
    said = fold(text)
    if said.count(" ") >= LONGEST:
        return None
    for ending in ("", *_POLITE):
        bare = said.removesuffix(ending)
        if bare in _YES:
            return True
        if bare in _NO:
            return False
    return None
