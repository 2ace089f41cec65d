"""`chungtay questions`: citizens' questions and the officers' answers."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.attaching import read_file
from bot.commands.options import ANY_ID, AS
from core.errors import ChungTayError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.files import LocalFiles
    from bot.settings import Settings
    from core.contacts import Refusal
    from core.questions import Question
    from core.storage import UnitOfWork


@click.group()
def questions() -> None:
    """Citizens' questions."""


@questions.command(name="list")
@click.option("--locality", help="Only of this locality, such as dak-cam.")
@click.option("--all", "everything", is_flag=True, help="Answered and closed ones too.")
@AS
def list_(locality: str | None, everything: bool, officer: str) -> None:
    """List open questions: urgent ones first, then by due time. An officer sees those of their places and offices.

    From left to right: number, code, state, due time, locality, office, topic. "asked again" is a question that was
    answered, and to which the person added since. "has blocked us": an answer waits until the person lets us in again;
    "has been silent for so long that their channel lets nobody write": until they write.
    """
    asyncio.run(_list(locality, everything, officer))


async def _list(locality: str | None, everything: bool, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from core.questions import QuestionState
    from handlers import looking

    settings, now = load_settings(), SystemClock().now()
    states = list(QuestionState) if everything else [QuestionState.OPEN]
    async with opened(settings) as (storage, _):
        found = await looking.questions(storage, states, locality=locality, officer=officer, now=now)
        async with storage.read() as uow:
            again = await uow.questions.answered_before([one.id for one in found if one.state is QuestionState.OPEN])
            people = [one.contact_id for one in found if one.contact_id is not None]
            shut = await _unreachable(settings, uow, people)
    if locality is not None and not found:
        _demand_known(settings, locality)
    for one in found:
        click.echo(_line(one, again=one.id in again, refusal=shut.get(one.contact_id or 0)))
    nothing = "no question yet" if everything else "no question is waiting"
    count = "1 question" if len(found) == 1 else f"{len(found)} questions"
    click.echo(f"{count if found else nothing} in {settings.place}", err=True)


def _demand_known(settings: "Settings", locality: str) -> None:
    """Raises NotFoundError naming the localities that exist."""
    from content.loader import load_catalogue

    load_catalogue(*settings.pack_folders).locality(locality)


def _line(one: "Question", *, again: bool, refusal: "Refusal | None" = None) -> str:
    from core.questions import spoken_code

    remarks = f"{', asked again' if again else ''}{f', {_told(refusal)}' if refusal else ''}"
    state = f"{'KHẨN ' if one.urgent else ''}{one.state}{remarks}"
    due = _local(one.due_at)
    parts = (str(one.id), spoken_code(one.code), state, due, one.locality, one.office, one.topic)
    return "\t".join(part or "-" for part in parts)


def _told(refusal: "Refusal") -> str:
    """Why an answer does not arrive now."""
    from core.contacts import Refusal

    told = {
        Refusal.BLOCKED: "has blocked us",
        Refusal.GONE: "account deleted",
        Refusal.SILENT: "has been silent for so long that their channel lets nobody write",
    }
    return told.get(refusal, "cannot be reached")


async def _unreachable(settings: "Settings", uow: "UnitOfWork", people: "Sequence[int]") -> "Mapping[int, Refusal]":
    """Those of these people to whom an answer does not go now, and why."""
    from bot.clock import SystemClock
    from bot.terms import terms

    windows = terms(settings, await uow.lists.accounts()).windows
    return await uow.people.unreachable(people, windows=windows, now=SystemClock().now())


def _local(moment: object) -> str:
    from datetime import datetime

    from handlers.context import LOCAL

    assert isinstance(moment, datetime)  # noqa: S101
    return moment.astimezone(LOCAL).strftime("%d/%m/%Y %H:%M")


@questions.command(context_settings=ANY_ID)
@click.argument("question", metavar="ID")
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="FOLDER", help="Put the files of the thread into this folder."
)
@AS
def show(question: str, save: Path | None, officer: str) -> None:
    """Show a question with its thread.

    ID is its number or its code.
    """
    asyncio.run(_show(question, save, officer))


async def _show(key: str, save: Path | None, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.parts import local_files
    from bot.settings import load_settings
    from core.questions import Author, QuestionState
    from handlers import looking

    settings, clock = load_settings(), SystemClock()
    async with opened(settings) as (storage, secret):
        found = await looking.question(storage, key, officer=officer, now=clock.now())
        async with storage.read() as uow:
            shut = await _unreachable(settings, uow, [found.contact_id] if found.contact_id is not None else [])
        files = local_files(settings.data_dir, secret, clock)
        saved = await _saved(found, files, save) if save is not None else []
    again = found.state is QuestionState.OPEN and any(entry.author is Author.OFFICER for entry in found.thread)
    click.echo(_line(found, again=again, refusal=next(iter(shut.values()), None)))
    for entry in found.thread:
        who = f"officer {entry.officer}" if entry.officer else entry.author.value
        names = ", ".join(f"{one.name} ({one.size // 1000 + 1} kB)" for one in entry.attachments)
        click.echo(f"\n{_local(entry.at)} {who}:{f' [{names}]' if names else ''}\n{entry.text}")
    for line in saved:
        click.echo(line)
    if save is not None and not saved:
        click.echo("no files in this question: nothing was saved", err=True)


async def _saved(question: "Question", files: "LocalFiles", folder: Path) -> list[str]:
    """Write the thread's files; gives a line for each. Raises ChungTayError where the folder cannot be written."""
    from core.filetypes import clean_name

    told, number = [], 0
    for entry in question.thread:
        for item in entry.attachments:
            number += 1
            content = await files.get(item.sha256)
            path = folder / f"{question.code}-{number}-{clean_name(item.name)}"
            if content is None:
                told.append(f"gone: {path.name}")
                continue
            _write(path, content)
            told.append(f"saved: {path}")
    return told


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise ChungTayError(f"cannot be written ({error.strerror})", where=str(path)) from error


@questions.command(context_settings=ANY_ID)
@click.argument("question", metavar="ID")
@click.option("--text", required=True, help="The answer, in the words the citizen will read; at most 4,000 characters.")
@AS
@click.option(
    "--attach",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A picture, PDF, DOCX or sound to send along; at most 5 MB. May be given several times.",
)
def answer(question: str, text: str, officer: str, attach: tuple[Path, ...]) -> None:
    """Send an answer into the citizen's own channel."""
    asyncio.run(_answer(question, text, officer, attach))


async def _answer(key: str, text: str, officer: str, attach: tuple[Path, ...]) -> None:
    from bot.clock import SystemClock
    from bot.files import LocalFiles
    from bot.keys import derived
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from handlers.answers import answer_question

    settings = load_settings()
    clock = SystemClock()
    read = [read_file(one) for one in attach]
    content = load_catalogue(*settings.pack_folders)
    async with opened(settings) as (storage, secret):
        files = LocalFiles(settings.data_dir / "files", derived(secret, "links"), clock)
        attachments = tuple([await files.put(*one) for one in read])
        done = await answer_question(
            storage, content, key=key, text=text, officer=officer, now=clock.now(), attachments=attachments
        )
        async with storage.read() as uow:
            shut = await _unreachable(settings, uow, [done.contact_id] if done.contact_id is not None else [])
    click.echo(f"answered: question {done.id}")
    for refusal in shut.values():
        click.echo(f"the person {_told(refusal)}: the answer is kept for a week and sent when that ends", err=True)
