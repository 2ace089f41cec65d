"""Workbooks are read as a stream, so much of them and no more, and as the library that writes them reads them."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.work import packed
from content.work.rows import MOST_CHARACTERS, MOST_MERGED, MOST_ROWS, told
from content.work.sheets import Sheet, UnreadableListError, decoded, read_sheets
from tests.work.lists import HEAD, ROW, faults, read, saved, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(autouse=True)
def _never_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library makes a cell for everything that a file names: it is never given one."""

    def asked(*_: Any, **__: Any) -> None:
        raise AssertionError("the library was asked to load a file")

    monkeypatch.setattr(openpyxl, "load_workbook", asked)


def changed(raw: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with something else at one place of one of its parts."""
    out, found = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            text = source.read(one)
            if one.filename.endswith(part):
                assert old.encode() in text
                text, found = text.replace(old.encode(), new.encode(), 1), True
            target.writestr(one.filename, text)
    assert found
    return out.getvalue()


def sharing(texts: str, *cells: int) -> bytes:
    """A workbook as Excel writes it: texts in a part of their own, and cells in a column that name them."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ties = "http://schemas.openxmlformats.org/package/2006/relationships"
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>{one}</v></c></row>' for at, one in enumerate(cells, 1))
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{ties}">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{office}">'
        '<sheets><sheet name="Tin" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{ties}">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return out.getvalue()


SHARED = sharing("<si><t>Công nhân</t></si><si><r><t>đọc </t></r><r><t>thêm</t></r><rPh><t>doc</t></rPh></si>", 1, 0, 1)


def merging(*areas: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in areas)
    return changed(
        saved(workbook(HEAD, ROW)), "sheet1.xml", "</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>"
    )


def refused(raw: bytes) -> str:
    with pytest.raises(UnreadableListError) as caught:
        read_sheets(raw, "tin.xlsx")
    return caught.value.fault


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes came out of the packed file, piece by piece."""
    pieces: list[int] = []
    whole = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        piece = whole(self, n)
        pieces.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    return pieces


MANY = tuple(f"A{at}:J{at + 999}" for at in (1, 1001) * 6)


@pytest.mark.parametrize("areas", [("I1:Z200000",), ("A1:J1048576",), MANY])
def test_a_file_of_five_kilobytes_that_merges_millions_of_cells(areas: tuple[str, ...]) -> None:
    raw = merging(*areas)
    assert len(raw) < 8000 and refused(raw) == "merged"


def test_a_title_merged_over_the_whole_line_is_no_fault() -> None:
    book = workbook(["DANH SÁCH"], HEAD, ROW, ROW)
    book.active.merge_cells("A1:XFD1")
    book.active.merge_cells("B3:B4")
    found = read(saved(book))
    assert len(found.offers) == 2 and MOST_MERGED > 6 * 16_384


@pytest.mark.thorough
@pytest.mark.parametrize("part", ["sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml"])
def test_what_unpacks_to_much_is_read_no_further_than_the_bound(part: str, unpacked: list[int]) -> None:
    whole = SHARED if part.startswith("shared") else saved(workbook(HEAD, ROW))
    raw = changed(whole, part, "><", f">{' ' * 60_000_000}<")
    assert len(raw) < 100_000
    unpacked.clear()
    assert refused(raw) == "long"
    assert sum(unpacked) <= packed.UNPACKED + 64 * 1024


def test_more_elements_than_any_list_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_ELEMENTS", 1000)
    for part, before in (("styles.xml", "<cellXfs"), ("sheet1.xml", "<row")):
        assert refused(changed(saved(workbook(HEAD, ROW)), part, before, "<x/>" * 1001 + before)) == "long"


@pytest.mark.parametrize("part", ["sheet1.xml", "sharedStrings.xml", "workbook.xml", "_rels/.rels"])
def test_entities_are_refused(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(SHARED)) as source:
        (name,) = [one for one in source.namelist() if one.endswith(part)]
        root = source.read(name).decode()[:12]
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    assert refused(changed(SHARED, part, root, bomb + root)) == "broken"


def test_a_part_that_two_sheets_name_is_read_once() -> None:
    book = workbook(HEAD, ROW)
    book.create_sheet("Hai").append(["a"])
    assert refused(changed(saved(book), "workbook.xml.rels", "sheet2.xml", "sheet1.xml")) == "broken"


def test_a_long_text_that_many_cells_share() -> None:
    raw = sharing(f"<si><t>{'a' * 30_000}</t></si>", *[0] * (MOST_CHARACTERS // 30_000 + 1))
    assert len(raw) < 10_000 and refused(raw) == "long"
    assert refused(sharing(f"<si><t>{'a' * 33_000}</t></si>", 0)) == "long"


def test_a_way_of_packing_that_spreadsheets_do_not_use() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(workbook(HEAD, ROW)))) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.infolist():
            target.writestr(one.filename, source.read(one), compress_type=zipfile.ZIP_BZIP2)
    assert refused(out.getvalue()) == "broken"


@pytest.mark.parametrize("line", [30_000, 1_048_576])
def test_an_empty_cell_that_is_formatted_far_below_counts_for_nothing(line: int) -> None:
    book = workbook(HEAD, ROW)
    book.active.cell(row=line, column=3).font = openpyxl.styles.Font(bold=True)
    found = read(saved(book))
    assert len(found.offers) == 1 and faults(found) == []
    book.active.cell(row=line, column=1).value = "Phụ hồ"
    book.active.cell(row=line, column=2).value = "Tổ xây"
    (sheet,) = read_sheets(saved(book), "tin.xlsx")
    assert [one.line for one in sheet.rows] == [1, 2, *range(3, 21), line]


@pytest.mark.thorough
@pytest.mark.parametrize("number", [MOST_ROWS, MOST_ROWS + 1])
def test_rows_that_hold_something_are_counted(number: int) -> None:
    filled = f"<sheetData>{'<row><c><v>1</v></c></row>' * number}"
    raw = changed(saved(workbook()), "sheet1.xml", "<sheetData>", filled)
    if number > MOST_ROWS:
        assert refused(raw) == "long"
        with pytest.raises(UnreadableListError, match="too long"):
            read_sheets(b"a;b\n" * number, "tin.csv")
    else:
        assert len(read_sheets(raw, "tin.xlsx")[0].rows) == number
        assert len(read_sheets(b"\n" * 100_000 + b"a;b;c\n", "tin.csv")[0].rows) == 21


def test_letters_with_thousands_of_marks_are_cut_before_they_are_sorted() -> None:
    assert len(decoded(("a" + "\u0323\u0301" * 100_000).encode())) < 20


def test_hidden_columns_that_stand_together_are_all_left_aside() -> None:
    book = workbook(["a", "b", "c", "d", "e"])
    book.active.column_dimensions.group("B", "D", hidden=True)
    assert read_sheets(saved(book), "a.xlsx")[0].rows[0].cells == ("a", "e")


def test_hidden_rows_that_hold_something_are_named() -> None:
    book = workbook(["TIN"], HEAD, ROW, ROW, [], ROW)
    for line in (1, 4, 5):
        book.active.row_dimensions[line].hidden = True
    (sheet,) = read_sheets(saved(book), "tin.xlsx")
    assert sheet.hidden == (1, 4) and [one.line for one in sheet.rows if not one.empty] == [2, 3, 6]
    found = read(saved(book))  # what is hidden above the heads is no offer
    assert [(one.sheet, one.lines) for one in found.hidden] == [("Tin tuyển", (4,))]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda one: one.replace(microsecond=0)),  # noqa: DTZ001
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")), max_size=20),
)
SOURCE = openpyxl.load_workbook


@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_is_read_is_what_the_library_reads(lines: list[list[Any]]) -> None:
    raw = saved(workbook(*lines))
    theirs = SOURCE(io.BytesIO(raw), data_only=True).active
    (ours,) = read_sheets(raw, "a.xlsx")
    assert cells_of(ours) == {
        (cell.row, cell.column): said for row in theirs.iter_rows() for cell in row if (said := told(cell.value))
    }


def cells_of(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {(row.line, at): cell for row in sheet.rows for at, cell in enumerate(row.cells, 1) if cell}


def test_days_counted_from_1904_hours_and_texts_with_how_they_sound() -> None:
    book = workbook([date(2026, 11, 30), time(7, 30), "đọc"])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert read_sheets(saved(book), "a.xlsx")[0].rows[0].cells == ("30/11/2026", "07:30", "đọc")
    assert [one.cells for one in read_sheets(SHARED, "a.xlsx")[0].rows] == [
        ("đọc thêm",),
        ("Công nhân",),
        ("đọc thêm",),
    ]


@given(st.binary(max_size=400), st.integers(0, 5000))
def test_a_spoilt_file_is_told_as_one(noise: bytes, at: int) -> None:
    raw = saved(workbook(HEAD, ROW))
    at %= len(raw)
    with suppress(UnreadableListError):
        read_sheets(b"PK\x03\x04" + (raw[:at] + noise + raw[at + len(noise) :])[4:], "a.xlsx")
