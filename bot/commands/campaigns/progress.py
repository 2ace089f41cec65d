"""`chungtay campaign list` and `status`: how far campaigns are, from their counts alone."""

import asyncio
import json
import time
from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.commands.options import ANY_ID, AS
from core.campaigns import Campaign, CampaignState, Pace, pace
from core.caps import LOCAL, QUIET_FROM, QUIET_UNTIL, quiet
from core.officers import Right

if TYPE_CHECKING:
    from core.storage import Storage

LOOK_EVERY = 1.0  # seconds
LOOKS = 60  # over which the bar's rate is taken
OVER = (CampaignState.FINISHED, CampaignState.STOPPED)


@click.command(name="list")
@AS
def list_(officer: str) -> None:
    """List campaigns, the newest first: number, state, how many are sent, left out, still to go; title."""
    asyncio.run(_list(officer))


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--watch", is_flag=True, help="Show a bar until it ends, or Ctrl+C.")
@AS
def status(key: str, as_json: bool, watch: bool, officer: str) -> None:
    """Show where a campaign stands, with counts by state of delivery and by reason left out.

    The rate is messages a second since the sending began, nights and pauses included; by it the time left is told,
    once everybody was looked at. The bar of --watch shows the rate of the last minute instead.
    """
    if watch and as_json:
        raise click.UsageError("--watch is for people, --json for programs: take one of them.")
    try:
        asyncio.run(_status(key, as_json, watch, officer))
    except KeyboardInterrupt:
        click.echo()  # the bar's line ends; nothing was changed


async def _list(officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    settings = load_settings()
    async with opened(settings) as (storage, _):
        found = await campaigning.listed(storage, officer=officer, now=SystemClock().now())
    for one in found:
        sent = sum(number for state, number in one.counts.items() if state in ("sent", "delivered"))
        numbers = f"{sent} sent, {sum(one.left_out.values())} left out, {one.counts.get('pending', 0)} to go"
        click.echo("\t".join((str(one.id), one.state, numbers, one.notice.title)))
    count = "1 campaign" if len(found) == 1 else f"{len(found)} campaigns"
    click.echo(f"{count if found else 'no campaign yet'} in {settings.place}", err=True)


async def _status(key: str, as_json: bool, watch: bool, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    clock = SystemClock()
    async with opened(load_settings()) as (storage, _):
        one, _officer = await campaigning.look(storage, key, Right.READ_CAMPAIGNS, officer=officer, now=clock.now())
        if watch:
            one = await _watch(storage, one)
    now = clock.now()
    how = pace(one, now)
    if as_json:
        click.echo(json.dumps(_plain(one, how), ensure_ascii=False))
        return
    click.echo(f"{one.id}: {one.state}: {one.notice.title}")
    click.echo(f"written by {one.created_by}, approved by {one.approved_by or 'nobody yet'}")
    if why := waits_for(one, now):
        click.echo(why)
    for name, number in (*sorted(one.counts.items()), *((f"left out, {why}", n) for why, n in one.left_out.items())):
        click.echo(f"{name}\t{number}")
    if how.rate:
        click.echo(f"rate\t{how.rate:.1f} a second since it began")
    if how.left is not None:
        click.echo(f"left\t{spoken(how.left)}")


def waits_for(one: Campaign, now: datetime) -> str:
    """Why messages wait, where there may be something to wait for; empty where nothing is held up."""
    if one.state is CampaignState.APPROVED and one.starts_at is not None and one.starts_at > now:
        return f"begins at {clock_time(one.starts_at)}"
    if one.state is CampaignState.SENDING and not one.notice.urgent and quiet(now):
        return f"waits: nothing is sent between {QUIET_FROM:%H:%M} and {QUIET_UNTIL:%H:%M}, unless it is urgent"
    if one.state is CampaignState.SENDING and not one.notice.urgent and one.counts.get("pending", 0):
        return "who had a notice within a day, or two within a week, gets it when that is over"
    return ""


def clock_time(moment: datetime) -> str:
    """A moment as clocks in Viet Nam show it.

    >>> clock_time(datetime.fromisoformat("2026-11-21T05:02:00+00:00"))
    '12:02 on 21/11/2026'
    """
    return f"{moment.astimezone(LOCAL):%H:%M on %d/%m/%Y}"


async def _watch(storage: "Storage", one: Campaign) -> Campaign:
    """A bar that follows the counts, until the campaign is over."""
    from handlers import campaigning

    looks: deque[tuple[float, int]] = deque(maxlen=LOOKS)
    begin = click.progressbar(
        length=_done(one)[1], label=_label(one), show_eta=False, show_pos=True, item_show_func=lambda item: item
    )
    with begin as bar:
        while True:
            done, all_ = _done(one)
            looks.append((time.monotonic(), done))
            bar.label, bar.length, bar.pos = _label(one), all_, done
            bar.current_item = lately(looks, all_ - done)
            bar.render_progress()
            if one.state in OVER:
                return one
            await pause()
            one = await campaigning.find(storage, str(one.id))


def _label(one: Campaign) -> str:
    return f"{one.id}: {one.state}"


def _done(one: Campaign) -> tuple[int, int]:
    all_ = sum(one.counts.values())
    return all_ - one.counts.get("pending", 0), all_


async def pause() -> None:
    """Until the next look."""
    await asyncio.sleep(LOOK_EVERY)


def lately(looks: "deque[tuple[float, int]]", to_go: int) -> str:
    """The rate over the last looks, and the time left at that rate.

    >>> lately(deque([(0.0, 0), (2.0, 10)]), 300)
    '5.0/s, 1 min left'
    """
    (first, before), (last, now) = looks[0], looks[-1]
    rate = (now - before) / (last - first) if last > first else 0.0
    return f"{rate:.1f}/s, {spoken(round(to_go / rate))} left" if rate > 0 else "0/s"


def spoken(seconds: int) -> str:
    """A length of time, roughly.

    >>> [spoken(one) for one in (59, 60, 7199, 200_000)]
    ['59 s', '1 min', '1 h 59 min', '55 h']
    """
    hours, minutes = divmod(seconds // 60, 60)
    if seconds < 60:
        return f"{seconds} s"
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if hours < 10 else f"{hours} h"  # so far ahead minutes mean nothing


def _plain(one: Campaign, how: Pace) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.notice.title,
        "state": one.state.value,
        "created_by": one.created_by,
        "approved_by": one.approved_by,
        "expanded": one.expanded_at is not None,
        "counts": {name: number for name, number in sorted(one.counts.items()) if number},
        "left_out": dict(sorted(one.left_out.items())),
        "rate": None if how.rate is None else round(how.rate, 6),
        "left": how.left,
    }
