"""`chungtay campaign ledger` and `answers`: person by person, for the screen and for spreadsheets."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.campaigns.sheets import CSV, XLSX, Cell, moment, table
from bot.commands.options import ANY_ID, AS
from core.officers import Right

if TYPE_CHECKING:
    from core.records import LedgerRow

LEDGER = ("contact", "name", "hamlet", "channel", "state", "reason", "attempts", "doubts", "at")
ANSWERS = ("contact", "name", "hamlet", "at", "word", "text")


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@CSV
@XLSX
@AS
def ledger(key: str, as_csv: bool, xlsx: Path | None, officer: str) -> None:
    """List everybody who was meant, with what became of it and why."""
    asyncio.run(_ledger(key, as_csv, xlsx, officer))


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@CSV
@XLSX
@AS
def answers(key: str, as_csv: bool, xlsx: Path | None, officer: str) -> None:
    """List what people wrote right after the notice, the oldest first."""
    asyncio.run(_answers(key, as_csv, xlsx, officer))


async def _ledger(key: str, as_csv: bool, xlsx: Path | None, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    async with opened(load_settings()) as (storage, _):
        one, _officer = await campaigning.look(
            storage, key, Right.READ_LEDGER, officer=officer, now=SystemClock().now()
        )
        with table(f"campaign {one.id}", LEDGER, as_csv=as_csv, xlsx=xlsx) as row:
            async with storage.read() as uow:
                async for each in uow.campaigns.ledger(one.id):
                    row(_cells(each))


def _cells(row: "LedgerRow") -> tuple[Cell, ...]:
    contact = "" if row.contact_id is None else row.contact_id
    done = (row.state, row.reason, row.attempts, row.doubts, moment(row.at))
    return (contact, row.name, row.hamlet, row.account, *done)


async def _answers(key: str, as_csv: bool, xlsx: Path | None, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    async with opened(load_settings()) as (storage, _):
        one, _officer = await campaigning.look(
            storage, key, Right.READ_LEDGER, officer=officer, now=SystemClock().now()
        )
        async with storage.read() as uow:
            found = await uow.campaigns.answers(one.id)
        with table(f"answers {one.id}", ANSWERS, as_csv=as_csv, xlsx=xlsx) as row:
            for each in found:
                row((each.contact_id, each.name, each.hamlet, moment(each.at), each.word, each.text))
