"""The list of notices: those on their way first to be looked at, thirty a page; and how a notice's state looks."""

from dataclasses import dataclass, field

from starlette.responses import Response

from content.formatting import number_text
from core.campaigns import Campaign, CampaignState
from core.officers import Right
from core.report import FATES, Fate
from handlers import campaigning
from web.console.lines import place_name
from web.console.states import Mark
from web.console.visit import Visit

PAGE = "/console/notices"
ON_A_PAGE = 30
_S = CampaignState
OVER = (_S.FINISHED, _S.STOPPED)
SHOWS = {
    "open": tuple(state for state in _S if state not in OVER),
    "submitted": (_S.SUBMITTED,),
    "over": OVER,
    "all": tuple(_S),
}
MARKS = {
    _S.DRAFT: ("○", "plain"),
    _S.SUBMITTED: ("◇", "warning"),
    _S.APPROVED: ("✓", "good"),
    _S.SENDING: ("◐", "busy"),
    _S.PAUSED: ("‖", "warning"),
    _S.FINISHED: ("●", "good"),
    _S.STOPPED: ("–", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """What a list shows of a notice."""

    href: str
    number: int
    title: str = field(repr=False)
    places: str
    author: str
    sent: str
    mark: Mark


def page_of(one: Campaign) -> str:
    """The address of a notice's page."""
    return f"{PAGE}/{one.id}"


def mark_of(visit: Visit, state: CampaignState) -> Mark:
    """How a state looks and reads; in the words of the report."""
    sign, kind = MARKS[state]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"report.state.{state}"))


def places_text(visit: Visit, one: Campaign) -> str:
    """Where it goes."""
    names = [place_name(visit, each) for each in sorted(one.notice.localities)]
    return ", ".join(names) or visit.words.text("console.everywhere")


def line_of(visit: Visit, one: Campaign) -> NoticeLine:
    """The line of a notice. Of people picked by what they lack no number is told."""
    return NoticeLine(
        href=page_of(one),
        number=one.id,
        title=one.notice.title,
        places=places_text(visit, one),
        author=one.created_by,
        sent=_sent(visit, one),
        mark=mark_of(visit, one.state),
    )


def _sent(visit: Visit, one: Campaign) -> str:
    if not one.counts or campaigning.guarded(one.notice):
        return ""
    reached = sum(number for state, number in one.counts.items() if FATES.get(state) is Fate.REACHED)
    done, all_ = (number_text(number, visit.words.lang) for number in (reached, sum(one.counts.values())))
    return visit.words.text("console.notices.sent", done=done, all=all_)


async def show_notices(visit: Visit) -> Response:
    """GET /console/notices?show=&page=."""
    asked = visit.request.query_params
    show = asked.get("show", "") if asked.get("show", "") in SHOWS else "open"
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    found = await campaigning.listed(visit.site.storage, *SHOWS[show], officer=visit.officer.name, now=visit.now)
    pages, begin = max(1, -(-len(found) // ON_A_PAGE)), (page - 1) * ON_A_PAGE
    return visit.page(
        "notices.html",
        lines=[line_of(visit, one) for one in found[begin : begin + ON_A_PAGE]],
        total=len(found),
        show=show,
        shows=[(name, visit.words.text(f"console.notices.show.{name}")) for name in SHOWS],
        number=page,
        pages=pages,
        before=f"{PAGE}?show={show}&page={page - 1}" if page > 1 else "",
        after=f"{PAGE}?show={show}&page={page + 1}" if page < pages else "",
        here=PAGE,
        may_write=visit.officer.may_somewhere(Right.WRITE_CAMPAIGNS),
    )
