"""Days told from the day of speaking: "hôm qua", "thứ hai tuần tới", "cuối tháng", "năm ngoái", "3 ngày nữa".

Each function looks whether such a day begins at a token, for `days.py`.
"""

from datetime import date

from core.text import spans
from core.text.lists import words
from core.text.tokens import Tokens
from core.text.written_days import YEARS_LATER, Found, full_year, month_named, small, year_behind

_PARTS = {"dau": "đầu", "giua": "giữa", "cuoi": "cuối"}
_LATER = {"nay": 0, "ni": 0, "sau": 1, "toi": 1, "truoc": -1, "roi": -1, "qua": -1}
_VAGUE = words("may vai nhieu moi hang tung")
_PART_OF_DAY = ("sáng", "trưa", "chiều", "tối", "đêm")
_DAYS_LATER = (
    (("hôm nay", "bữa nay", "bữa ni", "hôm ni", "ngày hôm nay"), 0),
    (("hôm qua", "bữa qua"), -1),
    (("hôm kia", "hôm tê", "bữa tê"), -2),
    (("ngày mai",), 1),
    (("ngày kia",), 2),
)
_TYPED_DAYS_LATER = {"ngày mốt": 2, "ngày kìa": 3, "hôm kìa": -3}
# What "mai" is not: a roof, a name, a trade, a funeral, "some day", a flower.
_BEFORE_NO_TOMORROW = words(
    """
    chi co ba anh em chau be khuyen thuong hoa cay mot ban nhanh sua lop dot thuy phuong ngoc xuan tuyet thi nha
    """
)
_AFTER_NO_TOMORROW = words(
    """
    nha ton ngoi la tang sau moi mia mot man hien rom tranh linh dong vang fibro sap van thoi do che lop am anh
    lan
    """
)
_WEEKDAYS = {"hai": "hai", "ba": "ba", "tu": "tư", "nam": "năm", "sau": "sáu", "bay": "bảy"}
_WEEKDAY_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_ORDINAL_BEFORE = words("con lan viec dieu cau dua nguoi dot hang nha van chau ho lop ngay so moi cac")
_ORDINAL_AFTER = words("la nhat hai ba nua hang den - moi trong cua")


def part_before(read: Tokens, at: int) -> tuple[str, int]:
    """As "đầu", "giữa", "cuối" or nothing, and the index behind it."""
    typed = _PARTS.get(read.said(at), "")
    return (read.said(at), at + 1) if typed and read.means(at, typed) else ("", at)


def relative_day(read: Tokens, at: int, on: date) -> Found | None:
    """As "hôm qua", "mai", "sáng nay", "ngày kia"."""
    pair = f"{read.at(at).typed} {read.at(at + 1).typed}"
    later = _TYPED_DAYS_LATER.get(pair)
    if later is None:
        for phrases, days in _DAYS_LATER:
            if any(_says(read, at, phrase) for phrase in phrases):
                later = days
    if later is not None:
        return _day(on, later, at + 2)
    if read.means(at, *_PART_OF_DAY) and (read.said(at) != "toi" or read.at(at).typed == "tối"):
        later = {"nay": 0, "mai": 1, "qua": -1, "kia": -2, "ni": 0}.get(read.at(at + 1).typed)
        if later is not None:
            return _day(on, later, at + 2)
    return _day(on, 1, at + 1) if _tomorrow(read, at) else None


def _tomorrow(read: Tokens, at: int) -> bool:
    if (
        read.at(at).typed != "mai"
        or read.said(at - 1) in _BEFORE_NO_TOMORROW
        or read.said(at + 1) in _AFTER_NO_TOMORROW
    ):
        return False
    return not (read.said(at - 1) == "toi" and read.at(at - 1).typed != "tới")


def _says(read: Tokens, at: int, phrase: str) -> bool:
    return all(read.means(at + more, word) for more, word in enumerate(phrase.split()))


def _day(on: date, later: int, end: int) -> Found:
    one = spans.shifted(on, later)
    return Found(end, spans.days(one, one))


def some_ago(read: Tokens, at: int, on: date) -> Found | None:
    """As "3 ngày nữa", "hai tuần trước", "5 năm trước"; what is longer ("3 tháng", "ba năm nay") is no day."""
    said = small(read, at, 100)
    if said is None or not read.means(said[1], "ngày", "tuần", "tháng", "năm"):
        return None
    count, end = said
    nothing, unit, last = Found(end + 1), read.said(end), read.said(end + 1)
    if last not in ("nua", "truoc") or not read.means(end + 1, "nữa", "trước"):
        if last in _LATER or (unit == "thang" and read.said(end + 1) in _PARTS):
            return _half_year(read, count, end, on) or nothing
        return None
    count = count if last == "nua" else -count
    if unit in ("ngay", "tuan"):
        return _day(on, count * (7 if unit == "tuan" else 1), end + 2)
    span = spans.month(on.year, on.month + count) if unit == "thang" else spans.year(on.year + count)
    return Found(end + 2, span)


def _half_year(read: Tokens, count: int, end: int, on: date) -> Found | None:
    """As "6 tháng đầu năm", "3 tháng cuối năm 2025"."""
    part, behind = part_before(read, end + 1)
    if not part or count > 12 or not read.means(behind, "năm"):
        return None
    year, behind = _year(read, behind, on)
    if part == "giua":
        return None
    first = 1 if part == "dau" else 13 - count
    return Found(behind, spans.months(year, first, first + count - 1))


def _year(read: Tokens, at: int, on: date) -> tuple[int, int]:
    """The year named from "năm" on; this one where none is named."""
    year, behind = year_behind(read, at, on)
    return (year, behind) if year else (on.year, at + 1)


def weekly(read: Tokens, at: int, on: date) -> Found | None:
    """As "tuần sau", "cuối tuần", "thứ hai tuần tới", "chủ nhật"."""
    weekday = _weekday(read, at)
    if weekday is not None:
        later, end = _later(read, weekday[1]) if read.means(weekday[1], "tuần") else (None, weekday[1])
        days = weekday[0] - on.weekday()
        return _day(on, days % 7 if later is None else 7 * later + days, end)
    part, begin = part_before(read, at)
    if not read.means(begin, "tuần") or read.said(begin - 1) in _VAGUE:
        return None
    later, end = _later(read, begin)
    if later is None and not part:
        return None
    return Found(end, spans.week(on, later or 0, part))


def _later(read: Tokens, at: int) -> tuple[int | None, int]:
    """How many weeks or months later "tuần ..." or "tháng ..." is, and the index behind it."""
    if _says(read, at + 1, "vừa rồi") or _says(read, at + 1, "vừa qua"):
        return -1, at + 3
    if not read.means(at + 1, "này", "ni", "sau", "tới", "trước", "rồi", "qua", "nay"):
        return None, at + 1
    return _LATER[read.said(at + 1)], at + 2


def _weekday(read: Tokens, at: int) -> tuple[int, int] | None:
    """The weekday (Monday is 0) named here, and the index behind it."""
    if _says(read, at, "chủ nhật"):
        return 6, at + 2
    number = read.whole(at + 1)
    if number is not None and read.said(at) == "t" and read.joined(at + 1) and read.means(at + 2, "tuần"):
        return (number - 2, at + 2) if 2 <= number <= 7 else None
    if not read.means(at, "thứ"):
        return None
    if number is None:
        name = read.said(at + 1)
        if name not in _WEEKDAYS or not read.means(at + 1, _WEEKDAYS[name], "bẩy"):
            return None
        number = _WEEKDAY_NUMBERS[name] + 2
    if not 2 <= number <= 7 or read.said(at - 1) in _ORDINAL_BEFORE or read.said(at + 2) in _ORDINAL_AFTER:
        return None
    return None if read.said(at - 1) in ("den", "-", "tu") else (number - 2, at + 2)


def of_month(read: Tokens, at: int, on: date) -> Found | None:
    """As "tháng 10", "tháng 10 năm ngoái", "cuối tháng", "tháng trước", "quý 3"."""
    part, begin = part_before(read, at)
    if read.means(begin, "quý") and not part:
        quarter = small(read, begin + 1, 4)
        if quarter is None:
            return None
        year, end = year_behind(read, quarter[1], on)
        return Found(end, spans.months(year or on.year, 3 * quarter[0] - 2, 3 * quarter[0]))
    if not read.means(begin, "tháng") or read.said(begin - 1) in _VAGUE or read.value(begin - 1) is not None:
        return None
    named = month_named(read, begin)
    if named is not None:
        return _named_month(read, begin, named, part, on)
    later, end = _later(read, begin)
    if later is None and not part:
        return None
    return Found(end, spans.month(on.year, on.month + (later or 0), part))


_NO_MONTH_BEHIND = words("lan ngay nguoi kg suat bua so cai ky tuan gio nam")


def _named_month(read: Tokens, at: int, named: tuple[int, int], part: str, on: date) -> Found | None:
    """A month by its number; "tháng một lần" is none, nor is "ngày tháng năm sinh"."""
    number, end = named
    year, behind = year_behind(read, end, on)
    if year is None:
        if read.said(end) in _NO_MONTH_BEHIND or (read.said(at - 1) == "ngay" and read.said(at + 1) == "nam"):
            return None
        if read.said(at - 1) in ("mot", "1") and not part:
            return None
        year = spans.nearest_year(on, number)
        if read.means(end, "này", "tới", "rồi"):
            behind = end + 1
    return Found(behind, spans.month(year, number, part))


def of_year(read: Tokens, at: int, on: date) -> Found | None:
    """As "năm ngoái", "đầu năm", "sang năm", "năm 2025"; a year of birth is none."""
    if _says(read, at, "sang năm"):
        return Found(at + 2, spans.year(on.year + 1))
    part, begin = part_before(read, at)
    if not read.means(begin, "năm") or read.said(begin - 1) in _VAGUE or read.said(begin - 1) in ("sinh", "de", "sn"):
        return None
    if not part and (read.value(begin - 1) is not None or small(read, begin - 1, 9)):
        return None
    year = full_year(read, begin + 1, on)
    if year is not None:
        return Found(begin + 2, spans.year(year, part))
    later = YEARS_LATER.get(read.said(begin + 1))
    if later is not None and read.means(begin + 1, "nay", "ni", "ngoái", "trước", "rồi", "kia", "sau", "tới"):
        return Found(begin + 2, spans.year(on.year + later, part))
    return Found(begin + 1, spans.year(on.year, part)) if part and read.said(begin + 1) not in ("hoc", "the") else None
