"""Newly escaped households: from their own date, what still counts and until when; and a hand raised in trouble."""

import re
from datetime import date

from content.escaped import TOPIC, Term, reminders, terms
from core.conversation import Turn
from core.text import Days, dates
from handlers import localities
from handlers.context import Context, join
from handlers.routing import Router

router = Router("escaped")

STATE = "escaped.day"
_MONTH = re.compile(r"^\D*(\d{1,2})[\s./-]+(?:nam )?((?:19|20)\d\d)\D*$")
OLDEST = 1990  # there were no lists of poor households before


@router.press("escaped")
@router.word(
    "tính hạn thoát nghèo", "tính đến ngày nào", "mới thoát nghèo tính đến ngày nào", "hết hạn thoát nghèo ngày nào"
)
def ask(ctx: Context, _: str = "") -> Turn:
    """Since when?"""
    if ctx.contact.locality is None:
        return localities.ask(ctx, pending="tính hạn thoát nghèo")
    return ctx.say("escaped.ask", ctx.topic_button(TOPIC), ctx.button("officer")).about(TOPIC).wait(STATE)


@router.state(STATE)
def read_day(ctx: Context) -> Turn | None:
    """The day on the decision, or the month."""
    day = day_in(ctx.text, ctx.today)
    if day is None:
        asks = ctx.reading.labels and ctx.text.count(" ") > 3 and not any(one.isdigit() for one in ctx.text)
        if asks:
            return None
        return ctx.say("escaped.again", ctx.topic_button(TOPIC), ctx.button("officer")).wait(STATE).miss()
    if day > ctx.today or day.year < OLDEST:
        return ctx.say("escaped.odd", ctx.topic_button(TOPIC), ctx.button("officer"), day=ctx.day_text(day)).wait(STATE)
    return tell(ctx, day)


def day_in(text: str, today: date) -> date | None:
    """The day in a text; of a month its first day, so that nothing is promised for longer than it lasts."""
    month = _MONTH.match(text)
    if month and 0 < int(month.group(1)) <= 12:
        return date(int(month.group(2)), int(month.group(1)), 1)
    found = [one for one in dates(text, on=today) if isinstance(one, Days)]
    return found[0].first if found else None


def tell(ctx: Context, left: date) -> Turn:
    """What is counted from that day."""
    found = terms(ctx.content, left, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    lines = [ctx.fill("escaped.from", day=ctx.day_text(left))]
    lines += [_line(ctx, one) for one in found]
    lines.append(ctx.fill("escaped.other" if any(one.holds(ctx.today) for one in found) else "escaped.over"))
    days = reminders(found, ctx.today)
    lines.append(ctx.fill("escaped.remind", day=ctx.day_text(days[0])) if days else "")
    remind = [ctx.button("remind_me", f"remind:escaped:{left.isoformat()}")] if days else []
    buttons = (ctx.topic_button(TOPIC), *remind, ctx.button("make_request", "request"), ctx.button("officer"))
    return ctx.tell(join(lines), *buttons, source=_source(ctx, found)).about(TOPIC).in_private()


def _line(ctx: Context, one: Term) -> str:
    key = "holds" if one.holds(ctx.today) else "ended"
    return ctx.fill(f"escaped.{one.id}.{key}", months=one.months, day=ctx.day_text(one.last))


def _source(ctx: Context, found: list[Term]) -> str | None:
    if not found:
        return None
    documents = [
        ctx.fill("card.source.article", document=one.document, article=one.section) if one.section else one.document
        for one in found
    ]
    checked = min(ctx.content.checked(locality=ctx.place_id), ctx.today)
    return ctx.fill("card.source", documents="; ".join(dict.fromkeys(documents)), date=ctx.day_text(checked))
