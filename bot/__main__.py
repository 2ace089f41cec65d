"""The commands of `chungtay`."""

import sys
from collections.abc import Iterator

import click

from bot.commands.audit import audit
from bot.commands.backup import backup, restore
from bot.commands.chat import chat
from bot.commands.classify import classify
from bot.commands.content import content
from bot.commands.database import database
from bot.commands.people import person
from bot.commands.questions import questions
from bot.commands.run import demo, run
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


for command in (run, demo, chat, classify, content, questions, person, audit, database, backup, restore):
    cli.add_command(command)


def main() -> None:
    """Run a command; a fault that an operator can mend is one clear line and exit status 1."""
    try:
        cli()
    except ChungTayError as error:
        click.echo(f"chungtay: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
