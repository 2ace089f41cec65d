"""`chungtay learn`: what was not understood, and what officers say was meant."""

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from bot.commands.options import ANY_ID, AS, OfficerName
from core.errors import ContentError

if TYPE_CHECKING:
    from bot.learning import Trial
    from bot.settings import Settings
    from content.catalogue import Catalogue
    from content.understanding import Understanding
    from content.understanding.corpus import Corpus
    from core.misreadings import Misreading, Proposal

SHOWN = 5  # rows that are read otherwise
BY = click.option("--as", "officer", type=OfficerName(), required=True, help="Who does it; goes into the log.")


@click.group()
def learn() -> None:
    """What was not understood: the machine is taught by one person and checked by another."""


@learn.command(name="list")
@click.option("--locality", help="Only of this locality, such as dak-cam.")
@click.option("--all", "everything", is_flag=True, help="Accepted and dropped ones too.")
@AS
def list_(locality: str | None, everything: bool, officer: str) -> None:
    """List what was not understood, the most frequent words first.

    From left to right: number, day, why, locality, how often the words came, what they were read as, the two labels
    that are likeliest today, the words. "unknown": nothing could be made of them; "declined": taken for no matter of
    ours; "not_meant": answered, and the person said that they had meant something else. These are people's words, for
    officers only.
    """
    asyncio.run(_list(locality, everything, officer))


async def _list(locality: str | None, everything: bool, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.knowledge import tell_training
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from content.understanding import load_understanding
    from core.misreadings import MisreadingState
    from handlers import looking

    settings, now = load_settings(), SystemClock().now()
    states = list(MisreadingState) if everything else [MisreadingState.NEW, MisreadingState.PROPOSED]
    async with opened(settings) as (storage, _):
        found = await looking.misreadings(storage, states, locality=locality, officer=officer, now=now)
    if found:
        try:
            understanding = load_understanding(settings.pack_folders, settings.models, tell_training)
        except ContentError as error:
            click.echo(f"the packs cannot be read, so nothing is said of what they may be: {error}", err=True)
            understanding = None
        for one in found:
            click.echo(_line(one, understanding))
    elif locality is not None:
        load_catalogue(*settings.pack_folders).locality(locality)
    count = "1 line" if len(found) == 1 else f"{len(found)} lines"
    click.echo(f"{count if found else 'nothing to learn from'} in {settings.place}", err=True)


def _line(one: "Misreading", understanding: "Understanding | None") -> str:
    from core.misreadings import MisreadingState
    from handlers.context import LOCAL

    day = one.at.astimezone(LOCAL).strftime("%d/%m/%Y")
    times = "once" if one.times == 1 else f"{one.times} times"
    read = f"read as {one.read_as}" if one.read_as else "read as nothing"
    likely = f"perhaps {', '.join(_likely(one, understanding)) or 'nothing we know'}" if understanding else "-"
    parts = [str(one.id), day, one.why, one.locality or "-", times, read, likely, " ".join(one.text.split())]
    if one.proposal is not None:
        state = "" if one.state is MisreadingState.PROPOSED else f"{one.state}, "
        parts.append(f"{state}proposed as {one.proposal.label} by {one.proposal.officer}: {one.proposal.text}")
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
    from bot.clock import SystemClock
    from bot.opening import opened
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
    _caution(one, made.label)
    click.echo(f"another person than {made.officer} must check it: chungtay learn accept {one.id} --as NAME")


def _knowledge(settings: "Settings") -> "tuple[Catalogue, Corpus]":
    from content.loader import load_catalogue
    from content.understanding.learned import corpus_of

    catalogue = load_catalogue(*settings.pack_folders)
    return catalogue, corpus_of(settings.pack_folders, sorted(catalogue.topics))


def _caution(one: "Misreading", label: str) -> None:
    """What a hurried officer may not have thought of."""
    from content.understanding.corpus import ALARMS
    from core.misreadings import Why

    if one.why is Why.NOT_MEANT and label in (one.read_as or "").split(", "):
        click.echo(f"look again: it was answered as {label}, and the person said that this was NOT meant", err=True)
    if label in ALARMS:
        click.echo(f"look again: {label} sets off an alarm for whoever writes such words", err=True)


@learn.command()
def labels() -> None:
    """List what words may be proposed as: topics with their names, actions, none, unclear."""
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from content.understanding.corpus import LABELS
    from content.understanding.learned import BY_RULE

    topics = load_catalogue(*load_settings().pack_folders).topics
    for topic in topics.values():
        click.echo(f"{topic.id}\t{topic.title.vi}")
    for label in sorted({*LABELS} - set(BY_RULE) - set(topics)):
        click.echo(label)


@learn.command(context_settings=ANY_ID)
@click.argument("number", metavar="ID")
@BY
@click.option("--yes", is_flag=True, help="Let it go live without asking.")
def accept(number: str, officer: str, yes: bool) -> None:
    """Check what somebody else proposed, see its effect, and let it go live.

    Takes a minute or two: a model is trained with the row and compared with today's. The row goes into the data
    folder's packs; the running service reads it when it is started again.
    """
    from bot.learning import pack_of, place_of, tried
    from bot.settings import load_settings
    from core.wholefile import demand_writable

    settings = load_settings()
    catalogue, corpus = _knowledge(settings)
    one, checked = asyncio.run(_checked(settings, number, officer, corpus))
    click.echo(f'{one.id} as {checked.label}, proposed by {checked.officer}: "{checked.text}"')
    _caution(one, checked.label)
    if not (yes or sys.stdin.isatty()):  # before minutes are spent
        asyncio.run(_not_confirmed(settings, one, officer))
    pack = pack_of(catalogue, one.locality)
    demand_writable(place_of(settings, pack).parent)
    click.echo("training, a minute or two ...", err=True)
    stopped = f"stopped: nothing went live, {one.id} is still proposed"
    try:
        with tried(settings, corpus, checked, one, pack=pack) as trial:
            _show(trial)
            if not (yes or click.confirm("Let it go live?")):
                asyncio.run(_not_confirmed(settings, one, officer))
            stopped = f"stopped while it was written: see learn list --all, and {trial.file}"
            asyncio.run(_go_live(settings, one, checked, officer, trial))
    except (KeyboardInterrupt, click.Abort):
        raise click.ClickException(stopped) from None
    click.echo(f"accepted: {one.id}, written to {trial.file}")
    click.echo("restart the service: it reads it when it starts", err=True)


async def _checked(settings: "Settings", number: str, officer: str, corpus: "Corpus") -> "tuple[Misreading, Proposal]":
    from bot.clock import SystemClock
    from bot.opening import opened
    from handlers import learning

    async with opened(settings) as (storage, _):
        one = await learning.find(storage, number)
        return one, await learning.check(storage, one, officer=officer, corpus=corpus, now=SystemClock().now())


async def _not_confirmed(settings: "Settings", one: "Misreading", officer: str) -> None:
    """Put it into the log. Raises RefusedError."""
    from bot.clock import SystemClock
    from bot.opening import opened
    from handlers import learning

    now = SystemClock().now()
    async with opened(settings) as (storage, _):
        await learning.refused(storage, one, learning.ACCEPTED, officer=officer, reason="not confirmed", now=now)
    raise learning.RefusedError("not confirmed", "nothing went live", where=f"learn {one.id}", mend="add --yes")


async def _go_live(settings: "Settings", one: "Misreading", checked: "Proposal", officer: str, trial: "Trial") -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from handlers import learning

    now = SystemClock().now()
    async with opened(settings) as (storage, _):
        await learning.accept(storage, one, checked, officer=officer, now=now, go_live=trial.go_live)


def _show(trial: "Trial") -> None:
    before, after = trial.before, trial.after
    for one in trial.words:
        click.echo(f'"{one.text}": {one.before} -> {one.after}')
    if all(one.before == one.after for one in trial.words):
        click.echo("these words are read as before: it teaches nothing about them", err=True)
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


@learn.command(context_settings=ANY_ID)
@click.argument("number", metavar="ID")
@BY
def drop(number: str, officer: str) -> None:
    """Nothing is to be learnt from these words: they leave the list."""
    asyncio.run(_drop(number, officer))


async def _drop(number: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import learning

    async with opened(load_settings()) as (storage, _):
        one = await learning.find(storage, number)
        await learning.drop(storage, one, officer=officer, now=SystemClock().now())
    click.echo(f"dropped: {one.id}")
