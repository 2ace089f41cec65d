"""The trained model of these packs: found where it was kept, or trained now.

It is kept under the fingerprint of all that it is made from, so that a changed pack, or changed code, is trained anew
and nothing old is ever used. `make install` trains that of our own packs beforehand.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from content.understanding.corpus import laid_over
from content.understanding.model import Model, load
from core.errors import ContentError, StorageError

PREPARED = Path(__file__).parents[1] / "packs" / ".models"
_PROGRAM = Path(__file__).parents[2]
# What trains, and what reads as it was trained: other code may change without a new model.
_CODE = ("content/understanding/training", "core/text")
_CODE_FILES = ("corpus", "features", "figures", "followup", "lexicon", "model", "reading")
_TRAINED_ON = ("*/utterances/*.yaml", "*/lexicon/*.yaml", "*/policies/*.yaml", "*/topics.yaml")
_KEPT = 2  # models in a folder: this one, and the one before it should the packs be put back


def model_of(folders: Sequence[Path], keep_in: Path, on_training: Callable[[], None] | None = None) -> Model:
    """The model of the packs in these folders, later ones laid over earlier ones; trained ones are kept in `keep_in`.

    Training takes a minute, in a process of its own; `on_training` is called before. Raises ContentError when the packs
    are wrong, StorageError when the model cannot be written.
    """
    name = f"{fingerprint(folders)}.npz"
    for place in (keep_in, PREPARED):
        if (model := load(place / name)) is not None:
            return model
    if on_training is not None:
        on_training()
    return prepare(folders, keep_in)


def prepare(folders: Sequence[Path], keep_in: Path) -> Model:
    """Train the model of these packs and keep it in that folder. Raises as `model_of` does."""
    model = trained(folders, keep_in / f"{fingerprint(folders)}.npz")
    _forget_old(keep_in)
    return model


def trained(folders: Sequence[Path], path: Path) -> Model:
    """Train the model of these packs into that file. Raises as `model_of` does."""
    _train(folders, path)
    model = load(path)
    if model is None:
        raise StorageError("the model cannot be read back", where=str(path), mend="is the disk full?")
    return model


def adopt(path: Path, folders: Sequence[Path]) -> None:
    """Take a trained file for the model of these packs, which say by now what it was trained on.

    Raises StorageError.
    """
    try:
        path.replace(path.parent / f"{fingerprint(folders)}.npz")
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(path.parent)) from error
    _forget_old(path.parent)


def _forget_old(kept_in: Path) -> None:
    for old in sorted(kept_in.glob("*.npz"), key=lambda one: -one.stat().st_mtime)[_KEPT:]:
        old.unlink(missing_ok=True)


def fingerprint(folders: Sequence[Path]) -> str:
    """What the model is made from, as one short name: those files of the packs, and the code that trains and reads.

    What a ward fills in of its offices or plan changes nothing of it.
    """
    code = [path for folder in _CODE for end in ("py", "tsv") for path in (_PROGRAM / folder).rglob(f"*.{end}")]
    code += [_PROGRAM / "content" / "understanding" / f"{name}.py" for name in _CODE_FILES]
    files = [(path.relative_to(_PROGRAM).as_posix(), path) for path in code]
    files += [("/".join(path.parts[-3:]), path) for pattern in _TRAINED_ON for path in laid_over(folders, pattern)]
    digest = hashlib.sha256()
    for name, path in sorted(files):
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _train(folders: Sequence[Path], path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "content.understanding.training",
        "--out",
        str(path.absolute()),
        *(str(folder.absolute()) for folder in folders),
    ]
    done = subprocess.run(command, cwd=_PROGRAM, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    try:
        fault = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["it was ended"])[-1]
        raise StorageError(f"training failed: {last}", where="content.understanding.training") from None
    kind = StorageError if fault["kind"] == StorageError.__name__ else ContentError
    raise kind(fault["what"], where=fault["where"], mend=fault["mend"])
