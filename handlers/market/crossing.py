"""Answers of a market's form that belong to another question of it than the open one: told apart by what they say."""

import re
import unicodedata

from content.goods import AMOUNT, goods_in
from core.text import clean

_UNIT = r"(?:con|kg|ky|ki|kilo|lang|ta|tan|yen|bao|thung|buong|qua|trai|bo|chai|lit|cai|cap|doi|chuc|cay|cu|hu|bung)"
_DIGITS = r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?"
_SAID = r"(?:(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|chuc|tram|linh|le) )+"
_MONEY = rf"(?:(?:{_DIGITS}) ?(?:k|nghin|ngan|tr|trieu|dong|d|vnd)(?:(?<=tr)\d)?|{_SAID}(?:nghin|ngan|trieu|dong))\b"
_EACH = rf"(?: ?/ ?(?:1 ?)?{_UNIT}\b| (?:mot|1|moi) ?{_UNIT}\b)"
_LEAD = r"(?:\b(?:voi )?gia(?: (?:la|khoang|tam|chung))* )"
_PRICE = re.compile(rf"(?P<lead>{_LEAD})?(?<![\w.,])(?P<money>{_MONEY}(?: ruoi| dong)*)(?P<each>{_EACH})?")
_SURELY = re.compile(r"\d ?(?:k|d|dong|vnd)\b|dong\b")  # thousands may also be counted: "2 ngàn cây giống"
_AROUND = r"(?:toi|tui|em|minh|nha|thi|la|cung|co|ban|mua|can|lay|khoang|chung|tam|con lai|duoc|thoi|nhe|a)"
_AMOUNT = re.compile(
    rf"(?:{_AROUND} )*(?P<said>{AMOUNT.pattern}(?: (?:moi|mot|1|hang) (?:ngay|tuan|thang|vu|lua|bua|phien))?)"
    rf"(?: {_AROUND})*"
)
_DAY = (
    r"(?:mai|kia|nay|tuan|thang|ngay|hom|tet|bua|sang|trua|chieu|dem|chu nhat|cuoi tuan|dau tuan|giua thang"
    r"|bay gio|thu (?:\d|hai|ba|tu|nam|sau|bay)|\d{1,2} ?(?:h|gio)(?:\d{1,2})?|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)"
)
_WITH_A_DAY = (
    r"(?:lay|den|qua|giao|ban|mua|la|thi|se|nhe|nha|a|di|hang|co|trong|truoc|sau|khoang|tam|vao|luc|toi|tui|em|duoc"
    r"|ngay|roi|moi|nua|toi|ap|cuoi|dau|giua|mot|hai|ba|bon|nam|vai|may|\d{1,2})"
)
_TIME = re.compile(rf"(?:{_WITH_A_DAY} )*{_DAY}(?: (?:{_WITH_A_DAY}|{_DAY}))*")
_MARKED_PLACES = "thôn|tổ|làng|bản|khu|ấp|xóm|buôn|khối|khóm"
_PLACE = re.compile(
    rf"(?:(?:o|ở|tại|tai) )?(?:(?:{_MARKED_PLACES}|thon|xom|khu|tdp)(?: [\w.]+){{1,4}}"
    r"|(?:to|lang|ban|ap|buon|khoi|khom) \d{1,2})"
)


def _flat(text: str) -> str:
    """The same signs in small letters without marks, as many as before; so what is found there is found in the text."""
    return "".join("d" if one in "đĐ" else unicodedata.normalize("NFD", one)[0].lower()[:1] for one in text)


def price_in(text: str) -> tuple[str, str]:
    """The price that a text says in money, and the rest of it; "" where it says none.

    >>> price_in("120k 1 kg"), price_in("20 con gà giá 150 ngàn/con"), price_in("2 ngàn cây giống")
    (('120k 1 kg', ''), ('150 ngàn/con', '20 con gà'), ('', '2 ngàn cây giống'))
    """
    text = clean(text)
    flat = _flat(text)
    for found in _PRICE.finditer(flat):
        last = not flat[found.end() :].strip(" .,;!")
        if not (found["lead"] or found["each"] or last or _SURELY.search(found["money"])):
            continue
        rest = f"{text[: found.start()].rstrip(' ,;')} {text[found.end() :].lstrip(' ,;')}"
        return text[found.start("money") : found.end()], " ".join(rest.split()).strip(" .,;!")
    return "", text


def priced_goods(text: str) -> tuple[str, str]:
    """The same of a sentence that names goods: what is left must still name them.

    >>> priced_goods("bán 20 con gà 150k 1 con"), priced_goods("bán 20 ngan")
    (('150k 1 con', 'bán 20 con gà'), ('', 'bán 20 ngan'))
    """
    price, rest = price_in(text)
    return (price, rest) if price and goods_in(rest) is not None else ("", text)


def belongs_to(text: str) -> tuple[str, str] | None:
    """The question that words plainly answer, with the answer: amount, when or hamlet; None where they may be anything.

    >>> belongs_to("mai lấy"), belongs_to("20 con thôi"), belongs_to("ở thôn 3"), belongs_to("gà nhà nuôi")
    (('when', 'mai lấy'), ('amount', '20 con'), ('hamlet', 'thôn 3'), None)
    """
    text = " ".join(re.sub(r"[.,;!]+(?=\s|$)", " ", clean(text)).split())
    flat = _flat(text)
    if (found := _AMOUNT.fullmatch(flat)) is not None:
        return "amount", text[found.start("said") : found.end("said")]
    if _TIME.fullmatch(_flat(text.lower().replace("mốt", "ngày mốt"))):
        return "when", text
    if _PLACE.fullmatch(text.lower()):
        return "hamlet", re.sub(r"^(?:ở|o|tại|tai) ", "", text, flags=re.IGNORECASE)
    return None


def only_answers(text: str) -> bool:
    """Whether words are nothing but a price, an amount, a day or a place, or several of these.

    >>> only_answers("sáng mai"), only_answers("mai lấy 20 con, 150k một con"), only_answers("mai tôi chết")
    (True, True, False)
    """
    price, rest = price_in(text)
    flat = " ".join(AMOUNT.sub(" ", _flat(rest)).split())
    counted = flat != _flat(rest)
    return (bool(price or counted) and not flat) or belongs_to(flat if counted else rest) is not None
