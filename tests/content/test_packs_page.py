"""docs/packs.md names every key, unit and place that a pack may use, and none that it may not."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from content import firms, locality, planfacts, schema
from content.locality import Kind
from content.placeholders import LOCAL
from content.record import Record
from content.schema import Confidence, Dimension, Grade, Unit
from content.selfcheck import schema as selfcheck
from content.selfcheck.schema import Fact
from content.selfcheck.schema import Kind as QuestionKind
from content.series import schema as series
from content.series.schema import Room, Weekday
from content.standards import schema as standards
from content.standards.schema import Purpose

PAGE = (Path(__file__).parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")
MODELS = {
    item.__name__: item
    for module in (schema, firms, locality, planfacts, standards, selfcheck, series)
    for item in vars(module).values()
    if isinstance(item, type) and issubclass(item, Record)
}
NOT_WRITTEN = {"Record", "Text", "Claim", "Checked"}  # what others are built from; their keys stand there


def keys_of(name: str) -> list[str]:
    """The keys in the first column of the table below a model's heading."""
    section = PAGE.split(f"\n### `{name}`\n")[1].split("\n#")[0]
    rows = [line for line in section.split("\n") if line.startswith("| `")]
    return [key for row in rows for key in re.findall(r"`([a-z_]+)`", row.split("|")[1])]


@pytest.mark.parametrize("name", sorted(set(MODELS) - NOT_WRITTEN))
def test_every_key_of_a_model_stands_in_its_table(name: str) -> None:
    fields = [field.alias or key for key, field in MODELS[name].model_fields.items()]
    assert sorted(keys_of(name)) == sorted(fields)


def test_no_heading_names_a_model_that_does_not_exist() -> None:
    assert set(re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE)) == set(MODELS) - NOT_WRITTEN


@pytest.mark.parametrize(
    "values",
    [Unit, Confidence, Grade, Dimension, Kind, Purpose, Fact, QuestionKind, Weekday, Room],
    ids=lambda values: f"{values.__module__}.{values.__name__}",
)
def test_every_value_of_a_list_is_named(values: type[StrEnum]) -> None:
    missing = [one for one in values if not re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", PAGE)]
    assert missing == []


def test_every_place_is_named() -> None:
    assert [place for place in sorted(LOCAL) if f"`{{{place}}}`" not in PAGE] == []


def test_every_unit_stands_in_the_table_of_units() -> None:
    table = PAGE.split("| unit | Vietnamese |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", table)) == set(Unit)
