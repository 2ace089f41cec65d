"""A series as one place would send it: every post with its moment and the very words of its notice."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from content.series.schema import Post, Series
from content.series.when import due, holidays
from core.audience import parse
from core.campaigns import Notice
from core.schedules import NewOccurrence

if TYPE_CHECKING:
    from content.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A post that is not proposed, and why."""

    post: str
    why: str  # "tet", or "ended": nothing it rests on holds on its day


def propose(
    content: "Catalogue",
    series: Series,
    locality: str,
    first: date,
    last: date,
    *,
    begins: date | None = None,
    taken: Collection[date] = (),
    after: str | None = None,
) -> tuple[list[NewOccurrence], list[LeftOut]]:
    """The posts between two days, and those that are left out. Raises ValueError as `due` does."""
    rules = content.holidays(locality=locality)
    free = frozenset(day for year in range(first.year, last.year + 1) for day in holidays(rules, year))
    posts: list[NewOccurrence] = []
    out: list[LeftOut] = []

    def tells(post: Post, day: date) -> bool:
        return content.post(series.id, post.id, locality=locality, on=day) is not None

    for one in due(series, first, last, begins=begins, free=free, taken=taken, after=after, tells=tells):
        if one.at is None:
            out.append(LeftOut(post=one.post.id, why=one.why))
            continue
        notice = notice_of(content, series, one.post, locality, one.at)
        if notice is None:
            out.append(LeftOut(post=one.post.id, why="ended"))
            continue
        posts.append(NewOccurrence(post=one.post.id, due_at=one.at, late_hours=series.late_hours, notice=notice))
    return posts, out


def notice_of(content: "Catalogue", series: Series, post: Post, locality: str, at: datetime) -> Notice | None:
    """What a post says in a place at a moment (Viet Nam's zone); None where nothing it rests on holds then."""
    told = {lang: content.post(series.id, post.id, locality=locality, on=at.date(), lang=lang) for lang in ("vi", "en")}
    vietnamese = told["vi"]
    if vietnamese is None:
        return None
    return Notice(
        title=f"{series.title.vi}: {post.title.vi}",
        source=vietnamese.source,
        text={lang: one.text for lang, one in told.items() if one is not None},
        audience=parse({"localities": [locality]}),
        urgent=series.urgent,
        hold_back=0,  # the approval lies further back than that
        not_after=at + timedelta(days=series.good_for_days),
        topics=(post.topic,),
    )


def lacks(content: "Catalogue", series: Series, locality: str, posts: Collection[tuple[str, date]]) -> Iterator[str]:
    """What of the place's own is missing, a line for each post: "closing: figure"."""
    for post, day in posts:
        told = content.post(series.id, post, locality=locality, on=day)
        if told is not None and told.lacks:
            yield f"{post}: {', '.join(told.lacks)}"
