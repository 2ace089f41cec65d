"""Tables as an XLSX file to be fetched: texts stay texts, whatever they begin with."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain

from starlette.responses import Response

Cell = str | int | Decimal | date | None
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_000  # characters of a cell; spreadsheets hold 32,767
WIDEST = 60  # letters of a column
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def workbook(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet with a header that stays on top. A text that looks like a formula is kept as a text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    for at, line in enumerate(chain([header], rows), start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(row=at, column=column)
            if isinstance(value, str):
                cell.value = _NOT_IN_XML.sub("?", value)[:LONGEST]
                cell.data_type = "s"
            else:
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = "DD/MM/YYYY"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(header) + 1):
        longest = max(len(str(line[column - 1] or "")) for line in (header, *rows))
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 10), WIDEST)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def download(name: str, content: bytes) -> Response:
    """The answer with which a browser saves the file. `name` is of small letters, digits and hyphens."""
    disposition = f'attachment; filename="{name}.xlsx"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)
