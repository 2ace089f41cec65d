"""The first page: what needs me now, then the week. A panel is data: a new room adds one to PANELS.

However many people and questions there are, it takes the same number of statements; a test counts them.
"""

from starlette.responses import Response

from core.officers import Right
from web.console.home import asked, content, figures, sending, working
from web.console.home.panel import Maker
from web.console.questions.news import mark_of as news_mark
from web.console.questions.news import news_of
from web.console.visit import Visit
from web.console.week import week_days, week_of

# In the order of the page, with the right that each takes.
PANELS: tuple[tuple[Right | None, Maker], ...] = (
    (Right.READ_QUESTIONS, asked.unanswered),
    (None, asked.typed),
    (Right.APPROVE_CAMPAIGNS, sending.unapproved),
    (Right.WRITE_CAMPAIGNS, sending.returned),
    (None, sending.channels),
    (Right.APPROVE_CONTENT, content.changes),
    (Right.WRITE_CONTENT, content.returned),
    (Right.APPROVE_FIGURES, figures.unchecked),
    (Right.WRITE_FIGURES, figures.returned),
    (Right.CONTROL_CAMPAIGNS, working.vacancies),
    (Right.WORK_TASKS, figures.tasks),
    (Right.ANSWER, working.leads),
    (Right.ANSWER, working.market),
    (Right.READ_CONTENT, content.expiring),
)


async def show_home(visit: Visit) -> Response:
    """GET /console."""
    made = [await make(visit) for right, make in PANELS if right is None or visit.officer.may_somewhere(right)]
    week, news = None, None
    if visit.officer.may_somewhere(Right.READ_QUESTIONS):
        async with visit.site.storage.read() as uow:
            counts = await uow.desk.week(visit.officer.reach(Right.READ_QUESTIONS), week_days(visit.now))
        week = week_of(counts, visit.words)
        news = await news_of(visit)
    panels = [one for one in made if one is not None]
    return visit.page(
        "home.html",
        panels=panels,
        week=week,
        news=news,
        mark=news_mark(news) if news else "",
        here=visit.request.url.path,
    )
