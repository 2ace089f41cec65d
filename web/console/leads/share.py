"""The share of people who were helped to find work, or found it, as the plan of a place counts it: row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from content.employment import Row, Share, shares_of
from content.formatting import date_text, number_text
from content.locality import Locality
from content.planpage import fact_text
from content.reminding import day_of
from content.targets import Goal, Pace, goal_text
from core.officers import Right
from handlers.permission import demand
from handlers.work import leading
from web.console.figures.targets import MARKS as PACES
from web.console.figures.targets import PAGE as TARGETS
from web.console.figures.targets import chosen_place, places, slug, today
from web.console.leads.listing import PAGE as LEADS
from web.console.leads.listing import household_text, mark_of
from web.console.states import Mark
from web.console.visit import Visit
from web.workbook import Cell, download, workbook

PAGE = "/console/work/share"
SHOWN = 200  # rows of a page; the sheet has all


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One person of a share."""

    href: str
    who: str
    household: str
    begun: str
    started: str
    mark: Mark | None
    reached: bool
    others: tuple[tuple[str, int], ...]  # their other leads: the way there, the number


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBlock:
    """What the page shows of one target."""

    id: str
    name: str  # what it counts, in few words
    text: str
    section: str
    how: str  # it is counted
    goal: str
    value: str  # "20 trên 25 người, là 80 %"
    mark: Mark
    target: str  # its page
    hamlets: tuple[tuple[str, str], ...]
    rows: tuple[RowLine, ...]
    more: int  # rows that only the sheet has
    counted: bool  # anybody at all


async def found_shares(visit: Visit, place: Locality) -> Sequence[Share]:
    """Every target of the place's plan that is counted from leads: one statement or two."""
    async with visit.site.storage.read() as uow:
        sought = await uow.leads.sought(place.id, visit.now)
    return shares_of(place, visit.console.content.plans.get(place.id), sought)


def value_text(visit: Visit, share: Share) -> str:
    """Numerator, denominator and their share, in words."""
    words, percent = visit.words, share.percent
    if percent is None:
        return words.text("console.share.nobody")
    told = {"part": share.part, "whole": share.whole, "percent": number_text(percent, words.lang)}
    return words.text("console.share.value", **told)


async def suggested(visit: Visit, place: Locality, goal: Goal) -> tuple[str, str] | None:
    """What the leads say about a goal, for its page, with the way to the rows; None where it is not counted so."""
    counted = getattr(goal.fact, "counted", None)
    if counted is None:
        return None
    found = next((one for one in await found_shares(visit, place) if one.goal.subject == goal.subject), None)
    return (value_text(visit, found), f"{PAGE}?at={place.id}") if found is not None else None


def _rows_allowed(visit: Visit, place: Locality) -> bool:
    return leading.may(visit.console.content, visit.officer, Right.ANSWER, place.id, today(visit))


def _mark(visit: Visit, share: Share) -> Mark:
    reached, words = share.reached, visit.words
    if reached is None:
        sign, kind = PACES[Pace.COUNTED]
        return Mark(
            sign=sign, kind=kind, word=words.text("console.share.counted" if share.rows else "console.share.none")
        )
    sign, kind = PACES[Pace.REACHED if reached else Pace.SHORT]
    return Mark(sign=sign, kind=kind, word=words.text("console.share.reached" if reached else "console.share.short"))


def _block(visit: Visit, place: Locality, share: Share) -> ShareBlock:
    words, fact = visit.words, share.goal.fact
    shown = share.rows[:SHOWN] if _rows_allowed(visit, place) else ()
    apart = [
        (hamlet, words.text("console.share.of", part=part, whole=whole))
        for hamlet, (part, whole) in sorted(share.hamlets().items())
    ]
    return ShareBlock(
        name=visit.words.text(f"console.share.name.{share.counted.by}"),
        id=slug(share.goal),
        text=fact_text(fact, words.lang),
        section=words.text("console.share.section", plan=place.plan.short.get(words.lang), section=fact.section),
        how=_how(visit, share),
        goal=goal_text(share.goal, words) or words.text("console.targets.no-number"),
        value=value_text(visit, share),
        mark=_mark(visit, share),
        target=f"{TARGETS}/{place.id}/{slug(share.goal)}",
        hamlets=tuple(apart),
        rows=tuple(_row(visit, row) for row in shown),
        more=len(share.rows) - len(shown) if shown else 0,
        counted=bool(share.rows),
    )


def _how(visit: Visit, share: Share) -> str:
    words = visit.words
    names = [words.text(f"console.status.{one}") for one in share.counted.households]
    of = ", ".join(f"{name[:1].lower()}{name[1:]}" for name in names)
    return words.text(f"console.share.how.{share.counted.by}", households=of)


def _row(visit: Visit, row: Row) -> RowLine:
    one, words = row.sought, visit.words
    name = "console.leads.nameless" if one.contact_id is None else "console.leads.somebody"
    who = words.text(name, number=one.lead_id) if one.lead_id is not None else words.text("console.share.looks")
    return RowLine(
        href=f"{LEADS}/{one.lead_id}" if one.lead_id is not None else "",
        who=who,
        household=household_text(visit, one.status),
        begun=date_text(day_of(one.begun_at), words.lang) if one.begun_at else "",
        started=date_text(day_of(one.started_at), words.lang) if one.started_at else "",
        mark=mark_of(visit, one.state) if one.state is not None else None,
        reached=row.reached,
        others=tuple((f"{LEADS}/{lead}", lead) for lead in one.leads if lead != one.lead_id),
    )


async def show_share(visit: Visit) -> Response:
    """GET /console/work/share?at=: each target that is counted from leads, with the rows for whoever may see them."""
    place = await chosen_place(visit, Right.READ_TOTALS)
    shares = await found_shares(visit, place)
    return visit.page(
        "share.html",
        place=place.place.get(visit.words.lang),
        at=place.id,
        places=places(visit, Right.READ_TOTALS),
        blocks=[_block(visit, place, one) for one in shares],
        rows_allowed=_rows_allowed(visit, place),
        here=PAGE,
    )


async def show_sheet(visit: Visit) -> Response:
    """GET /console/work/share/sheet?at=: every row of every share, with whether it counts."""
    place, words = await chosen_place(visit, Right.READ_TOTALS), visit.words
    if not _rows_allowed(visit, place):
        name, subject = visit.officer.name, f"leads:{place.id}"
        await demand(visit.site.storage, name, Right.ANSWER, localities=[place.id], subject=subject, now=visit.now)
    of_lead = ("lead-who", "lead-home", "lead-begun", "lead-started", "state", "counts", "lead-numbers")
    heads = ("target", "section", "goal", *of_lead)
    rows: list[tuple[Cell, ...]] = []
    for share in await found_shares(visit, place):
        told = (fact_text(share.goal.fact, words.lang), share.goal.fact.section, goal_text(share.goal, words))
        for row in share.rows:
            line, one = _row(visit, row), row.sought
            days = [day_of(each) if each else None for each in (one.begun_at, one.started_at)]
            state, counts = line.mark.word if line.mark else "", 1 if row.reached else 0
            numbers = ", ".join(map(str, one.leads))
            rows.append((*told, line.who, line.household, *days, state, counts, numbers))
        rows.append((*told, words.text("console.share.sum"), "", None, None, value_text(visit, share), share.part, ""))
    header = [words.text(f"console.head.{one}") for one in heads]
    return download(f"ket-noi-viec-lam-{place.id}", workbook(words.text("console.nav.share"), header, rows))
