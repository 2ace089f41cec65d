"""What a machine can check of the voice: one pure function over a text .

Rule ids: A1 length of a message, A3 of a sentence, A5 of a button, A8 money, A9 dates, NFC, V2 "mình" as the
speaker, V3 how the reader is called, V4 emoji, "!" and capitals, W1 to W3 words never said, W4 abbreviations never
left closed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple


class TextKind(StrEnum):
    """What a text is, since each kind has its own length."""

    MESSAGE = "message"  # a bubble: at most 320 characters
    ANSWER = "answer"  # the first words of an answer: at most 90
    LINE = "line"  # a line of a card, a part of a message
    DETAIL = "detail"  # a passage behind "Xem thêm": at most 320
    SENTENCE = "sentence"  # a part of a sentence or a whole one, of any length
    TITLE = "title"  # the name of a thing
    BUTTON = "button"  # 2 to 20 characters


class Finding(NamedTuple):
    """A rule that a text breaks, and where."""

    rule: str
    what: str


MESSAGE_LIMIT, ANSWER_LIMIT, SENTENCE_WORDS = 320, 90, 16
BUTTON_LENGTH = range(2, 21)

_LIMITS = {
    TextKind.MESSAGE: MESSAGE_LIMIT,
    TextKind.DETAIL: MESSAGE_LIMIT,
    TextKind.ANSWER: ANSWER_LIMIT,
}

# A letter must follow the years: 5/1/2027 is a date.
DOCUMENT = (
    r"(?:(?:Luật|Nghị định|Nghị quyết|Quyết định|Thông tư|Công văn|Kế hoạch|Decree|Law|Decision|Circular|Resolution)"
    r"(?: số| No\.)? )?\d+[a-z]?/(?:\d{4}/)?[A-ZĐ]\w*(?:-\w+)*"
)
# Each of these counts as one word (A3), and their capitals and numbers are their own.
_NAMES = re.compile(
    "|".join(
        (
            DOCUMENT,
            r"(?:(?:điểm \w+,? )?khoản \d+,? )?(?:Điều|Article) \d+[a-z]?",
            r"khoản \d+|clause \d+|Mẫu(?: số)? \d+|Phiếu [AB]\d?",
            r"Ủy ban Mặt trận Tổ quốc(?: Việt Nam)?|Mặt trận Tổ quốc(?: Việt Nam)?",
            r"(?:Chủ tịch )?(?:Hội đồng nhân dân|Ủy ban nhân dân)(?: và Ủy ban nhân dân)?",
            r"Ngân hàng Chính sách xã hội|bảo hiểm (?:y tế|xã hội)|Trung tâm Trợ giúp pháp lý(?: [Nn]hà nước)?",
            r"Cổng Dịch vụ công(?: [Qq]uốc gia)?|Nhà nước|thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật|Chung Tay",
            r"hộ cận nghèo|hộ nghèo|dân tộc thiểu số|người có công(?: với cách mạng)?",
            # A figure with its unit, its words in brackets and how often it is paid.
            r"\d[\d.,]*(?:%| phần trăm| đồng(?: \([^)]*\))?| số điện \(kWh\)| ngày làm việc(?: \([^)]*\))?"
            r"| (?:tháng|ngày|năm|tuổi|điều))?"
            r"(?: một người,)?(?: một (?:tháng|ngày|năm|người))?",
        )
    )
)
_PLACE = re.compile(r"\{[^{}]*\}")
_SENTENCE_END = re.compile(r"(?<=[.?!;])\s+|\n")

_NEVER = {
    "W1": (
        "kẻ nghèo|đói rách|bần cùng|ỷ lại|trông chờ|lười|chây ì|gánh nặng|lạc hậu|thất học|mù chữ|tàn tật|tâm thần"
        "|neo đơn|đối tượng|thành phần này|ca nghèo"
    ),
    "W2": (
        "ban phát|ban ơn|xin cho|đậu hộ nghèo|rớt hộ nghèo|bị loại|bị cắt|từ chối|không đủ tư cách|chúc mừng|rất tiếc"
        "|cam kết|chắc chắn|yên tâm là được"
    ),
    "W3": (
        "sai cú pháp|không hợp lệ|lỗi hệ thống|vui lòng thử lại sau|quý khách|người dùng|click|link|submit|chatbot"
        "|token|hết phiên|timeout"
    ),
    "V3": "bạn|quý vị",
}
# W1 itself says "người bệnh tâm thần"; a friend is a friend.
_ALLOWED_AROUND = re.compile(r"người bệnh tâm thần|bạn bè|bạn đời", re.IGNORECASE)
_NEVER_PATTERNS = {rule: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for rule, words in _NEVER.items()}
_ANY_NEVER = re.compile(rf"(?<!\w)(?:{'|'.join(_NEVER.values())})(?!\w)", re.IGNORECASE)  # nearly always none
# Case matters for these: "ai" is a word, "AI" a machine.
_CLOSED = re.compile(
    r"(?<![\w/-])(?:UBND|UBMTTQ|HĐND|MTTQ|BHYT|BHXH|NHCSXH|CCCD|TDP|BTXH|DTTS|NKT|NCC|KCB|XKLĐ|GQVL|HSSV|NTM|MTQG|QĐ"
    r"|NĐ|TT|NQ|OTP|GDNN|GDTX|LĐ-TB&?XH|QR)(?![\w/-])"
)
_MACHINE = re.compile(r"(?<!\w)AI(?!\w)")
_WORD = re.compile(r"(?<![\w/-])[^\W\d_]{2,}(?![\w/-])")
_SHOUT_ALLOWED = frozenset({"AI", "HIV", "KHẨN", "OCOP", "PDF", "DOCX", "MB", "SMS", "II", "III", "IV", "VI", "VII"})
_EMOJI = re.compile("[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]")
_SPEAKER = re.compile(
    r"(?<!\w)(?<!nhà )mình (?:chưa|không hiểu|sẽ|xin|đã|trả lời|chuyển|nhắc|gửi lại|giúp bà con|là máy|ghi)(?!\w)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"VN[ĐD]|đ/|/tháng|/người|(?<!\w)\d+(?:k|tr\d*)(?!\w)|\d{1,3}(?:,\d{3})+(?![\d%])|\d{4,} đồng"
    r"|[≤≥~<>]|(?<=\d)đ(?!\w)"
)
_DATE = re.compile(
    r"(?<!\d)\d/\d{1,2}/\d{4}|(?<!\d)\d{1,2}/0[3-9]/\d{4}|(?<!\d)\d{1,2}/[12]/\d{4}|(?<!\d)\d{1,2}[-.]\d{1,2}[-.]\d{4}"
    r"|sớm nhất có thể",
    re.IGNORECASE,
)
_NEAR_A_FORM = re.compile(r"[\d/≤≥~<>]|VN[ĐD]|(?i:sớm nhất)")  # where there is none of these, neither is found
_BARE_BUTTONS = frozenset({"có", "ok", "tại đây", "tiếp", "không", "yes", "no", "here", "next"})


def check_text(text: str, kind: TextKind | str, lang: str = "vi", names: Iterable[str] = ()) -> list[Finding]:
    """The rules that a text breaks; places such as {x} count as one word. `names` are further official names."""
    kind = TextKind(kind)
    findings = list(_everywhere(text))
    findings.extend(_length(text, kind))
    if lang == "en":
        return findings
    plain = _PLACE.sub("", text)
    for name in names:
        plain = plain.replace(name, "")
    findings.extend(_words(plain))
    findings.extend(_forms(plain))
    if kind not in {TextKind.BUTTON, TextKind.TITLE}:
        findings.extend(_sentences(text, names))
    return findings


def check_buttons(labels: Iterable[str]) -> list[Finding]:
    """Labels shown together: at most five, no two alike (A5)."""
    shown = [label.casefold() for label in labels]
    twice = sorted({label for label in shown if shown.count(label) > 1})
    findings = [Finding("A5", f'two buttons say "{label}"') for label in twice]
    return [*findings, Finding("A5", f"{len(shown)} buttons, at most 5")] if len(shown) > 5 else findings


def sentence_words(sentence: str, names: Iterable[str] = ()) -> int:
    """How many words a sentence has; an official name, a figure or a place counts as one (A3)."""
    for name in names:
        sentence = sentence.replace(name, "N")
    return len(_NAMES.sub("N", _PLACE.sub("N", sentence)).replace(" - ", " ").split())


def _everywhere(text: str) -> Iterator[Finding]:
    if not unicodedata.is_normalized("NFC", text):
        yield Finding("NFC", "letters with loose accents")
    if match := _EMOJI.search(text):
        yield Finding("V4", f'emoji "{match.group()}"')
    if "!" in text:
        yield Finding("V4", 'an exclamation mark "!"')


def _length(text: str, kind: TextKind) -> Iterator[Finding]:
    if kind is TextKind.BUTTON:
        if len(text) not in BUTTON_LENGTH:
            yield Finding("A5", f'the button "{text}" has {len(text)} characters, not 2 to 20')
        if text.casefold() in _BARE_BUTTONS:
            yield Finding("A5", f'"{text}" alone does not say what happens')
    limit = _LIMITS.get(kind)
    if limit and len(text) > limit:
        yield Finding("A1", f"{len(text)} characters, at most {limit}")


def _words(plain: str) -> Iterator[Finding]:
    spoken = _ALLOWED_AROUND.sub("", plain)
    for rule, pattern in _NEVER_PATTERNS.items() if _ANY_NEVER.search(spoken) else ():
        for match in pattern.finditer(spoken):
            yield Finding(rule, f'"{match.group()}" is never said')
    if _MACHINE.search(spoken):
        yield Finding("W3", '"AI" is never said')
    unnamed = _NAMES.sub("", plain)
    for match in _CLOSED.finditer(unnamed):
        yield Finding("W4", f'"{match.group()}" must be written in full')
    for word in _WORD.findall(_CLOSED.sub("", unnamed)):
        if word.isupper() and word not in _SHOUT_ALLOWED:
            yield Finding("V4", f'capitals "{word}"')
    if spoken_by := _SPEAKER.search(plain):
        yield Finding("V2", f'"{spoken_by.group()}": "mình" is the reader, never the speaker')


def _forms(plain: str) -> Iterator[Finding]:
    unnamed = re.sub(DOCUMENT, "", plain)
    if _NEAR_A_FORM.search(unnamed) is None:
        return
    if match := _MONEY.search(unnamed):
        yield Finding("A8", f'"{match.group()}": write 3.500.000 đồng, and "từ ... trở xuống", "mỗi"')
    if match := _DATE.search(unnamed):
        yield Finding("A9", f'"{match.group()}": write 05/01/2027, 05/7/2027')


def _sentences(text: str, names: Iterable[str]) -> Iterator[Finding]:
    for sentence in _SENTENCE_END.split(text):
        # Names taken together only make fewer words of it.
        if len(sentence.split()) > SENTENCE_WORDS and (words := sentence_words(sentence, names)) > SENTENCE_WORDS:
            yield Finding("A3", f'{words} words, at most {SENTENCE_WORDS}: "{sentence[:60]}..."')
