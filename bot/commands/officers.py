"""`chungtay officer`: who acts here, and what each may do."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.commands.options import AS, OfficerName
from core.errors import NotFoundError
from core.officers import Grant, Role

if TYPE_CHECKING:
    from core.officers import Officer

ROLE = click.option(
    "--role", type=click.Choice([one.value for one in Role]), required=True, help="What they may do: docs/vi/can-bo.md."
)
LOCALITY = click.option("--locality", multiple=True, help="Where, such as dak-cam; several may be given. All if none.")
OFFICE = click.option("--office", default="", help="Only what this office of the place answers for.")


@click.group()
def officer() -> None:
    """Who acts here. As long as nobody is added, every name may do everything but approve."""


@officer.command()
@click.argument("name", type=OfficerName())
@ROLE
@LOCALITY
@OFFICE
@AS
def add(name: str, role: str, locality: tuple[str, ...], office: str, officer: str) -> None:
    """Add an officer, or another role of one who is there. They sign in once they have a link: `officer link`."""
    _demand_office(office, locality)
    asyncio.run(_change(name, _grants(role, locality, office), officer, giving=True))


@officer.command()
@click.argument("name", type=OfficerName())
@ROLE
@LOCALITY
@OFFICE
@AS
def revoke(name: str, role: str, locality: tuple[str, ...], office: str, officer: str) -> None:
    """Take a role away."""
    asyncio.run(_change(name, _grants(role, locality, office), officer, giving=False))


@officer.command()
@click.argument("name", type=OfficerName())
@AS
def retire(name: str, officer: str) -> None:
    """Say that somebody acts here no longer. What they did stays in the log under their name."""
    asyncio.run(_retire(name, officer))


@officer.command()
@click.argument("name", type=OfficerName())
@AS
def link(name: str, officer: str) -> None:
    """Print a link with which somebody sets a password. It works once, for 24 hours; an older one does not any more.

    Whoever has the link gets in under that name: hand it over in person.
    """
    asyncio.run(_link(name, officer))


@officer.command(name="list")
def list_() -> None:
    """List the officers with their roles."""
    asyncio.run(_list())


def _grants(role: str, localities: tuple[str, ...], office: str) -> list[Grant]:
    from bot.settings import load_settings
    from content.loader import load_catalogue

    content = load_catalogue(*load_settings().pack_folders)
    for one in localities:
        content.locality(one)  # NotFoundError names those that exist
    return [Grant(role=Role(role), locality=one, office=office) for one in localities or ("",)]


def _demand_office(office: str, localities: tuple[str, ...]) -> None:
    """Raises NotFoundError where there is no such office in one of the places: a slip would quietly allow nothing."""
    from bot.settings import load_settings
    from content.loader import load_catalogue

    if not office:
        return
    content = load_catalogue(*load_settings().pack_folders)
    for one in localities:
        there = sorted(each.id for each in content.locality(one).offices)
        if office not in there:
            raise NotFoundError(f'no office "{office}"', where=one, mend=f"there are: {', '.join(there)}")


async def _change(name: str, grants: list[Grant], by: str, *, giving: bool) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import staffing

    act = staffing.give if giving else staffing.take_away
    async with opened(load_settings(), create=giving) as (storage, _):
        found = await act(storage, name, grants, by=by, now=SystemClock().now())
    click.echo(_line(found))


async def _retire(name: str, by: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import staffing

    async with opened(load_settings()) as (storage, _):
        await staffing.retire(storage, name, by=by, now=SystemClock().now())
    click.echo(f"retired: {name}")


async def _link(name: str, by: str) -> None:
    from bot.clock import SystemChance, SystemClock
    from bot.opening import opened
    from bot.parts import gate_of, start_address
    from bot.settings import load_settings
    from handlers.signing.enrolling import new_link

    settings = load_settings()
    async with opened(settings) as (storage, key):
        gate = gate_of(storage, key, SystemChance())
        token = await new_link(gate, name, by=by, now=SystemClock().now())
    click.echo(start_address(settings, token))


async def _list() -> None:
    from bot.opening import opened
    from bot.settings import load_settings

    settings = load_settings()
    async with opened(settings) as (storage, _), storage.read() as uow:
        found = await uow.officers.list()
    for one in found:
        click.echo(_line(one))
    count = "1 officer" if len(found) == 1 else f"{len(found)} officers"
    click.echo(f"{count if found else 'nobody was added yet'} in {settings.place}", err=True)


def _line(one: "Officer") -> str:
    """Name, and roles with where they hold; who left is told so."""
    told = ", ".join(
        f"{grant.role} in {grant.locality or 'all places'}{f' ({grant.office})' if grant.office else ''}"
        for grant in one.grants
    )
    return f"{one.name}\t{'retired' if one.retired_at is not None else told or 'no role'}"
