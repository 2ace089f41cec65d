"""docs/vi/zalo.md names commands, options and settings that exist, prices as they are set, and sums that add up."""

import re
from pathlib import Path

import click
import pytest

from bot.__main__ import cli, walk
from bot.settings import PREFIX, Settings, load_settings
from tests.architecture.conftest import ROOT
from tests.commands.conftest import Command
from tests.support.hamlets import fill_in

PAGE = (ROOT / "docs" / "vi" / "zalo.md").read_text("utf-8")
COMMANDS = dict(walk(cli))


def blocks() -> list[str]:
    """The fenced blocks, without the blanks before their lines."""
    return [re.sub(r"^ +", "", one, flags=re.MULTILINE) for one in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)]


def command_of(words: str) -> click.Command | None:
    """The command that a line begins with."""
    named = [name for name in COMMANDS if f"{words} ".startswith(f"{name} ")]
    return COMMANDS[max(named, key=len)] if named else None


def lines() -> set[str]:
    """What is to be typed behind `chungtay`, in text and in blocks."""
    return {one.strip() for one in re.findall(r"chungtay ([a-z][^`\n]*)", PAGE)}


def test_every_command_with_every_option_exists() -> None:
    assert {"zalo login", "zalo doctor", "zalo status", "campaign plan 1"} <= lines()
    assert not [line for line in lines() if command_of(line) is None]
    for line in lines():
        command = command_of(line)
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", line)) <= known, line
    poster = {option for parameter in COMMANDS["poster"].params for option in parameter.opts}
    assert set(re.findall(r"--[a-z][a-z-]+", PAGE)) <= poster


def test_every_setting_exists() -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", PAGE))
    assert len(named) > 12
    assert not {name for name in named if name.removeprefix(PREFIX).lower() not in Settings.model_fields}


def test_the_settings_can_be_written_as_they_stand_there(data_dir: Path, tmp_path: Path) -> None:
    rows = [line for block in blocks() for line in block.splitlines() if line.startswith(PREFIX)]
    rows += re.findall(rf"`({PREFIX}[A-Z_]+=[^`]+)`", PAGE)
    (tmp_path / ".env").write_text("\n".join(rows), "utf-8")
    settings = load_settings()
    assert (settings.zalo_verifier, settings.zalo_locality, settings.zalo_month_budget) == ("AbC123", "dak-cam", 220000)
    assert len(rows) > 12


def test_prices_are_those_that_are_set_unless_said_otherwise() -> None:
    fields = Settings.model_fields
    day = fields["zalo_prices_from"].default
    assert f"Giá ghi ngày {day:%d/%m/%Y}, **xem lại giá**" in PAGE
    message, template = fields["zalo_message_price"].default, fields["zalo_template_price"].default
    assert f"hết thì {message} đồng một tin" in PAGE and f"{template} đồng một tin theo mẫu chỉ là số đặt sẵn" in PAGE
    used = {int(one) for one in re.findall(r"× (\d+) =", PAGE)}
    assert used == {0, message, template}


def test_the_sums_add_up() -> None:
    sums = re.findall(r"(\d[\d.]*) × (\d[\d.]*) = (\d[\d.]*)", PAGE)
    assert len(sums) >= 6
    assert not [one for one in sums if number(one[0]) * number(one[1]) != number(one[2])]
    assert number("11.000") + number("60.000") == number("71.000")


def number(text: str) -> int:
    return int(text.replace(".", ""))


@pytest.mark.parametrize("code", ["-235", "-224", "-221", "-209", "-212", "-223", "-230", "-320"])
def test_each_refusal_says_what_to_do(code: str) -> None:
    rows = [line for line in PAGE.splitlines() if re.match(rf"\|[^|]*{code}\b", line)]
    assert len(rows) == 1
    _, _, meaning, remedy, _ = rows[0].split("|")
    assert len(meaning.split()) >= 4 and len(remedy.split()) >= 3


def test_the_posters_are_made_as_it_says(command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_in(data_dir / "packs", ("thon-3", "Thôn 3"))
    monkeypatch.setenv("CHUNGTAY_ZALO_OA_ID", "388613280878808645")
    (block,) = [one for one in blocks() if "chungtay poster" in one]
    words = re.findall(r'"[^"]*"|\S+', block.strip())[1:]
    assert command(*(one.strip('"') for one in words)).out == "ap-phich/poster-dak-cam-thon-3.pdf\n"
