"""A question in everyday Vietnamese to what it is about."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from content.understanding.reading import Decision, Guess, Reading, Understanding

__all__ = ["Decision", "Guess", "Reading", "Understanding", "load_understanding"]


def load_understanding(packs_dir: Path, texts: Mapping[str, Sequence[str]]) -> Understanding:
    """Build the understanding from the utterances of all packs and the texts of the catalogue.

    `packs_dir` is the folder that holds the packs; `texts` gives titles and card sentences by topic. Raises
    ContentError when an utterance file is wrong or when there is none.
    """
    from content.understanding.corpus import load_corpus
    from content.understanding.ngrams import build
    from core.errors import ContentError

    corpus = load_corpus(sorted(packs_dir.glob("*/utterances")))
    if not corpus:
        raise ContentError("no utterances", where=str(packs_dir), mend="name the folder that holds the packs")
    return build(corpus, texts)
