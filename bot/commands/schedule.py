"""`chungtay schedule`: a series at one place, from its proposal to what became of each post."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.day import Day, today
from bot.commands.options import ANY_ID, AS
from core.caps import LOCAL
from core.errors import StorageError
from core.schedules import OccurrenceState, Schedule, ScheduleState, ScheduleStep, Skipped

if TYPE_CHECKING:
    from core.schedules import Occurrence

YEAR = timedelta(days=365)
_WHY = {
    Skipped.LATE: "the machine was off for too long",
    Skipped.CHANGED: "it would be worded otherwise by now",
    Skipped.ENDED: "nothing it rests on holds any more",
    Skipped.TWICE: "another schedule sent it",
    Skipped.OFFICER: "somebody took it out",
}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@click.group()
def schedule() -> None:
    """Series as places send them: proposed by one person, approved as a whole by another, each post once on its day."""


@schedule.command()
@click.argument("series", metavar="SERIES")
@click.option("--locality", metavar="ID", required=True, help="Where.")
@click.option("--from", "first", type=Day(), default=None, help="The first day; today unless said.")
@click.option("--until", "last", type=Day(), default=None, help="The last day; a year after the first unless said.")
@click.option("--begins", type=Day(), default=None, help="The day of the course, the fair, the storm.")
@AS
def new(
    *, series: str, locality: str, first: date | None, last: date | None, begins: date | None, officer: str
) -> None:
    """Propose a series: every post with its moment and words is told; the number stands alone on the last line."""
    asyncio.run(_new(series, locality, (first, last, begins), officer))


@schedule.command(name="list")
@AS
def list_(officer: str) -> None:
    """List the schedules, the newest first: state, place, series, what was sent, what comes next."""
    asyncio.run(_list(officer))


@schedule.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@AS
def show(key: str, officer: str) -> None:
    """Show all that an approval says yes to: each post with its moment, words and source; and what became of it."""
    asyncio.run(_show(key, officer))


@schedule.command()
@click.option("--locality", metavar="ID", help="Of this place only.")
@click.option("--from", "first", type=Day(), default=None, help="The first day; today unless said.")
@click.option("--until", "last", type=Day(), default=None, help="The last day; a year after the first unless said.")
@AS
def calendar(locality: str | None, first: date | None, last: date | None, officer: str) -> None:
    """Print what is due between two days, of all schedules that are not stopped."""
    asyncio.run(_calendar(locality, (first, last), officer))


def _step(step: ScheduleStep, told: str) -> click.Command:
    @click.command(name=step.value, context_settings=ANY_ID, help=told)
    @click.argument("key", metavar="ID")
    @AS
    def command(key: str, officer: str) -> None:
        asyncio.run(_take(key, step, officer))

    return command


for one in (
    _step(ScheduleStep.SUBMIT, "Hand a draft to those who approve."),
    _step(ScheduleStep.APPROVE, "Say yes to all its posts, as they stand there; never to one's own."),
    _step(ScheduleStep.STOP, "Send no more of its posts. What is being sent already: chungtay campaign stop."),
):
    schedule.add_command(one)


@schedule.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.argument("post", metavar="POST")
@AS
def skip(key: str, post: str, officer: str) -> None:
    """Take out a post that is still to come. It needs no new approval."""
    asyncio.run(_skip(key, post, officer))


@schedule.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.argument("post", metavar="POST")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--english", type=click.Path(path_type=Path), help="A file with the same in English.")
@AS
def reword(key: str, post: str, file: Path, english: Path | None, officer: str) -> None:
    """Give a post the words of a text file; the schedule is a draft again and needs a new approval."""
    texts = {"vi": _read(file), **({"en": _read(english)} if english else {})}
    asyncio.run(_reword(key, post, texts, officer))


async def _new(series: str, locality: str, days: tuple[date | None, date | None, date | None], officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from content.series.proposing import lacks
    from handlers import scheduling

    settings, (first, last, begins) = load_settings(), days
    first = first or min(filter(None, (begins and begins - timedelta(days=30), today())))
    asked = scheduling.Asked(series=series, locality=locality, first=first, last=last or first + YEAR, begins=begins)
    async with opened(settings) as (storage, _):
        content = load_catalogue(*settings.pack_folders)
        made, out = await scheduling.proposed(storage, content, asked, officer=officer, now=SystemClock().now())
    _tell(made)
    for each in out:
        why = "falls on the first days of Tết" if each.why == "tet" else "nothing it rests on holds on its day"
        click.echo(f"left out: {each.post} ({why})", err=True)
    known = content.series(locality=locality)[series]
    for line in lacks(content, known, locality, [(one.post, _day(one)) for one in made.occurrences]):
        click.echo(f"no line of the place's own: {line}", err=True)
    click.echo(made.id)


async def _list(officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import scheduling

    async with opened(load_settings()) as (storage, _):
        found = await scheduling.listed(storage, officer=officer, now=SystemClock().now())
    for one in found:
        fired = sum(each.state is OccurrenceState.FIRED for each in one.occurrences)
        coming = next((each for each in one.occurrences if each.state is OccurrenceState.PLANNED), None)
        following = f"next {moment(coming.due_at)}" if coming else "nothing to come"
        click.echo(
            f"{one.id}\t{one.state}\t{one.locality}\t{one.series}\t{fired} of {len(one.occurrences)} sent\t{following}"
        )
    if not found:
        click.echo("no schedules: chungtay series list", err=True)


async def _show(key: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import scheduling

    async with opened(load_settings()) as (storage, _):
        one = await scheduling.look(storage, key, officer=officer, now=SystemClock().now())
    click.echo(f"{one.id}: {one.state}: {one.series} in {one.locality}")
    click.echo(f"proposed by {one.created_by}, approved by {one.approved_by or 'nobody yet'}")
    _tell(one)


async def _calendar(locality: str | None, days: tuple[date | None, date | None], officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import scheduling

    first = days[0] or today()
    last = days[1] or first + YEAR
    async with opened(load_settings()) as (storage, _):
        found = await scheduling.listed(storage, officer=officer, now=SystemClock().now())
    rows = [
        (each.due_at, one, each)
        for one in found
        for each in one.occurrences
        if one.state is not ScheduleState.STOPPED and locality in (None, one.locality) and first <= _day(each) <= last
    ]
    for due_at, one, each in sorted(rows, key=lambda row: (row[0], row[1].locality, row[2].id)):
        click.echo(f"{moment(due_at)}\t{one.locality}\t{each.notice.title}\t{_state(one, each)}")
    if not rows:
        click.echo("nothing is due in these days", err=True)


async def _take(key: str, step: ScheduleStep, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import scheduling

    async with opened(load_settings()) as (storage, _):
        one = await scheduling.find(storage, key)
        done = await scheduling.take(storage, one, step, officer=officer, now=SystemClock().now())
    click.echo(f"{done.id}: {done.state}")
    coming = [each for each in done.occurrences if each.state is OccurrenceState.PLANNED]
    if step is ScheduleStep.APPROVE and coming:
        click.echo(f"{len(coming)} posts will be sent, the first on {moment(coming[0].due_at)}", err=True)


async def _skip(key: str, post: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import scheduling

    async with opened(load_settings()) as (storage, _):
        one = await scheduling.find(storage, key)
        await scheduling.skip(storage, one, post, officer=officer, now=SystemClock().now())
    click.echo(f"{one.id}: {post} will not be sent")


async def _reword(key: str, post: str, texts: dict[str, str], officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import scheduling

    async with opened(load_settings()) as (storage, _):
        one = await scheduling.find(storage, key)
        done = await scheduling.reword(storage, one, post, texts, officer=officer, now=SystemClock().now())
    click.echo(f"{done.id}: {done.state}")
    for each in (each for each in done.occurrences if each.post == post):
        click.echo(f"source, as before: {each.notice.source}", err=True)
    click.echo(f"none of its posts is sent until it was approved: chungtay schedule submit {done.id}", err=True)


def _tell(one: Schedule) -> None:
    """Every post with its moment, its words and what became of it."""
    for each in one.occurrences:
        click.echo(f"{moment(each.due_at)}\t{each.post}\t{_state(one, each)}")
        for line in (*each.notice.said("vi").splitlines(), f"({each.notice.source})"):
            click.echo(f"  {line}")


def _state(one: Schedule, each: "Occurrence") -> str:
    if each.state is OccurrenceState.FIRED:
        return f"campaign {each.campaign_id}"
    if each.state is OccurrenceState.SKIPPED:
        return f"not sent: {each.why} ({_WHY[each.why]})" if each.why else "not sent"
    return "planned" if one.state is ScheduleState.APPROVED else f"planned ({one.state})"


def _day(each: "Occurrence") -> date:
    return each.due_at.astimezone(LOCAL).date()


def moment(at: datetime) -> str:
    """A moment in Viet Nam, as a calendar shows it.

    >>> moment(datetime.fromisoformat("2026-11-21T05:02:00+00:00"))
    'Sat 2026-11-21 12:02'
    """
    local = at.astimezone(LOCAL)
    return f"{_WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not written in UTF-8"
        raise StorageError(f"cannot be read: {why}", where=str(file)) from error
