"""The table of the normaliser: what people type, by kind, and what is read from it."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from core.text import Age, Days, LunarDay, Unit, ages, amounts, dates, fold, sounds

TABLE = Path(__file__).with_name("table.tsv")
WRITTEN = date(2026, 9, 15)  # the day the messages of the table were written: a Tuesday
# The key is another spelling that sounds alike.
SOUNDS = {"mixed-l-n", "mixed-s-x", "mixed-ch-tr", "hoi-nga", "final-n-ng", "final-c-t"}
NUMBERS = {"money", "age", "date"}
KINDS = {
    *("marks", "nfd", "tone", "look-alike", "half-marks", "telex", "vni", "teencode", "abbreviation", "stretched"),
    *("joined", "capitals", "emoji", "punctuation", "control", "digits", "voice", "first-language", "foreign"),
    *("regional-north-central", "regional-central", "regional-south"),
    *SOUNDS,
    *NUMBERS,
}


def rows() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(table)
        return [(kind, seen(text), seen(key)) for kind, text, key in table]


def seen(cell: str) -> str:
    """Escapes of signs that an editor would hide or mend."""
    parts = cell.split("\\\\")
    return "\\".join("".join(_read(piece, number) for number, piece in enumerate(part.split("\\"))) for part in parts)


def _read(piece: str, number: int) -> str:
    if number == 0 or not piece:
        return piece
    length = {"x": 2, "u": 4, "U": 8}[piece[0]]
    return chr(int(piece[1 : 1 + length], 16)) + piece[1 + length :]


def of(*kinds: str) -> list[tuple[str, str, str]]:
    return [row for row in rows() if row[0] in kinds]


def test_fold() -> None:
    folded = [(kind, text, fold(text), key) for kind, text, key in of(*(KINDS - SOUNDS - NUMBERS))]
    assert [row for row in folded if row[2] != row[3]] == []


def test_two_spellings_sound_alike() -> None:
    assert [row for row in of(*SOUNDS) if row[1] == row[2] or sounds(fold(row[1])) != sounds(fold(row[2]))] == []


@pytest.mark.parametrize(("kind", "text", "key"), of("money"))
def test_money(kind: str, text: str, key: str) -> None:
    assert (" ".join(str(amount.dong) for amount in amounts(text)) or "-") == key


@pytest.mark.parametrize(("kind", "text", "key"), of("age"))
def test_ages(kind: str, text: str, key: str) -> None:
    assert (", ".join(map(told_age, ages(text, on=WRITTEN))) or "-") == key


@pytest.mark.parametrize(("kind", "text", "key"), of("date"))
def test_dates(kind: str, text: str, key: str) -> None:
    assert (", ".join(map(told_days, dates(text, on=WRITTEN))) or "-") == key


def told_age(age: Age) -> str:
    return f"{'khoảng ' if age.about else ''}{age.count} {age.unit.value}"


def told_days(days: Days | LunarDay) -> str:
    if isinstance(days, LunarDay):
        return f"âm {days.day or ''}/{days.month or ''}"
    return str(days.first) if days.first == days.last else f"{days.first}..{days.last}"


def test_the_table_is_long_covers_every_kind_and_says_nothing_twice() -> None:
    counts = Counter(kind for kind, _, _ in rows())
    assert set(counts) == KINDS
    assert min(counts.values()) >= 18
    assert sum(counts.values()) >= 450
    assert len({text for _, text, _ in rows()}) == sum(counts.values())


def test_months_and_years_are_told_apart() -> None:
    assert [age.unit for age in ages("cháu 18 tháng, bà 84 tuổi")] == [Unit.MONTHS, Unit.YEARS]
