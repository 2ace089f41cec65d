"""Who looks for work, by their own yes: searched, thirty a page; the same as a file without what was not agreed to."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.responses import Response

from content.formatting import date_text
from content.reminding import day_of
from content.wording import wording
from content.work.wording import because_text
from core.officers import Right
from core.seekers import SeekerLine
from core.suiting import Match
from handlers.work.seeking import HOUSEHOLDS, Wanted, chosen
from web.console.leads.listing import demand_places, household_text, places_of
from web.console.lines import place_name
from web.console.visit import Visit
from web.workbook import Cell, download, workbook

PAGE = "/console/work/seekers"
ON_A_PAGE = 30
LONGEST = 60  # characters that somebody searches by
HEADS = ("number", "place", "seeker-can", "seeker-wants", "seeker-reach", "seeker-times", "lead-home", "seeker-told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a list shows of somebody."""

    href: str
    who: str = field(repr=False)
    home: str
    can: str
    wants: str
    reach: str
    told: str


def called(visit: Visit, one: SeekerLine) -> str:
    """Their name where they let officers have it, else their number."""
    return one.name or visit.words.text("console.seekers.somebody", number=one.contact_id)


def home_text(visit: Visit, one: SeekerLine) -> str:
    """Where they live, and what household theirs is."""
    return ", ".join(each for each in (one.hamlet, household_text(visit, one.status)) if each)


def trades_text(visit: Visit, ids: tuple[str, ...], none: str) -> str:
    """Trades by their names."""
    known = visit.console.content.trades
    return ", ".join(known.title(one, visit.words.lang) for one in ids) or visit.words.text(f"console.seekers.{none}")


def reach_text(visit: Visit, one: SeekerLine) -> str:
    """How far, and when."""
    return f"{_button(visit, f'reach_{one.profile.reach}')}. {_button(visit, f'times_{one.profile.times}')}."


def _button(visit: Visit, name: str) -> str:
    return visit.words.text(f"button.work_{name}")


def reasons(visit: Visit, match: Match) -> str:
    """Why it suits them, as an officer reads it."""
    return because_text(match, wording(visit.words.lang), of_others=True)


def line_of(visit: Visit, one: SeekerLine) -> Line:
    """The line of somebody."""
    return Line(
        href=f"{PAGE}/{one.contact_id}",
        who=called(visit, one),
        home=home_text(visit, one),
        can=trades_text(visit, one.profile.can, "can-nothing"),
        wants=trades_text(visit, one.profile.wants, "wants-anything"),
        reach=reach_text(visit, one),
        told=date_text(day_of(one.told_at), visit.words.lang),
    )


def wanted_of(visit: Visit) -> Wanted:
    """What the address asks for; what nobody knows is not asked for."""
    asked, groups = visit.request.query_params, visit.console.content.trades.groups
    trade, status = asked.get("trade", ""), asked.get("status", "")
    return Wanted(
        trade=trade if trade in groups else "",
        status=status if status in HOUSEHOLDS else "",
        words=" ".join(asked.get("q", "").replace("\x00", "").split())[:LONGEST],
    )


async def found_people(visit: Visit) -> tuple[list[tuple[str, str]], str, list[SeekerLine]]:
    """The officer's places, the chosen one, and who looks for work there."""
    mine = await demand_places(visit)
    at = next((one for one, _ in mine if one == visit.request.query_params.get("at")), mine[0][0])
    async with visit.site.storage.read() as uow:
        people = await uow.seekers.list(at, visit.now)
    return mine, at, chosen(visit.console.content, people, wanted_of(visit))


async def show_seekers(visit: Visit) -> Response:
    """GET /console/work/seekers?at=&trade=&status=&q=&page=; a hamlet leader writes people down, and sees no list."""
    if not places_of(visit, Right.ANSWER):
        writing = [(f"{PAGE}/at/{one}/new", name) for one, name in places_of(visit, Right.WRITE_SEEKERS)]
        return visit.page("seekers-writing.html", writing=writing)
    mine, at, people = await found_people(visit)
    wanted, words = wanted_of(visit), visit.words
    typed = visit.request.query_params.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    pages, query = max(1, -(-len(people) // ON_A_PAGE)), _query(at, wanted)
    begin = (page - 1) * ON_A_PAGE
    return visit.page(
        "seekers.html",
        lines=[line_of(visit, one) for one in people[begin : begin + ON_A_PAGE]],
        total=len(people),
        number=page,
        pages=pages,
        before=f"{PAGE}?{query}&page={page - 1}" if page > 1 else "",
        after=f"{PAGE}?{query}&page={page + 1}" if page < pages else "",
        at=at,
        places=mine,
        wanted=wanted,
        trades=[(one.id, one.title.get(words.lang)) for one in visit.console.content.trades.groups.values()],
        statuses=[(one, household_text(visit, one)) for one in HOUSEHOLDS],
        new=f"{PAGE}/at/{at}/new",
        sheet=f"{PAGE}/sheet?{query}",
        here=PAGE,
    )


def _query(at: str, wanted: Wanted) -> str:
    return urlencode({"at": at, "trade": wanted.trade, "status": wanted.status, "q": wanted.words})


async def show_sheet(visit: Visit) -> Response:
    """GET …/sheet: for the employment service centre; names and numbers only of who let them be passed on.

    What holds somebody back is for officers alone, and in no file.
    """
    _, at, people = await found_people(visit)
    header = [visit.words.text(f"console.head.{one}") for one in (*HEADS, "seeker-name", "phone")]
    content = workbook(visit.words.text("console.nav.seekers"), header, [_row(visit, one) for one in people])
    return download(f"nguoi-tim-viec-{at}", content)


def _row(visit: Visit, one: SeekerLine) -> tuple[Cell, ...]:
    line = line_of(visit, one)
    passed = (one.name, one.phone) if one.may_pass else ("", "")
    reach, times = (_button(visit, name) for name in (f"reach_{one.profile.reach}", f"times_{one.profile.times}"))
    home = household_text(visit, one.status)
    told = (line.can, line.wants, reach, times, home, day_of(one.told_at))
    return (one.contact_id, place_name(visit, one.locality), *told, *passed)
