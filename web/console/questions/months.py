"""What came in a month and what became of it, office by office: a table, and the same for spreadsheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from core.console_storage import MonthCount
from core.officers import Right
from web.bubbles import VIET_NAM
from web.console.lines import office_name, place_name
from web.console.sheet import Cell, book_of
from web.console.visit import Visit

PAGE = "/console/questions/months"
SHOWN = 6  # months, this one included
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES = ("came", "in-time", "late", "open", "overdue", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An office in a month."""

    month: str  # "11/2026"
    place: str
    office: str
    figures: tuple[int, ...]  # in the order of FIGURES


def months_until(day: date, count: int = SHOWN) -> list[date]:
    """The first days of the last months, the oldest first, and that of the month to come.

    >>> [str(one) for one in months_until(date(2027, 1, 5), 2)]
    ['2026-12-01', '2027-01-01', '2027-02-01']
    """
    number = day.year * 12 + day.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - count + 1, number + 2)]


async def show_months(visit: Visit) -> Response:
    """GET /console/questions/months."""
    return visit.page("months.html", rows=await _rows(visit), heads=_heads(visit), here=PAGE)


async def show_sheet(visit: Visit) -> Response:
    """GET /console/questions/months.xlsx."""
    words = visit.words
    first = [words.text(f"console.months.{name}") for name in ("month", "place", "office")]
    rows: list[list[Cell]] = [[one.month, one.place, one.office, *one.figures] for one in await _rows(visit)]
    content = book_of(words.text("console.months.sheet"), [*first, *_heads(visit)], rows)
    headers = {"Content-Disposition": 'attachment; filename="cau-hoi-theo-thang.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)


def _heads(visit: Visit) -> list[str]:
    return [visit.words.text(f"console.months.{name}") for name in FIGURES]


async def _rows(visit: Visit) -> Sequence[Row]:
    """The newest month first; within it by place and office."""
    begins = months_until(visit.now.astimezone(VIET_NAM).date())
    async with visit.site.storage.read() as uow:
        found = await uow.desk.months(visit.officer.reach(Right.READ_TOTALS), begins, visit.now)
    rows = [_row(visit, one, begins[one.month]) for one in found]
    both = sorted(zip(found, rows, strict=True), key=lambda pair: (-pair[0].month, pair[1].place, pair[1].office))
    return [row for _, row in both]


def _row(visit: Visit, one: MonthCount, begins: date) -> Row:
    other = one.came - one.in_time - one.late - one.open
    return Row(
        month=f"{begins.month:02}/{begins.year}",
        place=place_name(visit, one.locality),
        office=office_name(visit, one.locality, one.office) or visit.words.text("console.question.no-office"),
        figures=(one.came, one.in_time, one.late, one.open, one.overdue, other),
    )
