"""A question in everyday Vietnamese to what it is about."""

from collections.abc import Callable, Sequence
from pathlib import Path

from content.understanding.reading import Decision, Guess, Reading, Understanding

__all__ = ["Decision", "Guess", "Reading", "Understanding", "load_understanding"]


def load_understanding(
    folders: Sequence[Path], keep_in: Path, on_training: Callable[[], None] | None = None
) -> Understanding:
    """The understanding of the packs in these folders, later ones laid over earlier ones.

    Its model is trained when the packs have changed (a minute, `on_training` is called before) and kept in the
    folder `keep_in`. Raises ContentError when a file is wrong or when there are no utterances, StorageError when the
    model cannot be written.
    """
    from content.understanding.built import model_of
    from content.understanding.reader import Reader

    return Reader(model_of(folders, keep_in, on_training))
