"""A list as an office passes it around: looked at before anything is put in, then put in as a whole or not at all.

What was read is kept sealed for its officer, as everything that is typed and not sent yet, and goes when it is put in.
"""

import asyncio
import json
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from content.formatting import date_text
from content.locality import Locality
from content.trades import Trades
from content.work.offers import BadRow, Home, ReadList, read_offers
from content.work.sheets import Hidden, UnreadableListError, read_sheets
from content.work.wording import wage_text
from core.filetypes import MAX_FILE_BYTES, clean_name
from core.officers import Right
from core.work import Offer, OfferKind, read_offer
from handlers import offering
from web.console.access import access_place
from web.console.figures.target import Trouble
from web.console.figures.targets import today
from web.console.kept import forget, kept
from web.console.offers.listing import PAGE
from web.console.uploads import MEGABYTE, MOST_ROWS, hidden_texts, list_trouble, not_a_list, unreadable
from web.console.visit import Visit
from web.forms import Upload

IMPORT = f"{PAGE}/import/{{place}}"
SHOWN, SHOWN_BAD = 100, 100  # rows that are told one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was read from a file, and not put in yet."""

    file: str
    offers: tuple[Offer, ...]
    bad: tuple[BadRow, ...]
    unread: tuple[str, ...]
    hidden: tuple[Hidden, ...]


async def _place(visit: Visit) -> Locality:
    return await access_place(visit, visit.request.path_params["place"], Right.WRITE_CAMPAIGNS)


async def show_import(visit: Visit) -> Response:
    """GET /console/work/import/{place}: the box for a file, or what was read from one."""
    place = await _place(visit)
    return _page(visit, place, await _looked(visit, place))


def _page(visit: Visit, place: Locality, looked: Looked | None, trouble: Trouble | None = None) -> Response:
    words = visit.words
    offers = looked.offers[:SHOWN] if looked else ()
    return visit.page(
        "offer-import.html",
        status=trouble.status if trouble else 200,
        href=IMPORT.format(place=place.id),
        back=f"{PAGE}?at={place.id}",
        place=place.place.get(words.lang),
        most=MAX_FILE_BYTES // MEGABYTE,
        looked=looked,
        lines=[_line(visit, one) for one in offers],
        bad=looked.bad[:SHOWN_BAD] if looked else (),
        hidden=hidden_texts(visit, looked.hidden) if looked else (),
        trouble=trouble,
    )


def _line(visit: Visit, one: Offer) -> tuple[str, str, str, str, str]:
    words = visit.words
    wage = wage_text(one, words).partition(": ")[2] if one.kind is OfferKind.VACANCY else ""
    return one.title, one.employer, one.place, wage, date_text(one.deadline, words.lang)


async def post_file(visit: Visit) -> Response:
    """POST /console/work/import/{place}: read a file, and show what would be put in."""
    place = await _place(visit)
    fault = not_a_list(visit.form.files)
    if fault:
        return _page(visit, place, None, list_trouble(visit, fault))
    (upload,) = visit.form.files
    home, day = offering.home_of(visit.console.content, place.id), today(visit)
    try:
        # A workbook of thousands of rows takes seconds: others go on meanwhile.
        found = await asyncio.to_thread(_read, upload, visit.console.content.trades, home, day)
    except UnreadableListError as error:
        return _page(visit, place, None, unreadable(visit, error))
    if len(found.offers) > MOST_ROWS or len(found.bad) > MOST_ROWS:
        return _page(visit, place, None, list_trouble(visit, "long"))
    await _keep(visit, place, clean_name(upload.name), found)
    return visit.go(IMPORT.format(place=place.id))


def _read(upload: Upload, trades: Trades, home: Home, day: date) -> ReadList:
    where = clean_name(upload.name)
    return read_offers(read_sheets(upload.content, where), trades, home, day, where)


async def _keep(visit: Visit, place: Locality, file: str, found: ReadList) -> None:
    told = {
        "file": file,
        "offers": [one.plain() for one in found.offers],
        "bad": [(one.sheet, one.line, one.what) for one in found.bad],
        "unread": found.unread,
        "hidden": [(one.sheet, one.lines) for one in found.hidden],
    }
    sealed = visit.console.gate.seal.close({"fields": {"list": json.dumps(told)}}, officer=visit.officer.id)
    async with visit.site.storage.write() as uow:
        await uow.forms.keep(visit.officer.id, IMPORT.format(place=place.id), sealed, visit.now)
        await uow.commit()


async def _looked(visit: Visit, place: Locality) -> Looked | None:
    typed = await kept(visit, IMPORT.format(place=place.id))
    if not typed.get("list"):
        return None
    told = json.loads(typed.get("list"))
    return Looked(
        file=told["file"],
        offers=tuple(read_offer(one) for one in told["offers"]),
        bad=tuple(BadRow(sheet=sheet, line=line, what=what) for sheet, line, what in told["bad"]),
        unread=tuple(told["unread"]),
        hidden=tuple(Hidden(sheet, tuple(lines)) for sheet, lines in told.get("hidden", ())),
    )


async def post_put(visit: Visit) -> Response:
    """POST /console/work/import/{place}/put: all of it, or with a tick what could be read."""
    place, storage = await _place(visit), visit.site.storage
    looked, done = await _looked(visit, place), f"{PAGE}?at={place.id}&standing=draft&done=offers-imported"
    if looked is None:
        async with storage.write() as uow:  # not committed: only asked
            again = not await uow.forms.claim(visit.once, visit.now)
        return visit.go(done) if again else _page(visit, place, None, list_trouble(visit, "gone", 409))
    if not looked.offers or (looked.bad and not visit.form.get("leave")):
        return _page(visit, place, looked, list_trouble(visit, "leave"))
    officer, now, once = visit.officer.name, visit.now, visit.once
    await offering.put_in(storage, place.id, looked.offers, file=looked.file, officer=officer, now=now, once=once)
    await forget(visit, IMPORT.format(place=place.id))
    return visit.go(done)


async def post_drop(visit: Visit) -> Response:
    """POST /console/work/import/{place}/drop: another file instead."""
    place = await _place(visit)
    await forget(visit, IMPORT.format(place=place.id))
    return visit.go(IMPORT.format(place=place.id))
