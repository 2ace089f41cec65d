"""One understanding for all tests: building it takes a fifth of a second."""

from pathlib import Path

import pytest

from content.loader import PACKS_DIR, load_catalogue
from content.understanding import Understanding, load_understanding
from content.understanding.corpus import Corpus, load_corpus

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    return load_understanding(PACKS_DIR, load_catalogue().understanding_texts())


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(sorted(PACKS_DIR.glob("*/utterances")))
