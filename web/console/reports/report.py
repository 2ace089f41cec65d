"""Reports: a place and a period in figures and pictures, and the same as files for the office."""

from dataclasses import dataclass

from starlette.responses import Response

from content.formatting import capital
from content.monitoring.official import official_report
from content.monitoring.page import Grid, Line, Section, names_of
from content.monitoring.sections import report_page
from content.monitoring.sheets import sheets_of
from content.wording import wording
from core.errors import NotFoundError
from core.monitoring import Asked, Found
from core.papers import FileKind, Made
from handlers import monitoring
from web.console.drawing import Drawn, drawn
from web.console.notices.listing import PAGE as NOTICES
from web.console.reports.choice import PAGE, Choice, choice_of, offered, places_of
from web.console.visit import Visit
from web.files import disposition

ROWS = f"{PAGE}/rows"
FILES = {kind: f"{PAGE}/{kind}" for kind in ("docx", "pdf", "xlsx")}
MOST_ROWS = 40  # of a table on the page; the file has all of them
OFFICIAL = wording("vi")  # the language of official papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A line with the way to the rows that it counts, for whoever may see them."""

    line: Line
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, cut to what a page holds; each row with the way to what it is about."""

    grid: Grid
    rows: tuple[tuple[str, tuple[str, ...], str], ...]  # name, figures, address
    more: int  # rows that are in the file only


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A section as the page shows it."""

    section: Section
    figures: tuple[Figure, ...]
    drawings: tuple[Drawn, ...]
    tables: tuple[Table, ...]
    empty: str


async def show_reports(visit: Visit) -> Response:
    """GET /console/reports?place=&period=."""
    choice, words = choice_of(visit), visit.words
    if choice is None:
        return visit.page("reports.html", choice=None, nowhere=words.text("console.reports.nowhere"))
    found = await _found(visit, choice)
    page = report_page(found, words, names_of(visit.console.content, words.lang))
    with_rows = monitoring.may_see_rows(visit.officer, choice.wanted.places)
    period = choice.wanted.period
    fault = words.text("console.reports.fault", period=choice.fault, shown=page.period) if choice.fault else ""
    return visit.page(
        "reports.html",
        choice=choice,
        report=page,
        lead=capital(page.place),
        title=words.text("console.reports.title", period=page.period),
        fault=fault,
        sections=[_shown(visit, choice, found, one, with_rows=with_rows) for one in page.sections],
        places=places_of(visit),
        periods=offered(period, visit.now, words),
        files=[(choice.address(path), words.text(f"console.reports.file.{kind}")) for kind, path in FILES.items()],
        here=PAGE,
    )


async def _found(visit: Visit, choice: Choice) -> Found:
    storage, content = visit.site.storage, visit.console.content
    return await monitoring.found(storage, content, choice.wanted, officer=visit.officer.name, now=visit.now)


def _shown(visit: Visit, choice: Choice, found: Found, section: Section, *, with_rows: bool) -> Shown:
    figures = tuple(Figure(line=one, href=_rows_of(choice, one) if with_rows else "") for one in section.lines)
    return Shown(
        section=section,
        figures=figures,
        drawings=tuple(drawn(one, visit.words.lang) for one in section.drawings),
        tables=tuple(_table(one) for one in section.grids),
        empty=visit.words.text(f"console.reports.empty.{section.id}") if _is_empty(found, section) else "",
    )


def _is_empty(found: Found, section: Section) -> bool:
    there = {
        "people": found.people.known,
        "notices": found.notices or found.elsewhere,
        "questions": found.questions,
        "checks": found.checks,
    }
    return section.id in there and not there[section.id]


def _rows_of(choice: Choice, line: Line) -> str:
    """Where the rows that a figure counts are listed; other figures have no list of rows here."""
    part, _, name = line.id.partition(".")
    if part == "questions" and name in tuple(Asked):
        return choice.address(ROWS, figure=name)
    return choice.address(ROWS, figure=line.id) if part == "work" else ""


def _table(grid: Grid) -> Table:
    addresses = [f"{NOTICES}/{one}" for one in grid.notices] or [""] * len(grid.rows)
    rows = tuple((name, tuple(cells), address) for (name, *cells), address in zip(grid.rows, addresses, strict=True))
    return Table(grid=grid, rows=rows[:MOST_ROWS], more=max(0, len(rows) - MOST_ROWS))


async def show_file(visit: Visit) -> Response:
    """GET /console/reports/docx, /pdf and /xlsx: the same report as a file; the log remembers it."""
    choice, kind = choice_of(visit), visit.request.url.path.rpartition("/")[2]
    if choice is None or choice.fault:
        raise NotFoundError("no such report", where=kind)
    content, storage = visit.console.content, visit.site.storage
    found, rows = await monitoring.filed(
        storage, content, choice.wanted, kind=kind, officer=visit.officer.name, now=visit.now
    )
    name = f"bao-cao-{'chung' if choice.everywhere else choice.wanted.places[0]}-{choice.wanted.period.key.lower()}"
    if kind == "xlsx":
        names = names_of(content, visit.words.lang)
        page = report_page(found, visit.words, names)
        made = await visit.console.reporting.book(sheets_of(page, found, rows, names), name)
    else:
        made = await _paper(visit, choice, found, name, FileKind(kind))
    headers = {"Content-Disposition": disposition(made.name, inline=False), "Cache-Control": "no-store"}
    return Response(made.content, media_type=made.media_type, headers=headers)


async def _paper(visit: Visit, choice: Choice, found: Found, name: str, kind: FileKind) -> Made:
    page = report_page(found, OFFICIAL, names_of(visit.console.content, OFFICIAL.lang))
    agency, seat = "", ""
    if len(choice.wanted.places) == 1:
        (place,) = choice.wanted.places
        agency = visit.site.offices.get(place, "")
        seat = visit.console.content.localities[place].short.vi
    report = official_report(page, agency=agency, seat=seat)
    return await visit.console.reporting.paper(report, name, kind)
