"""Which trades need people here this quarter: one plain answer, counted from verified vacancies."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from content.catalogue import Catalogue
from content.formatting import date_text, number_text
from content.reminding import day_of
from content.wording import wording
from core.conversation import Person, Turn
from core.delivery import NewDelivery
from core.labour_market import NeededAsked
from core.periods import PeriodKind, period_of
from core.storage import UnitOfWork
from handlers import labour_market, localities
from handlers.context import ELSEWHERE, Context
from handlers.happened import Happened
from handlers.routing import Router

router = Router("needed")

NEEDED = (NeededAsked,)
SHOWN = 3  # trades of an answer
MOST_WORDS = 20
_WHICH = "(?:nghe|viec|nganh|cong viec)(?: lam)?"
_ASKED = re.compile(
    rf"\b{_WHICH} (?:nao|gi)(?: (?:o (?:day|xa|phuong)|bay gio|hien nay|quy nay|dang|la|thi))*"
    r" (?:can (?:nhieu )?nguoi|thieu nguoi|can tuyen|tuyen nhieu|de (?:xin|kiem|tim)(?: viec)?|dang can)\b"
    r"|\b(?:which|what) (?:trades?|jobs?)(?: are)?(?: (?:in|most))* (?:demand|needed|need (?:most )?people|wanted)\b"
)


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """In one's own words."""
    if ctx.message.payload is not None or ctx.folded.count(" ") >= MOST_WORDS or not _ASKED.search(ctx.folded):
        return None
    return show(ctx)


@router.press("needed")
@router.word("nghề nào đang cần người", "nghề nào cần người", "nghề đang cần người", "trades in demand")
def show(ctx: Context, _: str = "") -> Turn:
    """Counted in the transaction of the turn; the count takes the place of this reply."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("work.elsewhere", ctx.topic_button("job-connection"), ctx.button("menu"))
    if ctx.locality is None:
        return localities.ask(ctx, pending="nghề nào đang cần người")
    buttons = (ctx.button("work"), ctx.button("events"), ctx.button("officer"), ctx.button("menu"))
    return ctx.say("needed.none", *buttons).event(NeededAsked())


class Needed:
    """Counts for somebody's place."""

    def __init__(self, content: Catalogue) -> None:
        self._content = content

    @property
    def _groups(self) -> Mapping[str, str]:
        return self._content.trades.group_of

    async def act(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """The replies, the last of theirs with the count; as they are where nothing was verified this quarter."""
        locality, words = person.contact.locality or "", wording(person.contact.language)
        found, offers = await labour_market.needed(uow, self._groups, locality, now)
        if not found or locality not in self._content.localities:
            return replies
        trades = [
            words.text(
                "needed.trade",
                trade=self._content.trades.title(group, words.lang),
                seats=number_text(seats, words.lang),
            )
            for group, seats in found[:SHOWN]
        ]
        place = self._content.place(locality=locality, on=day_of(now), lang=words.lang)
        first, today = period_of(now, PeriodKind.QUARTER).first, day_of(now)
        source = words.text(
            "needed.source",
            offers=number_text(offers, words.lang),
            first=date_text(first, words.lang),
            day=date_text(today, words.lang),
        )
        last = happened.own(replies)[-1]
        text = words.text("needed.most", place=place, trades="\n".join(trades))
        message = replace(replies[last].message, text=text, source=source)
        return [*replies[:last], replace(replies[last], message=message), *replies[last + 1 :]]
