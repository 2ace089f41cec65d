"""The form of a backup: a .tar.gz of the rows as lines of JSON, the key, and the files that people sent."""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from core.errors import StorageError

READ_AT_ONCE = 1024 * 1024  # bytes
ROWS, KEY, FILES = "rows.jsonl", "secret.key", "files"


def write_archive(path: Path, rows: IO[bytes], key: bytes, files: Path) -> None:
    """Write a backup, for this user's eyes only: it holds people's words. Raises OSError."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    with tarfile.open(path, "w:gz") as archive:
        _add(archive, ROWS, rows)
        _add(archive, KEY, io.BytesIO(key))
        if files.is_dir():
            archive.add(files, FILES)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    archive.addfile(entry, content)


@contextmanager
def opened_archive(path: Path) -> Iterator[tarfile.TarFile]:
    """A backup, read through once. Raises StorageError when it is damaged, also where that shows while it is read."""
    try:
        _read_through(path)
        with tarfile.open(path, "r:gz") as archive:
            yield archive
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, KeyError, UnicodeDecodeError) as error:
        raise StorageError("is no backup, or damaged", where=str(path), mend="take another copy") from error
    except PermissionError as error:
        raise StorageError(f"cannot be read ({error.strerror})", where=str(error.filename or path)) from error


def _read_through(path: Path) -> None:
    # The checksum stands at the very end, where reading the archive's parts never comes.
    with gzip.open(path) as whole:
        while whole.read(READ_AT_ONCE):
            pass


def rows_of(archive: tarfile.TarFile) -> Iterator[str]:
    """The rows, line by line. Raises KeyError when there are none."""
    yield from io.TextIOWrapper(_part(archive, ROWS), encoding="utf-8")


def key_in(archive: tarfile.TarFile) -> bytes:
    """The key. Raises KeyError when there is none."""
    return _part(archive, KEY).read()


def extract_files(archive: tarfile.TarFile, folder: Path) -> None:
    """Put the files back under a data folder; nothing in the archive can reach outside it."""
    for member in archive.getmembers():
        if member.name.startswith(f"{FILES}/"):
            archive.extract(member, folder, filter="data")


def _part(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    source = archive.extractfile(name)
    if source is None:
        raise KeyError(name)
    return source
