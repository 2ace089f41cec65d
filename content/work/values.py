"""Wages, days, numbers and coordinates as they stand in lists. All raise ValueError, saying what to write instead."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.text import Days, amounts, dates, fold
from core.work import Paid

UNTIL_FULL = timedelta(days=60)  # how long something is offered that is offered "until there are enough"
_FIRST_DAY = date(1899, 12, 30)  # from which spreadsheets count days
_SERIAL = range(43_831, 73_051)  # 2020 to 2099
_AGREED = re.compile(r"thoa thuan|thuong luong|canh tranh|trao doi|theo nang luc|phu hop")
# Folded as people type: "kg" is "không" there.
_PER = (
    (Paid.HOUR, re.compile(r"(?:/|\b(?:mot|moi|theo)) ?(?:gio|h)\b")),
    (Paid.PIECE, re.compile(r"/ ?(?:sp|san pham|khong|ky|cai|chiec|ao|doi|tan|to|chuyen)\b|\b(?:khoan|an san pham)\b")),
    (Paid.DAY, re.compile(r"(?:/|\b(?:mot|moi|theo)) ?(?:ngay|cong|buoi)\b|\bngay cong\b")),
    (Paid.MONTH, re.compile(r"(?:/|\b(?:mot|moi|theo)) ?(?:thang|th)\b|\bhang thang\b")),
)
# What is earned lies between these, in đồng; outside, a nought is missing or too many.
_BETWEEN = {
    Paid.MONTH: (1_000_000, 200_000_000),
    Paid.DAY: (50_000, 5_000_000),
    Paid.HOUR: (10_000, 1_000_000),
    Paid.PIECE: (50, 5_000_000),
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TURNED = re.compile(r"\b(\d{1,3}) (?:trieu )?(?:den|toi) (\d{1,3}) ?(?:trieu|tr)\b")
# Units in the head of a column, as they are typed: folded, "k" is "không".
_MILLIONS = re.compile(r"(?<!\w)(?:triệu|trieu|trđ|tr)(?!\w)")
_THOUSANDS = re.compile(r"(?<!\w)(?:nghìn|ngàn|nghin|ngan|k|1\.?000 ?(?:đ|đồng))(?!\w)")
_ONLY_UP_TO = re.compile(r"^(?:den|toi|toi da|khong qua|cao nhat)\b")
_UNTIL_FULL = re.compile(
    r"(?:den )?khi (?:nao )?du|lien tuc|thuong xuyen|quanh nam|du nguoi|du so luong|khong thoi han"
)
_NO_SEATS = re.compile(r"(?:khong (?:gioi han|han che)|nhieu|so luong lon)")


@dataclass(frozen=True, slots=True)
class Wage:
    """What is paid: from and to in đồng, and for what."""

    least: int | None
    most: int | None
    paid: Paid


def wage(said: str, head: str = "") -> Wage:
    """A wage as it is written; `head` is the column's, which may name the unit.

    >>> wage("7-9tr"), wage("250k/ngày").paid.value, wage("7,5 - 9", "Mức lương (triệu đồng/tháng)").most
    (Wage(least=7000000, most=9000000, paid=<Paid.MONTH: 'month'>), 'day', 9000000)
    """
    if not said.strip() or _AGREED.search(fold(said)):
        return Wage(None, None, Paid.AGREED)
    sums = _sums(said, head)
    if not sums:
        raise ValueError(f"không đọc được “{said}”; ghi như: 7-9 triệu/tháng, 250.000đ/ngày, thỏa thuận")
    if len(sums) > 2:
        raise ValueError(f"“{said}” có {len(sums)} số tiền; chỉ ghi từ bao nhiêu đến bao nhiêu")
    turned = _TURNED.search(fold(said.replace("-", " den ")))
    if sums != sorted(sums) or (turned and int(turned[1]) > int(turned[2])):
        raise ValueError(f"“{said}”: số trước lớn hơn số sau; ghi số nhỏ trước, như: 7-9 triệu/tháng")
    paid = _paid(said, head, sums)
    least, most = _BETWEEN[paid]
    if not all(least <= one <= most for one in sums):
        raise ValueError(f"“{said}” thừa hay thiếu số 0; ghi như: 7-9 triệu/tháng, 250.000đ/ngày")
    if len(sums) == 1:
        up_to = _ONLY_UP_TO.search(fold(said)) is not None
        exact = re.search(r"\b(?:tu|tren|hon|toi thieu|it nhat)\b|\+|tro len", fold(said)) is None
        return Wage(None if up_to else sums[0], sums[0] if up_to or exact else None, paid)
    return Wage(sums[0], sums[1], paid)


def _sums(said: str, head: str) -> list[int]:
    """The sums that are written, in đồng; `head` is the column's, which may name the unit.

    >>> _sums("7-9tr", ""), _sums("7", "Từ (tr)"), _sums("250", "Đến (k)")
    ([7000000, 9000000], [7000000], [250000])
    """
    found = [one.dong for one in amounts(said)]
    if found:
        return list(dict.fromkeys(found))
    numbers = [one.group() for one in _NUMBER.finditer(said)]
    lower = head.lower()
    times = 1_000_000 if _MILLIONS.search(lower) else 1000 if _THOUSANDS.search(lower) else 1
    sums = [_number(one, times) for one in numbers]
    return list(dict.fromkeys(one for one in sums if one >= 1000))


def _number(written: str, times: int) -> int:
    """A number with separators: of thousands where three digits stand behind each, else of decimals."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+|\d+", written):
        whole = int(re.sub(r"[.,]", "", written))
        return whole if whole >= 10_000 else whole * times
    return int(float(written.replace(",", ".")) * times) if written.count(".") + written.count(",") == 1 else 0


def _paid(said: str, head: str, sums: list[int]) -> Paid:
    for text in (said, head):
        folded = _with_strokes(text)
        for paid, pattern in _PER:
            if pattern.search(folded):
                return paid
    if min(sums) >= _BETWEEN[Paid.MONTH][0]:
        return Paid.MONTH
    raise ValueError(f"“{said}” là một ngày, một giờ hay một sản phẩm? Ghi rõ, như: {said.strip()}/ngày")


def _with_strokes(text: str) -> str:
    """Folded piece by piece: the stroke of "250k/ngày" stays."""
    return "/".join(f" {fold(one)} " if one.strip() else "" for one in text.split("/")).replace(" /", "/")


def last_day(said: str, on: date) -> date:
    """The last day of an offer; "until there are enough" is 60 days.

    >>> [last_day(one, date(2026, 11, 21)).isoformat() for one in ("30/11", "hết tháng 11/2026", "46356")]
    ['2026-11-30', '2026-11-30', '2026-11-30']
    """
    if not said.strip():
        raise ValueError("trống; ghi ngày cuối còn nhận, như: 30/11/2026, hoặc: đến khi đủ người")
    if _UNTIL_FULL.search(fold(said)):
        return on + UNTIL_FULL
    day = _day(said, on)
    if day is None:
        raise ValueError(f"không đọc được “{said}”; ghi như: 30/11/2026, hết tháng 11/2026, đến khi đủ người")
    if day < on:
        raise ValueError(f"“{said}” đã qua; ghi ngày mới, hoặc bỏ dòng này")
    return day


def likely(dong: int, paid: Paid) -> bool:
    """Whether somebody can be paid so much; otherwise a nought is missing or too many.

    >>> likely(7_000_000, Paid.MONTH), likely(7_000_000, Paid.DAY)
    (True, False)
    """
    least, most = _BETWEEN[paid]
    return least <= dong <= most


def first_day(said: str, on: date) -> date | None:
    """The day on which a course opens; None where none is said."""
    if not said.strip() or "du" in fold(said).split():
        return None
    day = _day(said, on, last=False)
    if day is None:
        raise ValueError(f"không đọc được “{said}”; ghi như: 15/12/2026")
    return day


def _day(said: str, on: date, *, last: bool = True) -> date | None:
    said = said.strip()
    if said.isdecimal() and int(said) in _SERIAL:
        return _FIRST_DAY + timedelta(days=int(said))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        try:
            return date.fromisoformat(said)
        except ValueError:
            return None
    found = [one for one in dates(said, on=on) if isinstance(one, Days)]
    if not found:
        return None
    return found[-1].last if last else found[0].first


def seats(said: str) -> int | None:
    """How many are taken; None where it is not said."""
    folded = fold(said)
    if not folded or _NO_SEATS.fullmatch(folded):
        return None
    found = re.fullmatch(r"(?:khoang |can |tuyen )?(\d{1,4})(?: (?:nguoi|lao dong|cho|hoc vien|em|ld|hv))?", folded)
    if found is None or int(found[1]) == 0:
        raise ValueError(f"không đọc được “{said}”; ghi một số, như: 20")
    return int(found[1])


def coordinates(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Where it is, in degrees within Viet Nam; None where neither is said."""
    if not latitude.strip() and not longitude.strip():
        return None
    try:
        north, east = (float(one.strip().replace(",", ".")) for one in (latitude, longitude))
    except ValueError:
        north = east = 0.0
    # The land and its islands lie between these degrees.
    if not (7 <= north <= 24 and 102 <= east <= 118):
        raise ValueError("không phải tọa độ ở Việt Nam; ghi cả hai, như: 14,35 và 108,00, hoặc bỏ trống cả hai")
    return north, east
