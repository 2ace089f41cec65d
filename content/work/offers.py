"""Rows of lists as vacancies and courses: each whole, or told with its sheet, its line and all that is wrong with it.

What is told of a row is in Vietnamese: the officers of a ward read it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from content.contact_list import phone_of
from content.formatting import phone_text
from content.trades import Trades
from content.work import lawful, values
from content.work.columns import COLUMNS, Heads, heads_of
from content.work.oldfonts import in_old_font
from content.work.sheets import Hidden, Row, Sheet, UnreadableListError, hidden_below, old_font
from core.text import fold
from core.work import LONGEST, Offer, OfferKind, Paid

_TEXTS = ("employer", "place", "hours", "health", "basis", "papers", "licence", "lodging", "level", "length", "support")
MOST_REFERENCE = 60  # characters of what a list calls an offer by
_FORMULA = ("=", "@", "\t")
_TOTAL = re.compile(r"tong|cong|tong (?:so|cong|nhu cau)(?: .*)?|cong (?:tat ca|lai)")
_SIGNED = re.compile(r"(?:nguoi lap|noi nhan|ghi chu|tm|chu tich|giam doc|thu truong|luu y)\b.*")
_NO_DEGREE = re.compile(
    r"(?:khong(?: yeu cau| can| doi hoi)?(?: bang cap| trinh do)?|pho thong|chua qua dao tao|ldpt|0)"
)
_OUTSIDE = re.compile(r"\b(?:tinh|thanh pho|tp) (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be taken: where, and how to mend it."""

    sheet: str
    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """What a file holds."""

    offers: tuple[Offer, ...]
    bad: tuple[BadRow, ...]
    unread: tuple[str, ...]  # heads of columns that nothing is read from
    hidden: tuple[Hidden, ...] = ()  # rows that were left aside, as nobody sees them


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The place whose list it is: what is elsewhere is told by other names."""

    names: tuple[str, ...]  # of the place and its hamlets, folded
    province: str  # folded


def read_offers(sheets: Sequence[Sheet], trades: Trades, home: Home, on: date, where: str) -> ReadList:
    """The offers of a file. Raises UnreadableListError where no sheet has heads that are known."""
    offers: list[Offer] = []
    bad: list[BadRow] = []
    unread: list[str] = []
    hidden: list[Hidden] = []
    found = [(sheet, heads_of(sheet.rows)) for sheet in sheets]
    if not any(heads for _, heads in found):
        raise _no_heads(sheets, where)
    for sheet, heads in found:
        if heads is None:
            continue
        unread += heads.unread
        hidden += hidden_below(sheet, sheet.rows[heads.last].line)
        for row in sheet.rows[heads.last + 1 :]:
            if row.empty or _is_no_offer(row, heads):
                continue
            try:
                offers.append(_Reader(row, heads, trades, home, on).offer())
            except ValueError as error:
                bad.append(BadRow(sheet=sheet.name, line=row.line, what=str(error)))
    told = tuple(dict.fromkeys(unread))
    return ReadList(offers=tuple(offers), bad=tuple(bad), unread=told, hidden=tuple(hidden))


def _no_heads(sheets: Sequence[Sheet], where: str) -> UnreadableListError:
    text = " ".join(cell for sheet in sheets for row in sheet.rows[:10] for cell in row.cells)
    what = "không có dòng tên cột nào đọc được trong mười dòng đầu"
    if in_old_font(text):
        return old_font(where)
    mend = "đặt tên cột, như: Vị trí việc làm, Đơn vị, Nơi làm việc, Mức lương, Hạn nộp"
    return UnreadableListError("heads", what, where=where, mend=mend)


def _is_no_offer(row: Row, heads: Heads) -> bool:
    """Totals, and what is signed below a list; a row of numbers of columns; heads that are repeated."""
    said = [fold(cell) for cell in row.cells if cell]
    first, different = said[0], set(said)
    if _TOTAL.fullmatch(first) or (len(different) <= 2 and _SIGNED.fullmatch(first)):
        return True
    numbered = len(said) > 2 and all(re.fullmatch(r"\d{1,2}", one) for one in said)
    title = heads.said.get("title", heads.said.get("course", ""))
    place = heads.places.get("title", heads.places.get("course", 0))
    repeated = place < len(row.cells) and row.cells[place] == title
    # One merged cell over the whole line names a part of the list.
    part = len(different) == 1 and len(said) > 2
    return numbered or repeated or part or (len(said) == 1 and "title" not in _columns_of(row, heads))


def _columns_of(row: Row, heads: Heads) -> set[str]:
    return {name for name, place in heads.places.items() if place < len(row.cells) and row.cells[place]}


class _Reader:
    """One row, and all that is wrong with it."""

    def __init__(self, row: Row, heads: Heads, trades: Trades, home: Home, on: date) -> None:
        self._cells, self._heads, self._trades, self._home, self._on = row.cells, heads, trades, home, on
        self._faults: list[str] = []

    def offer(self) -> Offer:
        """Raises ValueError with everything that is to be mended, each by the head of its column."""
        kind = OfferKind.COURSE if self._heads.courses else OfferKind.VACANCY
        title_column = "course" if self._said("course") and kind is OfferKind.COURSE else "title"
        if title_column not in self._heads.places:
            title_column = next(
                (one for one in ("title", "course", "occupation") if one in self._heads.places), "title"
            )
        title = self._needed(title_column, "việc gì, như: May công nghiệp")
        self._sound()
        self._lawful(title_column, kind)
        wage = self._read("wage", self._wage)
        opens = self._read("opens", lambda: values.first_day(self._said("opens"), self._on))
        found = self._read("latitude", lambda: values.coordinates(self._said("latitude"), self._said("longitude")))
        texts = {name: self._said(name) for name in _TEXTS}
        none_asked = _NO_DEGREE.fullmatch(fold(self._said("degree"))) is not None
        offer: dict[str, Any] = {
            **texts,
            "employer": self._needed("employer", "tên đơn vị tuyển hoặc trường dạy"),
            "place": self._needed("place", "làm hay học ở đâu"),
            "occupation": self._read("occupation", lambda: self._trade(title)),
            "deadline": self._read("deadline", lambda: self._deadline(opens)),
            "seats": self._read("seats", lambda: values.seats(self._said("seats"))),
            "age_from": self._read("age", lambda: lawful.age_from(self._said("age"))),
            "contact": self._read("phone", self._contact),
            "degree": "" if none_asked else self._said("degree"),
            "no_degree": none_asked,
            "away": self._away(),
        }
        if self._faults:
            raise ValueError("; ".join(dict.fromkeys(self._faults)))
        offer |= {"latitude": found[0], "longitude": found[1]} if found else {}
        offer |= {"wage_from": wage.least, "wage_to": wage.most, "paid": wage.paid} if wage else {}
        told = {"priority": self._said("priority"), "note": self._said("note"), "opens": opens}
        told["reference"] = self._said("reference")[:MOST_REFERENCE]
        return Offer(kind=kind, title=title, **told, **offer)

    def _said(self, name: str) -> str:
        place = self._heads.places.get(name)
        return self._cells[place] if place is not None and place < len(self._cells) else ""

    def _named(self, name: str) -> str:
        """What a column is called in the list, else what lists mostly call it."""
        ends = [self._heads.said[one] for one in ("wage_from", "wage_to") if name == "wage" and self._said(one)]
        return self._heads.said.get(name) or " – ".join(ends) or COLUMNS[name][0]

    def _read(self, name: str, reader: Callable[[], Any]) -> Any:
        try:
            return reader()
        except ValueError as error:
            self._faults.append(f"{self._named(name)}: {error}")
            return None

    def _needed(self, name: str, what: str) -> str:
        said = self._said(name)
        if not said:
            self._faults.append(f"{self._named(name)}: trống; ghi {what}")
        return said

    def _sound(self) -> None:
        for name in self._heads.places:
            said, head = self._said(name), self._heads.said[name]
            if len(said) > LONGEST:
                self._faults.append(f"{head}: dài hơn {LONGEST} chữ; viết ngắn lại")
            elif said.startswith(_FORMULA):
                self._faults.append(f"{head}: bắt đầu bằng “{said[0]}” như một công thức; bỏ dấu ấy")
            elif in_old_font(said):
                self._faults.append(f"{head}: viết bằng bảng mã cũ (TCVN3 hay VNI); chuyển sang Unicode")

    def _lawful(self, title: str, kind: OfferKind) -> None:
        self._read("sex", lambda: lawful.demand_no_sex(self._said("sex")))
        # Whom a course is meant for, its programme says: to women, say, by law.
        whom = ("priority",) if kind is OfferKind.VACANCY else ()
        for column in dict.fromkeys((title, *lawful.TEXTS, *lawful.NAMES, *whom)):
            names = column in lawful.NAMES
            self._read(column, partial(lawful.demand_lawful_words, self._said(column), names=names))
        self._read("health", lambda: lawful.demand_basis(self._said("health"), self._said("basis")))

    def _wage(self) -> values.Wage:
        head = self._heads.said
        if "wage_from" not in self._heads.places and "wage_to" not in self._heads.places:
            return values.wage(self._said("wage"), head.get("wage", ""))
        ends = [(name, self._said(name)) for name in ("wage_from", "wage_to") if self._said(name)]
        if not ends:
            return values.wage(self._said("wage"), head.get("wage", ""))
        read = [values.wage(said, head[name]) for name, said in ends]
        sums = [one.least or one.most for one in read if one.paid is not Paid.AGREED]
        if len(sums) == 2 and sums[0] and sums[1] and sums[0] > sums[1]:
            raise ValueError("số trước lớn hơn số sau")
        both = {name: one.least or one.most for (name, _), one in zip(ends, read, strict=True)}
        return values.Wage(both.get("wage_from"), both.get("wage_to"), read[0].paid)

    def _trade(self, title: str) -> str:
        said = self._said("occupation")
        found = (
            (said and self._trades.trade(said)) or self._trades.trade(title) or self._trades.trade(self._said("note"))
        )
        if not found:
            near = self._trades.near(said or title)
            like = ", ".join(near or ("lao động phổ thông", "phụ hồ", "may công nghiệp"))
            raise ValueError(f"không nhận ra nghề “{said or title}”; ghi thêm cột “nghề”, như: {like}")
        return found

    def _deadline(self, opens: date | None) -> date:
        said = self._said("deadline")
        if not said and opens is not None and opens >= self._on:
            return opens
        return values.last_day(said, self._on)

    def _contact(self) -> str:
        said, phone = self._said("contact"), self._said("phone")
        if not phone:
            return said
        try:
            number = phone_text(phone_of(phone))
        except ValueError:
            raise ValueError(f"“{phone}” không phải một số điện thoại; ghi một số, như: 0912 345 678") from None
        return ", ".join(filter(None, (said, number)))

    def _away(self) -> bool:
        """Whether another province or city is named, and none of the own names."""
        place = fold(self._said("place"))
        if any(f" {name} " in f" {place} " for name in self._home.names):
            return False
        outside = _OUTSIDE.search(place)
        return outside is not None and not outside[1].startswith(self._home.province)
