"""The survey of a place: how many households have steady work, which have nobody who works, which are not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from content.formatting import capital, date_text, number_text
from content.labour_list import STATUS
from content.planpage import fact_text
from core.errors import StaleError
from core.labour import Home, HomeShow, LabourCounts, Workers
from core.officers import Right
from handlers.labour import surveying
from handlers.labour.surveying import share, together
from handlers.reported import Acting, WrongFigureError
from web.console.access import access_in, access_place
from web.console.figures.target import Trouble
from web.console.figures.targets import places
from web.console.kept import Typed, forget, kept
from web.console.needs.listing import page_number
from web.console.states import Mark
from web.console.uploads import hidden_asked
from web.console.visit import Visit

PAGE = "/console/labour"
ON_A_PAGE = 50
MOST_TOLD = 20
TYPED = ("code", "status")
TARGET = "one-worker-each"  # of the plans that promise it
MARKS = {
    HomeShow.STEADY: ("●", "good"),
    HomeShow.UNSTEADY: ("▲", "warning"),
    HomeShow.IDLE: ("■", "danger"),
    HomeShow.UNKNOWN: ("○", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLine:
    """What the list shows of a household."""

    href: str
    code: str
    hamlet: str
    status: str
    workers: str
    as_of: str
    mark: Mark


def standing(home: Home) -> HomeShow:
    """In which list a household stands."""
    if home.workers is None:
        return HomeShow.UNKNOWN
    if home.workers.stable:
        return HomeShow.STEADY
    return HomeShow.UNSTEADY if home.workers.unstable else HomeShow.IDLE


def mark_of(visit: Visit, home: Home) -> Mark:
    """How its state looks and reads; where nobody could work it says so."""
    show = standing(home)
    sign, kind = MARKS[show]
    nobody = home.workers is not None and not home.workers.adults
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.labour.state.{'nobody' if nobody else show}"))


def workers_text(visit: Visit, workers: Workers | None) -> str:
    """Who works, in numbers; empty where it is not known."""
    return visit.words.text("console.labour.workers", **workers.plain()) if workers is not None else ""


def _line(visit: Visit, one: Home) -> HomeLine:
    return HomeLine(
        href=f"{PAGE}/{one.id}",
        code=one.code,
        hamlet=one.hamlet,
        status=capital(STATUS[one.status]),
        workers=workers_text(visit, one.workers),
        as_of=date_text(one.as_of, visit.words.lang) if one.as_of else "",
        mark=mark_of(visit, one),
    )


def percent(visit: Visit, part: int, whole: int) -> str:
    """ "62,5%"; a dash of nothing."""
    found = share(part, whole)
    return "–" if found is None else f"{number_text(found.normalize(), visit.words.lang)}%"


def goal_text(visit: Visit, place: str) -> str:
    """What the place's plan promises, with its section; empty where it promises no such thing."""
    facts = visit.console.content.plans.get(place)
    fact = next((one for one in facts.targets if one.id == TARGET), None) if facts is not None else None
    return f"{fact_text(fact, visit.words.lang)} ({fact.section})" if fact is not None else ""


def _rows(visit: Visit, counts: Mapping[str, LabourCounts]) -> list[tuple[str, LabourCounts, str]]:
    named = [*sorted(counts.items()), (visit.words.text("console.labour.all"), together(counts))]
    return [(name, one, percent(visit, one.steady, one.meant)) for name, one in named]


async def show_survey(visit: Visit) -> Response:
    """GET /console/labour?at=&show=&hamlet=&page=."""
    return await survey_page(visit, typed=await kept(visit, PAGE))


async def survey_page(visit: Visit, *, typed: Typed, trouble: Trouble | None = None, at: str = "") -> Response:
    """The page, as the survey is now."""
    asked, words = visit.request.query_params, visit.words
    mine = places(visit, Right.READ_LABOUR)
    wanted = at or asked.get("at") or (mine[0][0] if mine else "")
    await access_in(visit, wanted, f"place:{wanted}", Right.READ_LABOUR, Right.READ_LABOUR)
    show = next((one for one in HomeShow if one.value == asked.get("show")), HomeShow.IDLE)
    hamlet, number = asked.get("hamlet") or None, page_number(asked.get("page", "1"))
    begin = (number - 1) * ON_A_PAGE
    async with visit.site.storage.read() as uow:
        counts = await uow.labour.counts(wanted)
        found, total = await uow.labour.page(wanted, show, hamlet=hamlet, limit=ON_A_PAGE, offset=begin)
        told = await uow.labour.told(wanted, MOST_TOLD)
    pages, whole = max(1, -(-total // ON_A_PAGE)), together(counts)
    query = {"at": wanted, "show": show.value, "hamlet": hamlet or ""}
    link = f"{PAGE}?{urlencode(query)}&page="
    return visit.page(
        "labour.html",
        status=trouble.status if trouble else 200,
        here=PAGE,
        at=wanted,
        place=visit.console.content.localities[wanted].place.get(words.lang),
        places=mine,
        whole=whole,
        steady_share=percent(visit, whole.steady, whole.meant),
        goal=goal_text(visit, wanted),
        rows=_rows(visit, counts),
        hamlets=sorted(counts),
        show=show.value,
        hamlet=hamlet or "",
        shows=[(one.value, words.text(f"console.labour.show.{one}")) for one in HomeShow],
        lines=[_line(visit, one) for one in found],
        total=total,
        number=number,
        pages=pages,
        before=f"{link}{number - 1}" if number > 1 else "",
        after=f"{link}{number + 1}" if number < pages else "",
        told=[(one.id, one.hamlet, one.status, workers_text(visit, one.workers)) for one in told],
        statuses=[(one.value, capital(name)) for one, name in STATUS.items()],
        writes=visit.officer.may(Right.WRITE_LABOUR, localities=[wanted]),
        hidden=hidden_asked(visit),
        typed=typed,
        trouble=trouble,
    )


async def post_told(visit: Visit) -> Response:
    """POST /console/labour/told/{id}: whose household it is that somebody told of."""
    storage = visit.site.storage
    one = await surveying.find_told(storage, visit.request.path_params["id"])
    await access_in(visit, one.locality, f"told:{one.id}", Right.READ_LABOUR, Right.WRITE_LABOUR)
    await access_place_of(visit, one.locality)
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    fields = {name: visit.form.get(name) for name in TYPED}
    try:
        await surveying.adopt(storage, one, fields["code"], fields["status"], acting)
    except (StaleError, WrongFigureError) as error:
        faults = error.faults if isinstance(error, WrongFigureError) else {}
        wrong = {name: visit.words.text(f"console.labour.fault.{name}.{fault}") for name, fault in faults.items()}
        text = visit.words.text("console.figure.wrong" if wrong else "console.labour.stale")
        trouble = Trouble(text=text, faults=wrong, status=422 if wrong else 409)
        return await survey_page(visit, typed=Typed(fields=fields), trouble=trouble, at=one.locality)
    await forget(visit, PAGE)
    return visit.go(PAGE, at=one.locality, show=HomeShow.ALL.value, done="labour-told")


async def access_place_of(visit: Visit, place: str) -> None:
    """Raises NotFoundError where no pack holds this place any more."""
    if place not in visit.console.content.localities:
        await access_place(visit, place, Right.WRITE_LABOUR)
