"""Every component of the console on one page: for whoever builds a room, and for whoever checks how it looks."""

from datetime import timedelta

from starlette.responses import Response

from content.monitoring.page import Bar, Drawing
from content.wording import Wording
from core.console_storage import DayCount
from web.console.drawing import drawn
from web.console.entering.qr import square_code
from web.console.lines import Line
from web.console.states import MARKS, mark
from web.console.visit import Visit
from web.console.week import week_days, week_of

ASKED, ANSWERED = (3, 5, 2, 8, 4, 0, 1), (2, 4, 4, 6, 5, 1, 0)


def made_up_bars(words: Wording) -> Drawing:
    """A picture of a report."""
    bars = [
        Bar(label=words.text(f"monitoring.dimension.{one}"), number=n) for one, n in (("housing", 13), ("health", 7))
    ]
    title = words.text("monitoring.picture.checks", dimension=bars[0].label, period="2026")
    return Drawing(id="checks", title=title, bars=tuple(bars))


async def show_components(visit: Visit) -> Response:
    """GET /console/components: with made-up values, none of anybody's."""
    words = visit.words
    days = week_days(visit.now - timedelta(days=1))
    counts = [DayCount(day=day, asked=ASKED[n], answered=ANSWERED[n]) for n, day in enumerate(days)]
    marks = [mark(one, words) for one in MARKS]
    lines = [
        Line(
            href="#list",
            code="K7M 4PX",
            words=words.text("console.components.words"),
            place=words.text("console.components.place"),
            office="",
            holder="" if number else words.text("console.components.officer"),
            due="17 giờ 00",
            mark=marks[number],
            urgent=number == 0,
        )
        for number in range(2)
    ]
    return visit.page(
        "components.html",
        marks=marks,
        lines=lines,
        week=week_of(counts, words),
        bars=drawn(made_up_bars(words), words.lang),
        picture=square_code("Chung Tay", words.text("console.components.picture")),
    )
