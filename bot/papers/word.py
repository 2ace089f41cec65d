"""Papers as DOCX, laid out like the PDF, for an office that wants to go on writing in them."""

from io import BytesIO
from itertools import pairwise

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.papers.columns import Grid, grid
from bot.papers.layout import BOTTOM, LEFT, RIGHT, TEXT_WIDTH, TOP
from bot.papers.wordfile import packed, template
from core.papers import Blank, Paper, Part

LINE = 72  # letters, about, on a line; where a label's last line has more than LAST, too little is left to write on
LAST = 50
SIGNED_WIDTH = 90  # mm, of the block at the right in which who signs stands in the middle
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def paper_docx(paper: Paper) -> bytes:
    """The paper as DOCX, without author, company and time."""
    document = Document(BytesIO(template()))
    document.core_properties.title = paper.title
    set_margins(document.sections[0], paper.footer)
    _head(document, paper)
    for blank in paper.blanks:
        _line(document, blank)
    if paper.table:
        add_table(document, grid(paper.table, TEXT_WIDTH))
    for part in paper.parts:
        _part(document, part)
    for at, item in enumerate(paper.closing):
        _line(document, item, before=12 if at == 0 else 0, stays=at == len(paper.closing) - 1)
    _signature(document, paper)
    return packed(document)


def set_margins(section: Section, footer: str) -> None:
    """A4 with the margins of an administrative paper, page numbers from the second page on, and a foot."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    _page_number(number)
    for place in (section.footer, section.first_page_footer):
        place.paragraphs[0].alignment = _CENTRE
        place.paragraphs[0].add_run(footer).font.size = Pt(9.5)


def _page_number(paragraph: Paragraph) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind:
            add_element(run._r, "w:fldChar", fldCharType=kind)
        else:
            add_element(run._r, "w:instrText").text = "PAGE"


def _head(document: Docx, paper: Paper) -> None:
    if paper.form:
        set_text(document, paper.form, align=_RIGHT, size=11, after=10)
    if paper.national:
        state, motto = paper.national
        set_text(document, state, align=_CENTRE, bold=True, after=3)
        # A line as long as the motto: an underline is so by itself, whatever font stands in for ours.
        set_text(document, motto, align=_CENTRE, bold=True, size=14, after=16).runs[0].underline = True
    title = set_text(document, paper.title, align=_CENTRE, bold=True, size=14, before=6, after=8)
    set_outline(title, 0)
    if paper.subtitle:
        set_text(document, paper.subtitle, align=_CENTRE, after=8)
    if paper.to:
        set_text(document, paper.to, align=_CENTRE, before=6, after=12)


def set_text(
    document: Docx,
    text: str,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    bold: bool = False,
    italic: bool = False,
    size: float = 13,
    before: float = 0,
    after: float = 0,
) -> Paragraph:
    """A paragraph of one look; sizes and distances in points."""
    paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def set_outline(paragraph: Paragraph, level: int) -> None:
    """Make it a heading for those who move by headings, without a heading style's looks."""
    add_element(paragraph._p.get_or_add_pPr(), "w:outlineLvl", val=str(level))


def add_element(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """An element of Word's own at the end of another."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _line(document: Docx, item: Blank | str, *, before: float = 0, stays: bool = False) -> None:
    paragraph = document.add_paragraph()
    look = paragraph.paragraph_format
    look.first_line_indent, look.keep_with_next = Mm(10), stays
    look.space_before, look.space_after = Pt(before), Pt(2)
    if isinstance(item, str):
        paragraph.add_run(item)
        return
    label = item.label if item.label.endswith(":") else f"{item.label}:"
    if item.value:
        paragraph.add_run(f"{label} {item.value}")
        return
    look.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.add_run(f"{label}\n\t" if len(label) % LINE > LAST else f"{label} \t")


def _part(document: Docx, part: Part) -> None:
    if part.title:
        title = set_text(document, part.title, bold=True, before=10, after=6)
        title.paragraph_format.keep_with_next = True
        set_outline(title, 1)
    for line in part.lines:
        _line(document, line)


def add_table(document: Docx, laid: Grid) -> None:
    """A table with lines, whose head is repeated on each page."""
    if laid.title:
        title = set_text(document, laid.title, bold=True, before=10, after=6)
        title.paragraph_format.first_line_indent = Mm(10)
        title.paragraph_format.keep_with_next = True
    table = document.add_table(len(laid.rows) + 1, len(laid.columns), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, each in zip(table.columns, laid.columns, strict=True):
        column.width = Mm(each.width)
    for at, (row, texts) in enumerate(zip(table.rows, (laid.head, *laid.rows), strict=True)):
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(7 if any(texts) else 8.5)
        properties = row._tr.get_or_add_trPr()
        add_element(properties, "w:cantSplit")
        if at == 0:
            add_element(properties, "w:tblHeader")
        for cell, text, column in zip(row.cells, texts, laid.columns, strict=True):
            _cell(cell, text, width=column.width, centred=at == 0 or column.centred, bold=at == 0)


def _cell(cell: _Cell, text: str, *, width: float, centred: bool, bold: bool) -> None:
    cell.width = Mm(width)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = _CENTRE
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(12)


def _signature(document: Docx, paper: Paper) -> None:
    who, how, name = paper.signed or ("", "", "")
    lines = [
        set_text(document, text, bold=bold, italic=italic, before=before)
        for text, bold, italic, before in (
            (paper.dated, False, True, 8),
            (who, True, False, 6),
            (how, False, True, 0),
            (name, True, False, 54),  # room to sign
        )
        if text
    ]
    for line in lines:
        line.alignment = _CENTRE
        line.paragraph_format.left_indent = Mm(TEXT_WIDTH - SIGNED_WIDTH)
    for line, _ in pairwise(lines):
        line.paragraph_format.keep_with_next = True
