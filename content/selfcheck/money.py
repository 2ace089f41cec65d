"""Money in a typed answer, as đồng a month, and how it was reckoned."""

import re
from itertools import pairwise
from typing import Any

from content.selfcheck.numbers import last_number, numbers
from content.selfcheck.said import Said
from core.text import amounts, clean, fold
from core.text.money import Amount

_WEEKS, _MONTHS = 52, 12  # of a year
_MOST_MONTH = 200_000_000  # đồng a month from one source: beyond it, it is read back
_LEAST_MONTH = 50_000
_LITTLE = 600_000  # đồng: less, with no time said, may be a day's
_NO_MONEY = re.compile(
    r"^(?:da |u |a |thi )*(?:khong|hong|hok|chang|cha|chua|ko|k)"
    r"(?: (?:co|gi|dong nao|tien|tien nao|dong|xu nao|het|dau|ca|a))*$"
)
_RANGE = re.compile(r"^\s*(?:[-–~]|den|toi|hoac|hay|den chung|luc|khi|bua|hom)?\s*$")
_PER_DAY = re.compile(r"\b(?:ngay|cong|moi ngay|mot ngay|buoi|bua)\b")
_DAYS = re.compile(r"(?:(\w+(?: \w+)?) (?:ngay|cong|buoi|bua)\b)|(?:\bngay (?:lam )?(\d+)\b)")
_TRIPS = re.compile(r"\b(\w+) chuyen\b")
_HALF_MONTH = re.compile(r"\bnua thang\b")
_EACH_MONTH = re.compile(r"\b(?:moi|1|mot|hang) thang\b|\bxx thang\b")
# What is owed or lent is no income; what is sold, or comes well or badly, has no time with it: read back.
_OWED = re.compile(r"\b(?:no|muon|vay|tra gop)\b")
_ODD = re.compile(r"\b(?:ban|sao|mat mua|that mua|hut|lo)\b|\bthi\b.*\bthi\b")
_EVERY_MONTHS = re.compile(r"\b(\d+|hai|ba|bon|nam|sau) thang (?:duoc |la )?(?:1|mot) (?:lua|vu|dot)\b")
_RICE = re.compile(
    r"\blúa\b|(?<=\btan )lua\b|(?<=\bta )lua\b|(?<=\bkg )lua\b|(?<=\bruong )lua\b|(?<=\btrong )lua\b", re.IGNORECASE
)
# "10 triệu 1 vụ" are ten million, one season: what is counted does not belong to the sum before it.
_UNITS_APART = re.compile(
    r"(triệu|trieu|tr|nghìn|nghin|ngàn|ngan|k) (\d+ ?(?:vụ|vu|mùa|mua|lứa|lua|đợt|dot|buổi|buoi|công|cong)\b"
    r"|(?:người|nguoi) \d)"
)
_EACH = re.compile(r"\b(?:moi|1|mot|tung) (?:nguoi|dua|ong|ba|em|khau)\b|^\W*(?:nguoi|dua)\b|\bxx (?:nguoi|dua)\b")
_IRREGULAR = re.compile(r"\b(?:luc|khi|hom|bua|ngay|thang) co (?:luc|khi|hom|bua|ngay|thang) (?:khong|ko|k)\b")
_PEOPLE = re.compile(r"\b(\w+) (?:nguoi|dua|ong ba|em)\b")
_OFF = re.compile(r"\btr(?:ừ|ư|u)\b", re.IGNORECASE)
_MONTHS_APART = re.compile(r"\bthang (?:nay|truoc|roi|ni)\b.*\bthang (?:nay|truoc|roi|ni)\b")
_YEARS_APART = re.compile(r"\bnam (?:nay|ni|ngoai|roi|truoc)\b.*\bnam (?:nay|ni|ngoai|roi|truoc)\b")
_PER_YEAR = re.compile(
    r"\b(?:nam nay|nam ni|nam ngoai|nam roi|nam truoc|xx nam|nam xx|tet|mot nam|moi nam|1 nam|ca nam|hang nam"
    r"|nam duoc|nam thu|tinh nam|per year|a year)\b"
)
_PER_WEEK = re.compile(r"\b(?:mot tuan|moi tuan|1 tuan|tuan duoc|hang tuan|tuan|a week)\b")
_SEASONS = re.compile(r"\b(\w+(?: \w+)?)?(?:^| )(?:vu|lua|dot|lan|(?:mot|moi|1|duoc|ca) mua|mua (?:duoc|nay|xx))\b")
_MONTHS_LONG = re.compile(r"\b(\w+(?: \w+)?) thang\b")

# In an answer about money these are said of money alone; what they make is read back.
_COUNT = r"(\d+(?:[.,]\d+)?|một|mot|hai|ba|bốn|bon|năm|nam|sáu|sau|bảy|bay|tám|tam|chín|chin|mười|muoi)"
_SLANG = (
    (re.compile(rf"\b{_COUNT} ?(?:củ|cu|chai)(?= (?:rưỡi|rưởi|ruoi)\b|\W|$)", re.IGNORECASE), r"\1 triệu"),
    (re.compile(rf"\b{_COUNT} ?(?:xị|xi|lít|lit)\b", re.IGNORECASE), r"\1 trăm nghìn"),
    (
        re.compile(
            rf"\b{_COUNT} (trăm|tram|chục|chuc)(?! ?(?:\w+ )?"
            r"(?:nghìn|nghin|ngàn|ngan|k|triệu|trieu|tr|đồng|dong|rưỡi|rưởi|ruoi|m2|tỷ|ty)\b)",
            re.IGNORECASE,
        ),
        r"\1 \2 nghìn",
    ),
)
# "ngày 150", "300/ngay": thousands, as everybody says them.
_BARE_WAGE = (
    re.compile(
        r"\b((?:ngày|ngay|công|cong|buổi|buoi)(?: (?:được|duoc|bán|ban|kiếm|kiem|chừng|chung|khoảng|khoang|tầm|tam"
        r"|lời|loi|có|co))*) (\d{2,3})(?=$|[ ,.;])(?! ?(?:ngày|ngay|nghìn|nghin|ngàn|ngan|k|tr|triệu|vé|ve|tờ|to"
        r"|người|nguoi)\b)",
        re.IGNORECASE,
    ),
    re.compile(r"()\b(\d{2,3})(?= ?/ ?(?:ngày|ngay|công|cong|buổi|buoi)\b)", re.IGNORECASE),
)
_GOODS = re.compile(
    r"\b(?:tan|ta|kg|ky|ki|bao|gia|con|thung|ro|kilo|buong|xe)\b"
    r"(?: (?:lua|gao|bap|ngo|mi|san|ca|tom|heo|lon|bo|trau|ga|vit|de|mia|dua|chuoi|ca phe|tieu|dieu|rau|toi|hanh|nho"
    r"|mu))?"
)


def money(text: str) -> Said | None:
    """đồng a month that a text tells, with how it was reckoned.

    Understands days of work ("150k/ngày, 20 ngày"), a week, a year, seasons ("mỗi vụ 8 triệu, 2 vụ"), a harvest for
    some months ("12 triệu, 6 tháng"), several people ("chồng 5 triệu, vợ 3 triệu") and a range, of which the middle is
    taken. What is still to be asked stands by its name: a day's wage without the days is {"day": đồng}, what each of
    some people gets {"each": đồng}.
    """
    text, guessed = _plain(_UNITS_APART.sub(r"\1, \2", _RICE.sub("gạo", clean(text))))
    folded = fold(text)
    if _NO_MONEY.match(folded) or folded in ("0", "0 dong"):
        return Said(value={"month": 0, "said": []})
    found = list(amounts(text))
    if not found:
        return _bare(text, folded)
    if re.match(r"^\s*[-–]\s*\d", text):
        return Said(value={"month": -found[0].dong, "said": []}, sure=False)
    sums, read_back = _together(text, found)
    rest = fold(_without(text, found))
    irregular = _IRREGULAR.search(rest) is not None
    rest = _IRREGULAR.sub(" ", rest)
    if (off := _OFF.search(text)) is not None and found[0].start < off.start() < found[-1].start:
        sums, read_back = [found[0].dong - sum(one.dong for one in found[1:])], True
    if len(sums) > 1 and (_MONTHS_APART.search(rest) or _YEARS_APART.search(rest)):
        sums, read_back = [sum(sums) // len(sums)], True
    of_each = _EACH.search(rest) is not None
    value = _each(rest, sums) if of_each else _reckoned(rest, sums)
    if value is None:
        return None
    seasons = value.get("said", [])[:1] == ["seasons"] and not numbers(rest)  # how many a year was not said
    month = value.get("month")
    likely = month is None or month == 0 or _LEAST_MONTH <= month <= _MOST_MONTH
    # "250k" for a month is likelier a day's wage; and time is what people leave out.
    untimed = not value.get("said") and "day" not in value and "thang" not in rest
    odd = _OWED.search(rest) is not None or (untimed and (_ODD.search(rest) is not None or sums[0] < _LITTLE))
    return Said(value=value, sure=likely and not (read_back or seasons or of_each or guessed or irregular or odd))


def goods(text: str) -> bool:
    """Whether a text tells of a harvest or animals and not of money: "2 tấn lúa".

    >>> goods("được 2 tấn lúa"), goods("2 triệu")
    (True, False)
    """
    return bool(numbers(text)) and not amounts(text) and _GOODS.search(fold(text)) is not None


def _plain(text: str) -> tuple[str, bool]:
    """The text with "củ", "chai", "2 trăm" and "ngày 150" as what they mean, and whether there were any."""
    before = text
    for pattern, meant in _SLANG:
        text = pattern.sub(meant, text)
    for pattern in _BARE_WAGE:
        text = pattern.sub(lambda found: f"{found.group(1)} {found.group(2)} nghìn".strip(), text)
    return text, text != before


def _bare(text: str, folded: str) -> Said | None:
    """ "150", "5": what is meant is likely thousands or millions, and is asked."""
    found = [one for one in numbers(text) if one > 0]
    if len(found) != 1 or not re.fullmatch(r"(?:khoang |chung |tam |co )*[\d.,]+(?: ruoi)?", folded):
        return None
    scale = 1_000_000 if found[0] < 100 else 1_000 if found[0] < 10_000 else 1
    return Said(value={"month": int(found[0] * scale), "said": []}, sure=False)


def _together(text: str, found: list[Amount]) -> tuple[list[int], bool]:
    """The amounts of a text; two with only "-" or "đến" between are one range, of which the middle counts."""
    sums, ranged = [found[0].dong], False
    for before, after in pairwise(found):
        between = text[before.end : after.start]
        if (
            _RANGE.match(fold(between) if between.strip(" -–~") else between)
            and before.dong <= after.dong
            and not ranged
        ):
            sums[-1] = (sums[-1] + after.dong) // 2
            ranged = True
        else:
            sums.append(after.dong)
    return sums, ranged


def _without(text: str, found: list[Amount]) -> str:
    for one in reversed(found):
        text = f"{text[: one.start]} xx {text[one.end :]}"
    return text


def _reckoned(rest: str, sums: list[int]) -> dict[str, Any] | None:
    """Amounts and the words around them as đồng a month; `said` keeps the way, to be shown."""
    total = sum(sums)
    if "chuyen" in rest.split():
        return _by_trip(rest, total)
    if _PER_DAY.search(rest):
        return _by_day(rest, sums)
    for reader in (_by_half_month, _by_season, _by_year_or_week, _by_months):
        if (value := reader(rest, total)) is not None:
            return value
    return {"month": total, "said": ["sum", *sums] if len(sums) > 1 else []}


def _by_half_month(rest: str, total: int) -> dict[str, Any] | None:
    return {"month": total * 2, "said": ["half_month", total]} if _HALF_MONTH.search(rest) else None


def _by_season(rest: str, total: int) -> dict[str, Any] | None:
    """Seasons of a year: "2 vụ", or "3 tháng một lứa"."""
    if (every := _EVERY_MONTHS.search(rest)) is not None and (long := last_number(every.group(1))):
        return {"month": total // long, "said": ["months", total, long]}
    seasons = list(_SEASONS.finditer(rest))
    if not seasons:
        return None
    counts = [last_number(one.group(1) or "") for one in seasons]
    times = max((one for one in counts if one is not None and one <= 12), default=1)
    return {"month": total * times // _MONTHS, "said": ["seasons", total, times]}


def _by_year_or_week(rest: str, total: int) -> dict[str, Any] | None:
    if _PER_YEAR.search(rest):
        return {"month": total // _MONTHS, "said": ["year", total]}
    return {"month": total * _WEEKS // _MONTHS, "said": ["week", total]} if _PER_WEEK.search(rest) else None


def _by_months(rest: str, total: int) -> dict[str, Any] | None:
    """A harvest for some months, or so much a month in some months of the year."""
    months = _months(rest)
    if months is None or months < 2:
        return None
    if months < _MONTHS and _EACH_MONTH.search(rest):
        return {"month": total * months // _MONTHS, "said": ["some_months", total, months]}
    return {"month": total // months, "said": ["months", total, months]}


def _by_trip(rest: str, total: int) -> dict[str, Any] | None:
    """ "Mỗi chuyến 5 triệu, tháng 2 chuyến"; without how many a month nothing is made of it."""
    counted = [last_number(found.group(1)) for found in _TRIPS.finditer(rest)]
    trips = next((one for one in counted if one is not None and 1 < one <= 31), 1 if "1 chuyen" in rest else None)
    if trips is None or "thang" not in rest:
        return None
    return {"month": total * trips, "said": ["trips", total, trips]}


def _by_day(rest: str, sums: list[int]) -> dict[str, Any] | None:
    """A day's wage by the days of a month; of several people with days of their own nothing is made."""
    days, day = _days(rest), sum(sums)
    if days is None:
        return {"day": day}
    several = len(sums) > 1 and len({one for one in _all_days(rest) if one > 1}) > 1
    return {"month": day * days, "said": ["days", day, days]} if 0 < days <= 31 and not several else None


def _days(rest: str) -> int | None:
    return next((one for one in _all_days(rest) if one > 1), None)


def _all_days(rest: str) -> list[int]:
    counted = (last_number(found.group(1) or found.group(2) or "") for found in _DAYS.finditer(rest))
    return [one for one in counted if one is not None]


def _months(rest: str) -> int | None:
    for found in _MONTHS_LONG.finditer(rest):
        counted = last_number(found.group(1))
        if counted is not None and 0 < counted <= 24:
            return counted
    return None


def _each(rest: str, sums: list[int]) -> dict[str, Any] | None:
    """What each of some people gets, times the people where they are counted; different sums are added up."""
    if len(sums) > 1:
        return {"month": sum(sums), "said": ["sum", *sums]}
    if any(one.search(rest) for one in (_PER_DAY, _PER_WEEK, _PER_YEAR)):
        return None  # each of them and a time of its own: too much to guess
    counted = (last_number(found.group(1)) for found in _PEOPLE.finditer(rest))
    people = next((one for one in counted if one is not None and one > 1), None)
    if people is None:
        return {"each": sums[0]}
    return {"month": sums[0] * people, "said": ["people", sums[0], people]}
