"""Who applied for one vacancy, as a file for the employer or the exchange: by the ids of the file that brought it."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress

from starlette.responses import Response

from content.following import short
from content.formatting import phone_text
from content.reminding import day_of
from core.cells import safe
from core.errors import NotAllowedError, NotFoundError
from core.leads import LeadLine, LeadState
from core.officers import Right
from core.work import Posted
from handlers.reported import Acting
from handlers.work import leading, seeking
from web.console.figures.targets import today
from web.console.leads.listing import PAGE, mark_of, reference_of, who_text
from web.console.leads.seekers import PAGE as SEEKERS
from web.console.leads.seekers import called, home_text, reasons
from web.console.lines import place_name
from web.console.visit import Visit
from web.workbook import Cell, download, workbook

APPLICATIONS = f"{PAGE}/offers/{{id:int}}"
HEADS = ("reference", "vacancy", "employer", "application", "lead-who", "phone", "lead-begun", "state")


async def access_offer(visit: Visit) -> Posted:
    """The vacancy that the address names. Raises NotFoundError where this officer may not act on its leads."""
    number, content, storage = visit.request.path_params["id"], visit.console.content, visit.site.storage
    async with storage.read() as uow:
        posted = await uow.work.get(number)
    if posted is not None and posted.locality in content.localities:
        if leading.may(content, visit.officer, Right.ANSWER, posted.locality, today(visit)):
            return posted
        acting = Acting(officer=visit.officer.name, now=visit.now)
        with suppress(NotAllowedError):  # it is in the log
            await leading.demand_right(storage, content, posted.locality, Right.ANSWER, acting)
    raise NotFoundError("no such vacancy", where=str(number))


async def show_applications(visit: Visit) -> Response:
    """GET /console/work/leads/offers/{id}: the applications, and where they go."""
    posted = await access_offer(visit)
    lines = await _lines(visit, posted)
    return visit.page(
        "applications.html",
        title=posted.offer.title,
        employer=posted.offer.employer,
        reference=reference_of(posted),
        place=place_name(visit, posted.locality),
        rows=[_row(visit, posted, one) for one in lines],
        links=[f"{PAGE}/{one.lead.id}" for one in lines],
        heads=[visit.words.text(f"console.head.{one}") for one in HEADS],
        suited=await suited(visit, posted),
        phone=phone_text,
        href=f"{PAGE}/offers/{posted.id}",
        back=f"{PAGE}?at={posted.locality}",
    )


async def suited(visit: Visit, posted: Posted) -> list[tuple[str, str, str, str]]:
    """Who looks for such work, the first to be told first: page, name, household, and why it suits."""
    found = await seeking.people_for(visit.site.storage, visit.console.content, posted, visit.now)
    return [
        (f"{SEEKERS}/{one.contact_id}", called(visit, one), home_text(visit, one), reasons(visit, match))
        for one, match in found
    ]


async def _lines(visit: Visit, posted: Posted) -> Sequence[LeadLine]:
    async with visit.site.storage.read() as uow:
        found = await uow.leads.of_offer(posted.id)
    return [one for one in found if one.lead.state is not LeadState.GAVE_UP]


def _row(visit: Visit, posted: Posted, one: LeadLine) -> tuple[Cell, ...]:
    """Name and number only of those who let the employer have them."""
    agreed = bool(one.lead.employer_may)
    return (
        reference_of(posted),
        short(posted.offer.title),
        short(posted.offer.employer),
        one.lead.id,
        who_text(visit, one) if agreed else visit.words.text("console.leads.somebody", number=one.lead.id),
        one.phone if agreed else "",
        day_of(one.lead.begun_at),
        mark_of(visit, one.lead.state).word,
    )


async def show_sheet(visit: Visit) -> Response:
    """GET …/offers/{id}/sheet?as=csv: as an XLSX file, or as a CSV file that spreadsheets and exchanges read."""
    posted = await access_offer(visit)
    header = [visit.words.text(f"console.head.{one}") for one in HEADS]
    rows = [_row(visit, posted, one) for one in await _lines(visit, posted)]
    name = f"ung-tuyen-{posted.id}"
    if visit.request.query_params.get("as") != "csv":
        return download(name, workbook(visit.words.text("console.applications"), header, rows))
    out = io.StringIO()
    csv.writer(out).writerows([[safe(_plain(cell)) for cell in row] for row in (header, *rows)])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(f"\ufeff{out.getvalue()}".encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)
