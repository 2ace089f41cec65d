"""The list of households: put in from an office's file, and written out in the same layout."""

import asyncio

from starlette.responses import Response

from content.formatting import number_text
from content.labour_list import HEADS, STATUS, Found, read_homes, rows_of
from content.work.sheets import UnreadableListError
from core.caps import LOCAL
from core.filetypes import MAX_FILE_BYTES, clean_name
from core.labour import HomeStatus
from core.officers import Right
from handlers.labour import surveying
from handlers.reported import Acting
from web.console.access import access_in
from web.console.figures.target import Trouble
from web.console.figures.targets import places
from web.console.labour.home import chosen
from web.console.labour.survey import PAGE
from web.console.lines import place_name
from web.console.uploads import MEGABYTE, hidden_query, list_trouble, not_a_list, unreadable
from web.console.visit import Visit
from web.workbook import download, workbook

IMPORT = f"{PAGE}/import"
SAMPLE = f"{IMPORT}/sample"
SHOWN = 50  # bad rows told one by one
MOST_HOMES = 5_000  # of one file on the page; the command takes longer ones


async def show_import(visit: Visit) -> Response:
    """GET /console/labour/import?at=."""
    place = await chosen(visit, visit.request.query_params.get("at", ""))
    return import_page(visit, place)


def import_page(visit: Visit, place: str, *, trouble: Trouble | None = None, bad: tuple[str, ...] = ()) -> Response:
    """The form, what a file has to look like, and what was wrong with the one that was sent."""
    return visit.page(
        "labour-import.html",
        status=trouble.status if trouble else 200,
        href=IMPORT,
        back=f"{PAGE}?at={place}",
        at=place,
        place=place_name(visit, place),
        heads=HEADS,
        most=MAX_FILE_BYTES // MEGABYTE,
        most_homes=number_text(MOST_HOMES, visit.words.lang),
        bad=bad[:SHOWN],
        more=max(0, len(bad) - SHOWN),
        trouble=trouble,
    )


async def post_import(visit: Visit) -> Response:
    """POST /console/labour/import: all of the list, or nothing of it."""
    place = await chosen(visit, visit.form.get("place"))
    found = await _read(visit)
    if isinstance(found, Trouble):
        return import_page(visit, place, trouble=found)
    if found.bad or not found.homes:
        text = visit.words.text("console.labour.bad" if found.bad else "console.labour.empty-file")
        return import_page(visit, place, trouble=Trouble(text=text), bad=_told(visit, found))
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    await surveying.put_in(visit.site.storage, place, found.homes, acting, file=visit.form.files[0].name)
    return visit.go(PAGE, at=place, show="all", done="labour-imported", **hidden_query(found.hidden))


async def _read(visit: Visit) -> Found | Trouble:
    """What the file holds, or why it is not taken."""
    words, day = visit.words, visit.now.astimezone(LOCAL).date()
    if not visit.form.files:
        return Trouble(text=words.text("console.labour.no-file"))
    fault = not_a_list(visit.form.files)
    if fault:
        return list_trouble(visit, fault)
    file = visit.form.files[0]
    try:
        found = await asyncio.to_thread(read_homes, file.content, clean_name(file.name), day)
    except UnreadableListError as error:
        long = error.fault == "long"
        return list_trouble(visit, "homes", rows=MOST_HOMES) if long else unreadable(visit, error)
    return found if len(found.homes) <= MOST_HOMES else list_trouble(visit, "homes", rows=MOST_HOMES)


def _told(visit: Visit, found: Found) -> tuple[str, ...]:
    sheet = {one.sheet: f"{visit.words.text('console.labour.sheet-name', name=one.sheet)}, " for one in found.bad}
    sheet[""] = ""
    return tuple(
        visit.words.text("console.labour.bad-row", sheet=sheet[one.sheet], line=one.line, what=one.what)
        for one in found.bad
    )


async def show_sample(visit: Visit) -> Response:
    """GET /console/labour/import/sample: the layout with two made-up households, one of them not known yet."""
    await chosen(visit, "")
    today = visit.now.astimezone(LOCAL).date()
    poor, near = STATUS[HomeStatus.POOR], STATUS[HomeStatus.NEAR_POOR]
    rows = [("MAU-01", "thôn 1", poor, 3, 1, 1, 1, today), ("MAU-02", "tổ 2", near, None, None, None, None, None)]
    return download("mau-lao-dong-ho", workbook("Lao động hộ", HEADS, rows))


async def show_sheet(visit: Visit) -> Response:
    """GET /console/labour/sheet?at=: every household in the layout in which a list is put in."""
    mine = places(visit, Right.READ_LABOUR)
    place = visit.request.query_params.get("at") or (mine[0][0] if mine else "")
    await access_in(visit, place, f"place:{place}", Right.READ_LABOUR, Right.READ_LABOUR)
    acting = Acting(officer=visit.officer.name, now=visit.now)
    homes = await surveying.written_out(visit.site.storage, place, acting)
    return download(f"lao-dong-{place}", workbook("Lao động hộ", HEADS, rows_of(homes)))
