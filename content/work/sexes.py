"""Whether a text asks for one sex: by the word, what stands before it and what behind it, with marks or without.

Names ("Việt Nam", "Nguyễn Văn Nam"), what is made or sold ("giày nữ"), rooms ("nhà vệ sinh nữ") and what is open to
both ("nam nữ đều được") are no conditions.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_CLAUSE = re.compile(r"[.;:()\[\]|!?\n,/–—]| - ")
_AND = r"(?:\s*[/,&+-]\s*|\s+(?:và|va|hoặc|hoac|hay|lẫn|lan|cùng|cung)\s+)"
_BOTH = re.compile(
    rf"(?<!việt )(?<!viet )(?:\bnam(?: giới| gioi)?(?:{_AND}|\s+)(?:nữ|nu)|\b(?:nữ|nu)(?: giới| gioi)?{_AND}nam)\b"
    r"(?: giới\b| gioi\b)?|\b(?:nữ|nu) nam (?=đều|deu|cũng|cung|không|khong)"
)
# "Nam, 0912 345 678" is somebody to call; "3 nam" and nothing else is three men, not three years.
_CALLED = re.compile(r"(?:^|[,;.(])\s*nam(?=\s*[,:-]?\s*(?:\+84|0)[ .]?\d)", re.IGNORECASE)
_SO_MANY = re.compile(r"\s*\d+\s+nam\s*", re.IGNORECASE)
_SEX_COLUMN = re.compile(r"\b(giới tính|gioi tinh)\s*[:=-]\s*")


def _words(said: str) -> frozenset[str]:
    """Words as they are written, and without their marks for texts that have none."""
    return frozenset(said.split())


_DEMAND = _words("tuyển cần tìm nhận chỉ là tiên cầu tính cho")  # "ưu tiên", "yêu cầu", "giới tính", "dành cho"
_BEFORE = {"tiên": "ưu", "cầu": "yêu", "tính": "giới", "cho": "dành"}
_BETWEEN = _words("gấp thêm ngay các bạn những lao động người công nhân nhân viên thợ khoảng thanh niên học viên riêng")
_WORKER = _words("nhân viên thợ động vệ niên xế hồ giới công bếp phụ lái người")
_MADE = _words(
    "đồ giày dép áo quần váy túi tóc mũ nón đầm ví trang mi kiện phục lót vải dệt thun jean len da kính đồng hồ da dầu"
)
_ROOM = _words("phòng trọ khu xá sinh tắm giường buồng")
_ALSO = _words("cũng đều vẫn")
_FOLLOWS = _words(
    "từ dưới trên tuổi khỏe khoẻ có biết giới cao tốt thanh công nhân lao bảo lái phụ thợ độ trong không chưa đủ sức"
    " chăm ưu khéo nhanh"
)
_NAMED = _words("việt miền quảng hà phía hướng đông tây vùng bắc trung hải văn anh chị ông bà cô chú bác thầy phương")
_LANDS = _words("châm trung bộ phi cực mỹ á")  # what "nam" is the begin of
_OF_NAMES = _words("thị bà cô chị tố thiếu ca tiên")
_NOBODY = (("trang",), ("hoàng",), ("vương",), ("tu",), ("công", "gia"))
_OTHERS = re.compile(
    r"\b(?:tuyển|tuyen|cần|tìm|chỉ nhận|chi nhan|ưu tiên|uu tien|dành cho)(?: \w+)? "
    r"(?:chị em|chi em|con gái|con gai|bạn gái|đàn ông|dan ong|đàn bà|dan ba|con trai|phái mạnh|phái nữ)\b"
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a part of a text, lower and as they were written; `bare` are texts without any mark."""

    words: Sequence[str]
    written: Sequence[str]
    bare: bool
    capitals: bool

    def among(self, at: int, words: frozenset[str]) -> bool:
        """Whether a word is one of these; out of the clause is none."""
        if not 0 <= at < len(self.words):
            return False
        return self.words[at] in words or (self.bare and self.words[at] in {_unmarked(one) for one in words})

    def any_of(self, begin: int, end: int, words: frozenset[str]) -> bool:
        """Whether one of the words from `begin` to before `end` is one of these."""
        return any(self.among(at, words) for at in range(max(0, begin), min(end, len(self.words))))

    def capital(self, at: int) -> bool:
        """Whether a word begins with a capital letter where that says something."""
        return 0 <= at < len(self.words) and not self.capitals and self.written[at][:1].isupper()

    def is_a_name(self, at: int) -> bool:
        """Whether the word is the end of a name, or the begin of one: "Hoàng Nam", "Nam Định"."""
        if not self.capital(at):
            return False
        before = self.capital(at - 1) and not self.among(at - 1, _DEMAND | _WORKER)
        return before or self.capital(at + 1)

    def asked(self, at: int) -> bool:
        """Whether what stands right before asks for somebody: "tuyển 5", "ưu tiên", "cần gấp"."""
        while at > 0 and (self.words[at - 1].isdecimal() or self.among(at - 1, _BETWEEN)):
            at -= 1
        if at == 0 or not self.among(at - 1, _DEMAND):
            return False
        first = next((before for word, before in _BEFORE.items() if self.among(at - 1, frozenset({word}))), "")
        return not first or self.among(at - 2, frozenset({first}))


def asks_for_one_sex(text: str, *, names: bool = False) -> bool:
    """Whether only men or only women are asked for. With `names`, in a name, a place or a telephone number.

    >>> [asks_for_one_sex(one) for one in ("tuyển nữ", "nam nữ đều được", "may đồ nữ", "Công nhân may nam")]
    [True, False, False, True]
    """
    whole = " ".join(unicodedata.normalize("NFC", text).split(" "))
    lower = whole.lower()
    if _OTHERS.search(lower) or (_SO_MANY.fullmatch(whole) and not names):
        return True
    bare, capitals = _unmarked(lower) == lower, whole.isupper()
    kept = _both_left_out(_SEX_COLUMN.sub(lambda found: f"{found[1]} ", _CALLED.sub(" ", whole)))
    for part in _CLAUSE.split(kept):
        written = re.findall(r"\w+", part)
        clause = _Clause([one.lower() for one in written], written, bare, capitals)
        for at, word in enumerate(clause.words):
            if (word == "nam" and _man(clause, at, names)) or (
                (word == "nữ" or (bare and word == "nu")) and _woman(clause, at, names)
            ):
                return True
    return False


def _both_left_out(text: str) -> str:
    """Without what names both; what is capital stays so."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in small: never one of ours
        text = lower
    for found in reversed(list(_BOTH.finditer(lower))):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _man(clause: _Clause, at: int, names: bool) -> bool:
    if clause.among(at - 1, _NAMED) or clause.any_of(at + 1, at + 5, _ALSO) or _is_no_man(clause, at):
        return False
    if clause.asked(at):
        return True
    last = at == len(clause.words) - 1
    number = not last and clause.words[at + 1].isdecimal()
    small = at == 0 and not clause.bare and clause.written[at] == "nam" and not clause.among(at + 1, _LANDS)
    follows = last or number or small or clause.among(at + 1, _FOLLOWS)
    if names or not follows:
        return names and at == 0 and last and not clause.capital(at)
    if clause.any_of(at - 3, at, _MADE):
        return False
    return at == 0 or clause.any_of(0, at, _WORKER)


def _is_no_man(clause: _Clause, at: int) -> bool:
    """Of a name; "2 nam" without marks are years, "chi Nam" is somebody, and "kim chỉ nam" a compass."""
    around = (*clause.words[max(0, at - 1) : at], *clause.words[at + 1 :][:1])
    years = clause.bare and any(one.isdecimal() for one in around)
    somebody = clause.among(at - 1, _words("chỉ")) and (clause.bare or clause.among(at - 2, _words("kim")))
    return clause.is_a_name(at) or years or somebody


def _woman(clause: _Clause, at: int, names: bool) -> bool:
    if clause.any_of(at + 1, at + 5, _ALSO) or _is_no_woman(clause, at):
        return False
    if clause.among(at - 1, _words("phụ")):
        return _women(clause, at - 1, names)
    if clause.asked(at):
        return True
    if clause.any_of(at - 3, at, _MADE) or clause.any_of(at - 4, at, _ROOM) or (clause.is_a_name(at) and at):
        return False
    if names:
        return at == 0 and (at == len(clause.words) - 1 or clause.among(at + 1, _FOLLOWS))
    return True


def _is_no_woman(clause: _Clause, at: int) -> bool:
    behind = any(
        all(clause.among(at + 1 + by, frozenset({word})) for by, word in enumerate(words)) for words in _NOBODY
    )
    return behind or clause.among(at - 1, _OF_NAMES - _words("tiên")) or clause.any_of(at - 2, at - 1, _words("tố"))


def _women(clause: _Clause, at: int, names: bool) -> bool:
    """ "Phụ nữ", of which the first word stands at `at`."""
    if clause.among(at - 1, _words("cả hội hiệp gồm viện tổ vì của")):
        return False
    return clause.asked(at) or clause.any_of(0, at, _words("nhận tuyển")) or (at == 0 and not names)


def _unmarked(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in apart if not unicodedata.combining(one))
