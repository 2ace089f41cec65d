"""Messages of a notice in doubt: for whom, since when; and what an officer says became of them."""

from collections.abc import Mapping

from starlette.responses import Response

from content.formatting import number_text
from core.campaigns import Campaign, Settlement
from core.delivery import DeliveryStatus
from core.errors import ChungTayError, NotAllowedError
from core.officers import Right
from core.records import Doubt
from handlers import campaigning
from handlers import doubts as settling
from handlers.campaigning import MANY
from web.bubbles import time_text
from web.console.access import access_notice
from web.console.notices.listing import page_of
from web.console.notices.notice import notice_of
from web.console.visit import Visit

DOUBTS = "/console/notices/{id}/doubts"
ROWS = 50  # on a page
MOST_DIGITS = 18  # of a number: more the database cannot hold
# Why one cannot be sent once more, as storage says it.
BARRED = {
    "its words are not kept any more": "words",
    "wants no notices any more": "stopped",
    "it is too late for it": "late",
}


async def show_doubts(visit: Visit) -> Response:
    """GET /console/notices/{id}/doubts?after="""
    return await _page(visit, notice_of(visit))


async def _page(visit: Visit, one: Campaign, *, trouble: str = "", status: int = 200) -> Response:
    typed = visit.request.query_params.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0
    async with visit.site.storage.read() as uow:
        found = await uow.doubts.list(one.id, after=after, limit=ROWS + 1, now=visit.now)
    words, number, href = visit.words, one.counts.get(DeliveryStatus.IN_DOUBT.value, 0), page_of(one)
    shown = number_text(number, words.lang)
    # Of people picked by what they lack no number is told.
    named = not campaigning.guarded(one.notice)
    count = words.text("console.doubts.count", number=shown) if named else words.text("console.doubts.some")
    return visit.page(
        "doubts.html",
        status=status,
        one=one,
        href=href,
        lines=[_line(visit, each) for each in found[:ROWS]],
        onward=f"{href}/doubts?after={found[ROWS - 1].id}" if len(found) > ROWS else "",
        first=not after,
        settle=visit.officer.may(Right.CONTROL_CAMPAIGNS, localities=one.notice.localities),
        count=count,
        many=shown if named and number >= MANY else "",
        settlements=[each.value for each in Settlement],
        trouble=trouble,
    )


def _line(visit: Visit, one: Doubt) -> Mapping[str, str | int]:
    words = visit.words
    return {
        "contact": one.contact_id or 0,
        "name": one.name or words.text("console.ledger.nameless", number=one.contact_id or 0),
        "hamlet": one.hamlet,
        "channel": one.account.partition(".")[0],
        "tries": number_text(one.doubts, words.lang),
        "since": time_text(one.since, now=visit.now, words=words) if one.since else "",
        "barred": words.text(f"console.doubts.barred.{BARRED.get(one.barred, 'other')}") if one.barred else "",
    }


async def post_doubts(visit: Visit) -> Response:
    """POST /console/notices/{id}/doubts: what became of one message, or of all that are in doubt."""
    one = notice_of(visit)
    said, _, whom = visit.form.get("settle").partition(":")
    if said not in tuple(Settlement) or (whom and not _is_number(whom)):
        return await _page(visit, one, trouble=visit.words.text("console.doubts.choose"), status=422)
    if not whom and (trouble := _unsure(visit, one)):
        return await _page(visit, one, trouble=trouble, status=422)
    contact = int(whom) if whom else None
    try:
        done = await settling.settle(
            visit.site.storage,
            one,
            Settlement(said),
            contact=contact,
            officer=visit.officer.name,
            now=visit.now,
            once=visit.once,
        )
    except NotAllowedError:
        raise
    except ChungTayError:
        there = await access_notice(visit, one.id, Right.READ_LEDGER)
        return await _page(visit, there, trouble=visit.words.text("console.doubts.stale"), status=409)
    if done.barred:
        there = await access_notice(visit, one.id, Right.READ_LEDGER)
        return await _page(visit, there, trouble=visit.words.text("console.doubts.left"))
    return visit.go(DOUBTS.format(id=one.id), done=f"doubts-{said}")


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS


def _unsure(visit: Visit, one: Campaign) -> str:
    """Before something is said of many people, their number is typed (voice O5)."""
    number = one.counts.get(DeliveryStatus.IN_DOUBT.value, 0)
    typed = "".join(each for each in visit.form.get("number") if each.isdigit())
    if number < MANY or campaigning.guarded(one.notice) or typed == str(number):
        return ""
    return visit.words.text("console.doubts.number", number=number_text(number, visit.words.lang))
