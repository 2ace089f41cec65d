"""The offers of an officer's places: what waits for a second person first, then by the day on which it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from content.formatting import date_text
from content.work.doubts import signs
from core.offer_desk import OffersAsked
from core.officers import Right
from core.work import OfferKind, Posted, Standing
from web.console.figures.targets import today
from web.console.lines import place_name
from web.console.offers.access import places
from web.console.states import Mark
from web.console.visit import Visit

PAGE = "/console/work"
ON_A_PAGE = 30
SOON = 7  # days before its last day that an offer is marked
MARKS = {
    "draft": ("◇", "warning"),
    "open": ("●", "good"),
    "soon": ("▲", "warning"),
    "full": ("✓", "plain"),
    "expired": ("–", "plain"),
    "closed": ("–", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """What a list shows of an offer."""

    href: str
    title: str
    employer: str
    about: str  # what it is, for whose people, who put it in
    deadline: str
    left: str  # days until then; empty where it is not open
    seats: str
    interest: int
    doubtful: bool  # it has signs of a fraud
    mark: Mark


def soon_of(visit: Visit) -> date:
    """The last day that counts as soon."""
    return today(visit) + timedelta(days=SOON)


def mark_of(visit: Visit, one: Posted) -> Mark:
    """How an offer stands."""
    standing = one.standing(today(visit))
    soon = standing is Standing.OPEN and one.offer.deadline <= soon_of(visit)
    name = "soon" if soon else standing.value
    sign, kind = MARKS[name]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.offers.state.{name}"))


def seats_text(visit: Visit, one: Posted) -> str:
    """How many of its seats are taken; empty where it does not say how many there are."""
    if one.offer.seats is None:
        return ""
    return visit.words.text("console.offers.seats", taken=one.taken, seats=one.offer.seats)


def author_text(visit: Visit, one: Posted) -> str:
    """Who put it in."""
    return visit.words.text("console.offers.employer") if one.code else one.created_by


def line_of(visit: Visit, one: Posted, interest: Mapping[int, int]) -> OfferLine:
    """The line of an offer."""
    words, left = visit.words, (one.offer.deadline - today(visit)).days
    kind = words.text(f"console.offers.kind.{one.offer.kind}")
    shown = one.standing(today(visit)) in (Standing.OPEN, Standing.DRAFT) and left >= 0
    return OfferLine(
        href=f"{PAGE}/{one.id}",
        title=one.offer.title,
        employer=one.offer.employer,
        about=", ".join((kind, place_name(visit, one.locality), author_text(visit, one))),
        deadline=date_text(one.offer.deadline, words.lang),
        left=words.text("console.tasks.left", days=left) if shown else "",
        seats=seats_text(visit, one),
        interest=interest.get(one.id, 0),
        doubtful=one.standing(today(visit)) is Standing.DRAFT and bool(signs(one.offer)),
        mark=mark_of(visit, one),
    )


async def show_offers(visit: Visit) -> Response:
    """GET /console/work?at=&kind=&standing=&page=."""
    asked, words = visit.request.query_params, visit.words
    mine = places(visit, Right.READ_CAMPAIGNS)
    at = next((one for one, _ in mine if one == asked.get("at")), "")
    kind = next((one for one in OfferKind if one.value == asked.get("kind")), None)
    standing = next((one for one in Standing if one.value == asked.get("standing")), None)
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    localities = [at] if at else [one for one, _ in mine]
    wanted = OffersAsked(localities=localities, on=today(visit), kind=kind, standing=standing)
    async with visit.site.storage.read() as uow:
        found, total = await uow.offers.page(wanted, offset=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE)
        counts = await uow.offers.counts(localities, today(visit))
        interest = await uow.work.interest([one.id for one in found])
    pages = max(1, -(-total // ON_A_PAGE))
    link = f"{PAGE}?at={at}&kind={kind or ''}&standing={standing or ''}&page="
    writing = [one for one in places(visit, Right.WRITE_CAMPAIGNS) if at in ("", one[0])]
    return visit.page(
        "offers.html",
        lines=[line_of(visit, one, interest) for one in found],
        counts=words.text("console.offers.counts", **{one.value: number for one, number in counts.items()}),
        total=total,
        number=page,
        pages=pages,
        before=f"{link}{page - 1}" if page > 1 else "",
        after=f"{link}{page + 1}" if page < pages else "",
        at=at,
        places=mine,
        kind=kind or "",
        kinds=[(one.value, words.text(f"console.offers.kind.{one}")) for one in OfferKind],
        standing=standing or "",
        standings=[(one.value, words.text(f"console.offers.state.{one}")) for one in Standing],
        writing=writing,
        here=PAGE,
    )
