"""Spreadsheets as offices pass them around, made for tests."""

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from openpyxl import Workbook

from content.catalogue import Catalogue
from content.loader import load_catalogue
from content.work.offers import ReadList, read_offers
from content.work.sheets import read_sheets
from handlers.offering import home_of

TODAY = date(2026, 11, 21)
HEAD = ("Vị trí việc làm", "Đơn vị", "Nơi làm việc", "Mức lương", "Số lượng", "Hạn nộp")
ROW = ("Công nhân may", "Công ty May Sao Mai", "phường Đăk Cấm", "7-9tr", "20", "30/11/2026")


@cache
def catalogue() -> Catalogue:
    """The packs, read once."""
    return load_catalogue()


def workbook(*rows: Sequence[Any], merged: Sequence[str] = (), sheet: str = "Tin tuyển") -> Workbook:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    return book


def saved(book: Workbook) -> bytes:
    """Its file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(raw: bytes, where: str = "tin.xlsx") -> ReadList:
    """The offers of a file for Đăk Cấm."""
    content = catalogue()
    return read_offers(read_sheets(raw, where), content.trades, home_of(content, "dak-cam"), TODAY, where)


def rows(*lines: Sequence[Any], head: Sequence[str] = HEAD) -> ReadList:
    """The offers of plain rows below a head."""
    return read(saved(workbook(head, *lines)))


def faults(found: ReadList) -> list[str]:
    """What is told of rows that cannot be taken."""
    return [f"{one.line}: {one.what}" for one in found.bad]
