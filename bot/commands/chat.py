"""`chungtay chat`: a conversation in the terminal, on a database that is gone afterwards."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, time
from typing import TYPE_CHECKING

import click

from core.errors import ChungTayError

if TYPE_CHECKING:
    from bot.rooms import Room

YEARS = range(2000, 2101)  # further off there is nothing to be told, and dates end


@click.command()
@click.option("--locality", help="Where the person lives, such as dak-cam; otherwise the chat asks.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Talk as if it were this day, such as 2027-01-01.")
def chat(locality: str | None, today: datetime | None) -> None:
    """Chat in the terminal; nothing is kept.

    From a pipe, each line is a message or a button's label, and only the transcript is printed.
    """
    if today is not None and today.year not in YEARS:
        raise ChungTayError(f"a year from {YEARS[0]} to {YEARS[-1]}", where="--today")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a line in another encoding is a message too
    with suppress(KeyboardInterrupt):
        asyncio.run(_chat(locality, today))


async def _chat(locality: str | None, today: datetime | None) -> None:
    from bot.clock import ShiftedClock, SystemChance, SystemClock
    from bot.knowledge import load_knowledge
    from bot.rooms import open_room
    from bot.settings import load_settings
    from handlers.context import LOCAL

    settings = load_settings()
    knowledge = load_knowledge(*settings.pack_folders, models=settings.models)
    if locality is not None:
        knowledge.content.locality(locality)  # raises NotFoundError naming those that exist
    morning = datetime.combine(today.date(), time(9), LOCAL) if today else None
    clock = ShiftedClock(morning) if morning else SystemClock()
    async with open_room(knowledge, clock=clock, chance=SystemChance()) as room:
        await _talk(room, locality, interactive=sys.stdin.isatty())


async def _talk(room: "Room", locality: str | None, *, interactive: bool) -> None:
    from bot.channels.terminal import heard, said

    # A greeting belongs to a talk between people; a transcript from a pipe begins with its first line.
    opening = await room.hear(payload=f"start:{locality}" if locality else "start:") if interactive or locality else []
    if interactive:
        for bubble in opening:
            click.echo(said(bubble, room.files))
    async for line in _lines(interactive=interactive):
        if not interactive:
            click.echo(heard(line))
        for bubble in await room.hear(line):
            click.echo(said(bubble, room.files))


async def _lines(*, interactive: bool) -> AsyncIterator[str]:
    while True:
        if interactive:
            click.echo("> ", nl=False)
            await _typed()
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")


async def _typed() -> None:
    """Until a line was typed: waiting in the loop, so that Ctrl+C ends the talk at once."""
    loop, typed = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin, typed.set)
    try:
        await typed.wait()
    finally:
        loop.remove_reader(sys.stdin)
