"""A report as an official paper (Nghị định 30/2020/NĐ-CP), always in Vietnamese."""

from content.monitoring.page import Grid, Line, ReportPage, Section
from core.official import OfficialPart, OfficialReport
from core.papers import PaperTable

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def official_report(page: ReportPage, *, agency: str, seat: str) -> OfficialReport:
    """The paper. `agency` is the committee that reports, `seat` the place before the date; both may be empty."""
    text = page.words.text
    return OfficialReport(
        agency=agency.upper() or text("monitoring.official.agency"),
        number=text("monitoring.official.number"),
        national=(text("paper.state"), text("paper.motto")),
        dated=text("monitoring.official.dated", seat=seat or "…………"),
        title=text("monitoring.official.title"),
        subject=text("monitoring.official.subject", period=page.period),
        opening=(text("monitoring.official.opening", place=page.place, period=page.period), *page.notes),
        parts=tuple(_part(number, one) for number, one in zip(ROMAN, page.sections, strict=False)),
        closing=(text("monitoring.official.closing"),),
        recipients=tuple(text(f"monitoring.official.to.{one}") for one in ("head", "first", "second", "archive")),
        signed=(text("monitoring.official.for"), text("monitoring.official.chair"), text("monitoring.official.sign")),
    )


def _part(number: str, section: Section) -> OfficialPart:
    return OfficialPart(
        title=f"{number}. {section.title.upper()}",
        lines=tuple(_sentence(one) for one in section.lines),
        tables=tuple(_table(one) for one in section.grids),
        notes=section.notes,
    )


def _sentence(line: Line) -> str:
    return f"{'- ' if not line.part else '+ '}{line.label}: {line.told}."


def _table(grid: Grid) -> PaperTable:
    return PaperTable(title=grid.title, head=grid.head, rows=grid.rows, shares=grid.shares)
