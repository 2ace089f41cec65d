"""A pair of tokens on its way from Zalo's answer to the database, where a death in between cannot take it.

The refresh token is good once: whoever asked and died before the answer was kept would leave nothing to ask with. So a
small process of its own asks, writes the answer here and only then ends; whoever comes next takes it from here.
"""

import contextlib
import fcntl
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from db.sealing import Seal

FOLDER = "tokens"
OF = 0  # whose the seal says they are: of no contact


def trace(refresh: str) -> str:
    """By which a refresh token is known again without being told."""
    return sha256(f"refresh token {refresh}".encode()).hexdigest()


class Spool:
    """The files of one account in one folder."""

    def __init__(self, folder: Path, account: str, seal: Seal) -> None:
        self._folder, self._account, self._seal = folder, account, seal

    def write(self, data: Mapping[str, Any]) -> None:
        """Whole, on the disk and under its name when this returns. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{self._account}.{token_hex(8)}"
        half = self._folder / f".{name}"
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self._seal.close(data, contact=OF))
                file.flush()
                os.fsync(file.fileno())
            half.rename(self._folder / name)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        self._sync()

    def read(self) -> list[tuple[Path, Mapping[str, Any] | None]]:
        """What lies there, oldest first; None in place of what does not open."""
        found = []
        for path in self._folder.glob(f"{self._account}.*") if self._folder.is_dir() else ():
            if path.suffix in (".lock", ".unreadable"):
                continue
            with contextlib.suppress(FileNotFoundError):  # somebody else took it
                found.append((path.stat().st_mtime_ns, path, self._seal.open(path.read_bytes(), contact=OF)))
        return [(path, data) for _, path, data in sorted(found, key=lambda one: one[0])]

    def remove(self, path: Path) -> None:
        """It is in the database, or nobody needs it."""
        path.unlink(missing_ok=True)
        self._sync()

    def set_aside(self, path: Path) -> None:
        """It does not open: kept for somebody to look at, and not looked at again."""
        path.rename(path.with_name(f"{path.name}.unreadable"))

    def lock(self) -> int | None:
        """A handle that holds the right to ask, in this process and in those that inherit it; None while others do.

        The kernel lets go when the last of them is gone, however it went. Raises OSError.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._folder / f"{self._account}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except BaseException:
            os.close(handle)
            raise
        return handle

    def _sync(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
