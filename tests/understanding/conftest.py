"""One understanding for all tests, and what it was built from."""

from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.loader import PACKS_DIR
from content.understanding import Understanding
from content.understanding.corpus import Corpus, load_corpus, utterance_files

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def understanding(knowledge: Knowledge) -> Understanding:
    return knowledge.understanding


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(utterance_files([PACKS_DIR]))
