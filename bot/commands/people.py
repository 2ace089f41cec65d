"""`chungtay person`: what is kept about one person, for their own request at the counter."""

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from core.errors import ChungTayError, NotFoundError

if TYPE_CHECKING:
    from core.storage import UnitOfWork


@click.group()
def person() -> None:
    """What is kept about one person."""


@person.command()
@click.argument("who", metavar="CODE")
def show(who: str) -> None:
    """Show in short what is kept about a person.

    CODE is the code of one of their questions, or contact:NUMBER.
    """
    asyncio.run(_show(who))


@person.command()
@click.argument("who", metavar="CODE")
def export(who: str) -> None:
    """Print everything that is kept about a person, as JSON."""
    asyncio.run(_export(who))


@person.command()
@click.argument("who", metavar="CODE")
@click.option("--yes", is_flag=True, help="Do it without asking.")
def erase(who: str, yes: bool) -> None:
    """Delete everything about a person. It cannot be undone."""
    if not yes:
        if not sys.stdin.isatty():
            raise ChungTayError("nothing was deleted", where="person erase", mend="add --yes")
        click.confirm(f"Delete everything about the person of {who}?", abort=True)
    asyncio.run(_erase(who))


async def _show(who: str) -> None:
    found = await _load(who)
    contact = found["contact"]
    click.echo(f"locality: {contact['locality'] or '-'}   hamlet: {contact['hamlet'] or '-'}   {contact['language']}")
    for kind in ("addresses", "consents", "messages", "questions"):
        click.echo(f"{kind}: {len(found[kind])}")


async def _export(who: str) -> None:
    click.echo(json.dumps(await _load(who), ensure_ascii=False, indent=1))


async def _load(who: str) -> dict[str, Any]:
    from bot.app import opened
    from bot.settings import load_settings

    async with opened(load_settings()) as (storage, _), storage.read() as uow:
        return await uow.people.export(await _contact(uow, who))


async def _erase(who: str) -> None:
    from functools import partial

    from bot.app import opened
    from bot.clock import SystemClock
    from bot.keys import derived, keyed_hash
    from bot.settings import load_settings
    from core.storage import AuditEntry
    from handlers.consequences import erase_person

    now = SystemClock().now()
    async with opened(load_settings()) as (storage, key), storage.write() as uow:
        contact = await _contact(uow, who)
        await erase_person(uow, contact, partial(keyed_hash, derived(key, "erasures")), now)
        entry = AuditEntry(at=now, actor="officer:operator", action="data.erased", subject=f"contact:{contact}")
        await uow.audit.append([entry])
        await uow.commit()
    click.echo("everything about this person was deleted")


async def _contact(uow: "UnitOfWork", who: str) -> int:
    """The contact that somebody means. Raises NotFoundError."""
    kind, _, number = who.partition(":")
    if kind == "contact" and number.isdecimal() and await uow.people.get(int(number)) is not None:
        return int(number)
    question = await uow.questions.get(who) if kind != "contact" else None
    if question is None or question.contact_id is None:
        raise NotFoundError("nobody is kept under this code", where=who, mend="see: chungtay questions list --all")
    return question.contact_id
