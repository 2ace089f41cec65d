"""A pack's `utterances/learned.yaml`: rows that one person proposed and another one checked."""

import json
from collections.abc import Sequence
from pathlib import Path

from content.understanding.corpus import CAUTION, LEARNED, Corpus, load_corpus, utterance_files
from core.errors import ContentError
from core.text import fold
from core.wholefile import OWN, make_folder, write_whole

FILE = Path("utterances") / "learned.yaml"
BY_RULE = (CAUTION,)  # found by rules alone (warnings.py): a row would teach nothing
_HEAD = """# Learnt from use: what people of this place wrote and was not understood, in words in which no person is.
# Written by `chungtay learn accept`: each row was proposed by one person and checked by another.
groups:
"""


def corpus_of(folders: Sequence[Path], topics: Sequence[str]) -> Corpus:
    """The rows of the packs in these folders. Raises ContentError."""
    return load_corpus(utterance_files(folders), topics)


def stands_as(corpus: Corpus, text: str) -> str | None:
    """The label under which these words stand in the corpus already."""
    key = fold(text)
    return next((row.label for row in corpus.utterances if row.folded == key), None)


def with_row(before: bytes, *, number: int, label: str, text: str) -> bytes:
    """The file with one row more; what stands in it stays as it is, remarks too."""
    start = before.decode("utf-8") if before.strip() else _HEAD
    row = f"{{text: {_quoted(text)}, who: {_quoted(f'{LEARNED}{number}')}}}"
    group = f"  - label: {_quoted(label)}\n    utterances:\n      - {row}\n"
    return f"{start}{'' if start.endswith(chr(10)) else chr(10)}{group}".encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON text is a YAML text


def read(path: Path) -> bytes:
    """The file as it is, empty where there is none. Raises ContentError when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ContentError(f"cannot be read: {error.strerror}", where=str(path)) from error


def write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all. Raises StorageError."""
    make_folder(path.parent)
    write_whole(path, content, mode=OWN)
