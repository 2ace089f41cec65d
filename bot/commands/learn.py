"""`chungtay learn`: what was not understood, and what officers say was meant."""

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from bot.commands.options import ANY_ID, OfficerName

if TYPE_CHECKING:
    from bot.learning import Trial
    from bot.settings import Settings
    from content.catalogue import Catalogue
    from content.understanding import Understanding
    from content.understanding.corpus import Corpus
    from core.misreadings import Misreading
    from core.storage import Storage

SHOWN = 5  # rows that are read otherwise
BY = click.option("--as", "officer", type=OfficerName(), required=True, help="Who does it; goes into the log.")


@click.group()
def learn() -> None:
    """What was not understood: the machine is taught by one person and checked by another."""


@learn.command(name="list")
@click.option("--locality", help="Only of this locality, such as dak-cam.")
@click.option("--all", "everything", is_flag=True, help="Accepted and dropped ones too.")
def list_(locality: str | None, everything: bool) -> None:
    """List what was not understood, the most frequent words first.

    From left to right: number, day, why, locality, how often the words came, what they were read as, the two labels
    that are likeliest today, the words. "unknown": nothing could be made of them; "declined": taken for no matter of
    ours; "not_meant": answered, and the person said that they had meant something else. These are people's words, for
    officers only.
    """
    asyncio.run(_list(locality, everything))


async def _list(locality: str | None, everything: bool) -> None:
    from bot.app import opened
    from bot.knowledge import tell_training
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from content.understanding import load_understanding
    from core.misreadings import MisreadingState

    settings = load_settings()
    states = list(MisreadingState) if everything else [MisreadingState.NEW, MisreadingState.PROPOSED]
    async with opened(settings) as (storage, _), storage.read() as uow:
        found = await uow.misreadings.list(states=states, locality=locality)
    if found:
        understanding = load_understanding(settings.pack_folders, settings.models, tell_training)
        for one in found:
            click.echo(_line(one, understanding))
    elif locality is not None:
        load_catalogue(*settings.pack_folders).locality(locality)
    count = "1 line" if len(found) == 1 else f"{len(found)} lines"
    click.echo(f"{count if found else 'nothing to learn from'} in {settings.place}", err=True)


def _line(one: "Misreading", understanding: "Understanding") -> str:
    from core.misreadings import MisreadingState
    from handlers.context import LOCAL

    day = one.at.astimezone(LOCAL).strftime("%d/%m/%Y")
    times = "once" if one.times == 1 else f"{one.times} times"
    read = f"read as {one.read_as}" if one.read_as else "read as nothing"
    likely = f"perhaps {', '.join(_likely(one, understanding)) or 'nothing we know'}"
    parts = [str(one.id), day, one.why, one.locality or "-", times, read, likely, " ".join(one.text.split())]
    if one.proposal is not None:
        parts.append(f"{one.state} as {one.proposal.label} by {one.proposal.officer}: {one.proposal.text}")
    elif one.state is not MisreadingState.NEW:
        parts.append(one.state)
    return "\t".join(parts)


def _likely(one: "Misreading", understanding: "Understanding") -> list[str]:
    """The two likeliest labels that it was not answered as."""
    ranked = [guess.label for guess in understanding.read(one.text).ranked]
    return [label for label in ranked if label not in ("none", *(one.read_as or "").split(", "))][:2]


@learn.command(context_settings=ANY_ID)
@click.argument("number", metavar="ID")
@click.option("--label", required=True, help="What was meant: a topic, an action, none (no matter of ours), unclear.")
@click.option("--text", help="The same in other words, in which no person is; at most 500 characters.")
@BY
def propose(number: str, label: str, text: str | None, officer: str) -> None:
    """Say what was meant by words that were not understood.

    Names of people and places do not belong into what the machine learns: say it in other words with --text. A text
    with a telephone or identity number or an address is refused. Another person checks it: learn accept.
    """
    asyncio.run(_propose(number, label, text, officer))


async def _propose(number: str, label: str, text: str | None, officer: str) -> None:
    from bot.app import opened
    from bot.clock import SystemClock
    from bot.settings import load_settings
    from handlers import learning

    settings = load_settings()
    catalogue, corpus = _knowledge(settings)
    async with opened(settings) as (storage, _):
        one = await learning.find(storage, number)
        made = await learning.propose(
            storage,
            one,
            label=label,
            text=text,
            officer=officer,
            topics=catalogue.topics,
            corpus=corpus,
            now=SystemClock().now(),
        )
    click.echo(f'proposed: {one.id} as {made.label}: "{made.text}"')
    click.echo(f"another person than {made.officer} must check it: chungtay learn accept {one.id} --as NAME")


def _knowledge(settings: "Settings") -> "tuple[Catalogue, Corpus]":
    from content.loader import load_catalogue
    from content.understanding.learned import corpus_of

    catalogue = load_catalogue(*settings.pack_folders)
    return catalogue, corpus_of(settings.pack_folders, sorted(catalogue.topics))


@learn.command(context_settings=ANY_ID)
@click.argument("number", metavar="ID")
@BY
@click.option("--yes", is_flag=True, help="Let it go live without asking.")
def accept(number: str, officer: str, yes: bool) -> None:
    """Check what somebody else proposed, see its effect, and let it go live.

    Takes a minute or two: a model is trained with the row and compared with today's. The row goes into the data
    folder's packs; the running service reads it when it is started again.
    """
    asyncio.run(_accept(number, officer, yes))


async def _accept(number: str, officer: str, yes: bool) -> None:
    from bot.app import opened
    from bot.clock import SystemClock
    from bot.learning import pack_of, tried
    from bot.settings import load_settings
    from handlers import learning

    settings = load_settings()
    catalogue, corpus = _knowledge(settings)
    async with opened(settings) as (storage, _):
        one = await learning.find(storage, number)
        clock = SystemClock()
        checked = await learning.check(storage, one, officer=officer, corpus=corpus, now=clock.now())
        click.echo(f'{one.id} as {checked.label}, proposed by {checked.officer}: "{checked.text}"')
        click.echo("training, a minute or two ...", err=True)
        with tried(settings, corpus, checked, one, pack=pack_of(catalogue, one.locality)) as trial:
            _show(trial)
            if not yes:
                await _demand_yes(storage, one, officer)
            await learning.accept(storage, one, checked, officer=officer, now=clock.now(), go_live=trial.go_live)
    click.echo(f"accepted: {one.id}, written to {trial.file}")
    click.echo("restart the service: it reads it when it starts", err=True)


def _show(trial: "Trial") -> None:
    before, after = trial.before, trial.after
    for one in trial.words:
        click.echo(f'"{one.text}": {one.before} -> {one.after}')
    click.echo(f"examples held back ({after.known} of ours, {after.others} others), before -> after:")
    for what, was, now in (
        ("ours read rightly", before.right, after.right),
        ("ours declined wrongly", before.refused, after.refused),
        ("others declined", before.declined, after.declined),
    ):
        click.echo(f"  {what}: {was:.2%} -> {now:.2%}")
    click.echo(f"of the packs' {trial.rows} rows {len(trial.otherwise)} are read otherwise")
    for one in trial.otherwise[:SHOWN]:
        click.echo(f'  "{one.text}": {one.before} -> {one.after}')


async def _demand_yes(storage: "Storage", one: "Misreading", officer: str) -> None:
    """Ask whether it goes live. Raises RefusedError after a no, or where nobody can be asked."""
    from bot.clock import SystemClock
    from handlers import learning

    if sys.stdin.isatty() and click.confirm("Let it go live?"):
        return
    now = SystemClock().now()
    await learning.refused(storage, one, learning.ACCEPTED, officer=officer, reason="not confirmed", now=now)
    raise learning.RefusedError("not confirmed", "nothing went live", where=f"learn {one.id}", mend="add --yes")


@learn.command(context_settings=ANY_ID)
@click.argument("number", metavar="ID")
@BY
def drop(number: str, officer: str) -> None:
    """Nothing is to be learnt from these words: they leave the list."""
    asyncio.run(_drop(number, officer))


async def _drop(number: str, officer: str) -> None:
    from bot.app import opened
    from bot.clock import SystemClock
    from bot.settings import load_settings
    from handlers import learning

    async with opened(load_settings()) as (storage, _):
        one = await learning.find(storage, number)
        await learning.drop(storage, one, officer=officer, now=SystemClock().now())
    click.echo(f"dropped: {one.id}")
