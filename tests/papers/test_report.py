"""One report as page, paper and sheets: the same numbers everywhere, whatever they are."""

from datetime import timedelta
from io import BytesIO

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.papers.book import book_of
from bot.papers.typeset import report_pdf
from bot.reporting import paper_of
from content.monitoring.official import official_report
from content.monitoring.page import Names, ReportPage
from content.monitoring.sections import report_page
from content.monitoring.sheets import sheets_of
from content.wording import wording
from core.campaigns import Campaign, CampaignState
from core.monitoring import Found, PeopleCounts, PersonRow, QuestionRow, Rows, Wanted, counted
from core.papers import FileKind
from core.periods import read_period
from core.questions import QuestionState
from core.records import Effect, TallyRow
from core.report import tell
from core.tally import LEAST
from tests.console.reporting import notice_of
from tests.support.clock import MORNING
from tests.support.examples import examples

NAMES = Names(places={"dak-cam": "phường Đăk Cấm"}, topics={"housing": "Làm nhà, sửa nhà"})
HOURS = st.integers(0, 24 * 19)  # since the first of the month, until now
FEW = st.integers(0, 12)


@st.composite
def questions(draw: st.DrawFn) -> tuple[QuestionRow, ...]:
    """Questions of a November, some answered."""
    rows = []
    for number in range(draw(st.integers(0, 12))):
        at = MORNING - timedelta(hours=draw(HOURS))
        waited = draw(st.none() | st.integers(0, 5000))
        rows.append(
            QuestionRow(
                id=number + 1,
                locality="dak-cam",
                hamlet=draw(st.sampled_from(["", "thon 1", "Thôn 2"])),
                topic=draw(st.sampled_from(["", "housing", "tuition", "=1+1"])),
                office="",
                state=draw(st.sampled_from(list(QuestionState))),
                urgent=draw(st.booleans()),
                created_at=at,
                due_at=at + timedelta(days=draw(st.integers(0, 9))),
                answered_at=at + timedelta(minutes=waited) if waited is not None else None,
            )
        )
    return tuple(rows)


@st.composite
def found(draw: st.DrawFn) -> Found:
    """All that a report could have to tell."""
    notices = []
    for number in range(draw(st.integers(0, 3))):
        lacking = draw(st.booleans())
        one = Campaign(
            id=number + 1,
            notice=notice_of(f"Tin {number}", lacking=lacking),
            state=CampaignState.SENDING,
            created_by="Lan",
            created_at=MORNING,
            starts_at=MORNING,
            cursor=1,
            counts={state: draw(FEW) for state in ("sent", "in_doubt", "failed", "pending", "erased")},
            left_out={"stopped": draw(FEW), "no consent": draw(FEW)},
        )
        notices.append(tell(counted(one, {Effect.STOPPED: draw(FEW)}, draw(FEW)), guarded=lacking))
    checks = [
        TallyRow(month="2026-11", locality="dak-cam", hamlet=hamlet, dimension=dimension, count=draw(FEW))
        for hamlet in ("", "Thôn 1", "Thôn 2", "Thôn 3")
        for dimension in ("", "housing", "health")
    ]
    return Found(
        wanted=Wanted(places=("dak-cam",), period=read_period("2026-11")),
        now=MORNING,
        people=PeopleCounts(known=draw(FEW), new=draw(FEW), agreed=draw(FEW), channels={"zalo": draw(FEW)}),
        questions=draw(questions()),
        notices=tuple(notices),
        elsewhere=draw(st.integers(0, 2)),
        checks=tuple(checks),
    )


def shown(page: ReportPage) -> list[str]:
    """Everything that the page tells in figures, in its order."""
    lines = [f"{one.label}: {one.told}." for section in page.sections for one in section.lines]
    return lines + [cell for section in page.sections for grid in section.grids for row in grid.rows for cell in row]


@settings(max_examples=examples(40), deadline=None)
@given(found())
def test_page_paper_and_sheets_say_the_same(one: Found) -> None:
    page = report_page(one, wording("vi"), NAMES)
    report = official_report(page, agency="Ủy ban nhân dân", seat="Đăk Cấm")
    document = Document(BytesIO(paper_of(report, "a", FileKind.DOCX).content))
    lines = [text[2:] for text in (each.text for each in document.paragraphs) if text.startswith(("- ", "+ "))]
    cells = [cell.text for table in document.tables[1:-1] for row in table.rows[1:] for cell in row.cells]
    assert [*lines, *cells] == shown(page)
    people = [PersonRow(id=1, locality="dak-cam", since=MORNING, agreed=True, channels=("zalo",))]
    book = load_workbook(BytesIO(book_of(sheets_of(page, one, Rows(people=people, work=[]), NAMES))))
    summary = [row for row in book["Tổng hợp"].values if row[3] and row[0] != "Phần"]
    assert [(row[1].strip(), row[2]) for row in summary] == [
        (line.label, line.plain) for section in page.sections for line in section.lines
    ]
    for section in page.sections:
        for grid in section.grids:
            _, *rows = book[page.words.text(f"monitoring.sheet.{section.id}.{grid.id}")].values
            assert [tuple(row) for row in rows] == list(grid.numbers)


@settings(max_examples=examples(40), deadline=None)
@given(found())
def test_self_checks_below_five_are_told_nowhere(one: Found) -> None:
    page = report_page(one, wording("vi"), NAMES)
    (section,) = [each for each in page.sections if each.id == "checks"]
    told = [each.value for each in section.lines] + [
        cell for grid in section.grids for row in grid.numbers for cell in row
    ]
    assert not [cell for cell in told if isinstance(cell, int) and 0 < cell < LEAST]
    bars = [bar.number for drawing in section.drawings for bar in drawing.bars]
    assert not [number for number in bars if 0 < number < LEAST]


def test_the_same_report_has_the_same_bytes() -> None:
    people = PeopleCounts(known=1240, new=0, agreed=0, channels={})
    wanted = Wanted(places=("dak-cam",), period=read_period("2026-Q3"))
    one = Found(wanted=wanted, now=MORNING, people=people, questions=(), notices=(), elsewhere=0, checks=())
    report = official_report(report_page(one, wording("vi"), NAMES), agency="", seat="")
    assert "- Người đã nhắn Chung Tay hoặc có trong danh sách: 1.240." in report.parts[0].lines
    assert paper_of(report, "a", FileKind.DOCX) == paper_of(report, "a", FileKind.DOCX)
    assert report_pdf(report) == report_pdf(report)
