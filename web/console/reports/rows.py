"""The questions behind a figure of a report, fifty a page, each with the way to it."""

from dataclasses import dataclass

from starlette.responses import Response

from content.formatting import date_text
from content.monitoring.page import names_of
from content.monitoring.times import period_text, span_text
from core.caps import LOCAL
from core.errors import NotFoundError
from core.monitoring import Asked, QuestionRow
from handlers import monitoring
from web.console.reports.choice import PAGE, choice_of
from web.console.states import Mark, mark
from web.console.visit import Visit

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question: its number, and nothing that somebody wrote."""

    href: str
    number: int
    topic: str
    day: str
    due: str
    waited: str
    mark: Mark


async def show_rows(visit: Visit) -> Response:
    """GET /console/reports/rows?figure=&place=&period=&page=."""
    choice, words, asked = choice_of(visit), visit.words, visit.request.query_params
    figure = asked.get("figure", "") or Asked.ALL.value
    if choice is None or choice.fault or figure not in tuple(Asked):
        raise NotFoundError("no such figure", where=figure)
    if not monitoring.may_see_rows(visit.officer, choice.wanted.places):
        raise NotFoundError("no such rows", where=figure)
    found = await monitoring.found(
        visit.site.storage, visit.console.content, choice.wanted, officer=visit.officer.name, now=visit.now
    )
    rows, topics = found.rows(Asked(figure)), names_of(visit.console.content, words.lang).topics
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    pages, begin = max(1, -(-len(rows) // ON_A_PAGE)), (page - 1) * ON_A_PAGE
    period, label = period_text(words, choice.wanted.period), words.text(f"monitoring.questions.{figure}")

    def turned(number: int) -> str:
        return choice.address(f"{PAGE}/rows", figure=figure, page=str(number))

    return visit.page(
        "report-rows.html",
        title=words.text("console.reports.rows.title", figure=label, period=period),
        rows=[_row(visit, one, topics.get(one.topic, one.topic)) for one in rows[begin : begin + ON_A_PAGE]],
        count=words.text("console.reports.rows.count", total=len(rows), page=page, pages=pages),
        back=choice.address(),
        before=turned(page - 1) if page > 1 else "",
        after=turned(page + 1) if page < pages else "",
    )


def _row(visit: Visit, one: QuestionRow, topic: str) -> Row:
    words = visit.words
    days = [date_text(at.astimezone(LOCAL).date(), words.lang) for at in (one.created_at, one.due_at)]
    state = "overdue" if one.state == "open" and one.due_at < visit.now else one.state.value
    return Row(
        href=f"/console/questions/{one.id}",
        number=one.id,
        topic=topic or words.text("monitoring.no-topic"),
        day=days[0],
        due=days[1],
        waited=span_text(words, one.waited) if one.waited is not None else "",
        mark=mark("new" if state == "open" else state, words),
    )
