"""What the console's reports need of the process: files made beside the event loop."""

import asyncio
from collections.abc import Sequence

from bot.papers.cleaning import cleaned
from core.filetypes import DOCX, XLSX, clean_name
from core.official import OfficialReport, Sheet
from core.papers import FileKind, Made


class Reporting:
    """See web.console.parts.Reporting."""

    async def paper(self, report: OfficialReport, name: str, kind: FileKind) -> Made:
        """The report as PDF or DOCX."""
        return await asyncio.to_thread(paper_of, report, name, kind)

    async def book(self, sheets: Sequence[Sheet], name: str) -> Made:
        """The sheets as XLSX."""
        return await asyncio.to_thread(book_file, sheets, name)


def paper_of(report: OfficialReport, name: str, kind: FileKind) -> Made:
    """The report as PDF or DOCX. Raises ValueError on another kind."""
    clean = cleaned(report)
    if kind is FileKind.PDF:
        from bot.papers.typeset import report_pdf

        return Made(name=clean_name(f"{name}.pdf"), media_type="application/pdf", content=report_pdf(clean))
    if kind is FileKind.DOCX:
        from bot.papers.wordreport import report_docx

        return Made(name=clean_name(f"{name}.docx"), media_type=DOCX, content=report_docx(clean))
    raise ValueError(f"a report cannot be made as {kind}")


def book_file(sheets: Sequence[Sheet], name: str) -> Made:
    """The sheets as XLSX."""
    from bot.papers.book import book_of

    return Made(name=clean_name(f"{name}.xlsx"), media_type=XLSX, content=book_of(sheets))
