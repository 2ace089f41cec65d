"""The packs of the program, read once for a whole run; every other folder is read each time.

Of a folder of a test's own, those files are parsed anew that were not parsed before, as they are, under that name.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import pytest

from bot import knowledge
from content import loader, understanding, voice
from content.catalogue import Catalogue
from content.faults import Fault
from content.loader import PACKS_DIR
from content.understanding import Understanding, corpus
from content.understanding.built import PREPARED
from content.voice import Finding

FILES = 1000  # some times what our packs hold
TEXTS = 50_000  # the same


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Whatever reads them, a command or the application, gets what was read the first time."""
    catalogue_of, understanding_of = loader.load_catalogue, understanding.load_understanding
    catalogue = cache(catalogue_of)
    built = cache(lambda: understanding_of((PACKS_DIR,), PREPARED))

    def load_catalogue(*folders: Path) -> Catalogue:
        return catalogue() if folders in ((), (PACKS_DIR,)) else catalogue_of(*folders)

    def load_understanding(folders: Sequence[Path], keep_in: Path, *told: Callable[[], None]) -> Understanding:
        return built() if tuple(folders) == (PACKS_DIR,) else understanding_of(folders, keep_in, *told)

    faults_of = corpus.corpus_faults

    @cache
    def faults(files: tuple[Path, ...]) -> list[Fault]:
        return faults_of(files, catalogue().topics)

    def corpus_faults(files: Iterable[Path], topics: Iterable[str]) -> list[Fault]:
        read = tuple(files)
        ours = bool(read) and all(file.is_relative_to(PACKS_DIR) for file in read)
        return faults(read) if ours else faults_of(read, topics)

    words_of = voice._words

    @lru_cache(maxsize=TEXTS)
    def words(plain: str) -> tuple[Finding, ...]:
        return tuple(words_of(plain))

    # Looking for words that are never said is a third of the checking, and most texts of a changed pack are ours.
    patch.setattr(voice, "_words", words)
    patch.setattr(corpus, "corpus_faults", corpus_faults)
    patch.setattr(loader, "read_yaml", lru_cache(maxsize=FILES)(loader.read_yaml))
    for module in (loader, knowledge):
        patch.setattr(module, "load_catalogue", load_catalogue)
    for module in (understanding, knowledge):
        patch.setattr(module, "load_understanding", load_understanding)
