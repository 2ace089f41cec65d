"""What a page's script asks every few seconds: whether something came. Asking counts as no use of the session."""

from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

from core.console_storage import News
from core.officers import Right
from web.console.visit import Visit

PATH = "/console/news"


async def news_of(visit: Visit) -> News:
    """What waits in the places and offices of this officer, in one statement."""
    async with visit.site.storage.read() as uow:
        return await uow.desk.news(visit.officer.reach(Right.READ_QUESTIONS))


def mark_of(news: News) -> str:
    """Moves with every change of what waits."""
    return f"{news.open}.{news.newest}.{news.mark}"


async def show_news(visit: Visit) -> Response:
    """GET /console/news: the mark, and the number of the newest urgent question."""
    news = await news_of(visit)
    return _json({"mark": mark_of(news), "urgent": news.urgent})


async def show_question_news(visit: Visit) -> Response:
    """GET /console/questions/{id}/news: the mark of one question."""
    assert visit.question is not None  # noqa: S101 - the table says so
    return _json({"mark": str(visit.question.version), "urgent": 0})


def _json(told: Mapping[str, str | int]) -> Response:
    return JSONResponse(told, headers={"Cache-Control": "no-store"})
