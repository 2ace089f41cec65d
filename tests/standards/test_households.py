"""Households that an officer can read, with what they may be, worked out by hand from the text of the law."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from content import loader
from content.catalogue import Catalogue
from content.standards.schema import Area

HOUSEHOLDS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("households.yaml").read_text("utf-8"))


@cache
def catalogue() -> Catalogue:
    return loader.load_catalogue()


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=lambda one: one["name"])
def test_as_worked_out_by_hand(household: dict[str, Any]) -> None:
    for expected in household["expected"]:
        rules = catalogue().rules(expected["standard"])
        assert rules is not None
        found = rules.assess(Area(household["area"]), household["income"], answers(household))
        assert {
            "possible": sorted(found.possible),
            "confidence": found.certainty.value,
            "settled_by": list(found.settled_by),
        } == {name: expected[name] for name in ("possible", "confidence", "settled_by")}, expected["standard"]


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=lambda one: one["name"])
def test_the_standards_of_its_day(household: dict[str, Any]) -> None:
    day = _day(household["expected"][0]["on"])
    used = [one.standard for one in catalogue().standards_used(day)]
    assert used == [expected["standard"] for expected in household["expected"] if _day(expected["on"]) == day]


def test_there_are_enough_and_no_two_alike() -> None:
    assert len(HOUSEHOLDS) >= 60
    assert len({one["name"] for one in HOUSEHOLDS}) == len(HOUSEHOLDS)


def answers(household: dict[str, Any]) -> dict[str, bool | None]:
    rest = household.get("has") == "rest"
    indicators = {item.id for standard in catalogue().standards().values() for item in standard.indicators}
    known: dict[str, bool | None] = dict.fromkeys(indicators if rest else household.get("has") or (), False)
    known |= dict.fromkeys(household.get("lacks") or (), True)
    assert known.keys() <= indicators
    return known


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
