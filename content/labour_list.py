"""The list of households and who of them works: read from XLSX or CSV, written in the same layout.

A household is a code of the office's own. A file that has a column of identity numbers, or a row with one in it, is not
taken: nobody here asks for them.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content.work.sheets import Hidden, Row, UnreadableListError, hidden_below, read_sheets
from core.cells import FORMULA, safe
from core.labour import MOST_PEOPLE, Home, HomeFacts, HomeStatus, Workers
from core.text import fold

# The columns in their order, as they are written, and what else they may be called.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("Mã hộ", "mã số hộ", "household code", "code"),
    "hamlet": ("Thôn, tổ", "thôn", "tổ", "tổ dân phố", "thôn tổ dân phố", "địa bàn", "hamlet"),
    "status": ("Diện hộ", "diện", "loại hộ", "đối tượng", "status"),
    "adults": ("Trong tuổi lao động", "số người trong tuổi lao động", "người trong độ tuổi lao động", "adults"),
    "stable": ("Việc ổn định", "có việc ổn định", "việc làm ổn định", "stable"),
    "unstable": ("Việc không ổn định", "việc chưa ổn định", "có việc không ổn định", "unstable"),
    "seeking": ("Đang tìm việc", "tìm việc", "có nhu cầu tìm việc", "seeking"),
    "as_of": ("Ngày nắm", "ngày", "tính đến ngày", "as of"),
}
HEADS = tuple(names[0] for names in COLUMNS.values())
NEEDED = ("code", "hamlet", "status")
COUNTS = ("adults", "stable", "unstable", "seeking")
STATUS: Mapping[HomeStatus, str] = {
    HomeStatus.POOR: "hộ nghèo",
    HomeStatus.NEAR_POOR: "hộ cận nghèo",
    HomeStatus.NEWLY_ESCAPED: "hộ mới thoát nghèo",
}
HEAD_ROWS = 10  # among the first of a sheet
MOST_HAMLET = 60  # characters
OLDEST = date(2015, 1, 1)
_CODE = re.compile(r"[0-9A-Za-zĐđ](?:[0-9A-Za-zĐđ._/-]{0,38}[0-9A-Za-zĐđ])?")
_IDENTITY = re.compile(r"\d{9}|\d{12}")
_IDENTITY_HEADS = (
    "can cuoc",
    "cccd",
    "cmnd",
    "chung minh",
    "so dinh danh",
    "dinh danh ca nhan",
    "identity",
    "ho va ten",
)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NAMED = {fold(one): name for name, names in COLUMNS.items() for one in names}
_STATUS = {
    fold(said): status
    for status, names in {
        HomeStatus.POOR: ("hộ nghèo", "nghèo", "poor"),
        HomeStatus.NEAR_POOR: ("hộ cận nghèo", "cận nghèo", "near-poor", "near poor"),
        HomeStatus.NEWLY_ESCAPED: ("hộ mới thoát nghèo", "mới thoát nghèo", "thoát nghèo", "newly-escaped"),
    }.items()
    for said in names
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be taken: where it stands, and how to mend it, in Vietnamese as officers read it."""

    line: int
    what: str
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a list holds."""

    homes: tuple[HomeFacts, ...]
    bad: tuple[BadRow, ...]
    hidden: tuple[Hidden, ...] = ()  # rows that were left aside, as nobody sees them


def read_homes(raw: bytes, where: str, today: date) -> Found:
    """The households of a file. Raises UnreadableListError where it is no list of households at all."""
    homes: list[HomeFacts] = []
    bad: list[BadRow] = []
    first: dict[str, str] = {}
    hidden: list[Hidden] = []
    headed = False
    for sheet in read_sheets(raw, where):
        found = _head(sheet.rows)
        if found is None:
            continue
        headed = True
        at, places = found
        _demand_no_identity(sheet.rows[at], where)
        hidden += hidden_below(sheet, sheet.rows[at].line)
        for row in sheet.rows[at + 1 :]:
            if row.empty:
                continue
            try:
                one = _home(row, places, today)
                if one.code in first:
                    raise ValueError(f'mã hộ "{one.code}" đã có ở {first[one.code]}: mỗi hộ một dòng')
            except ValueError as error:
                bad.append(BadRow(line=row.line, what=str(error), sheet=sheet.name))
                continue
            first[one.code] = f"dòng {row.line}" + (f' của trang "{sheet.name}"' if sheet.name else "")
            homes.append(one)
    if not headed:
        heads = ", ".join(HEADS)
        what = "không thấy dòng tên cột"
        raise UnreadableListError("home-heads", what, where=where, mend=f"cần các cột: {heads}")
    return Found(homes=tuple(homes), bad=tuple(bad), hidden=tuple(hidden))


def code_fault(typed: str) -> str:
    """What is wrong with a household's code: "empty", "identity" or "code"; empty: nothing.

    >>> code_fault("DC-001"), code_fault("079085001234"), code_fault("mã 1"), code_fault(" ")
    ('', 'identity', 'code', 'empty')
    """
    said = typed.strip()
    if not said:
        return "empty"
    if _IDENTITY.fullmatch(re.sub(r"[ .\-/_]", "", said)):
        return "identity"
    return "" if _CODE.fullmatch(said) else "code"


_CODE_SAID = {
    "empty": "thiếu mã hộ: ghi mã của phường, xã cho hộ này",
    "identity": "mã hộ giống số căn cước: dùng mã của phường, xã, không dùng số căn cước",
    "code": "mã hộ không đúng: chỉ dùng chữ cái, số và dấu . _ / -, không quá 40 ký tự",
}


def _head(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Where the line of heads stands, and which column is where."""
    for at, row in enumerate(rows[:HEAD_ROWS]):
        places: dict[str, int] = {}
        for column, cell in enumerate(row.cells):
            name = _NAMED.get(fold(cell))
            if name is not None:
                places.setdefault(name, column)
        if all(name in places for name in NEEDED):
            return at, places
    return None


def _demand_no_identity(head: Row, where: str) -> None:
    wrong = next((one for one in head.cells if any(each in fold(one) for each in _IDENTITY_HEADS)), None)
    if wrong is not None:
        what = f'có cột "{wrong}"'
        mend = "bỏ cột đó khỏi tệp: danh sách này chỉ dùng mã hộ của phường, xã"
        raise UnreadableListError("identity", what, where=f"{where}, dòng {head.line}", mend=mend, said=wrong)


def _home(row: Row, places: Mapping[str, int], today: date) -> HomeFacts:
    """A row. Raises ValueError with all that is wrong with it."""
    values = {name: row.cells[at] if at < len(row.cells) else "" for name, at in places.items()}
    faults = list(_wrong(row, values))
    status = _STATUS.get(fold(values["status"]))
    if status is None:
        faults.append(f'diện hộ "{values["status"]}" không rõ: ghi {", ".join(STATUS.values())}')
    workers: Workers | None = None
    as_of: date | None = None
    try:
        workers = _workers(values)
        as_of = _day(values.get("as_of", ""), today)
    except ValueError as error:
        faults.append(str(error))
    if faults or status is None:
        raise ValueError("; ".join(faults))
    return HomeFacts(code=values["code"], hamlet=values["hamlet"], status=status, workers=workers, as_of=as_of)


def _wrong(row: Row, values: Mapping[str, str]) -> Iterator[str]:
    if fault := code_fault(values["code"]):
        yield _CODE_SAID[fault]
    elif any(_IDENTITY.fullmatch(re.sub(r"[ .]", "", cell)) for cell in row.cells):
        yield "có một ô giống số căn cước: xóa ô đó"
    hamlet = values["hamlet"]
    if not hamlet:
        yield "thiếu thôn, tổ"
    if len(hamlet) > MOST_HAMLET:
        yield f"tên thôn, tổ dài quá {MOST_HAMLET} ký tự"
    if FORMULA.match(hamlet):
        yield f'tên thôn, tổ bắt đầu bằng "{hamlet[0]}", như một công thức'


def _workers(values: Mapping[str, str]) -> Workers | None:
    said = {name: values.get(name, "").strip() for name in COUNTS}
    if not any(said.values()):
        return None
    names = {name: COLUMNS[name][0] for name in COUNTS}
    missing = [names[name] for name, value in said.items() if not value]
    if missing:
        raise ValueError(f"thiếu {', '.join(missing)}: ghi đủ bốn số, hoặc để trống cả bốn")
    wrong = next((name for name, value in said.items() if not re.fullmatch(r"\d{1,2}", value)), None)
    if wrong is not None:
        raise ValueError(f'{names[wrong]}: "{said[wrong]}" không phải số người')
    workers = Workers(**{name: int(value) for name, value in said.items()})
    if fault := next(iter(workers.faults().items()), None):
        raise ValueError(fault_text(*fault))
    return workers


def fault_text(name: str, fault: str) -> str:
    """Why numbers of people cannot be right, in Vietnamese."""
    if fault == "many":
        return f"một hộ không quá {MOST_PEOPLE} người trong tuổi lao động"
    parts = "Việc ổn định và Việc không ổn định cộng lại" if name == "stable" else COLUMNS[name][0]
    return f"{parts} nhiều hơn số người trong tuổi lao động"


def _day(typed: str, today: date) -> date | None:
    if not typed:
        return None
    found = _DAY.fullmatch(typed)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f'ngày nắm "{typed}" không phải một ngày: ghi như 05/11/2026') from None
    if not OLDEST <= day <= today:
        raise ValueError(f"ngày nắm {typed} ở sau hôm nay, hoặc quá cũ")
    return day


def rows_of(homes: Sequence[Home]) -> list[tuple[str | int | date | None, ...]]:
    """Households as rows under HEADS."""
    return [
        (
            one.code,
            one.hamlet,
            STATUS[one.status],
            *((one.workers.plain()[name] for name in COUNTS) if one.workers else (None,) * len(COUNTS)),
            one.as_of,
        )
        for one in homes
    ]


def csv_text(homes: Sequence[Home]) -> str:
    """The list as CSV, in the layout in which it is read."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for row in rows_of(homes):
        writer.writerow(
            [one.strftime("%d/%m/%Y") if isinstance(one, date) else "" if one is None else safe(one) for one in row]
        )
    return out.getvalue()
