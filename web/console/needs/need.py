"""One need: what became of it, and what can be said of it."""

from collections.abc import Mapping

from starlette.responses import Response

from content.formatting import date_text
from core.caps import LOCAL
from core.errors import StaleError
from core.needs import MOST_WORDS, Need, NeedState
from core.officers import Right
from core.questions import spoken_code
from handlers.needs import meeting
from handlers.needs.meeting import FROM, Said
from handlers.reported import Acting, WrongFigureError
from web.bubbles import time_text
from web.console.access import access_in
from web.console.days import with_days
from web.console.figures.target import Trouble
from web.console.kept import Typed, forget, kept
from web.console.lines import place_name
from web.console.needs.listing import PAGE, goal_of, kind_name, mark_of
from web.console.visit import Visit

NEED = f"{PAGE}/{{id}}"
ACTS = {
    "met": NeedState.MET,
    "impossible": NeedState.IMPOSSIBLE,
    "reopen": NeedState.OPEN,
    "withdraw": NeedState.WITHDRAWN,
}
# The fields of each act's part of the form, by what the handler calls them.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "met": {"text": "met_text", "day": "met_day", "document": "met_document"},
    "impossible": {"text": "impossible_text"},
    "reopen": {},
    "withdraw": {},
}
TYPED = tuple(name for names in FIELDS.values() for name in names.values())


async def access_need(visit: Visit, right: Right) -> Need:
    """The need that the address names. Raises NotFoundError and NotAllowedError as `access_in` does."""
    one = await meeting.find(visit.site.storage, visit.request.path_params["id"])
    await access_in(visit, one.locality, f"need:{one.id}", Right.READ_NEEDS, right)
    return one


async def show_need(visit: Visit) -> Response:
    """GET /console/needs/{id}."""
    one = await access_need(visit, Right.READ_NEEDS)
    return need_page(visit, one, typed=await kept(visit, NEED.format(id=one.id)))


def need_page(visit: Visit, one: Need, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The page, as the need is now."""
    words = visit.words
    works = visit.officer.may(Right.WORK_NEEDS, localities=[one.locality])
    acts = {name: works and one.state in FROM[to] for name, to in ACTS.items()}
    acts["withdraw"] = acts["withdraw"] and one.contact_id is None
    place = visit.console.content.localities.get(one.locality)
    goal = goal_of(visit, place, one.kind) if place is not None else None
    day = f"{visit.now.astimezone(LOCAL):%d/%m/%Y}"  # mostly it is today
    settled = time_text(one.settled_at, now=visit.now, words=words) if one.settled_at else ""
    return visit.page(
        "need.html",
        status=trouble.status if trouble else 200,
        href=NEED.format(id=one.id),
        back=f"{PAGE}?at={one.locality}",
        need=one,
        code=spoken_code(one.code),
        kind=kind_name(visit, one.kind),
        place=place_name(visit, one.locality),
        hamlet=one.hamlet or words.text("console.need.no-hamlet"),
        stated=date_text(one.stated_at.astimezone(LOCAL).date(), words.lang),
        met_on=date_text(one.met_on, words.lang) if one.met_on else "",
        settled=settled,
        section=goal.fact.section if goal is not None else "",
        mark=mark_of(visit, one),
        acts=acts,
        told_there=one.contact_id is not None,
        most=MOST_WORDS,
        typed=typed if typed.fields else Typed(fields={"met_day": day}),
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


async def post_act(visit: Visit) -> Response:
    """POST /console/needs/{id}/met, …/impossible, …/reopen and …/withdraw."""
    name = visit.request.url.path.rpartition("/")[2]
    fields = FIELDS[name]
    one = await access_need(visit, Right.WORK_NEEDS)
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    seen = visit.form.get("seen")
    typed = {said: visit.form.get(field) for said, field in fields.items()}
    said = Said(seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1, **typed)
    try:
        await meeting.settle(visit.site.storage, visit.console.content, one, ACTS[name], acting, said=said)
    except StaleError:
        return await _again(visit, Trouble(text=visit.words.text("console.need.stale"), status=409))
    except WrongFigureError as error:
        wrong = {
            fields.get(where, where): visit.words.text(f"console.need.fault.{where}.{fault}", most=MOST_WORDS)
            for where, fault in error.faults.items()
        }
        faults = with_days(visit, wrong, visit.form.fields)
        return await _again(visit, Trouble(text=visit.words.text("console.figure.wrong"), faults=faults))
    await forget(visit, NEED.format(id=one.id))
    return visit.go(NEED.format(id=one.id), done=f"need-{name}")


async def _again(visit: Visit, trouble: Trouble) -> Response:
    one = await access_need(visit, Right.READ_NEEDS)
    typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
    return need_page(visit, one, typed=typed, trouble=trouble)
