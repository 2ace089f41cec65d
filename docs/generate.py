"""Writes what is generated in the documents: settings, commands, the README's conversation.

`python -m docs.generate` (`make docs`); a test compares what is written with what would be.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
CONVERSATION = re.compile(r"(?<=<!-- conversation -->\n\n```\n).*?(?=```)", re.DOTALL)
PLACE, MORNING = "dak-cam", datetime.fromisoformat("2026-11-20T09:00+07:00")
WIDTH = 100  # characters a line of a command's help, whatever terminal this runs in
GENERATED = "<!-- Written by `make docs`: change the code, not this page. -->"

SETTINGS_INTRO = """# Settings

Every setting may be left out. The first of these that names one counts:

1. the environment: `CHUNGTAY_PORT=9000 make run`
2. a file `.env` in the folder the program is started in: `CHUNGTAY_PORT=9000`
3. a TOML file, `chungtay.toml` or the one that `CHUNGTAY_CONFIG` names: `port = 9000`

An unknown or wrong one stops the start with one line that names it. Relative paths count from the folder the program is
started in.
"""

COMMANDS_INTRO = """# Commands

After `make install` they are in `.venv/bin`. No command asks a question when its input is not a terminal. What a
command writes, a running server acts on within two seconds. Exit status: 0 done, 1 refused with one line that says why,
2 not understood.
"""


def settings_page() -> str:
    """docs/settings.md, from the fields of bot.settings.Settings."""
    from bot.settings import PREFIX, Settings

    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if str(field.default) in ("None", "") else f"`{_plain(field.default)}`"
        meaning = " ".join(part for part in (field.description, _limits(field.metadata)) if part)
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {meaning} |")
    return "\n".join([SETTINGS_INTRO, GENERATED, "", *rows, ""])


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _limits(metadata: list[object]) -> str:
    low = next((one.ge for one in metadata if hasattr(one, "ge")), None)
    high = next((one.le for one in metadata if hasattr(one, "le")), None)
    return f"{low} to {high}." if low is not None else ""


def commands_page() -> str:
    """docs/commands.md, from the commands themselves."""
    from bot.__main__ import cli, walk

    commands = list(walk(cli))
    rows = [f"| [`chungtay {name}`](#{_anchor(name)}) | {one.get_short_help_str(120)} |" for name, one in commands]
    parts = [COMMANDS_INTRO, GENERATED, "", "| command | does |", "|---|---|", *rows]
    for name, command in commands:
        parts += ["", f"## chungtay {name}", "", "```", *_help(name, command), "```"]
    return "\n".join([*parts, ""])


def _anchor(name: str) -> str:
    return f"chungtay-{name}".replace(" ", "-")


def _help(name: str, command: click.Command) -> Iterator[str]:
    from bot.__main__ import cli

    width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=f"chungtay {name}", **width, **cli.context_settings)
    for line in command.get_help(context).splitlines():
        yield line.rstrip()


def readme() -> str:
    """README.md, with the answers that its conversation gets now."""
    text = (ROOT / "README.md").read_text("utf-8")
    found = CONVERSATION.search(text)
    if found is None:
        raise ValueError("README.md has lost its conversation")
    lines = [line.removeprefix("> ") for line in found[0].splitlines() if line.startswith("> ")]
    told = asyncio.run(_converse(lines))
    return CONVERSATION.sub(lambda _: told, text)


async def _converse(lines: list[str]) -> str:
    from bot.channels.terminal import heard, said
    from bot.clock import ShiftedClock, SystemChance
    from bot.knowledge import load_knowledge
    from bot.rooms import open_room

    transcript: list[str] = []
    async with open_room(load_knowledge(), clock=ShiftedClock(MORNING), chance=SystemChance()) as room:
        await room.hear(payload=f"start:{PLACE}")
        for line in lines:
            transcript.append(heard(line))
            transcript += [said(bubble) for bubble in await room.hear(line)]
    return "\n".join([*transcript, ""])


PAGES: Mapping[str, Callable[[], str]] = {
    "README.md": readme,
    "docs/settings.md": settings_page,
    "docs/commands.md": commands_page,
}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
