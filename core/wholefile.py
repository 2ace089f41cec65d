"""A file written whole or not at all: what stood there before stays when anything fails."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.errors import StorageError

READABLE, OWN = 0o644, 0o600


def write_whole(path: Path, content: bytes, *, mode: int = READABLE) -> None:
    """Put it there in one step, on the disk before it counts. Folders are not made. Raises StorageError."""
    with whole_file(path, mode=mode) as out:
        out.write(content)


@contextmanager
def whole_file(path: Path, *, mode: int = READABLE) -> Iterator[BinaryIO]:
    """A file to write into, which takes its place when the block ends well and leaves nothing when it does not.

    Folders are not made; a link is followed. Raises StorageError when it cannot be written, and where something else
    than a file stands: a device or a pipe would be gone.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise StorageError("is no file", where=str(path), mend="name a file, or one that is not there yet")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.chmod(name, mode)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(path)) from error


def demand_writable(folder: Path) -> None:
    """That a file can be put into a folder, or into the nearest one above that is there. Raises StorageError."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(there)) from error


def demand_another(target: Path, source: Path) -> None:
    """That what is written does not take the place of what it is made from. Raises StorageError."""
    if target.exists() and source.exists() and target.samefile(source):
        raise StorageError("is the file that is read", where=str(target), mend="write to another one")


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, unless it is there. Raises StorageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(path)) from error
