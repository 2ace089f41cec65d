"""A small invented set of packs, to be read, broken and told in the tests of this folder."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.catalogue import Catalogue
from content.faults import Fault
from content.loader import check_packs, load_catalogue

SAMPLE = Path(__file__).parent / "sample"
TODAY = date(2026, 11, 20)

Break = Callable[..., list[Fault]]


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the sample packs that a test may break."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "packs"))


@pytest.fixture
def sample(packs: Path) -> Catalogue:
    """The sample packs, loaded."""
    return load_catalogue(packs)


@pytest.fixture(scope="session")
def real(knowledge: Knowledge) -> Catalogue:
    """The packs we ship."""
    return knowledge.content


@pytest.fixture
def edit(packs: Path) -> Callable[[str, str, str], int]:
    """Replace the only occurrence of a text in a file of the copy; gives the line on which it began."""

    def replace(file: str, old: str, new: str) -> int:
        path = packs / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


@pytest.fixture
def faults(packs: Path) -> Callable[[], list[Fault]]:
    """The faults of the copy as it is now."""
    return lambda: list(check_packs(TODAY, packs).faults)
