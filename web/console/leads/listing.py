"""Who is interested in which vacancy: who waits longest first; the same as an XLSX file."""

from dataclasses import dataclass, field

from starlette.responses import Response

from content.formatting import date_text
from content.reminding import day_of
from core.leads import LeadLine, LeadShow, LeadState
from core.officers import Right
from core.work import Posted
from handlers.permission import demand_somewhere
from handlers.work import leading
from web.console.figures.targets import today
from web.console.lines import place_name
from web.console.states import Mark
from web.console.visit import Visit
from web.workbook import Cell, download, workbook

PAGE = "/console/work/leads"
ON_A_PAGE = 30
MOST_ROWS = 5_000  # of a sheet
LONG = 3  # days that somebody may wait before the line says so loudly
HEADS = (
    *("number", "place", "lead-who", "phone", "lead-home", "vacancy", "employer", "reference"),
    *("lead-begun", "lead-since", "lead-started", "state", "lead-why"),
)
_S = LeadState
MARKS = {
    _S.INTERESTED: ("○", "plain"),
    _S.CONTACTED: ("◐", "busy"),
    _S.INTERVIEW: ("◐", "busy"),
    _S.STARTED: ("●", "good"),
    _S.MONTH: ("●", "good"),
    _S.QUARTER: ("✓", "good"),
    _S.GAVE_UP: ("–", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a list shows of a lead."""

    href: str
    who: str = field(repr=False)
    about: str  # hamlet and household
    title: str
    employer: str
    place: str
    since: str
    days: int  # that it stands where it stands
    mark: Mark
    loud: bool


def mark_of(visit: Visit, state: LeadState) -> Mark:
    """How a state looks and reads."""
    sign, kind = MARKS[state]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.leads.state.{state.value.replace('_', '-')}"))


def places_of(visit: Visit, right: Right) -> list[tuple[str, str]]:
    """The places whose leads this officer may see, by id and name."""
    found = leading.places(visit.console.content, visit.officer, right, today(visit))
    return [(one, place_name(visit, one)) for one in found]


async def demand_places(visit: Visit) -> list[tuple[str, str]]:
    """The same for acting on them. Raises NotAllowedError, written down, where there is none."""
    mine = places_of(visit, Right.ANSWER)
    if not mine:
        name = visit.officer.name
        await demand_somewhere(visit.site.storage, name, Right.ANSWER, subject="leads", now=visit.now)
    return mine


def who_text(visit: Visit, line: LeadLine) -> str:
    """By what somebody is called here: their name where they let it be known, else the number of the lead."""
    if line.lead.contact_id is None:
        return visit.words.text("console.leads.nameless", number=line.lead.id)
    return line.name or visit.words.text("console.leads.somebody", number=line.lead.id)


def about_text(visit: Visit, line: LeadLine) -> str:
    """Where they live and what household theirs is by the ward's list, as far as it is known."""
    status = household_text(visit, line.lead.status)
    return ", ".join(one for one in (line.lead.hamlet, status) if one)


def household_text(visit: Visit, status: str) -> str:
    """A kind of household in words; empty where the ward's list says nothing."""
    name = f"console.status.{status}"
    return visit.words.text(name) if status and visit.words.has(name) else ""


def line_of(visit: Visit, one: LeadLine) -> Line:
    """The line of a lead."""
    days = (today(visit) - day_of(one.lead.moved_at)).days
    return Line(
        href=f"{PAGE}/{one.lead.id}",
        who=who_text(visit, one),
        about=about_text(visit, one),
        title=one.title,
        employer=one.employer,
        place=place_name(visit, one.lead.locality),
        since=date_text(day_of(one.lead.moved_at), visit.words.lang),
        days=days,
        mark=mark_of(visit, one.lead.state),
        loud=one.lead.state is LeadState.INTERESTED and days >= LONG,
    )


async def show_leads(visit: Visit) -> Response:
    """GET /console/work/leads?at=&show=&page=."""
    asked, words, mine = visit.request.query_params, visit.words, await demand_places(visit)
    show = next((one for one in LeadShow if one.value == asked.get("show")), LeadShow.WAITING)
    at = next((one for one, _ in mine if one == asked.get("at")), "")
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    chosen = [one for one, _ in mine if at in ("", one)]
    async with visit.site.storage.read() as uow:
        found, total = await uow.leads.page(chosen, show, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
        counts = await uow.leads.counts(chosen)
    pages = max(1, -(-total // ON_A_PAGE))
    link = f"{PAGE}?at={at}&show={show}&page="
    told = {one.value: counts.get(one, 0) for one in LeadState}
    return visit.page(
        "leads.html",
        lines=[line_of(visit, one) for one in found],
        counts=words.text("console.leads.counts", **told),
        total=total,
        number=page,
        pages=pages,
        before=f"{link}{page - 1}" if page > 1 else "",
        after=f"{link}{page + 1}" if page < pages else "",
        show=show.value,
        shows=[(one.value, words.text(f"console.leads.show.{one.value.replace('_', '-')}")) for one in LeadShow],
        at=at,
        places=mine,
        here=PAGE,
    )


async def show_sheet(visit: Visit) -> Response:
    """GET /console/work/leads/sheet?at=: every lead as a row; of the way of contact, what was agreed to."""
    mine = await demand_places(visit)
    at = next((one for one, _ in mine if one == visit.request.query_params.get("at")), "")
    async with visit.site.storage.read() as uow:
        chosen = [one for one, _ in mine if at in ("", one)]
        found, _ = await uow.leads.page(chosen, LeadShow.ALL, limit=MOST_ROWS)
    header = [visit.words.text(f"console.head.{one}") for one in HEADS]
    content = workbook(visit.words.text("console.nav.leads"), header, [_row(visit, one) for one in found])
    return download(f"nguoi-quan-tam{f'-{at}' if at else ''}", content)


def _row(visit: Visit, one: LeadLine) -> tuple[Cell, ...]:
    lead = one.lead
    return (
        lead.id,
        place_name(visit, lead.locality),
        who_text(visit, one),
        one.phone,
        about_text(visit, one),
        one.title,
        one.employer,
        one.reference,
        day_of(lead.begun_at),
        day_of(lead.moved_at),
        day_of(lead.started_at) if lead.started_at else None,
        mark_of(visit, lead.state).word,
        why_text(visit, one),
    )


def why_text(visit: Visit, one: LeadLine) -> str:
    """Why they gave up, where they said so."""
    return visit.words.text(f"console.leads.why.{one.lead.why}") if one.lead.why else ""


def reference_of(posted: Posted) -> str:
    """By what an outside list knows a vacancy; else our own number."""
    return posted.offer.reference or str(posted.id)
