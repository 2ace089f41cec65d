"""monitoring-reports: a place's quarter, as officers see it on the page, sign it on paper and check it in a sheet.

On fixed data the quarter equals the one that was made by hand below.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.app import App, build
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.passwords import Argon2Passwords
from bot.settings import load_settings
from core.officers import Grant, Role
from tests.console.desk import Desk, console_of, signed_in
from tests.console.reporting import filled
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.service import chungtay_here
from tests.web.conftest import changed

QUARTER = "?place=dak-cam&period=2026-Q4"
# Counted by hand from what `filled` puts in.
BY_HAND = {
    "Người đã nhắn Chung Tay hoặc có trong danh sách": "36",
    "Đồng ý nhận tin": "22",
    "Tin bắt đầu gửi trong kỳ": "2",
    "Lượt gửi được": "17",
    "Lượt chưa rõ đã đến": "2",
    "Lượt dừng nhận tin trong 7 ngày sau tin": "2",
    "Câu hỏi trong kỳ": "30",
    "Cán bộ đã trả lời": "18",
    "Chưa được trả lời lần nào": "11",
    "Đang chờ và đã quá hạn": "7",
    "Một nửa số câu được trả lời lần đầu trong": "5 giờ",
    "Lượt tự kiểm tra xong": "31",
    "Trong đó thiếu về Nhà ở": "13",
    "Trong đó thiếu về Y tế": "dưới 5",
}


@pytest.fixture
def data_dir(tmp_path: Path, databases: Databases) -> Path:
    """The service's folder, as after a first start."""
    load_key(tmp_path)
    databases.put(tmp_path / "chungtay.db")
    return tmp_path


@pytest.fixture
async def app(data_dir: Path, clock: FixedClock, knowledge: Knowledge) -> AsyncIterator[App]:
    """A ward with a history."""
    settings = load_settings(data_dir=data_dir, database_url="", public_url="https://chungtay.example")
    async with build(settings, clock=clock, knowledge=knowledge) as running:
        console = console_of(running)
        gate = replace(console.gate, passwords=Argon2Passwords(passes=1, kibibytes=8, lanes=1))
        await filled(running.storage)
        yield replace(running, web=changed(running.web.state.site, console=replace(console, gate=gate)))


@pytest.fixture
async def leader(app: App) -> AsyncIterator[Desk]:
    """Who approves in Đăk Cấm, at the console."""
    desk = await signed_in(app, "Duy", Grant(role=Role.APPROVER, locality="dak-cam"))
    async with desk.client:
        yield desk


async def test_the_quarter_on_the_page_is_the_one_made_by_hand(leader: Desk) -> None:
    await leader.open("/console")
    await leader.open(leader.page.links["Số liệu"])
    page = await leader.open(f"{leader.page.url.path}{QUARTER}")
    rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th><td>(?:<a [^>]*>)?([^<]+)', page.html)
    told = {unescape(name): unescape(figure) for name, figure in rows}
    assert {name: told.get(name) for name in BY_HAND} == BY_HAND
    assert "Báo cáo quý IV năm 2026" in page.text and "<svg" in page.html


async def test_the_paper_and_the_sheet_say_the_same(leader: Desk) -> None:
    paper = await leader.client.get(f"/console/reports/docx{QUARTER}")
    texts = [one.text for one in Document(BytesIO(paper.content)).paragraphs]
    assert "BÁO CÁO" in texts
    for name, figure in BY_HAND.items():
        assert any(text[2:] == f"{name}: {figure}." for text in texts), name
    sheet = await leader.client.get(f"/console/reports/xlsx{QUARTER}")
    summary = {str(row[1]).strip(): row[2] for row in load_workbook(BytesIO(sheet.content))["Tổng hợp"].values}
    assert {name: str(summary[name]) for name in BY_HAND} == BY_HAND


async def test_an_operator_writes_the_same_to_a_file(app: App, leader: Desk, tmp_path: Path) -> None:
    target = tmp_path / "quy-4.xlsx"
    options = ("--locality", "dak-cam", "--period", "2026-Q4", "--file", str(target))
    said = await asyncio.to_thread(chungtay_here, "report", *options, data_dir=tmp_path)
    assert said.returncode == 0, said.stderr
    summary = {str(row[1]).strip(): row[2] for row in load_workbook(target)["Tổng hợp"].values}
    assert summary["Câu hỏi trong kỳ"] == 30 and summary["Lượt tự kiểm tra xong"] == 31
