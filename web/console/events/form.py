"""Writing a job fair, and writing it anew."""

from starlette.responses import Response

from content.locality import Locality
from core.errors import StaleError
from core.events import Announced, EventKind
from core.officers import Right
from handlers import job_events
from handlers.job_events import FIELDS, MOST, form_of, read_form
from handlers.reported import WrongFigureError
from web.bubbles import time_text
from web.console.access import access_place
from web.console.days import with_days
from web.console.events.lines import EVENT, PAGE, access_event, acting, seen_in
from web.console.figures.target import Trouble
from web.console.kept import Typed, forget, kept
from web.console.lines import place_name
from web.console.visit import Visit

NEW, EDIT = f"{PAGE}/{{place}}/new", f"{EVENT}/edit"
TYPED = FIELDS


async def show_new(visit: Visit) -> Response:
    """GET /console/work/events/{place}/new."""
    place = await _place(visit)
    return _page(visit, NEW.format(place=place.id), place.id, typed=await kept(visit, NEW.format(place=place.id)))


async def post_new(visit: Visit) -> Response:
    """POST /console/work/events/{place}/new."""
    place = await _place(visit)
    href = NEW.format(place=place.id)
    try:
        event = read_form(_typed(visit).fields, visit.now)
    except WrongFigureError as error:
        return _page(visit, href, place.id, typed=_typed(visit), trouble=_trouble(visit, error))
    number = await job_events.announce(visit.site.storage, place.id, event, acting(visit))
    await forget(visit, href)
    return visit.go(EVENT.format(id=number) if number else PAGE, done="event-made")


async def show_edit(visit: Visit) -> Response:
    """GET /console/work/events/{id}/edit: what waits, else what people see."""
    one = await access_event(visit, Right.WRITE_CAMPAIGNS)
    typed = await kept(visit, EDIT.format(id=one.id))
    return _edit_page(visit, one, typed if typed.fields else Typed(fields=form_of(one.proposed or one.event)))


async def post_edit(visit: Visit) -> Response:
    """POST /console/work/events/{id}/edit."""
    one = await access_event(visit, Right.WRITE_CAMPAIGNS)
    try:
        event = read_form(_typed(visit).fields, visit.now, taken=one.taken)
        await job_events.change(visit.site.storage, one, event, acting(visit), seen_in(visit))
    except WrongFigureError as error:
        return _edit_page(visit, one, _typed(visit), _trouble(visit, error))
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.events.stale"), status=409)
        return _edit_page(visit, one, _typed(visit), trouble)
    await forget(visit, EDIT.format(id=one.id))
    return visit.go(EVENT.format(id=one.id), done="event-changed" if one.verified_by else "event-written")


async def _place(visit: Visit) -> Locality:
    return await access_place(visit, visit.request.path_params["place"], Right.WRITE_CAMPAIGNS)


def _typed(visit: Visit) -> Typed:
    return Typed(fields={name: visit.form.get(name) for name in TYPED})


def _trouble(visit: Visit, error: WrongFigureError) -> Trouble:
    words = visit.words
    faults = {
        name: words.text(f"console.events.fault.{fault}", most=MOST.get(name, 0))
        for name, fault in error.faults.items()
    }
    return Trouble(text=words.text("console.figure.wrong"), faults=with_days(visit, faults, visit.form.fields))


def _edit_page(visit: Visit, one: Announced, typed: Typed, trouble: Trouble | None = None) -> Response:
    return _page(visit, EDIT.format(id=one.id), one.locality, typed=typed, trouble=trouble, one=one)


def _page(
    visit: Visit,
    href: str,
    locality: str,
    *,
    typed: Typed,
    trouble: Trouble | None = None,
    one: Announced | None = None,
) -> Response:
    words = visit.words
    return visit.page(
        "event-form.html",
        status=trouble.status if trouble else 200,
        href=href,
        back=EVENT.format(id=one.id) if one else f"{PAGE}?at={locality}",
        one=one,
        place=place_name(visit, locality),
        kinds=[(kind.value, words.text(f"event.kind.{kind}")) for kind in EventKind],
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )
