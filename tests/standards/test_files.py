"""A broken standard, or a day without one, is refused at the start with file and field."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content.loader import PACKS_DIR, check_packs, load_catalogue
from core.errors import ContentError

pytestmark = pytest.mark.thorough

TODAY = date(2026, 11, 20)
STANDARD, APPLIES = "vn/standards/nd07-2021.yaml", "vn/standards/applies.yaml"
OLD = "vn/standards/qd59-2015.yaml"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Our packs without what is trained on."""
    out = shutil.ignore_patterns("utterances", "lexicon", ".*")
    return shutil.copytree(PACKS_DIR, tmp_path / "packs", ignore=out)


@pytest.fixture
def change(packs: Path) -> Callable[[str, str, str], None]:
    def change(file: str, old: str, new: str) -> None:
        text = (packs / file).read_text("utf-8")
        assert text.count(old) >= 1
        (packs / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


def test_ours_are_whole(packs: Path) -> None:
    assert check_packs(TODAY, packs).faults == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "what"),
    [
        (APPLIES, "from: 2026-01-01", "from: 2026-01-02", "[2].from", "no standard is used from 2026-01-01"),
        (APPLIES, "from: 2026-01-01", "from: 2025-12-31", "[2].from", "both hold on 2025-12-31 for recognition"),
        (APPLIES, "to: 2021-12-31", "to: 2015-12-31", "[0]", "'to' lies before 'from'"),
        (APPLIES, "standard: nd07-2021", "standard: nd08-2021", "[1].standard", 'no standard "nd08-2021"'),
        (APPLIES, "purpose: review", "purpose: fun", "[3].purpose", 'unknown value "fun"'),
        (APPLIES, "id: year-2026", "id: 2022-2025", "[2].id", 'entry "2022-2025" exists already'),
        (APPLIES, "sources: [S01, S02]", "sources: [S999]", "[1].sources[0]", 'no source "S999"'),
        (STANDARD, "  urban: {value: 2000000", "  town: {value: 2000000", "line", 'missing key "urban"'),
        (STANDARD, "value: 1500000", "value: 1400000", "line.rural.value", "says 1500000 on 2022-01-01"),
        (STANDARD, "value: 1500000", "value: 1500000.5", "line.rural.value", ""),
        (STANDARD, "value: 1500000", "value: -1", "line.rural.value", ""),
        (STANDARD, "line.rural,", "line.rurall,", "line.rural.figure", 'no figure "poverty-standard.line.rurall"'),
        (
            STANDARD,
            "value: 2250000, figure: poverty-standard.average.rural",
            "value: 1500000",
            "average.rural.value",
            "",
        ),
        (STANDARD, "lacking: {", "missing: {", "missing", 'unknown key "missing"'),
        (
            STANDARD,
            "value: 3, figure: poverty-standard.deprivation.min",
            "value: 13",
            "lacking.value",
            "never be lacking",
        ),
        (STANDARD, "dimension: health\n", "dimension: wealth\n", "indicators[2].dimension", 'no dimension "wealth"'),
        (STANDARD, "id: dependents", "id: employment", "indicators[1].id", "stands there twice"),
        (STANDARD, "confidence: recalled\n", "confidence: sure\n", "indicators[3].confidence", 'unknown value "sure"'),
        (
            STANDARD,
            "confidence: recalled\n    sources: [S05, S61]",
            "confidence: quoted",
            "indicators[3].confidence",
            "",
        ),
        (STANDARD, "sources: [S61]", "sources: [S61z]", "indicators[10].sources[0]", 'no source "S61z"'),
        (OLD, "id: qd59-2015", "id: nd07-2021", "id", 'standard "nd07-2021" exists already'),
    ],
)
def test_a_fault_is_named(
    packs: Path, change: Callable[[str, str, str], None], file: str, old: str, new: str, field: str, what: str
) -> None:
    change(file, old, new)
    faults = check_packs(TODAY, packs).faults
    assert any(
        one.file.endswith(file.removeprefix("vn/")) and field in one.field and what in one.what for one in faults
    ), faults


def test_the_start_is_refused(packs: Path, change: Callable[[str, str, str], None]) -> None:
    change(APPLIES, "from: 2026-01-01", "from: 2026-01-02")
    with pytest.raises(ContentError, match=r"standards/applies\.yaml:\d+: \[2\]\.from: no standard is used"):
        load_catalogue(packs)


def test_a_standard_without_a_line_is_refused(packs: Path, change: Callable[[str, str, str], None]) -> None:
    text = (packs / STANDARD).read_text("utf-8")
    start, end = text.index("line:\n"), text.index("# Above the line")
    (packs / STANDARD).write_text(text[:start] + text[end:], "utf-8")
    assert any("has indicators but no line" in one.what for one in check_packs(TODAY, packs).faults)


def test_a_ward_may_have_a_higher_line(packs: Path, tmp_path: Path) -> None:
    """A province may set its own standard above the national one: a file laid over ours takes its place."""
    own = tmp_path / "own/vn/standards"
    own.mkdir(parents=True)
    text = (packs / STANDARD).read_text("utf-8")
    text = text.replace("value: 1500000, figure: poverty-standard.line.rural", "value: 1900000")
    (own / "nd07-2021.yaml").write_text(text, "utf-8")
    rules = load_catalogue(packs, tmp_path / "own").rules("nd07-2021")
    assert rules is not None and rules.standard.line is not None and rules.standard.line.rural.value == 1_900_000
