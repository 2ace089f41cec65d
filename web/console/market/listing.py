"""Posts of the market: those that wait first; the same as an XLSX file."""

from dataclasses import dataclass, field

from starlette.responses import Response

from content.formatting import date_text
from core.caps import LOCAL
from core.market import Posted, PostState
from core.officers import Right
from handlers.market.deciding import goods_named, may, office_of, signs_of
from handlers.reported import Acting
from web.bubbles import time_text
from web.console.lines import place_name
from web.console.states import Mark
from web.console.visit import Visit
from web.workbook import download, workbook

PAGE = "/console/market"
ON_A_PAGE = 30
MOST_ROWS = 5_000  # of a sheet, for each state
MARKS = {
    "waiting": ("◇", "warning"),
    "verified": ("✓", "good"),
    "over": ("–", "plain"),
    "refused": ("■", "danger"),
    "closed": ("–", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """What a list shows of a post."""

    href: str
    what: str = field(repr=False)
    about: str
    place: str
    came: str
    last: str
    mark: Mark
    doubtful: bool


def places_of(visit: Visit, right: Right) -> list[tuple[str, str]]:
    """The places whose posts this officer may read, or decide: id and name."""
    acting = Acting(officer=visit.officer.name, now=visit.now)
    content = visit.console.content
    return [
        (one, name)
        for one, name in visit.site.localities.items()
        if may(visit.officer, right, one, office_of(content, one, acting))
    ]


def mark_of(visit: Visit, one: Posted) -> Mark:
    """How it stands."""
    over = one.state is PostState.VERIFIED and not one.is_open(visit.now.astimezone(LOCAL).date())
    name = "over" if over else one.state.value
    sign, kind = MARKS[name]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.market.state.{name}"))


def line_of(visit: Visit, one: Posted) -> PostLine:
    """The line of a post."""
    words, post = visit.words, one.post
    told = [words.text(f"console.market.side.{one.side}"), goods_named(one.goods, words.lang), post.amount]
    return PostLine(
        href=f"{PAGE}/{one.id}",
        what=post.what,
        about=" · ".join(said for said in told if said),
        place=", ".join(said for said in (post.hamlet, place_name(visit, one.locality)) if said),
        came=time_text(one.created_at, now=visit.now, words=words),
        last=date_text(one.last_day, words.lang),
        mark=mark_of(visit, one),
        doubtful=one.state is PostState.WAITING and bool(signs_of(one, visit.console.understanding)),
    )


async def show_posts(visit: Visit) -> Response:
    """GET /console/market?at=&show=&page=."""
    asked, words = visit.request.query_params, visit.words
    show = next((one for one in PostState if one.value == asked.get("show")), PostState.WAITING)
    mine = places_of(visit, Right.READ_QUESTIONS)
    at = next((one for one, _ in mine if one == asked.get("at")), "")
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    wanted = [at] if at else [one for one, _ in mine]
    async with visit.site.storage.read() as uow:
        found, total = await uow.market.page(wanted, show, offset=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE)
    pages = max(1, -(-total // ON_A_PAGE))
    link = f"{PAGE}?at={at}&show={show}&page="
    return visit.page(
        "market.html",
        lines=[line_of(visit, one) for one in found],
        total=total,
        number=page,
        pages=pages,
        before=f"{link}{page - 1}" if page > 1 else "",
        after=f"{link}{page + 1}" if page < pages else "",
        show=show.value,
        shows=[(one.value, words.text(f"console.market.show.{one}")) for one in PostState],
        at=at,
        places=mine,
        public=[(f"/{one}/cho", name) for one, name in mine if one == at or len(mine) == 1],
        here=PAGE,
    )


async def show_sheet(visit: Visit) -> Response:
    """GET /console/market/sheet?at=: every post as a row; telephone numbers as far as their owners show them."""
    words = visit.words
    mine = places_of(visit, Right.READ_QUESTIONS)
    at = next((one for one, _ in mine if one == visit.request.query_params.get("at")), "")
    wanted = [at] if at else [one for one, _ in mine]
    found: list[Posted] = []
    async with visit.site.storage.read() as uow:
        for state in PostState:
            found += (await uow.market.page(wanted, state, limit=MOST_ROWS))[0]
    heads = ("number", "side", "goods", "what", "amount", "when", "price", "hamlet", "place", "name", "phone", "last")
    rows = [
        (
            one.id,
            words.text(f"console.market.side.{one.side}"),
            goods_named(one.goods, words.lang),
            one.post.what,
            one.post.amount,
            one.post.when,
            one.post.price,
            one.post.hamlet,
            place_name(visit, one.locality),
            one.post.name,
            one.post.phone or one.post.reach,
            one.last_day,
            mark_of(visit, one).word,
            one.decided_by if not (one.decided_by or "").startswith("contact:") else "",
            one.why,
        )
        for one in found
    ]
    header = [words.text(f"console.market.head.{one}") for one in (*heads, "state", "decided", "why")]
    return download(f"cho{f'-{at}' if at else ''}", workbook(words.text("console.nav.market"), header, rows))
