"""The ledger of a notice: everybody who was meant, with what became of it and why; a page at a time, or as a file."""

import csv
from collections.abc import Mapping
from io import StringIO

from starlette.responses import Response

from content.wording import wording
from core.caps import LOCAL
from core.cells import safe
from core.official import Sheet
from core.records import LedgerRow
from core.report import FATES, WHYS
from handlers import ledgers
from web.bubbles import time_text
from web.console.notices.listing import page_of
from web.console.notices.notice import notice_of
from web.console.visit import Visit
from web.files import disposition

ROWS = 50  # of the ledger on a page
HEADS = ("contact", "name", "hamlet", "channel", "state", "reason", "attempts", "doubts", "at")
WIDTHS = (8, 28, 20, 16, 18, 30, 12, 12, 18)
FILED = wording("vi")  # the language of what an office keeps
KINDS = ("xlsx", "csv")
AS_EXCEL_READS_IT = "utf-8-sig"  # without the mark it takes CSV for the letters of Western Europe


async def show_ledger(visit: Visit) -> Response:
    """GET /console/notices/{id}/ledger?after=: everybody who was meant, with what became of it and why."""
    one, words = notice_of(visit), visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.notices.ledger(one.id, after=visit.request.query_params.get("after", ""), limit=ROWS)
    href = page_of(one)
    return visit.page(
        "ledger.html",
        one=one,
        href=href,
        lines=[_line(visit, row) for row in found.rows],
        onward=f"{href}/ledger?after={found.onward}" if found.onward else "",
        first=not visit.request.query_params.get("after"),
        files=[(f"{href}/ledger.{kind}", words.text(f"console.ledger.file.{kind}")) for kind in KINDS],
    )


def _line(visit: Visit, row: LedgerRow) -> Mapping[str, str]:
    words = visit.words
    return {
        "name": row.name or words.text("console.ledger.nameless", number=row.contact_id or 0),
        "hamlet": row.hamlet,
        "channel": row.account.partition(".")[0],
        "fate": words.text(f"report.fate.{FATES[row.state]}"),
        "why": words.text(f"report.why.{WHYS[row.reason]}") if row.reason in WHYS else row.reason,
        "at": time_text(row.at, now=visit.now, words=words) if row.at else "",
    }


async def show_file(visit: Visit) -> Response:
    """GET /console/notices/{id}/ledger.csv and .xlsx: all of it as a file; the log remembers it."""
    one, kind = notice_of(visit), visit.request.url.path.rpartition(".")[2]
    found = await ledgers.filed(visit.site.storage, one, kind=kind, officer=visit.officer.name, now=visit.now)
    head, rows = tuple(FILED.text(f"ledger.{name}") for name in HEADS), tuple(map(_cells, found))
    name = f"so-gui-tin-{one.id}"
    if kind == "xlsx":
        sheet = Sheet(title=FILED.text("ledger.sheet", number=one.id), head=head, rows=rows, widths=WIDTHS)
        made = await visit.console.reporting.book([sheet], name)
        name, media_type, content = made.name, made.media_type, made.content
    else:
        name, media_type, content = f"{name}.csv", "text/csv", _csv(head, rows)
    headers = {"Content-Disposition": disposition(name, inline=False), "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


def _csv(head: tuple[str, ...], rows: tuple[tuple[int | str, ...], ...]) -> bytes:
    """What no spreadsheet takes for a formula."""
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow(head)
    lines.writerows([[safe(cell) for cell in row] for row in rows])
    return out.getvalue().encode(AS_EXCEL_READS_IT)


def _cells(row: LedgerRow) -> tuple[int | str, ...]:
    """In the words of the office; the same as the command's sheet."""
    why = FILED.text(f"report.why.{WHYS[row.reason]}") if row.reason in WHYS else row.reason
    at = f"{row.at.astimezone(LOCAL):%d/%m/%Y %H:%M}" if row.at is not None else ""
    who = (row.contact_id if row.contact_id is not None else "", row.name, row.hamlet, row.account)
    return (*who, FILED.text(f"report.fate.{FATES[row.state]}"), why, row.attempts, row.doubts, at)
