"""`chungtay report`: the figures of the console's page, printed and as files."""

import re
import stat
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from core.officers import Grant, Role
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.console.reporting import filled
from tests.support.clock import MORNING
from tests.support.rows import everything

pytestmark = pytest.mark.either


@pytest.fixture
def november(url: str) -> str:
    """A place with a history."""
    in_storage(url, filled)
    return url


def test_a_month_is_printed(command: Command, november: str) -> None:
    said = command("report", "--locality", "dak-cam", "--period", "2026-11")
    text = re.sub(" +", " ", said.out)
    assert said.status == 0 and text.startswith("phường Đăk Cấm, tháng 11 năm 2026\n")
    for line in (" Câu hỏi trong kỳ 22\n", " Lượt gửi được 17\n", " Lượt tự kiểm tra xong 24\n", " Thôn 3 dưới 5 "):
        assert line in text, line
    said = command("report", "--period", "2026-q4", "--lang", "en")
    assert "Questions in the period 31\n" in re.sub(" +", " ", said.out)


def test_files_hold_the_same_figures(command: Command, november: str, tmp_path: Path) -> None:
    options = ("report", "--locality", "dak-cam", "--period", "2026-11", "--file")
    for kind in ("docx", "pdf", "xlsx"):
        target = tmp_path / f"thang-11.{kind}"
        said = command(*options, str(target))
        assert (said.status, said.out) == (0, "") and stat.S_IMODE(target.stat().st_mode) == 0o600
    texts = [one.text for one in Document(BytesIO((tmp_path / "thang-11.docx").read_bytes())).paragraphs]
    assert "- Câu hỏi trong kỳ: 22." in texts
    book = load_workbook(tmp_path / "thang-11.xlsx")
    assert {row[1]: row[2] for row in book["Tổng hợp"].values}["Câu hỏi trong kỳ"] == 22
    assert (tmp_path / "thang-11.pdf").read_bytes().startswith(b"%PDF-")
    log = [row for row in in_storage(november, everything)["audit_log"] if row["action"] == "report.filed"]
    assert [(row["actor"], row["detail"]["kind"]) for row in log] == [
        ("officer:operator", kind) for kind in ("docx", "pdf", "xlsx")
    ]


def test_what_cannot_be_reported_is_said(command: Command, november: str, tmp_path: Path) -> None:
    there = tmp_path / "there.pdf"
    there.write_bytes(b"x")
    assert "is there already" in command("report", "--file", str(there)).fault
    assert "is no kind of file that is made" in command("report", "--file", str(tmp_path / "a.txt")).fault
    assert "has not begun" in command("report", "--period", "2999").fault
    assert "write a month like 2026-11" in command("report", "--period", "11/2026").err
    assert "no-such" in command("report", "--locality", "no-such").fault


def test_an_officer_reports_on_their_own_place(command: Command, november: str, tmp_path: Path) -> None:
    async def hired(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            number = await uow.officers.add("Mặt trận", MORNING)
            await uow.officers.grant(number, [Grant(role=Role.SUPERVISOR, locality="dak-cam")])
            await uow.commit()

    in_storage(november, hired)
    assert "may not do this" in command("report", "--locality", "di-su", "--as", "Mặt trận").fault
    assert "may not do this" in command("report", "--as", "Mặt trận").fault
    target = tmp_path / "a.xlsx"
    assert command("report", "--locality", "dak-cam", "--as", "Mặt trận", "--file", str(target)).status == 0
    assert "Dòng câu hỏi" not in load_workbook(target).sheetnames
