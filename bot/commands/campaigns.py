"""`chungtay campaign`: a notice to many, from its draft to the ledger of who got it."""

import asyncio
import csv
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.options import ANY_ID, AS
from core.campaigns import Campaign, Step
from core.errors import ChungTayError, StorageError

if TYPE_CHECKING:
    from core.messages import OutboundMessage
    from core.storage import LedgerRow

LEDGER = ("contact", "name", "hamlet", "channel", "state", "reason", "attempts", "doubts", "at")
SAMPLES, LOOKED_AT = 10, 200  # renderings that are shown, and people who are looked at for them
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@click.group()
def campaign() -> None:
    """Notices to many: written by one person, approved by another."""


@campaign.command()
@click.argument("file", type=click.Path(path_type=Path))
@AS
def new(file: Path, officer: str) -> None:
    """Make a draft of a TOML file; its number stands alone on the last line.

    Told besides: how many people are meant, how many of them can be written to, and why the others cannot.
    """
    asyncio.run(_new(file, officer))


def _show_samples(messages: "Sequence[OutboundMessage]") -> None:
    """What people will read, each kind of it once."""
    texts = dict.fromkeys("\n".join(filter(None, (one.text, one.source))) for one in messages)
    for text in texts:
        click.echo(f"\n{text}", err=True)


def _step(step: Step, told: str) -> click.Command:
    @campaign.command(name=step.value, context_settings=ANY_ID, help=told)
    @click.argument("key", metavar="ID")
    @AS
    def command(key: str, officer: str) -> None:
        asyncio.run(_take(key, step, officer))

    return command


_step(Step.SUBMIT, "Hand a draft to those who approve.")
_step(
    Step.APPROVE, "Say yes to a submitted campaign; never to one's own. With an urgent one that is the yes to that too."
)
_step(Step.PAUSE, "Send no more for now. What is being sent at this moment goes on.")
_step(Step.RESUME, "Go on with a paused campaign.")
_step(Step.STOP, "Send no more at all: what was not sent is taken back.")


@campaign.command(name="list")
def list_() -> None:
    """List campaigns, the newest first: number, state, how many are sent, left out, still to go; title."""
    asyncio.run(_list())


@campaign.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def status(key: str, as_json: bool) -> None:
    """Show where a campaign stands, with counts by state of delivery and by reason left out."""
    asyncio.run(_status(key, as_json))


@campaign.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, safe to be opened in a spreadsheet.")
@AS
def ledger(key: str, as_csv: bool, officer: str) -> None:
    """List everybody who was meant, with what became of it and why."""
    asyncio.run(_ledger(key, as_csv, officer))


@campaign.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, safe to be opened in a spreadsheet.")
@AS
def answers(key: str, as_csv: bool, officer: str) -> None:
    """List what people wrote right after the notice, the oldest first."""
    asyncio.run(_answers(key, as_csv, officer))


async def _answers(key: str, as_csv: bool, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from core.officers import Right
    from handlers import campaigning
    from handlers.permission import demand

    async with opened(load_settings()) as (storage, _):
        one = await campaigning.find(storage, key)
        subject, places = f"campaign:{one.id}", one.notice.localities
        await demand(storage, officer, Right.READ_LEDGER, localities=places, subject=subject, now=SystemClock().now())
        async with storage.read() as uow:
            found = await uow.campaigns.answers(one.id)
    table = [(str(row.contact_id), row.name, row.hamlet, row.at.isoformat(), row.word, row.text) for row in found]
    if as_csv:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(("contact", "name", "hamlet", "at", "word", "text"))
        rows.writerows([_safe(cell) for cell in cells] for cells in table)
        return
    for cells in table:
        click.echo("\t".join(" ".join(cell.split()) for cell in cells))


async def _new(file: Path, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from handlers import campaigning
    from scheduler.expansion import rendered

    settings, now = load_settings(), SystemClock().now()
    data = _read(file)
    async with opened(settings, create=True) as (storage, _):
        content = load_catalogue(*settings.pack_folders)
        made = await campaigning.draft(storage, content, data, where=str(file), officer=officer, now=now)
        async with storage.read() as uow:
            accounts = await uow.lists.accounts()
            audience = made.notice.audience
            reach = await uow.audiences.reach(audience, accounts=accounts, now=now)
            first = await uow.campaigns.people(audience, accounts=accounts, after=0, limit=LOOKED_AT, now=now)
    click.echo(f"{reach.meant} people are meant, {reach.reached} of them can be written to", err=True)
    for reason, number in reach.left_out.items():
        click.echo(f"left out: {number} ({reason})", err=True)
    _show_samples([rendered(content, made.notice, one, now) for one in first if one.left_out is None][:SAMPLES])
    click.echo(made.id)


async def _take(key: str, step: Step, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    async with opened(load_settings()) as (storage, _):
        one = await campaigning.find(storage, key)
        done = await campaigning.take(storage, one, step, officer=officer, now=SystemClock().now())
    click.echo(f"{done.id}: {done.state}")
    if step is Step.APPROVE and done.notice.urgent:
        click.echo("urgent: it is sent in quiet hours too, and to people who had a notice today already", err=True)


async def _list() -> None:
    from bot.opening import opened
    from bot.settings import load_settings

    settings = load_settings()
    async with opened(settings) as (storage, _), storage.read() as uow:
        found = await uow.campaigns.list()
    for one in found:
        sent = sum(number for state, number in one.counts.items() if state in ("sent", "delivered"))
        numbers = f"{sent} sent, {sum(one.left_out.values())} left out, {one.counts.get('pending', 0)} to go"
        click.echo("\t".join((str(one.id), one.state, numbers, one.notice.title)))
    count = "1 campaign" if len(found) == 1 else f"{len(found)} campaigns"
    click.echo(f"{count if found else 'no campaign yet'} in {settings.place}", err=True)


async def _status(key: str, as_json: bool) -> None:
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    async with opened(load_settings()) as (storage, _):
        one = await campaigning.find(storage, key)
    if as_json:
        click.echo(json.dumps(_plain(one), ensure_ascii=False))
        return
    click.echo(f"{one.id}: {one.state}: {one.notice.title}")
    click.echo(f"written by {one.created_by}, approved by {one.approved_by or 'nobody yet'}")
    for name, number in (*sorted(one.counts.items()), *((f"left out, {why}", n) for why, n in one.left_out.items())):
        click.echo(f"{name}\t{number}")


def _plain(one: Campaign) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.notice.title,
        "state": one.state.value,
        "created_by": one.created_by,
        "approved_by": one.approved_by,
        "expanded": one.expanded_at is not None,
        "counts": {name: number for name, number in sorted(one.counts.items()) if number},
        "left_out": dict(sorted(one.left_out.items())),
    }


async def _ledger(key: str, as_csv: bool, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from core.officers import Right
    from handlers import campaigning
    from handlers.permission import demand

    async with opened(load_settings()) as (storage, _):
        one = await campaigning.find(storage, key)
        subject, places = f"campaign:{one.id}", one.notice.localities
        await demand(storage, officer, Right.READ_LEDGER, localities=places, subject=subject, now=SystemClock().now())
        rows = csv.writer(sys.stdout, lineterminator="\n") if as_csv else None
        if rows is not None:
            rows.writerow(LEDGER)
        async with storage.read() as uow:
            async for each in uow.campaigns.ledger(one.id):
                cells = _cells(each)
                if rows is not None:
                    rows.writerow([_safe(cell) for cell in cells])
                else:
                    click.echo("\t".join(cells))


def _cells(row: "LedgerRow") -> Sequence[str]:
    contact = "" if row.contact_id is None else str(row.contact_id)
    at = row.at.isoformat() if row.at is not None else ""
    numbers = (str(row.attempts), str(row.doubts))
    return (contact, row.name, row.hamlet, row.account, row.state, row.reason, *numbers, at)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _read(file: Path) -> object:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ChungTayError(f"is no TOML: {error}", where=str(file)) from None
