"""The commands of `chungtay`."""

import io
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import click

from bot.commands.assess import assess
from bot.commands.audit import audit
from bot.commands.backup import backup, restore
from bot.commands.campaigns import campaign
from bot.commands.chat import chat
from bot.commands.checks import checks
from bot.commands.classify import classify
from bot.commands.contacts import contacts
from bot.commands.content import content
from bot.commands.database import database
from bot.commands.labour import labour
from bot.commands.learn import learn
from bot.commands.officers import officer
from bot.commands.people import person
from bot.commands.poster import poster
from bot.commands.questions import questions
from bot.commands.report import report
from bot.commands.run import demo, run
from bot.commands.schedule import schedule
from bot.commands.series import series
from bot.commands.status import status
from bot.commands.work import work
from bot.commands.zalo import zalo
from core.errors import ChungTayError


class Commands(click.Group):
    """Lists every command, those within groups too, with one line each."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list below `chungtay --help`."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(60)) for name, command in walk(self)])


def walk(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with the words one types for it."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from walk(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chungtay", message="%(version)s")
def cli() -> None:
    """Chung Tay: a ward's chat desk for poor households.

    Settings come from CHUNGTAY_* variables, a .env file or chungtay.toml: see docs/settings.md.
    """


for command in (
    run,
    demo,
    status,
    chat,
    campaign,
    series,
    schedule,
    poster,
    contacts,
    work,
    labour,
    officer,
    classify,
    assess,
    content,
    questions,
    learn,
    checks,
    report,
    person,
    audit,
    zalo,
    database,
    backup,
    restore,
):
    cli.add_command(command)


def main() -> None:
    """Run a command; a fault that an operator can mend is one clear line and exit status 1."""
    os.umask(0o077)  # whatever it writes holds people's words
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a row with half a pair of signs can be shown
    try:
        _demand_text(sys.argv[1:])
        cli()
    except ChungTayError as error:
        _refuse(str(error))
    except Exception as error:
        # Never its values: they may be somebody's words.
        places = [f"{Path(one.filename).name}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)]
        _refuse(f"a fault of the program ({type(error).__name__}, {' < '.join(places[:-4:-1])}) -- report this line")


def _demand_text(arguments: Sequence[str]) -> None:
    # Bytes that are no text come as halves of pairs of signs, which no database and no page can hold.
    for number, one in enumerate(arguments, 1):
        if any("\ud800" <= sign <= "\udfff" for sign in one):
            raise ChungTayError("is not written in UTF-8", where=f"argument {number}", mend="type it again")


def _refuse(what: str) -> NoReturn:
    click.echo(f"chungtay: {''.join(sign if sign.isprintable() else ' ' for sign in what)}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
