"""What is made is named rightly, is the same each time, and is made where one asks for it only."""

import asyncio
import subprocess
import sys
from dataclasses import replace

import pytest

from bot.papers import TypesetPapers
from bot.papers.columns import grid
from core import filetypes
from core.papers import Blank, FileKind, Mark, Paper, PaperTable, Picture, Tile

PAPER = Paper(
    title="Giấy đề nghị",
    blanks=(Blank(label="Họ và tên", value="Nguyễn Thị Hường"),),
    table=PaperTable(title="Hộ", head=("Tên", "Tuổi"), rows=(("An", "8"),)),
)
PICTURE = Picture(
    title="Sáu điều", tiles=(Tile(id="health", name="Y tế", mark=Mark.FINE, text="đủ"),), footer="", alt="Y tế: đủ"
)
AGAIN = """
import asyncio, hashlib, sys
from bot.papers import TypesetPapers
from core.papers import FileKind, Paper
assert not {"typst", "docx"} & set(sys.modules)
paper = Paper(title="Giấy đề nghị", dated="ngày 1 tháng 9 năm 2026")
for file in asyncio.run(TypesetPapers().paper(paper, "giay", [FileKind.PDF, FileKind.DOCX])):
    print(hashlib.sha256(file.content).hexdigest())
"""


async def test_files_have_their_endings_and_media_types() -> None:
    papers = await TypesetPapers().paper(PAPER, "giay-de-nghi", [FileKind.DOCX, FileKind.PDF])
    pictures = await TypesetPapers().picture(PICTURE, "tinh-trang", [FileKind.PNG, FileKind.SVG])
    assert [(file.name, file.media_type) for file in (*papers, *pictures)] == [
        ("giay-de-nghi.docx", filetypes.DOCX),
        ("giay-de-nghi.pdf", "application/pdf"),
        ("tinh-trang.png", "image/png"),
        ("tinh-trang.svg", "image/svg+xml"),
    ]
    assert [filetypes.media_type(file.content) for file in (*papers, *pictures[:1])] == [
        file.media_type for file in (*papers, *pictures[:1])
    ]


async def test_a_name_leads_out_of_no_folder() -> None:
    (file,) = await TypesetPapers().paper(PAPER, "../../giấy", [FileKind.PDF])
    assert file.name == "giấy.pdf"


async def test_a_kind_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="Paper cannot be made as png"):
        await TypesetPapers().paper(PAPER, "a", [FileKind.PDF, FileKind.PNG])
    with pytest.raises(ValueError, match="Picture cannot be made as docx"):
        await TypesetPapers().picture(PICTURE, "a", [FileKind.DOCX])


async def test_the_same_data_gives_the_same_bytes_also_side_by_side() -> None:
    typesetter = TypesetPapers()
    others = [replace(PAPER, title=f"Giấy {at}") for at in range(6)]
    first = await asyncio.gather(*(typesetter.paper(paper, "a", [FileKind.PDF, FileKind.DOCX]) for paper in others))
    second = [await typesetter.paper(paper, "a", [FileKind.PDF, FileKind.DOCX]) for paper in others]
    assert first == second
    assert len({file.content for files in first for file in files}) == 12
    kinds = [FileKind.PNG, FileKind.SVG]
    assert await typesetter.picture(PICTURE, "a", kinds) == await typesetter.picture(PICTURE, "a", kinds)


@pytest.mark.thorough
def test_another_process_makes_the_same_bytes_and_imports_late() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    ]
    assert len(runs[0].stdout.split()) == 2
    assert runs[0].stdout == runs[1].stdout


def test_columns_are_as_wide_as_their_words_need() -> None:
    table = PaperTable(title="", head=("Số thứ tự", "Họ và tên", "Tình trạng"), rows=(("1",),), shares=(1, 30, 30))
    laid = grid(table, 165)
    narrow, *rest = (column.width for column in laid.columns)
    assert narrow > 10
    assert narrow + sum(rest) == pytest.approx(165)
    assert [column.centred for column in laid.columns] == [True, True, True]


def test_a_row_longer_than_the_head_loses_nothing() -> None:
    laid = grid(PaperTable(title="", head=("A",), rows=(("1", "2"),), shares=(1,)), 100)
    assert laid.head == ("A", "")
    assert laid.rows == (("1", "2"),)
