"""The rows behind a figure of a report, fifty a page, each with the way to it."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from content.formatting import date_text
from content.monitoring.page import names_of
from content.monitoring.times import period_text, span_text
from core.caps import LOCAL
from core.errors import NotFoundError
from core.monitoring import Asked, QuestionRow, WorkFigure, WorkRow, WorkThing
from core.officers import Right
from handlers import monitoring
from handlers.training import courses
from web.console.reports.choice import PAGE, Choice, choice_of
from web.console.states import Mark, mark
from web.console.visit import Visit

ON_A_PAGE = 50
WORK = "work."  # before the names of figures of work and training
QUESTION_HEADS = ("console.head.question-number", "monitoring.head.topic", "console.head.asked-day")
QUESTION_TIMES = ("monitoring.head.due-at", "monitoring.head.answered-after", "monitoring.head.state")
QUESTION_WORDS = ("console.reports.rows.count.questions", "console.reports.rows.empty.questions")
WORK_WORDS = ("console.reports.rows.count.rows", "console.reports.rows.empty.rows")
WORK_HEADS = ("monitoring.head.number", "monitoring.head.thing", "monitoring.head.offer", "monitoring.head.work-day")
# Where each is looked at, and the right that this takes.
ROOMS = {
    WorkThing.VACANCY: ("/console/work/{id}", Right.READ_CAMPAIGNS),
    WorkThing.COURSE: ("/console/work/{id}", Right.READ_CAMPAIGNS),
    WorkThing.LEAD: ("/console/work/leads/{id}", Right.ANSWER),
    WorkThing.LEARNER: ("/console/work/training/{offer}/people/{id}", courses.NAMES),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of them: its number, what it is, and nothing that a citizen wrote."""

    number: int
    name: str
    href: str  # empty: not for this officer
    cells: tuple[str, ...]
    mark: Mark | None = None


async def show_rows(visit: Visit) -> Response:
    """GET /console/reports/rows?figure=&place=&period=&page=."""
    choice, words, asked = choice_of(visit), visit.words, visit.request.query_params
    figure = asked.get("figure", "") or Asked.ALL.value
    part, name = (WORK, figure.removeprefix(WORK)) if figure.startswith(WORK) else ("questions.", figure)
    if choice is None or choice.fault or name not in tuple(WorkFigure if part == WORK else Asked):
        raise NotFoundError("no such figure", where=figure)
    if not monitoring.may_see_rows(visit.officer, choice.wanted.places):
        raise NotFoundError("no such rows", where=figure)
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    if part == WORK:
        total, rows = await _work(visit, choice, WorkFigure(name), page)
    else:
        total, rows = await _questions(visit, choice, Asked(name), page)
    pages = max(1, -(-total // ON_A_PAGE))

    def turned(number: int) -> str:
        return choice.address(f"{PAGE}/rows", figure=figure, page=str(number))

    label, period = words.text(f"monitoring.{part}{name}"), period_text(words, choice.wanted.period)
    count, empty = WORK_WORDS if part == WORK else QUESTION_WORDS
    return visit.page(
        "report-rows.html",
        title=words.text("console.reports.rows.title", figure=label, period=period),
        heads=_heads(WorkFigure(name)) if part == WORK else (*QUESTION_HEADS, *QUESTION_TIMES),
        rows=rows,
        count=words.text(count, total=total, page=page, pages=pages),
        empty=words.text(empty),
        back=choice.address(),
        before=turned(page - 1) if page > 1 else "",
        after=turned(page + 1) if page < pages else "",
    )


def _turn(page: int) -> slice:
    return slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE)


async def _questions(visit: Visit, choice: Choice, figure: Asked, page: int) -> tuple[int, list[Row]]:
    """How many there are, and those of a page."""
    found = await monitoring.found(
        visit.site.storage, visit.console.content, choice.wanted, officer=visit.officer.name, now=visit.now
    )
    rows, topics = found.rows(figure), names_of(visit.console.content, visit.words.lang).topics
    return len(rows), [_question(visit, one, topics.get(one.topic, one.topic)) for one in rows[_turn(page)]]


def _question(visit: Visit, one: QuestionRow, topic: str) -> Row:
    words = visit.words
    waited = span_text(words, one.waited) if one.waited is not None else ""
    state = "overdue" if one.state == "open" and one.due_at < visit.now else one.state.value
    return Row(
        number=one.id,
        name=topic or words.text("monitoring.no-topic"),
        href=f"/console/questions/{one.id}",
        cells=(_day(visit, one.created_at), _day(visit, one.due_at), waited),
        mark=mark("new" if state == "open" else state, words),
    )


async def _work(visit: Visit, choice: Choice, figure: WorkFigure, page: int) -> tuple[int, list[Row]]:
    """How many there are, and those of a page."""
    rows = await monitoring.work_rows(
        visit.site.storage, choice.wanted, figure, officer=visit.officer.name, now=visit.now
    )
    turned = rows[_turn(page)]
    async with visit.site.storage.read() as uow:
        offers = {one.id: one.offer.title for one in await uow.work.some([one.offer for one in turned])}
    return len(rows), [_thing(visit, one, figure, offers.get(one.offer, "")) for one in turned]


def _heads(figure: WorkFigure) -> tuple[str, ...]:
    return (*WORK_HEADS, "monitoring.head.started-day") if figure is WorkFigure.STARTED else WORK_HEADS


def _thing(visit: Visit, one: WorkRow, figure: WorkFigure, title: str) -> Row:
    (room, right), words, where = ROOMS[one.thing], visit.words, [one.locality]
    open_to, thing = visit.officer.may(right, localities=where), words.text(f"monitoring.thing.{one.thing}")
    named = title and visit.officer.may(Right.READ_CAMPAIGNS, localities=where)
    days = (one.at, one.started_at) if figure is WorkFigure.STARTED else (one.at,)
    return Row(
        number=one.id,
        name=words.text("console.reports.rows.named", thing=thing, title=title) if named else thing,
        href=room.format(id=one.id, offer=one.offer) if open_to else "",
        cells=(str(one.offer), *(_day(visit, at) for at in days)),
    )


def _day(visit: Visit, at: datetime | None) -> str:
    return date_text(at.astimezone(LOCAL).date(), visit.words.lang) if at else ""
