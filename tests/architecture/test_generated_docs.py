"""Pages that are written from the code are as the code would write them now."""

from pathlib import Path

import pytest

from docs.generate import PAGES


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_in_step(root: Path, name: str) -> None:
    written = (root / name).read_text("utf-8")
    assert written == PAGES[name](), f"{name} is older than the code: make docs"


def test_every_setting_and_every_command_is_there() -> None:
    from bot.__main__ import cli, walk
    from bot.settings import Settings

    settings, commands = PAGES["docs/settings.md"](), PAGES["docs/commands.md"]()
    assert all(f"`CHUNGTAY_{name.upper()}`" in settings for name in Settings.model_fields)
    assert all(f"## chungtay {name}\n" in commands for name, _ in walk(cli))
    assert all(command.get_short_help_str() for _, command in walk(cli))
