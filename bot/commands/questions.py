"""`chungtay questions`: citizens' questions and the officers' answers."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.errors import ChungTayError, NotFoundError

if TYPE_CHECKING:
    from core.questions import Question


@click.group()
def questions() -> None:
    """Citizens' questions."""


@questions.command(name="list")
@click.option("--locality", help="Only of this locality, such as dak-cam.")
@click.option("--all", "everything", is_flag=True, help="Answered and closed ones too.")
def list_(locality: str | None, everything: bool) -> None:
    """List open questions: urgent ones first, then by due time."""
    asyncio.run(_list(locality, everything))


async def _list(locality: str | None, everything: bool) -> None:
    from bot.app import opened
    from bot.settings import load_settings
    from core.questions import QuestionState

    states = list(QuestionState) if everything else [QuestionState.OPEN]
    async with opened(load_settings()) as (storage, _), storage.read() as uow:
        found = await uow.questions.list(states=states, locality=locality)
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo("no question is waiting" if not everything else "no question yet", err=True)


def _line(one: "Question") -> str:
    from core.questions import spoken_code

    mark = "KHẨN " if one.urgent else ""
    due = _local(one.due_at)
    parts = (str(one.id), spoken_code(one.code), mark + one.state, due, one.locality, one.office, one.topic)
    return "\t".join(part or "-" for part in parts)


def _local(moment: object) -> str:
    from datetime import datetime

    from handlers.context import LOCAL

    assert isinstance(moment, datetime)  # noqa: S101
    return moment.astimezone(LOCAL).strftime("%d/%m/%Y %H:%M")


@questions.command()
@click.argument("question", metavar="ID")
def show(question: str) -> None:
    """Show a question with its thread.

    ID is its number or its code.
    """
    asyncio.run(_show(question))


async def _show(key: str) -> None:
    from bot.app import opened
    from bot.settings import load_settings

    async with opened(load_settings()) as (storage, _), storage.read() as uow:
        found = await uow.questions.get(key)
    if found is None:
        raise NotFoundError("no such question", where=key, mend="see: chungtay questions list")
    click.echo(_line(found))
    for entry in found.thread:
        who = f"officer {entry.officer}" if entry.officer else entry.author.value
        files = f" [{len(entry.attachments)} file(s)]" if entry.attachments else ""
        click.echo(f"\n{_local(entry.at)} {who}:{files}\n{entry.text}")


@questions.command()
@click.argument("question", metavar="ID")
@click.option("--text", required=True, help="The answer, in the words the citizen will read.")
@click.option("--as", "officer", default="operator", show_default=True, help="Who answers; goes into the log.")
@click.option("--attach", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file to send along.")
def answer(question: str, text: str, officer: str, attach: Path | None) -> None:
    """Send an answer into the citizen's own channel."""
    asyncio.run(_answer(question, text, officer, attach))


async def _answer(key: str, text: str, officer: str, attach: Path | None) -> None:
    from bot.app import load_knowledge, opened
    from bot.clock import SystemClock
    from bot.files import LocalFiles
    from bot.keys import derived
    from bot.settings import load_settings
    from handlers.answers import answer_question

    settings = load_settings()
    clock = SystemClock()
    content = load_knowledge(settings.packs_dir).content
    async with opened(settings) as (storage, secret):
        files = LocalFiles(settings.data_dir / "files", derived(secret, "links"), clock)
        attachments = (await files.put(*_read(attach)),) if attach else ()
        done = await answer_question(
            storage, content, key=key, text=text, officer=officer, now=clock.now(), attachments=attachments
        )
    click.echo(f"answered: question {done.id}")


def _read(file: Path) -> tuple[str, str, bytes]:
    """A file's name, kind and content. Raises ChungTayError on a kind that phones may not open."""
    from web.filetypes import clean_name, media_type

    content = file.read_bytes()
    kind = media_type(content)
    if kind is None:
        raise ChungTayError("not a picture, PDF, DOCX or sound", where=str(file), mend="send one of these")
    return clean_name(file.name), kind, content
