"""A month of what goes out: posts of series and notices, day by day, with the holidays; and the schedules behind it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from starlette.responses import Response

from content.formatting import date_text
from content.series.when import holidays, silent
from core.campaigns import Campaign
from core.officers import Right
from core.schedules import DuePost, Occurrence, OccurrenceState, Schedule, ScheduleState
from web.bubbles import VIET_NAM
from web.console.lines import place_name
from web.console.notices import listing
from web.console.states import Mark
from web.console.visit import Visit

PAGE = "/console/calendar"
SCHEDULES = "/console/schedules"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MARKS = {
    ScheduleState.DRAFT: ("○", "plain"),
    ScheduleState.SUBMITTED: ("◇", "warning"),
    ScheduleState.APPROVED: ("✓", "good"),
    ScheduleState.STOPPED: ("–", "plain"),
}
POST_MARKS = {OccurrenceState.FIRED: ("●", "good"), OccurrenceState.SKIPPED: ("–", "plain")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that goes out on a day."""

    href: str
    hour: str  # "17:00"
    title: str = field(repr=False)
    place: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the month, or one beside it that fills its week."""

    day: date
    inside: bool
    today: bool
    name: str
    free: str  # what is celebrated
    entries: tuple[Entry, ...]

    @property
    def shown(self) -> bool:
        """Whether a small page, which has no room for empty days, shows it."""
        return self.inside and bool(self.entries or self.free)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """A schedule in the list."""

    href: str
    title: str
    place: str
    author: str
    sent: str
    following: str
    mark: Mark


async def show_calendar(visit: Visit) -> Response:
    """GET /console/calendar?month=2026-12&locality=."""
    asked = visit.request.query_params
    first, after = month_of(asked.get("month", ""), visit.now)
    places = readable(visit)
    locality = asked.get("locality", "") if asked.get("locality", "") in dict(places) else ""
    since, until = (datetime.combine(day, time(), VIET_NAM) for day in (first, after))
    async with visit.site.storage.read() as uow:
        posts = await uow.schedules.between(since, until)
        begun = await uow.notices.begun(since, until)
        schedules = [
            one
            for one in await uow.schedules.list()
            if one.state is not ScheduleState.STOPPED and may_read(visit, one.locality, locality)
        ]
    entries: dict[date, list[Entry]] = defaultdict(list)
    for due in posts:
        if may_read(visit, due.locality, locality):
            entries[_day(due.occurrence.due_at)].append(_post(visit, due))
    for one in begun:
        mine = visit.officer.may(Right.READ_CAMPAIGNS, localities=one.notice.localities)
        if mine and one.starts_at is not None and locality in ("", *one.notice.localities):
            entries[_day(one.starts_at)].append(_notice(visit, one, one.starts_at))
    words, kept = visit.words, f"&locality={locality}" if locality else ""
    before = (first - timedelta(days=1)).replace(day=1)
    return visit.page(
        "calendar.html",
        title=words.text("console.calendar.month", month=first.month, year=first.year),
        weekdays=[words.text(f"console.weekday.{number}") for number in range(7)],
        weeks=weeks_of(visit, first, after, entries, _free(visit, locality or (places[0][0] if places else ""), first)),
        number=sum(map(len, entries.values())),
        places=places,
        locality=locality,
        month=f"{first:%Y-%m}",
        before=f"{PAGE}?month={before:%Y-%m}{kept}",
        after=f"{PAGE}?month={after:%Y-%m}{kept}",
        schedules=[_line(visit, one) for one in schedules],
        here=PAGE,
        may_write=visit.officer.may_somewhere(Right.WRITE_CAMPAIGNS),
    )


def month_of(asked: str, now: datetime) -> tuple[date, date]:
    """The first days of the month that is asked for and of the next; of this month where none is."""
    found = _MONTH.fullmatch(asked)
    first = date(int(found[1]), int(found[2]), 1) if found else now.astimezone(VIET_NAM).date().replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def readable(visit: Visit) -> list[tuple[str, str]]:
    """The places whose notices this officer may look at: id and name."""
    own = {locality for locality, _ in visit.officer.reach(Right.READ_CAMPAIGNS)}
    return [(one, name) for one, name in visit.site.localities.items() if one in own or "" in own]


def may_read(visit: Visit, place: str, chosen: str) -> bool:
    """Whether what is of this place is shown, when that place was chosen, or none."""
    return chosen in ("", place) and visit.officer.may(Right.READ_CAMPAIGNS, localities=[place])


def weeks_of(
    visit: Visit, first: date, after: date, entries: Mapping[date, Sequence[Entry]], free: Mapping[date, str]
) -> list[list[Day]]:
    """The weeks of a month, from Monday to Sunday."""
    today, day = visit.now.astimezone(VIET_NAM).date(), first - timedelta(days=first.weekday())
    found: list[list[Day]] = []
    while day < after:
        days = [day + timedelta(days=number) for number in range(7)]
        found.append(
            [
                Day(
                    day=one,
                    inside=first <= one < after,
                    today=one == today,
                    name=visit.words.text(f"console.weekday.{one.weekday()}"),
                    free=free.get(one, ""),
                    entries=tuple(sorted(entries.get(one, ()), key=lambda each: each.hour)),
                )
                for one in days
            ]
        )
        day += timedelta(days=7)
    return found


def _free(visit: Visit, locality: str, first: date) -> dict[date, str]:
    """The days on which people are off, and the first days of Tết, with their names."""
    rules = visit.console.content.holidays(locality=locality or None)
    named = {day: one.name.get(visit.words.lang) for day, one in holidays(rules, first.year).items()}
    month = (first + timedelta(days=number) for number in range(31))
    return {day: visit.words.text("console.calendar.tet") for day in month if silent(day)} | named


def post_mark(visit: Visit, state: OccurrenceState, schedule: ScheduleState) -> Mark:
    """How a post stands: what became of it, else how far its schedule is."""
    sign, kind = POST_MARKS[state] if state in POST_MARKS else MARKS[schedule]
    name = f"console.post.{state}" if state in POST_MARKS else f"console.schedule.{schedule}"
    return Mark(sign=sign, kind=kind, word=visit.words.text(name))


def schedule_mark(visit: Visit, state: ScheduleState) -> Mark:
    """How a schedule stands."""
    sign, kind = MARKS[state]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.schedule.{state}"))


def series_title(visit: Visit, locality: str, series: str) -> str:
    """A series by its name; its id where no pack has it any more."""
    known = visit.console.content
    found = known.series(locality=locality).get(series) if locality in known.localities else None
    return found.title.get(visit.words.lang) if found else series


def page_of(number: int) -> str:
    """The address of a schedule."""
    return f"{SCHEDULES}/{number}"


def _post(visit: Visit, due: DuePost) -> Entry:
    one = due.occurrence
    fired = f"{listing.PAGE}/{one.campaign_id}" if one.campaign_id is not None else ""
    return Entry(
        href=fired or f"{page_of(one.schedule_id)}#post-{one.id}",
        hour=hour_text(one.due_at),
        title=one.notice.title.partition(": ")[2] or one.notice.title,
        place=place_name(visit, due.locality),
        mark=post_mark(visit, one.state, due.schedule),
    )


def _notice(visit: Visit, one: Campaign, at: datetime) -> Entry:
    return Entry(
        href=listing.page_of(one),
        hour=hour_text(at),
        title=one.notice.title,
        place=listing.places_text(visit, one),
        mark=listing.mark_of(visit, one.state),
    )


def _line(visit: Visit, one: Schedule) -> ScheduleLine:
    fired = sum(each.state is OccurrenceState.FIRED for each in one.occurrences)
    return ScheduleLine(
        href=page_of(one.id),
        title=series_title(visit, one.locality, one.series),
        place=place_name(visit, one.locality),
        author=one.created_by,
        sent=visit.words.text("console.schedule.sent", done=fired, all=len(one.occurrences)),
        following=next_text(visit, one.occurrences),
        mark=schedule_mark(visit, one.state),
    )


def next_text(visit: Visit, posts: Iterable[Occurrence]) -> str:
    """When the next post is due."""
    coming = next((each for each in posts if each.state is OccurrenceState.PLANNED), None)
    return moment_text(visit, coming.due_at) if coming else visit.words.text("console.schedule.no-more")


def moment_text(visit: Visit, at: datetime) -> str:
    """A moment with its day of the week, as a calendar tells it."""
    local = at.astimezone(VIET_NAM)
    weekday = visit.words.text(f"console.weekday.{local.weekday()}")
    day = date_text(local.date(), visit.words.lang)
    return visit.words.text("console.calendar.moment", weekday=weekday, date=day, hour=hour_text(at))


def hour_text(at: datetime) -> str:
    """The hour where people live."""
    return f"{at.astimezone(VIET_NAM):%H:%M}"


def _day(at: datetime) -> date:
    return at.astimezone(VIET_NAM).date()
