"""`chungtay person`: what is kept about one person, for their own request at the counter."""

import asyncio
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.commands.options import AS
from core.errors import ChungTayError, NotFoundError
from core.officers import Right

if TYPE_CHECKING:
    from core.records import AuditEntry
    from core.storage import Storage, UnitOfWork

MOST_DIGITS = 18  # of a contact's number: more the database cannot hold


@click.group()
def person() -> None:
    """What is kept about one person. Each look leaves an entry in the log."""


@person.command()
@click.argument("who", metavar="CODE")
@AS
def show(who: str, officer: str) -> None:
    """Show in short what is kept about a person.

    CODE is the code of one of their questions, or contact:NUMBER.
    """
    asyncio.run(_show(who, officer))


@person.command()
@click.argument("who", metavar="CODE")
@AS
def export(who: str, officer: str) -> None:
    """Print everything that is kept about a person, as JSON."""
    asyncio.run(_export(who, officer))


@person.command()
@click.argument("who", metavar="CODE")
@AS
@click.option("--yes", is_flag=True, help="Do it without asking.")
def erase(who: str, officer: str, yes: bool) -> None:
    """Delete everything about a person. It cannot be undone."""
    if not yes:
        if not sys.stdin.isatty():
            raise ChungTayError("nothing was deleted", where="person erase", mend="add --yes")
        click.confirm(f"Delete everything about the person of {who}?", abort=True)
    asyncio.run(_erase(who, officer))


async def _show(who: str, officer: str) -> None:
    found = await _load(who, officer, "data.shown")
    contact = found["contact"]
    click.echo(f"locality: {contact['locality'] or '-'}   hamlet: {contact['hamlet'] or '-'}   {contact['language']}")
    for kind in ("addresses", "consents", "self_check", "messages", "misreadings", "questions"):
        click.echo(f"{kind}: {len(found[kind])}")


async def _export(who: str, officer: str) -> None:
    found = await _load(who, officer, "data.exported")
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


async def _load(who: str, officer: str, action: str) -> dict[str, Any]:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings

    async with opened(load_settings()) as (storage, _):
        await _demand(storage, who, officer, Right.READ_PERSON)
        async with storage.write() as uow:
            contact = await _contact(uow, who)
            found = await uow.people.export(contact)
            await uow.audit.append([_entry(SystemClock().now(), officer, action, contact)])
            await uow.commit()
    return found


async def _demand(storage: "Storage", who: str, officer: str, right: Right) -> None:
    """Raises NotAllowedError where this officer may not do this where the person lives."""
    from bot.clock import SystemClock
    from handlers.permission import demand

    async with storage.read() as uow:
        contact = await _contact(uow, who)
        person = await uow.people.get(contact)
    place = person.contact.locality if person is not None else None
    places, subject = [place] if place else [], f"contact:{contact}"
    await demand(storage, officer, right, localities=places, subject=subject, now=SystemClock().now())


async def _erase(who: str, officer: str) -> None:
    from functools import partial

    from bot.clock import SystemClock
    from bot.keys import derived, keyed_hash
    from bot.opening import opened
    from bot.parts import local_files
    from bot.settings import load_settings
    from handlers.erasing import clear, erase_person

    settings, now = load_settings(), SystemClock().now()
    async with opened(settings) as (storage, key):
        await _demand(storage, who, officer, Right.ERASE_PERSON)
        async with storage.write() as uow:
            contact = await _contact(uow, who)
            files = await erase_person(uow, contact, partial(keyed_hash, derived(key, "erasures")), now)
            await uow.audit.append([_entry(now, officer, "data.erased", contact)])
            await uow.commit()
        await clear(storage, local_files(settings.data_dir, key, SystemClock()), files, now)
        gone = await storage.settle()
    click.echo("everything about this person was deleted")
    if not gone:
        click.echo("others are reading: the running service clears the last traces within the hour", err=True)


def _entry(now: datetime, officer: str, action: str, contact: int) -> "AuditEntry":
    from core.records import AuditEntry

    return AuditEntry(at=now, actor=f"officer:{officer}", action=action, subject=f"contact:{contact}")


async def _contact(uow: "UnitOfWork", who: str) -> int:
    """The contact that somebody means. Raises NotFoundError."""
    kind, _, number = who.partition(":")
    named = kind == "contact" and number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
    if named and await uow.people.get(int(number)) is not None:
        return int(number)
    question = await uow.questions.get(who) if kind != "contact" else None
    if question is None or question.contact_id is None:
        raise NotFoundError("nobody is kept under this code", where=who, mend="see: chungtay questions list --all")
    return question.contact_id
