"""The job fairs of an officer's places, the next first."""

from starlette.responses import Response

from core.officers import Right
from web.console.events.lines import PAGE, row_of
from web.console.figures.targets import places
from web.console.visit import Visit

ON_A_PAGE = 30


async def show_events(visit: Visit) -> Response:
    """GET /console/work/events?at=&page=."""
    asked = visit.request.query_params
    mine = places(visit, Right.READ_CAMPAIGNS)
    at = next((one for one, _ in mine if one == asked.get("at")), "")
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    wanted = [at] if at else [one for one, _ in mine]
    async with visit.site.storage.read() as uow:
        found, total = await uow.events.list(wanted, visit.now, ON_A_PAGE, (page - 1) * ON_A_PAGE)
    pages = max(1, -(-total // ON_A_PAGE))
    link = f"{PAGE}?at={at}&page="
    writing = [(one, name) for one, name in mine if visit.officer.may(Right.WRITE_CAMPAIGNS, localities=[one])]
    return visit.page(
        "events.html",
        rows=[row_of(visit, one) for one in found],
        total=total,
        number=page,
        pages=pages,
        before=f"{link}{page - 1}" if page > 1 else "",
        after=f"{link}{page + 1}" if page < pages else "",
        at=at,
        places=mine,
        writing=[(f"{PAGE}/{one}/new", name) for one, name in writing if at in ("", one)],
        here=PAGE,
    )
