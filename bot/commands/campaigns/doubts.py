"""`chungtay campaign doubts` and `settle`: messages of which nobody knows whether they arrived."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.commands.campaigns.sheets import moment
from bot.commands.options import ANY_ID, AS
from core.campaigns import Settlement
from core.errors import ChungTayError
from core.officers import Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.records import Doubt

MOST_DIGITS = 18  # of a contact's number: more the database cannot hold


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@AS
def doubts(key: str, officer: str) -> None:
    """List messages of which nobody knows whether they arrived.

    From left to right: contact, name, hamlet, account, how often it was sent, since when, why, and why it cannot be
    sent again. Names and hamlets are told to those who may read the ledger.
    """
    asyncio.run(_doubts(key, officer))


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.argument("contact", required=False)
@click.option("--all", "everybody", is_flag=True, help="Everybody's of this campaign, in place of CONTACT.")
@click.option("--arrived", "settlement", flag_value=Settlement.ARRIVED.value, help="It came: it counts as sent.")
@click.option("--not-arrived", "settlement", flag_value=Settlement.NOT_ARRIVED.value, help="It did not: failed.")
@click.option("--again", "settlement", flag_value=Settlement.AGAIN.value, help="Send it once more.")
@AS
def settle(key: str, contact: str | None, everybody: bool, settlement: str | None, officer: str) -> None:
    """Say what became of a message in doubt: --arrived, --not-arrived, or --again.

    CONTACT is a number of `campaign doubts`. A finished campaign is sent once more until what goes again has gone.
    """
    if settlement is None:
        raise click.UsageError("Say one of --arrived, --not-arrived, --again.")
    if (contact is None) is not everybody:
        raise click.UsageError("Name a CONTACT, or say --all.")
    asyncio.run(_settle(key, contact, Settlement(settlement), officer))


async def _doubts(key: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    now, number, last = SystemClock().now(), 0, 0
    async with opened(load_settings()) as (storage, _):
        one, known = await campaigning.look(storage, key, Right.READ_CAMPAIGNS, officer=officer, now=now)
        named = known is None or known.may(Right.READ_LEDGER, localities=one.notice.localities)
        async with storage.read() as uow:
            while found := await uow.doubts.list(one.id, after=last, now=now):
                _show(found, named=named)
                number, last = number + len(found), found[-1].id
    count = "1 message is" if number == 1 else f"{number or 'no'} messages are"
    click.echo(f"{count} in doubt", err=True)


def _show(found: "Sequence[Doubt]", *, named: bool) -> None:
    for each in found:
        contact = "-" if each.contact_id is None else str(each.contact_id)
        who = (each.name, each.hamlet) if named else ("", "")
        since = moment(each.since)
        barred = each.barred and f"not again: {each.barred}"
        cells = (contact, *who, each.account, str(each.doubts), since, each.reason, barred)
        click.echo("\t".join(" ".join(cell.split()) or "-" for cell in cells))


async def _settle(key: str, contact: str | None, settlement: Settlement, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning
    from handlers import doubts as settling

    whom = None if contact is None else _number(contact)
    async with opened(load_settings()) as (storage, _):
        one = await campaigning.find(storage, key)
        done = await settling.settle(storage, one, settlement, contact=whom, officer=officer, now=SystemClock().now())
    click.echo(f"{done.done} settled: {settlement}")
    for each in done.barred:
        click.echo(f"contact {each.contact_id} is still in doubt, and not sent again: {each.barred}", err=True)


def _number(contact: str) -> int:
    if contact.isascii() and contact.isdecimal() and len(contact) <= MOST_DIGITS:
        return int(contact)
    raise ChungTayError("is no number of a contact", where=contact, mend="see: chungtay campaign doubts")
