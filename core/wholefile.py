"""A file written whole or not at all: what stood there before stays when anything fails."""

import os
import tempfile
from pathlib import Path

from core.errors import StorageError

READABLE, OWN = 0o644, 0o600


def write_whole(path: Path, content: bytes, *, mode: int = READABLE) -> None:
    """Put it there in one step, on the disk before it counts. Folders are not made. Raises StorageError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(name, mode)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(path)) from error


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, unless it is there. Raises StorageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(path)) from error
