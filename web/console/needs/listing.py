"""Needs by kind, met and stated, beside what the plan promises; then one by one for who may read them; XLSX files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from starlette.responses import Response

from content.formatting import capital, date_text, number_text
from content.locality import Locality
from content.planfacts import Target
from content.planpage import fact_text
from content.targets import Goal, goals_of
from core.caps import LOCAL
from core.needs import TOPICS, Need, NeedCount, NeedFilter, NeedKind, NeedState
from core.officers import Right
from core.questions import spoken_code
from core.tally import apart
from core.text import fold
from handlers.labour.surveying import share
from web.console.access import access_place
from web.console.figures.targets import chosen_place, places, slug
from web.console.states import Mark
from web.console.visit import Visit
from web.workbook import download, workbook

PAGE = "/console/needs"
ON_A_PAGE = 30
MOST_ROWS = 10_000  # of a sheet
MARKS = {
    NeedState.OPEN: ("○", "plain"),
    NeedState.MET: ("●", "good"),
    NeedState.IMPOSSIBLE: ("▲", "warning"),
    NeedState.WITHDRAWN: ("–", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """What the table shows of a kind."""

    name: str
    href: str
    met: int
    stated: int
    share: str  # empty where nobody stated one
    goal: str  # what the plan says of those who need it; empty: nothing
    section: str
    goal_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """What the list shows of a need."""

    href: str
    code: str
    kind: str
    hamlet: str
    day: str
    words: str = field(repr=False)
    mark: Mark


def mark_of(visit: Visit, one: Need) -> Mark:
    """How its state looks and reads."""
    sign, kind = MARKS[one.state]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.need.state.{one.state}"))


def kind_name(visit: Visit, kind: NeedKind) -> str:
    """A kind by its name, with a capital."""
    return capital(visit.words.text(f"need.kind.{kind}"))


def goal_of(visit: Visit, place: Locality, kind: NeedKind) -> Goal | None:
    """What the place's plan wants for those who state such a need; None where it says nothing of them."""
    facts = visit.console.content.plans.get(place.id)
    goals = goals_of(place, facts) if facts is not None else ()
    meant = (one for one in goals if isinstance(one.fact, Target) and one.fact.need_only)
    return next((one for one in meant if TOPICS[kind] in one.fact.topics), None)


def share_text(visit: Visit, met: int, stated: int) -> str:
    """ "80%"; empty where nobody stated one."""
    found = share(met, stated)
    return "" if found is None else f"{number_text(found.normalize() + Decimal(0), visit.words.lang)}%"


def _kinds(visit: Visit, place: Locality, counts: Sequence[NeedCount]) -> list[KindLine]:
    lines = []
    for kind in NeedKind:
        mine = [one for one in counts if one.kind is kind]
        stated, met = sum(one.stated for one in mine), sum(one.met for one in mine)
        goal = goal_of(visit, place, kind)
        lines.append(
            KindLine(
                name=kind_name(visit, kind),
                href=f"{PAGE}?{urlencode({'at': place.id, 'kind': kind})}#list",
                met=met,
                stated=stated,
                share=share_text(visit, met, stated),
                goal=fact_text(goal.fact, visit.words.lang) if goal is not None else "",
                section=goal.fact.section if goal is not None else "",
                goal_href=f"/console/targets/{place.id}/{slug(goal)}" if goal is not None else "",
            )
        )
    return lines


def _named(counts: Sequence[NeedCount]) -> dict[str, tuple[str, ...]]:
    """By the name that is shown, every spelling under which a hamlet was typed; the one used most is shown."""
    spelt: dict[str, Counter[str]] = {}
    for one in counts:
        if one.hamlet:
            spelt.setdefault(fold(one.hamlet), Counter())[one.hamlet] += one.stated
    return {names.most_common(1)[0][0]: tuple(names) for names in spelt.values()}


def _hamlets(visit: Visit, counts: Sequence[NeedCount], kind: NeedKind | None, *, exact: bool) -> list[tuple[str, str]]:
    """How many were stated in each hamlet; nothing from which a few people could be known for who may not read them."""
    shown = {each: name for name, spelt in _named(counts).items() for each in spelt}
    stated: Counter[str] = Counter()
    for one in counts:
        if kind is None or one.kind is kind or not exact:
            stated[shown.get(one.hamlet, visit.words.text("console.need.no-hamlet"))] += one.stated
    told = {name: str(count) for name, count in stated.items()} if exact else apart(stated)
    return sorted(told.items())


def _line(visit: Visit, one: Need) -> NeedLine:
    return NeedLine(
        href=f"{PAGE}/{one.id}",
        code=spoken_code(one.code),
        kind=kind_name(visit, one.kind),
        hamlet=one.hamlet or visit.words.text("console.need.no-hamlet"),
        day=date_text(one.stated_at.astimezone(LOCAL).date(), visit.words.lang),
        words=one.words,
        mark=mark_of(visit, one),
    )


def _filter(visit: Visit, counts: Sequence[NeedCount]) -> NeedFilter:
    asked = visit.request.query_params
    typed = asked.get("hamlet", "")
    return NeedFilter(
        kind=next((one for one in NeedKind if one.value == asked.get("kind")), None),
        hamlets=_named(counts).get(typed, (typed,)) if typed else (),
        state=next((one for one in NeedState if one.value == asked.get("state")), None),
    )


def page_number(typed: str) -> int:
    """Which page of a list an address asks for; 1 where it asks for none that could be."""
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1


async def show_needs(visit: Visit) -> Response:
    """GET /console/needs?at=&kind=&hamlet=&state=&page=."""
    place, words = await chosen_place(visit, Right.READ_TOTALS), visit.words
    reads = visit.officer.may(Right.READ_NEEDS, localities=[place.id])
    number = page_number(visit.request.query_params.get("page", "1"))
    found: Sequence[Need] = ()
    total = 0
    async with visit.site.storage.read() as uow:
        counts = await uow.stated.counts(place.id)
        show = _filter(visit, counts)
        if reads:
            begin = (number - 1) * ON_A_PAGE
            found, total = await uow.stated.page(place.id, show, limit=ON_A_PAGE, offset=begin)
    kinds = _kinds(visit, place, counts)
    met, stated = sum(one.met for one in kinds), sum(one.stated for one in kinds)
    helped = share_text(visit, met, stated) or "–"
    asked = {
        "at": place.id,
        "kind": show.kind or "",
        "hamlet": visit.request.query_params.get("hamlet", ""),
        "state": show.state or "",
    }
    pages = max(1, -(-total // ON_A_PAGE))
    link = f"{PAGE}?{urlencode(asked)}&page="
    return visit.page(
        "needs.html",
        here=PAGE,
        at=place.id,
        place=place.place.get(words.lang),
        places=places(visit, Right.READ_TOTALS),
        kinds=kinds,
        total_share=words.text("console.needs.share", met=met, stated=stated, share=helped) if stated else "",
        hamlets=_hamlets(visit, counts, show.kind, exact=reads),
        hamlet_names=sorted(_named(counts)),
        reads=reads,
        works=visit.officer.may(Right.WORK_NEEDS, localities=[place.id]),
        lines=[_line(visit, one) for one in found],
        total=total,
        number=number,
        pages=pages,
        before=f"{link}{number - 1}" if number > 1 else "",
        after=f"{link}{number + 1}" if number < pages else "",
        asked=asked,
        query=urlencode(asked),
        kind_options=[(one.value, kind_name(visit, one)) for one in NeedKind],
        state_options=[(one.value, words.text(f"console.need.state.{one}")) for one in NeedState],
    )


async def show_counts(visit: Visit) -> Response:
    """GET /console/needs/counts?at=: by kind, met and stated, as an XLSX file."""
    place, words = await chosen_place(visit, Right.READ_TOTALS), visit.words
    async with visit.site.storage.read() as uow:
        counts = await uow.stated.counts(place.id)
    heads = ("kind", "met", "stated", "share", "goal", "section")
    header = [words.text(f"console.head.{one}") for one in heads]
    rows = [
        (one.name, one.met, one.stated, share(one.met, one.stated), one.goal, one.section)
        for one in _kinds(visit, place, counts)
    ]
    return download(f"nhu-cau-{place.id}", workbook(words.text("console.nav.needs"), header, rows))


async def show_sheet(visit: Visit) -> Response:
    """GET /console/needs/sheet?at=&kind=&hamlet=&state=: every need of the list as a row."""
    asked = visit.request.query_params.get("at") or next((one for one, _ in places(visit, Right.READ_NEEDS)), "")
    place, words = await access_place(visit, asked, Right.READ_NEEDS), visit.words
    async with visit.site.storage.read() as uow:
        show = _filter(visit, await uow.stated.counts(place.id))
        found, _ = await uow.stated.page(place.id, show, limit=MOST_ROWS)
    heads = ("code", "kind", "hamlet", "stated-on", "state", "met-on", "how", "document", "by", "words")
    rows = [
        (
            spoken_code(one.code),
            kind_name(visit, one.kind),
            one.hamlet,
            one.stated_at.astimezone(LOCAL).date(),
            mark_of(visit, one).word,
            one.met_on,
            one.told,
            one.document,
            one.settled_by,
            one.words,
        )
        for one in found
    ]
    header = [words.text(f"console.head.{one}") for one in heads]
    return download(f"danh-sach-nhu-cau-{place.id}", workbook(words.text("console.nav.needs"), header, rows))
