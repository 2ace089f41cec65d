"""The list of questions: urgent ones first, thirty a page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from core.console_storage import Asked, Show
from core.officers import Right
from core.questions import QuestionKind
from web.console.lines import line_of
from web.console.questions.news import mark_of, news_of
from web.console.visit import Visit

PAGE = "/console/questions"
ON_A_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an address asks for; anything that makes no sense asks for nothing."""

    show: Show = Show.OPEN
    locality: str = ""
    office: str = ""
    mine: bool = False
    kind: str = ""
    page: int = 1

    def address(self, page: int) -> str:
        """The address of another page of the same list."""
        chosen = {
            "show": self.show.value,
            "locality": self.locality,
            "office": self.office,
            "mine": "1" if self.mine else "",
            "kind": self.kind,
        }
        said = {name: value for name, value in chosen.items() if value and (name, value) != ("show", "open")}
        query = urlencode({**said, **({"page": page} if page > 1 else {})})
        return f"{PAGE}?{query}" if query else PAGE


def filters_of(visit: Visit) -> Filters:
    """The filters of an address; a place that this officer has nothing in counts as none."""
    asked = visit.request.query_params
    show, page = asked.get("show", ""), asked.get("page", "1")
    locality = asked.get("locality", "") if asked.get("locality", "") in dict(places_of(visit)) else ""
    return Filters(
        show=Show(show) if show in tuple(Show) else Show.OPEN,
        locality=locality,
        office=asked.get("office", "") if asked.get("office", "") in dict(offices_of(visit, locality)) else "",
        mine=asked.get("mine") == "1",
        kind=asked.get("kind", "") if asked.get("kind", "") in tuple(QuestionKind) else "",
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
    )


def places_of(visit: Visit) -> list[tuple[str, str]]:
    """The places in which this officer may read questions: id and name."""
    own = {locality for locality, _ in visit.officer.reach(Right.READ_QUESTIONS)}
    return [(one, name) for one, name in visit.site.localities.items() if one in own or "" in own]


def offices_of(visit: Visit, locality: str) -> list[tuple[str, str]]:
    """The offices of the place that is looked at, of those whose questions this officer may read: id and name."""
    places = dict(places_of(visit))
    one = locality or (next(iter(places)) if len(places) == 1 else "")
    place = visit.console.content.localities.get(one)
    reach = visit.officer.reach(Right.READ_QUESTIONS)
    return [
        (office.id, office.name.get(visit.words.lang))
        for office in (place.offices if place else ())
        if any(where in ("", one) and which in ("", office.id) for where, which in reach)
    ]


async def show_questions(visit: Visit) -> Response:
    """GET /console/questions?show=&locality=&mine=&page=."""
    filters = filters_of(visit)
    asked = Asked(
        reach=visit.officer.reach(Right.READ_QUESTIONS),
        show=filters.show,
        locality=filters.locality,
        office=filters.office,
        kind=QuestionKind(filters.kind) if filters.kind else None,
        holder=visit.officer.id if filters.mine else None,
    )
    async with visit.site.storage.read() as uow:
        found, total = await uow.desk.page(asked, offset=(filters.page - 1) * ON_A_PAGE, limit=ON_A_PAGE)
    pages = max(1, -(-total // ON_A_PAGE))
    words, news = visit.words, await news_of(visit)
    return visit.page(
        "questions.html",
        news=news,
        mark=mark_of(news),
        lines=[line_of(visit, one) for one in found],
        total=total,
        filters=filters,
        narrowed=filters != Filters(page=filters.page),
        shows=[(one.value, words.text(f"console.show.{one}")) for one in Show],
        kinds=[(one.value, words.text(f"console.question.kind.{one}")) for one in QuestionKind],
        places=places_of(visit),
        offices=offices_of(visit, filters.locality),
        totals=visit.officer.may_somewhere(Right.READ_TOTALS),
        pages=pages,
        before=filters.address(filters.page - 1) if filters.page > 1 else "",
        after=filters.address(filters.page + 1) if filters.page < pages else "",
        here=PAGE,
    )
