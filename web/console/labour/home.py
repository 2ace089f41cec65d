"""One household of the survey: entered, changed, with what happened to it."""

from starlette.responses import Response

from content.formatting import capital, date_text
from content.labour_list import STATUS
from core.caps import LOCAL
from core.errors import NotFoundError, StaleError
from core.labour import Home, HomeEntry
from core.officers import Right
from handlers.labour import surveying
from handlers.labour.surveying import COUNTS
from handlers.labour.surveying import Typed as Facts
from handlers.reported import Acting, WrongFigureError
from web.bubbles import time_text
from web.console.access import access_in
from web.console.days import with_days
from web.console.figures.target import Trouble
from web.console.figures.targets import places
from web.console.kept import Typed, forget, kept
from web.console.labour.survey import PAGE, mark_of, workers_text
from web.console.lines import place_name
from web.console.visit import Visit

NEW, HOME = f"{PAGE}/new", f"{PAGE}/{{id}}"
TYPED = ("place", "code", "hamlet", "status", *COUNTS, "as_of")


async def chosen(visit: Visit, asked: str) -> str:
    """The place that is asked for, else the first one. Raises NotFoundError and NotAllowedError as `access_in` does."""
    place = asked or next((one for one, _ in places(visit, Right.WRITE_LABOUR)), "")
    if place not in visit.console.content.localities:
        raise NotFoundError("no such place", where=place)
    await access_in(visit, place, f"place:{place}", Right.READ_LABOUR, Right.WRITE_LABOUR)
    return place


async def access_home(visit: Visit, right: Right) -> Home:
    """The household that the address names. Raises as `access_in` does."""
    one = await surveying.find(visit.site.storage, visit.request.path_params["id"])
    await access_in(visit, one.locality, f"labour:{one.id}", Right.READ_LABOUR, right)
    return one


def _facts(visit: Visit, code: str) -> Facts:
    return Facts(
        code=code,
        hamlet=visit.form.get("hamlet"),
        status=visit.form.get("status"),
        as_of=visit.form.get("as_of"),
        counts={name: visit.form.get(name) for name in COUNTS},
    )


def _wrong(visit: Visit, error: WrongFigureError) -> Trouble:
    texts = {name: visit.words.text(f"console.labour.fault.{name}.{fault}") for name, fault in error.faults.items()}
    faults = with_days(visit, texts, visit.form.fields)
    return Trouble(text=visit.words.text("console.figure.wrong"), faults=faults)


def _acting(visit: Visit) -> Acting:
    return Acting(officer=visit.officer.name, now=visit.now, once=visit.once)


def _today(visit: Visit) -> str:
    return f"{visit.now.astimezone(LOCAL):%d/%m/%Y}"


async def show_new(visit: Visit) -> Response:
    """GET /console/labour/new?at=."""
    place = await chosen(visit, visit.request.query_params.get("at", ""))
    return new_page(visit, place, typed=await kept(visit, NEW))


def new_page(visit: Visit, place: str, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form for a household that is not in the list yet."""
    return visit.page(
        "labour-new.html",
        status=trouble.status if trouble else 200,
        href=NEW,
        back=f"{PAGE}?at={place}",
        at=place,
        place=place_name(visit, place),
        **_form(visit, typed if typed.fields else Typed(fields={"as_of": _today(visit)})),
        trouble=trouble,
    )


def _form(visit: Visit, typed: Typed) -> dict[str, object]:
    return {
        "counts": COUNTS,
        "statuses": [(one.value, capital(name)) for one, name in STATUS.items()],
        "typed": typed,
        "typed_at": time_text(typed.at, now=visit.now, words=visit.words) if typed.at else "",
    }


async def post_new(visit: Visit) -> Response:
    """POST /console/labour/new."""
    place = await chosen(visit, visit.form.get("place"))
    try:
        number = await surveying.enter(visit.site.storage, place, _facts(visit, visit.form.get("code")), _acting(visit))
    except WrongFigureError as error:
        typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
        return new_page(visit, place, typed=typed, trouble=_wrong(visit, error))
    await forget(visit, NEW)
    return visit.go(f"{PAGE}/{number}" if number else PAGE, done="labour-entered")


async def show_home(visit: Visit) -> Response:
    """GET /console/labour/{id}."""
    one = await access_home(visit, Right.READ_LABOUR)
    return await home_page(visit, one, typed=await kept(visit, HOME.format(id=one.id)))


async def home_page(visit: Visit, one: Home, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The page, as the household is now; the form holds what it is, or what was typed before."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        history = await uow.labour.history(one.id)
    now = {
        "hamlet": one.hamlet,
        "status": one.status.value,
        "as_of": f"{one.as_of:%d/%m/%Y}" if one.as_of else _today(visit),
    }
    now |= {name: str(value) for name, value in one.workers.plain().items()} if one.workers else {}
    filled = Typed(fields=typed.fields or now, at=typed.at)
    return visit.page(
        "labour-home.html",
        status=trouble.status if trouble else 200,
        href=HOME.format(id=one.id),
        back=f"{PAGE}?at={one.locality}",
        home=one,
        place=place_name(visit, one.locality),
        home_status=capital(STATUS[one.status]),
        workers=workers_text(visit, one.workers),
        as_of=date_text(one.as_of, words.lang) if one.as_of else "",
        mark=mark_of(visit, one),
        history=[_line(visit, each) for each in history],
        writes=visit.officer.may(Right.WRITE_LABOUR, localities=[one.locality]),
        **_form(visit, filled),
        trouble=trouble,
    )


def _line(visit: Visit, each: HomeEntry) -> tuple[str, str, str]:
    """How it came, by whom and when, and what was so afterwards."""
    words = visit.words
    who = each.by or words.text("console.labour.citizen")
    how = words.text(f"console.labour.how.{each.how}")
    facts = each.facts
    said = workers_text(visit, facts.workers) or words.text("console.labour.state.unknown")
    text = f"{facts.hamlet}, {STATUS[facts.status]}. {said}"
    return how, f"{who}, {time_text(each.at, now=visit.now, words=words)}", text


async def post_change(visit: Visit) -> Response:
    """POST /console/labour/{id}/change."""
    one = await access_home(visit, Right.WRITE_LABOUR)
    seen = visit.form.get("seen")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    try:
        await surveying.change(visit.site.storage, one, _facts(visit, one.code), _acting(visit), seen=number)
    except (StaleError, WrongFigureError) as error:
        stale = Trouble(text=visit.words.text("console.labour.stale"), status=409)
        trouble = _wrong(visit, error) if isinstance(error, WrongFigureError) else stale
        typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
        return await home_page(visit, await access_home(visit, Right.READ_LABOUR), typed=typed, trouble=trouble)
    page = HOME.format(id=one.id)
    await forget(visit, page)
    return visit.go(page, done="labour-changed")
