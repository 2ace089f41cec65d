"""Ledgers for spreadsheets: nothing in a cell is a formula, numbers are numbers, nothing is written over."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.commands.campaigns import sheets
from bot.papers import book
from core.campaigns import CampaignState, read_notice
from core.caps import LOCAL
from core.records import LeftOut
from db.models import contacts
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING
from tests.support.rows import make_account, make_person

pytestmark = pytest.mark.either

NOTICE = read_notice(
    {
        "kind": "notice",
        "title": "Lớp may",
        "source": "Kế hoạch",
        "text": {"vi": "Mở lớp may."},
        "audience": {"localities": ["dak-cam"]},
    }
)
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "#REF!"]
FINE = ["Lan", "5", "2026-11-20", "", "H'Mai", "a\x00b\ud800"]


@pytest.fixture
def answered(url: str) -> str:
    """Everything evil was answered to a campaign, by somebody whose name is a formula."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage)
        contact = (await make_person(storage)).contact.id
        async with storage.write() as uow:
            await uow.connection.execute(contacts.update().values(name="=HYPERLINK(1)"))
            number = await uow.campaigns.add(NOTICE, by="Lan", now=MORNING)
            await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SENDING)
            await uow.campaigns.went_on(number, cursor=1, queued=0, out=[(contact, LeftOut.STOPPED)], before=0)
            for text in EVIL:
                await uow.campaigns.answered(number, contact, text, None, MORNING)
            await uow.commit()

    in_storage(url, make)
    return url


def cells(file: Path) -> Iterator[tuple[object, str]]:
    for sheet in load_workbook(file).worksheets:
        for row in sheet.iter_rows():
            yield from ((cell.value, cell.data_type) for cell in row)


def test_a_ledger_as_xlsx(command: Command, answered: str, tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    assert command("campaign", "ledger", "1", "--xlsx", str(file)).out == ""
    header, row = list(load_workbook(file).active.iter_rows(values_only=True))
    assert header[:3] == ("Số", "Họ và tên", "Thôn, tổ")
    assert row == (1, "=HYPERLINK(1)", None, None, "Bỏ qua", "không muốn nhận tin", 0, 0, None)
    assert not [value for value, kind in cells(file) if kind in "fe"]
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_answers_as_xlsx_and_as_csv(command: Command, answered: str, tmp_path: Path) -> None:
    file = tmp_path / "tra-loi.xlsx"
    assert command("campaign", "answers", "1", "--xlsx", str(file)).status == 0
    assert not [value for value, kind in cells(file) if kind in "fe"]
    assert next(load_workbook(file).active.values)[3:] == ("Lúc", "Chữ đã hẹn", "Lời nhắn")
    assert [row[3] for row in load_workbook(file).active.values][1] == MORNING.astimezone(LOCAL).strftime(
        "%d/%m/%Y %H:%M"
    )
    texts = [str(row[5]).strip() for row in load_workbook(file).active.iter_rows(min_row=2, values_only=True)]
    assert texts == [one.strip() for one in EVIL]
    assert all(cell.quotePrefix for (*_, cell) in load_workbook(file).active.iter_rows(min_row=2))
    said = command("campaign", "answers", "1", "--csv").out
    assert "\n1,'=HYPERLINK(1),," in said and ",=1" not in said and ",@" not in said
    assert command("campaign", "answers", "1", "--csv", "--xlsx", str(tmp_path / "b.xlsx")).status == 2


@pytest.mark.parametrize("cell", EVIL[:-1])
def test_no_formula_in_csv(cell: str) -> None:
    assert sheets.safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [*FINE, 5, -5])
def test_what_is_harmless_stays(cell: str | int) -> None:
    assert sheets.safe(cell) == cell


def test_more_than_a_sheet_holds_goes_on_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "ROWS_OF_A_SHEET", 3)
    file = tmp_path / "a.xlsx"
    with sheets.table("t", ("n", "text"), as_csv=False, xlsx=file) as row:
        for number, text in enumerate(FINE):
            row((number, text))
    found = [list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(file).worksheets]
    assert [len(one) for one in found] == [3, 3, 3] and {one[0] for one in found} == {("n", "text")}
    assert [row for one in found for row in one[1:]][-1] == (5, "a\ufffdb\ufffd")


@pytest.mark.parametrize("what", ["file", "link", "dangling", "folder", "device"])
def test_what_stands_there_stays(command: Command, answered: str, tmp_path: Path, what: str) -> None:
    there, other = tmp_path / "there.xlsx", tmp_path / "other"
    match what:
        case "file":
            there.write_text("mine")
        case "link":
            other.write_text("mine")
            there.symlink_to(other)
        case "dangling":
            there.symlink_to(other)
        case "folder":
            there.mkdir()
        case "device":
            there = Path(os.devnull)
    said = command("campaign", "ledger", "1", "--xlsx", str(there))
    assert "is there already -- name a file that is not there yet" in said.fault
    assert what != "file" or there.read_text() == "mine"
    assert what != "link" or other.read_text() == "mine"
    assert what != "dangling" or not other.exists()


def test_a_fault_in_between_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"

    def broken() -> None:
        with sheets.table("t", ("n",), as_csv=False, xlsx=file) as row:
            row((1,))
            raise ValueError

    with pytest.raises(ValueError):
        broken()
    assert list(tmp_path.iterdir()) == []
