"""`chungtay campaign ledger` and `answers`: person by person, for the screen and for spreadsheets."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.campaigns.sheets import CSV, XLSX, moment, table
from bot.commands.options import ANY_ID, AS
from bot.papers.book import Cell
from core.caps import LOCAL
from core.officers import Right
from core.report import FATES, WHYS

if TYPE_CHECKING:
    from content.wording import Wording
    from core.records import LedgerRow

LEDGER = ("contact", "name", "hamlet", "channel", "state", "reason", "attempts", "doubts", "at")
ANSWERS = ("contact", "name", "hamlet", "at", "word", "text")


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@CSV
@XLSX
@AS
def ledger(key: str, as_csv: bool, xlsx: Path | None, officer: str) -> None:
    """List everybody who was meant, with what became of it and why.

    From left to right: contact, name, hamlet, channel, state, reason, how often it was sent, doubts, when. The sheet of
    --xlsx is in Vietnamese.
    """
    asyncio.run(_ledger(key, as_csv, xlsx, officer))


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@CSV
@XLSX
@AS
def answers(key: str, as_csv: bool, xlsx: Path | None, officer: str) -> None:
    """List what people wrote right after the notice, the oldest first.

    From left to right: contact, name, hamlet, when, the declared word that it is, the text. Who signed up has that
    word; who cannot come after all has "Không đi được". The sheet of --xlsx is in Vietnamese.
    """
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
        words = _words(xlsx)
        with table(f"campaign {one.id}", _heads(LEDGER, words), as_csv=as_csv, xlsx=xlsx) as row:
            async with storage.read() as uow:
                async for each in uow.campaigns.ledger(one.id):
                    row(_cells(each, words))


def _words(xlsx: Path | None) -> "Wording | None":
    """The words of a sheet, which the office reads; the screen and CSV keep the names that programs know."""
    from content.wording import wording

    return wording("vi") if xlsx is not None else None


def _heads(names: Sequence[str], words: "Wording | None") -> Sequence[str]:
    return names if words is None else [words.text(f"ledger.{name}") for name in names]


def _at(at: datetime | None, words: "Wording | None") -> str:
    return f"{at.astimezone(LOCAL):%d/%m/%Y %H:%M}" if at is not None and words is not None else moment(at)


def _cells(row: "LedgerRow", words: "Wording | None") -> tuple[Cell, ...]:
    contact = "" if row.contact_id is None else row.contact_id
    state, reason = row.state, row.reason
    if words is not None:
        state = words.text(f"report.fate.{FATES[state]}")
        reason = words.text(f"report.why.{WHYS[reason]}") if reason in WHYS else reason
    done = (state, reason, row.attempts, row.doubts, _at(row.at, words))
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
        words = _words(xlsx)
        with table(f"answers {one.id}", _heads(ANSWERS, words), as_csv=as_csv, xlsx=xlsx) as row:
            for each in found:
                row((each.contact_id, each.name, each.hamlet, _at(each.at, words), each.word, each.text))
