"""What somebody writes about the notices they get: to stop them, all or one theme, to rest, to have them otherwise.

Pure, on folded words; whoever types without marks or with wrong ones is read alike. Only "đúng" is kept apart from
"dừng", as far as marks tell: it is an answer, and no wish.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from content.schema import Theme
from core.rhythm import Rhythm
from core.text import fold

MOST_WORDS = 16  # in longer texts something else is meant as well
MONTH = timedelta(days=30)
LONGEST_REST = 3  # months

_ME = "(?:toi|tui|em|minh|chau|con|bac|co|chu|anh|chi|ong|ba|bon toi|nha toi|nha minh|nha em)"
_POLITE = (
    r"(?:(?:xin|lam on|vui long|nho|please|cho|hay|giup|bao|noi|muon|chung tay|bot|phuong|xa|uy ban|oi|a|da|"
    rf"{_ME}) )*"
)
_STOP = "(?:dung|ngung|ngat|thoi|stop|huy|bo|tat|chan|khoa|nghi)"
_NOT = "(?:khong|hong|hok|chang|dung|thoi|khoi|het)"
_GET = "(?:nhan|gui|nhan tin|lay|doc|xem|nghe|can|bao|lam phien|quay ray|lam on)"
_NEWS = "(?:tin|tin nhan|tin bao|tin tuc|thong bao|bao tin|ban tin|dang ky|theo doi|news|messages)"
_END = (
    r"(?:nua|luon|ngay|het|han|di|nhe|nha|a|oi|voi|dum|giup|lai|gap|lien|roi|dau|cam on|duoc khong|tat ca|moi|cac|cho|"
    rf"nay|cai nay|do|may|{_ME}|{_NEWS})"
)
_ALONE = frozenset(
    fold(word)
    for word in (
        *("dừng", "dừng lại", "dừng đi", "dừng hết", "dừng ngay", "dừng luôn", "dừng nha", "dừng tin", "dừng nhé"),
        *("ngừng", "ngừng lại", "ngưng", "ngưng lại", "stop", "stop all", "unsubscribe", "hủy đăng ký", "bỏ theo dõi"),
        *("đừng gửi nữa", "đừng nhắn nữa", "thôi đừng gửi nữa", "thôi đừng nhắn nữa", "thôi nhắn đi", "tắt tin"),
        *("phiền quá", "phiền quá đừng nhắn nữa", "nhiều tin quá dừng đi", "chặn", "hủy nhận tin", "off"),
    )
)
_WHOLE = re.compile(
    rf"{_POLITE}(?:thoi )?(?:{_STOP}(?: lai)?(?: viec)?(?: {_GET})*(?: het| tat ca| moi| cac)?(?: {_NEWS})+"
    rf"|{_NOT}(?: (?:muon|can|thich|co|co the))? {_GET}(?: {_GET})*(?: {_NEWS})+"
    rf"|{_NOT}(?: {_GET})* (?:nhan|gui)(?: cho)?(?: {_ME}| {_NEWS})* nua)(?: {_END})*"
)
# "dung" without marks is "dừng", "đừng" or "đúng"; with the marks of the last two it stands for nothing else here.
_NO_STOP = re.compile(r"^\W*(?:đúng|dùng|dụng|dũng)\b", re.IGNORECASE)
_STOPS_ONE = re.compile(rf"\b(?:{_STOP}|{_NOT})(?: \w+){{0,3}} (?:tin|thong bao|ban tin)\b(.*)")
_WANTS_ONE = re.compile(
    r"\b(?:nhan|dang ky|muon|gui|bao|theo doi|them)(?: \w+){0,3}? (?:tin|thong bao|ban tin)(?: ve)?\b(.*)"
    r"|\bco (?:tin|ban tin) (.*?)(?: thi| la)? (?:bao|nhan|gui)\b"
)
_ASKS = re.compile(r"\b(?:la sao|la gi|o dau|khong hieu|da nhan|co nhan|chua nhan|sao|vi sao|ai gui|that|lua)\b")
_INFORMATION = re.compile(r"\bthong tin\b")
_FILLERS = "tin ve muon nhan toi tui em minh chau con bac cho chon muc lay gui thoi a nhe di xin"
_AROUND = frozenset(_FILLERS.split())
_ALL = re.compile(r"^\W*(?: ?(?:tat ca|het|moi|cac chu de|moi chu de|chu de))+$")
_NUMBERS = {"mot": 1, "1": 1, "hai": 2, "2": 2, "ba": 3, "3": 3}
_REST = re.compile(
    r"\b(?:(?:tam dung|tam ngung|tam nghi|tam hoan)(?: \w+){0,4}?"
    r"|(?:nghi|dung|ngung|tat|im|hoan)(?: \w+){0,2}? (?:tin|thong bao|nhan tin|gui)(?: \w+){0,2}?) "
    r"(?P<number>mot|hai|ba|[123]) (?P<unit>thang|tuan)\b"
)
_REST_WORDS = frozenset(fold(one) for one in ("tạm dừng", "tạm ngưng", "tạm dừng tin", "tạm ngưng nhận tin", "mute"))
_ONCE = r"(?: \w+){0,2} (?:mot|1) (?:lan|tin)\b"
_RHYTHMS: tuple[tuple[Rhythm, re.Pattern[str]], ...] = (
    (Rhythm.WEEKLY, re.compile(rf"\b(?:moi tuan|hang tuan|mot tuan|1 tuan){_ONCE}|\bgom(?: \w+){{0,3}} tuan\b")),
    (Rhythm.DAILY, re.compile(rf"\b(?:moi ngay|hang ngay|mot ngay|1 ngay){_ONCE}|\bgom(?: \w+){{0,3}} ngay\b")),
    (Rhythm.AT_ONCE, re.compile(r"\bco (?:tin|gi)(?: \w+){0,2} (?:gui|bao)(?: \w+)? ngay\b|\bkhong gom\b")),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A theme that somebody names, and whether they want it; without a theme, all of them."""

    wanted: bool
    theme: str | None


def stops_all(text: str) -> bool:
    """Whether a whole message says that no notices are wanted."""
    folded = fold(text)
    if _NO_STOP.match(text.strip()):
        return False
    return folded in _ALONE or (len(folded.split()) <= MOST_WORDS and _WHOLE.fullmatch(folded) is not None)


def doubtful(text: str) -> bool:
    """Whether it is a bare "dung", which may be "đúng": not taken for a wish while an answer is awaited."""
    return fold(text) in ("dung", "thoi", "dung lai") and text.strip().isascii()


def chosen(text: str, themes: Iterable[Theme]) -> Chosen | None:
    """The theme that somebody wants or stops: "dừng tin việc làm", "cho tôi nhận tin học nghề"."""
    folded = fold(text)
    if len(folded.split()) > MOST_WORDS or _ASKS.search(folded):
        return None
    plain = _INFORMATION.sub("thongtin", folded)
    for wanted, pattern in ((False, _STOPS_ONE), (True, _WANTS_ONE)):
        found = pattern.search(plain)
        if found is None:
            continue
        named = next(filter(None, found.groups()), "").strip()
        theme = theme_named(named, themes)
        if theme is not None:
            return Chosen(wanted, theme)
        if wanted and _ALL.match(named):
            return Chosen(True, None)
    return None


def theme_named(words: str, themes: Iterable[Theme]) -> str | None:
    """The theme whose words stand there; the longest words win."""
    padded = f" {words} "
    named = [(len(word), one.id) for one in themes for word in one.folded if f" {word} " in padded]
    return max(named)[1] if named else None


def bare_theme(folded: str, themes: Iterable[Theme]) -> str | None:
    """The theme that is all a message says, beside "tin" and "tôi muốn": a question about it is something else."""

    def bare(words: str) -> str:
        return " ".join(word for word in words.split() if word not in _AROUND)

    said = bare(folded)
    return next((one.id for one in themes if said and said in map(bare, (*one.folded, fold(one.title.vi)))), None)


def rest(text: str) -> timedelta | None:
    """How long somebody wants nothing: "tạm dừng một tháng"; None where that is not said."""
    folded = fold(text)
    if folded in _REST_WORDS:
        return MONTH
    found = _REST.search(folded)
    if found is None or len(folded.split()) > MOST_WORDS:
        return None
    number = _NUMBERS[found["number"]]
    return number * (MONTH if found["unit"] == "thang" else timedelta(days=7))


def rhythm(text: str) -> Rhythm | None:
    """How often somebody wants notices: "gom lại mỗi tuần một tin"."""
    folded = fold(text)
    if len(folded.split()) > MOST_WORDS or not re.search(r"\b(?:tin|gom|gui|bao)\b", folded):
        return None
    return next((one for one, pattern in _RHYTHMS if pattern.search(folded)), None)
