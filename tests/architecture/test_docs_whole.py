"""No page of the documentation says a thing twice: what two changes each wrote has been made one."""

import re
from collections import Counter
from pathlib import Path

import pytest

BY_PROGRAM = ("commands.md", "settings.md", "packs.md", "performance.md", "trials.md")  # tables of the same shape
LONG = 60  # characters of a line that can stand in two places by an accident of merging only


def pages(root: Path, tree: list[Path]) -> list[Path]:
    found = [path for path in tree if path.suffix == ".md" and path.parts[0] in ("README.md", "CHANGELOG.md", "docs")]
    return [root / path for path in found if path.name not in BY_PROGRAM]


def test_no_line_stands_twice(root: Path, tree: list[Path]) -> None:
    found = {}
    for page in pages(root, tree):
        lines = Counter(line for line in page.read_text("utf-8").splitlines() if len(line) > LONG)
        rows = Counter(re.findall(r"^\| (`.+?`) \|", page.read_text("utf-8"), re.MULTILINE))
        twice = [one[:LONG] for one, number in (*lines.items(), *rows.items()) if number > 1]
        if twice:
            found[page.name] = twice
    assert found == {}


@pytest.mark.parametrize("name", ["architecture.md", "capabilities.md"])
def test_no_row_stands_outside_its_table(root: Path, name: str) -> None:
    lines = (root / "docs" / name).read_text("utf-8").splitlines()
    begun = [line for before, line in zip(["", *lines], lines, strict=False) if line.startswith("|") and not before]
    heads = [one for one in begun if one.startswith("| `")]
    assert heads == [], "a table begins with its head"


def test_each_table_of_the_database_has_one_row(root: Path) -> None:
    page = (root / "docs" / "architecture.md").read_text("utf-8")
    named = Counter(
        name for row in re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", page, re.MULTILINE) for name in row.split(", ")
    )
    assert [name for name, number in named.items() if number > 1] == []
