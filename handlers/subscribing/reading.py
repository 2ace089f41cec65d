"""What somebody writes about the notices they get: to stop them, all or one theme, to rest, to have them otherwise.

Pure, on folded words; whoever types without marks or with wrong ones is read alike. Only "đúng" is kept apart from
"dừng", as far as marks tell: it is an answer, and no wish.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from content.schema import Theme
from core.rhythm import Rhythm
from core.text import fold

WORK = "jobs"  # the theme
MOST_WORDS = 16  # in longer texts something else is meant as well
NEAR = 6  # words behind "tin" that name its theme
LONG = 32  # of who says in one breath how often, and why
MONTH = timedelta(days=30)
LONGEST_REST = 3  # months

_ME = "(?:toi|tui|t|em|e|minh|chau|con|bac|co|chu|di|anh|chi|ong|ba|me|bon toi|nha toi|nha minh|nha em)"
_POLITE = (
    r"(?:(?:xin|lam on|vui long|nho|please|cho|hay|giup|bao|noi|muon|chung tay|bot|phuong|xa|uy ban|oi|a|da|"
    rf"{_ME}) )*"
)
_STOP = "(?:dung|ngung|ngat|thoi|stop|huy|bo|tat|off|chan|khoa|nghi)"
_NEVER = "(?:dung|dg|thoi|khoi)"  # "đừng": a wish by itself; "không" is one only with "muốn" or "nữa"
_UNWILLING = "(?:khong|hong|hok|chang|het|k)(?: he| co)? (?:muon|can|thich|them|co nhu cau)"
_GET = "(?:nhan|gui|nhan tin|lay|doc|xem|nghe|can|bao|lam phien|quay ray|lam on)"
_TAKE = "(?:nhan|nhan tin|lay|doc|xem|nghe)"
_NEWS = "(?:tin|tin nhan|tin bao|tin tuc|thong bao|bao tin|ban tin|dang ky|dk|theo doi|news|messages|tb|noti|nt)"
_END = (
    r"(?:nua|luon|ngay|het|han|di|ik|nhe|nha|a|oi|voi|dum|giup|gium|lai|gap|lien|dau|cam on|duoc khong|tat ca|moi|cac|"
    rf"cho|nay|cai nay|do|may|{_ME}|{_NEWS})"
)
_ALONE = frozenset(
    fold(word)
    for word in (
        *("dừng", "dừng lại", "dừng đi", "dừng hết", "dừng ngay", "dừng luôn", "dừng nha", "dừng tin", "dừng nhé"),
        *("ngừng", "ngừng lại", "ngưng", "ngưng lại", "stop", "stop all", "unsubscribe", "hủy đăng ký", "bỏ theo dõi"),
        *("đừng gửi nữa", "đừng nhắn nữa", "thôi đừng gửi nữa", "thôi đừng nhắn nữa", "thôi nhắn đi", "tắt tin"),
        *("phiền quá", "phiền quá đừng nhắn nữa", "nhiều tin quá dừng đi", "chặn", "hủy nhận tin", "off"),
        *("chặn bot", "hủy hết"),
    )
)
_WHOLE = re.compile(
    rf"{_POLITE}(?:thoi )?(?:{_STOP}(?: lai)?(?: viec)?(?: {_GET})*(?: het| tat ca| moi| cac)?(?: {_NEWS})+"
    rf"|{_NEVER}(?: (?:muon|can|co))?(?: {_GET})+(?: cho)?(?: {_ME})?(?: {_NEWS})+"
    rf"|{_UNWILLING}(?: {_GET})*(?: {_NEWS})+|{_NEWS} {_UNWILLING}(?: {_GET})*"
    rf"|(?:khong|k) {_TAKE}(?: {_NEWS})+(?: cho| tu| cua|{_ME})* (?:nua|dau)"
    rf"|{_NEVER}(?: {_GET})* (?:nhan|gui)(?: cho)?(?: {_ME}| {_NEWS})* nua"
    rf"|(?:stop|ngung|chan|unsubscribe)(?: {_END})+)(?: {_END})*"
)
_WHOLE_ENGLISH = re.compile(
    r"(?:please )?(?:stop|don t|do not|no more|quit|cancel)(?: (?:send|sending|text|texting|message|messaging|me|any"
    r"|all|these|the|this|more|it|getting|want))*(?: (?:messages?|news|notices?"
    r"|notifications?|texts?|anything|updates?))+(?: (?:please|now|any ?more|again|at all|to me))*"
    r"|(?:please )?stop (?:texting|messaging|writing to|bothering) me(?: please)?"
    r"|(?:please )?stop(?: please)?|unsubscribe(?: me)?(?: please)?"
)
# "dung" without marks is "dừng", "đừng" or "đúng"; with the marks of the last two it stands for nothing else here.
_NO_STOP = re.compile(r"^\W*(?:(?:đúng|dùng|dụng|dũng)\b|đừng tin(?! nhắn| báo| tức))", re.IGNORECASE)
_UNMARKED = re.compile(r"\W*dung(?: lai)?\W*", re.IGNORECASE | re.ASCII)
_PERIOD = re.compile(r" ?\b(?:trong )?(?P<unit>thang|tuan) nay\b")
# In the middle of other words: what is neither done with notices nor somebody's name ends the search.
_BETWEEN = (
    rf"(?: (?:{_GET}|{_ME}|cho|co|viec|lai|nhung|cac|may|muc|phan|them|ve|bao|news|of|about|het|tat ca|nhan|gui))"
)
_STOPS_ONE = re.compile(
    rf"\b(?:{_STOP}|{_NEVER}|{_UNWILLING}){_BETWEEN}{{0,3}} (?:tin|thong bao|ban tin)(?: ve)?\b(.*)"
    rf"|\b(?:khong|k) {_TAKE} (?:tin|thong bao|ban tin)(?: ve)?\b(.*?) (?:nua|dau)\b"
    r"|^(?:please )?(?:stop|no more|i don t want|don t send me)(?: sending| me| the| any| more)* (.*?)"
    r" (?:news|notices|messages)\b"
    r"|^(?:please )?(?:stop|unsubscribe)(?: me)?(?: the)?(?: news| notices| messages)? (?:from|of|about|on) (.*)"
)
_TO_ME = rf"(?: cho)? {_ME}"
# "Đừng báo việc mới nữa": the theme is what is not to be told of, without "tin" before it.
_STOPS_TELLING = re.compile(
    rf"\b(?:(?:dung|ngung|ngat|tat|thoi|khoi)(?: lai)?(?: (?:dung|khong|khoi))?(?: (?:can|muon))?|{_UNWILLING})"
    rf"(?: {_ME})? ((?:bao|gui|nhan|nhan tin|thong bao|bao tin)(?:{_TO_ME})?) (?:(?:ve|cac|may|nhung|them) )*(.+)"
    r"|^(?:please )?(?:stop|don t|do not) ((?:telling|tell|sending|send)) me (?:(?:of|about|any|more|the) )*(.+)"
)
_GIVEN = re.compile(r"(?:gui|nhan)\b")  # money is sent and received as well, so that only news of work are meant then
_BESIDE = re.compile(rf"(?: (?:moi|nua|voi|a|nhe|nha|di|dau|cho|ho|giup|gium|{_ME}|new|any|more|please))+$")
# Who found work wants no more news of it; whether of all the rest, too, they have not said.
_FOUND_WORK = re.compile(
    r"\b(?:co|tim duoc|kiem duoc|xin duoc) (?:cong )?viec(?: lam)?(?: roi| on)\b|\bviec moi\b|\bnhan viec\b"
)
_WANTS_ONE = re.compile(
    rf"\b(?:nhan|dang ky|theo doi|muon (?:nhan|nghe|doc|duoc|lay|them|theo doi)){_BETWEEN}{{0,3}}? "
    r"(?:tin|thong bao|ban tin)(?: ve)?\b(.*)"
    rf"|\b(?:gui|bao|nhan){_TO_ME}{_BETWEEN}{{0,2}}? (?:tin|thong bao|ban tin)(?: ve)?\b(.*)"
    r"|^(?:them|muon|toi muon|tui muon|em muon|minh muon) (?:tin|thong bao|ban tin)(?: ve)?\b(.*)"
    rf"|\bco (?:tin|ban tin) (.*?)(?: thi| la)? "
    rf"(?:(?:bao|gui|nhan tin|nhan)(?: tin)?{_TO_ME}|(?:bao|gui) (?:voi|nhe|ngay))\b"
    r"|^(?:please |i |i d |would |like |want |to |can you )*(?:want|get|receive|send me|give me|subscribe(?: me)? to)"
    r"(?: to)?(?: get)?(?: the| more| some)? (?:news |notices |messages )?(?:of |on |about )?(.*)"
)
_ASKS = re.compile(
    r"\b(?:la sao|la gi|o dau|khong hieu|da nhan|(?<!dung )co nhan|chua nhan|khong nhan duoc"
    r"|khong duoc nhan|sao|vi sao|ai gui|that|lua|bao nhieu|bao lau|mat tien|bi tru|ton tien|cho nao"
    r"|muon hoi|cho hoi|hoi ve|muon biet|muon tim)\b"
    r"|^(?:ai|where|how|what|when|why|who|which|is|are|do|does|did|can i)\b"
    r"|(?<!duoc) (?:khong|chua|ha|nao|gi|roi a|roi ha)$"
)
_ENGLISH_NEWS = re.compile(r"\b(?:news|notices|messages|subscribe|unsubscribe)\b")
_REFUSES = re.compile(r"\b(?:khong|chua|chang|dung|don t|not)\b")
# Somewhere beside "nhận tin": no wish for them.
_ENDS = re.compile(r"\b(?:huy|ngung|ngat|(?<!khuyet )tat(?! ca)|stop|chan(?! nuoi)|(?<!an )toan)\b")
_VIETNAMESE_NEWS = re.compile(r"\b(?:tin|thong bao)\b")
_INFORMATION = re.compile(r"\bthong tin\b")
_FILLERS = "tin ve muon nhan toi tui em minh chau con bac cho chon muc lay gui thoi a nhe di xin"
_AROUND = frozenset(_FILLERS.split())
_ALL = re.compile(r"^(?: ?(?:tat ca|het|cac chu de|moi chu de|chu de))+$")  # "moi" alone is "mới" as well
# As the words of themes are misspelt; in other texts these short forms may stand for something else.
_SPELT = (
    (re.compile(r"\bng(?=[ei])"), "ngh"),
    (re.compile(r"\bvc\b"), "viec"),
    (re.compile(r"\b(?:vlm|vlam)\b|(?:\A|(?<=tin ))vl\b"), "viec lam"),  # behind "tin"; elsewhere an oath
    (re.compile(r"\bhn\b"), "ho ngheo"),
    (re.compile(r"(?<!cho)(?<=\w) vay$"), ""),  # "vậy"; a loan stands behind "tin"
)
# Words of themes that are said of much else; behind "tin" they are the theme's.
_ANYTHING = re.compile(r"(?<!tin )(?<!ve )\b(?:dien thoai|mang|nghe|viec(?! lam)|vay(?! von| tien))\b")
_NUMBERS = {"mot": 1, "1": 1, "a": 1, "one": 1, "hai": 2, "2": 2, "two": 2, "ba": 3, "3": 3, "three": 3}
_SPAN = r"(?P<number>mot|hai|ba|[123]|a|one|two|three) (?P<unit>thang|tuan|thag|months?|weeks?)"
_REST = re.compile(
    r"\b(?:(?:tam dung|tam ngung|tam nghi|tam hoan|mute|pause)(?: \w+){0,4}?"
    r"|(?:nghi|dung|ngung|tat|im|hoan)(?: \w+){0,2}? (?:tin|thong bao|nhan tin|gui)(?: \w+){0,2}?) "
    rf"{_SPAN}\b"
)
_REST_ALONE = re.compile(rf"(?:cho )?(?:{_ME} )?(?:nghi|tam nghi) {_SPAN}(?: (?:nhe|nha|di|thoi|a|{_ME}))*")
_LATER = re.compile(
    rf"(?P<unit>thang|tuan) sau (?:hay |moi |lai |roi )*(?:gui|nhan|bao)(?: tin)?(?: lai)?(?:{_TO_ME})?"
    rf"(?: (?:nhe|nha|di|a|lai|{_ME}))*"
)
_REST_WORDS = frozenset(fold(one) for one in ("tạm dừng", "tạm ngưng", "tạm dừng tin", "tạm ngưng nhận tin", "mute"))
_ONCE = r"(?: \w+){0,4} (?:mot|1) (?:lan|tin)\b"
_EACH_WEEK, _EACH_DAY = "(?:moi tuan|hang tuan|mot tuan|1 tuan)", "(?:moi ngay|hang ngay|mot ngay|1 ngay)"
_ENGLISH_ONCE = r"(?:(?:send |messages |news |me |them |it |please |only |just |no more than )*%s(?: please| only)?)"
_RHYTHMS: tuple[tuple[Rhythm, re.Pattern[str]], ...] = (
    (Rhythm.WEEKLY, re.compile(rf"\b{_EACH_WEEK}{_ONCE}|\bgom(?: \w+){{0,3}} tuan\b")),
    (Rhythm.DAILY, re.compile(rf"\b{_EACH_DAY}{_ONCE}|\bgom(?: \w+){{0,3}} ngay\b")),
    (Rhythm.AT_ONCE, re.compile(r"\bco (?:tin|gi)(?: \w+){0,2} (?:gui|bao)(?: \w+)? ngay\b|\bkhong gom\b")),
)
_RHYTHMS_ALONE: tuple[tuple[Rhythm, re.Pattern[str]], ...] = (
    (Rhythm.WEEKLY, re.compile(_ENGLISH_ONCE % "(?:once a week|weekly|every week)")),
    (Rhythm.DAILY, re.compile(_ENGLISH_ONCE % "(?:once a day|daily|every day)")),
)
_FEWER = re.compile(
    r"\b(?:nhieu tin|tin nhieu|tin nhan nhieu|gui nhieu|nhan nhieu|nhan tin nhieu)(?: \w+)? qua\b|\bqua nhieu tin\b"
    r"|\b(?:gui|nhan|nhan tin)(?: tin)? it(?: \w+)? (?:thoi|lai|di)\b|\bgui it$"
    r"|\b(?:bot|giam)(?: gui| nhan| may| cac)* (?:tin|thong bao)\b|\bspam\b"
    r"|\btoo many (?:messages|notices|news)\b|\b(?:fewer|less) (?:messages|notices|news)\b"
)
_MINE = re.compile(
    rf"(?:{_ME} )?muon (?:co )?tin(?: bao)?|subscribe"
    rf"|(?:cho )?(?:{_ME} )?(?:xem )?(?:tin|tin bao|cai dat tin) cua {_ME}(?: (?:dau|a|voi|nhe))?"
)
_AGAIN = re.compile(
    rf"{_POLITE}(?:nhan lai|gui lai|mo lai|bat lai|muon lai|lay lai)(?: cho)?(?: {_ME})? {_NEWS}(?: {_END})*"
    rf"|{_POLITE}(?:nhan|gui|mo|bat|muon)(?: cho)?(?: {_ME})? {_NEWS}(?: cho)?(?: {_ME})? lai(?: {_END})*"
    r"|(?:please |i |want |to |get |send |me |my |the )*(?:messages|news|notices) again(?: please)?|resume|unpause"
)
# Neither a date nor an hour, so that "đừng gửi ban ngày" is not heard as "đừng gửi".
_WHEN = re.compile(r"\b(?:ban ngay|ban dem|buoi|sang|trua|chieu|toi nay|ngay mai|tuan|thang|luc|gio)\b")
_HOW = re.compile(r"\b(?:lam the nao|the nao|nut|cai dat|giu|de lai|chi can|van nhan)\b")
_CLEAR = re.compile(
    r"\b(?:dung|dg|ngung|ngat|(?<!khuyet )tat|huy|bo|go|rut|cat|xoa|khoa|gach|dep|thoi|khoi|nghi|chan|stop|off|block"
    r"|dut|khong nhan .*(?:nua|dau)|khong (?:muon|can|thich)|tu choi)\b"
)
_ABOUT = re.compile(
    r"\b(?:tin|tb|noti|nt|nhan|gui|goi|thong bao|bao(?! hiem| nhieu| lau)|messages?|news|notices?|notifications?"
    r"|theo doi|spam|danh sach|phan|muc|mute|unsub|opt)\b"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A theme that somebody names, and whether they want it; without a theme, all of them."""

    wanted: bool
    theme: str | None


def right_or_trust(text: str) -> bool:
    """Whether its marks say that it is "đúng", "dùng" or "đừng tin" (do not believe it), and not "dừng"."""
    return _NO_STOP.match(text.strip()) is not None


def stops_all(text: str) -> bool:
    """Whether a whole message says that no notices are wanted."""
    folded = fold(text)
    if right_or_trust(text):
        return False
    if folded in _ALONE or _WHOLE_ENGLISH.fullmatch(folded):
        return True
    return len(folded.split()) <= MOST_WORDS and _WHOLE.fullmatch(folded) is not None


def clearly_stops(text: str) -> bool:
    """Whether words that were understood as a wish to stop say so themselves; what names a time does not mean all."""
    folded = fold(text)
    says = _CLEAR.search(folded) is not None and about_notices(text)
    return says and not (_WHEN.search(folded) or _ASKS.search(folded) or _HOW.search(folded))


def about_notices(text: str) -> bool:
    """Whether anything in it is about messages at all."""
    return _ABOUT.search(fold(text)) is not None


def doubtful(text: str) -> bool:
    """Whether it is a bare "dung", which may be "đúng": not taken for a wish while an answer is awaited."""
    return _UNMARKED.fullmatch(text.strip()) is not None


def chosen(text: str, themes: Collection[Theme]) -> Chosen | None:
    """The theme that somebody wants or stops: "dừng tin việc làm", "cho tôi nhận tin học nghề"."""
    folded = fold(text)
    if len(folded.split()) > MOST_WORDS or _ASKS.search(folded):
        return None
    plain = _INFORMATION.sub("thongtin", folded)
    for wanted, pattern in ((False, _STOPS_ONE), (True, _WANTS_ONE)):
        found = pattern.search(plain)
        if found is None or (wanted and (_REFUSES.search(plain[: found.start()]) or _ENDS.search(plain))):
            continue
        # Later words are about something else: "nhận tin của xã, có gì mới thì gửi vào điện thoại".
        named = " ".join(next(filter(None, found.groups()), "").split()[:NEAR])
        theme = theme_named(named, themes)
        if theme is not None and _meant(found, plain):
            return Chosen(wanted, theme)
        if wanted and _ALL.match(named):
            return Chosen(True, None)
    theme = _told_no_more(text, plain, themes)
    return Chosen(False, theme) if theme is not None else None


def _told_no_more(text: str, plain: str, themes: Iterable[Theme]) -> str | None:
    """The theme that is named, and nothing else, as what somebody is not to be told of."""
    found = _STOPS_TELLING.search(plain) if not right_or_trust(text) else None
    if found is None:
        return None
    verb, named = (one for one in found.groups() if one is not None)
    said = _BESIDE.sub("", named).removesuffix(" moi").removeprefix("new ")
    theme = next((one.id for one in themes if said in one.folded), None)
    return None if theme != WORK and _GIVEN.match(verb) else theme


def _meant(found: re.Match[str], plain: str) -> bool:
    """English words are about notices only where they say so: "I want a job" asks for one."""
    return _VIETNAMESE_NEWS.search(found[0]) is not None or _ENGLISH_NEWS.search(plain) is not None


def theme_named(words: str, themes: Iterable[Theme]) -> str | None:
    """The theme whose words stand there; the longest words win."""
    for pattern, spelt in _SPELT:
        words = pattern.sub(spelt, words)
    padded = f" {words} "
    named = [(len(word), one.id) for one in themes for word in one.folded if f" {word} " in padded]
    return max(named)[1] if named else None


def theme_meant(text: str, themes: Iterable[Theme]) -> str | None:
    """The theme that is named anywhere in a text, by a word that is said of nothing else."""
    if _FOUND_WORK.search(fold(text)):
        return WORK
    return theme_named(" ".join(_ANYTHING.sub(" ", fold(text)).split()), themes)


def bare_theme(folded: str, themes: Iterable[Theme]) -> str | None:
    """The theme that is all a message says, beside "tin" and "tôi muốn": a question about it is something else."""

    def bare(words: str) -> str:
        return " ".join(word for word in words.split() if word not in _AROUND)

    said = bare(folded)
    return next((one.id for one in themes if said and said in map(bare, (*one.folded, fold(one.title.vi)))), None)


def rest(text: str) -> timedelta | None:
    """How long somebody wants nothing: "tạm dừng một tháng", "tháng này đừng gửi tin"; None where not said."""
    folded = fold(text)
    if folded in _REST_WORDS:
        return MONTH
    if len(folded.split()) > MOST_WORDS:
        return None
    for pattern in (_REST, _REST_ALONE, _LATER):
        found = pattern.search(folded) if pattern is _REST else pattern.fullmatch(folded)
        if found is not None:
            return _NUMBERS[found.groupdict().get("number", "1")] * _unit(found)
    this = _PERIOD.search(folded)
    others = _PERIOD.sub("", folded).strip()
    return _unit(this) if this and (stops_all(others) or fold(others) in _REST_WORDS | {"tam nghi tin"}) else None


def _unit(found: re.Match[str]) -> timedelta:
    return timedelta(days=7) if found["unit"].startswith(("tuan", "week")) else MONTH


def rhythm(text: str) -> Rhythm | None:
    """How often somebody wants notices: "gom lại mỗi tuần một tin"."""
    folded = fold(text)
    alone = next((one for one, pattern in _RHYTHMS_ALONE if pattern.fullmatch(folded)), None)
    if alone is not None:
        return alone
    if len(folded.split()) > LONG or not re.search(r"\b(?:tin|gom|gui|bao)\b", folded):
        return None
    return next((one for one, pattern in _RHYTHMS if pattern.search(folded)), None)


def fewer(text: str) -> bool:
    """Whether there are too many notices for somebody: not all of them, and not none."""
    folded = fold(text)
    ends = _ENDS.search(folded) or re.search(r"\b(?:dung|thoi) (?:\w+ ){0,2}(?:gui|nhan)\b", folded)
    return len(folded.split()) <= MOST_WORDS and _FEWER.search(folded) is not None and ends is None


def mine(text: str) -> bool:
    """Whether somebody asks what they get, whatever they call themselves: "tin của bà"."""
    return _MINE.fullmatch(fold(text)) is not None


def again(text: str) -> bool:
    """Whether somebody wants what they had stopped: "cho bà nhận tin lại"."""
    return _AGAIN.fullmatch(fold(text)) is not None
