"""Official reports as DOCX, for an office that goes on writing in them."""

from io import BytesIO

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell

from bot.papers.columns import grid
from bot.papers.layout import TEXT_WIDTH
from bot.papers.word import add_table, set_margins, set_outline, set_text
from bot.papers.wordfile import packed, template
from core.official import OfficialPart, OfficialReport

LEFT_COLUMN = 70  # mm of the head: the agency beside the state
_CENTRE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def report_docx(report: OfficialReport) -> bytes:
    """The report as DOCX, without author, company and time."""
    document = Document(BytesIO(template()))
    document.core_properties.title = f"{report.title}: {report.subject}"
    set_margins(document.sections[0], "")
    _head(document, report)
    set_outline(set_text(document, report.title, align=_CENTRE, bold=True, size=14, before=18), 0)
    subject = set_text(document, report.subject, align=_CENTRE, bold=True, size=14, after=2)
    subject.paragraph_format.keep_with_next = True
    set_text(document, "————————", align=_CENTRE, size=8, after=10)
    _sentences(document, report.opening)
    for part in report.parts:
        _part(document, part)
    _sentences(document, report.closing, before=8)
    _foot(document, report)
    return packed(document)


def _head(document: Docx, report: OfficialReport) -> None:
    state, motto = report.national
    left, right = _columns(document, LEFT_COLUMN)
    _lines(left, (report.agency, True, False, 13), ("———", False, False, 8), (report.number, False, False, 13))
    _lines(right, (state, True, False, 12), (motto, True, False, 13), ("———————————", False, False, 8))
    _lines(right, (report.dated, False, True, 13))


def _foot(document: Docx, report: OfficialReport) -> None:
    set_text(document, "", before=6)
    left, right = _columns(document, TEXT_WIDTH / 2)
    head, *rest = report.recipients
    _lines(left, (head, True, True, 12), *((one, False, False, 11) for one in rest), align=None)
    *named, signs = report.signed
    _lines(right, *((one, True, False, 13) for one in named), (signs, False, True, 12))
    _lines(right, ("", False, False, 13), ("", False, False, 13), ("", False, False, 13))


def _columns(document: Docx, first: float) -> tuple[_Cell, _Cell]:
    """Two cells beside each other without lines; `first` in millimetres."""
    table = document.add_table(1, 2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, cell, width in zip(table.columns, table.rows[0].cells, (first, TEXT_WIDTH - first), strict=True):
        column.width = cell.width = Mm(width)
    left, right = table.rows[0].cells
    return left, right


def _lines(
    cell: _Cell, *lines: tuple[str, bool, bool, float], align: WD_ALIGN_PARAGRAPH | None = WD_ALIGN_PARAGRAPH.CENTER
) -> None:
    """Lines of a cell: text, bold, italic, size in points."""
    for text, bold, italic, size in lines:
        first = cell.paragraphs[0]
        paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _part(document: Docx, part: OfficialPart) -> None:
    title = set_text(document, part.title, bold=True, before=10, after=4)
    title.paragraph_format.first_line_indent = Mm(10)
    title.paragraph_format.keep_with_next = True
    set_outline(title, 1)
    _sentences(document, part.lines)
    for table in part.tables:
        add_table(document, grid(table, TEXT_WIDTH))
    for note in part.notes:
        _sentence(document, note, italic=True, before=4)


def _sentences(document: Docx, lines: tuple[str, ...], *, before: float = 0) -> None:
    for at, line in enumerate(lines):
        _sentence(document, line, before=before if at == 0 else 0)


def _sentence(document: Docx, text: str, *, italic: bool = False, before: float = 0) -> None:
    paragraph = set_text(document, text, align=_BOTH, italic=italic, before=before, after=4)
    paragraph.paragraph_format.first_line_indent = Mm(10)
