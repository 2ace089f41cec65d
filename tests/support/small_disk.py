"""A real disk of a few megabytes, in memory, that a test may fill."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BLOCK = 4096


class NoDiskError(Exception):
    """It cannot be mounted here; says why."""


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk at this folder. Raises NoDiskError with the reason when none can be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NoDiskError("a full disk needs the program mount, which is not here") from None
    if done.returncode:
        raise NoDiskError(f"a full disk needs the right to mount one: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def room(folder: Path) -> int:
    """Bytes that are free."""
    told = os.statvfs(folder)
    return told.f_bavail * told.f_frsize


def fill(ballast: Path, *, leave: int = 0) -> None:
    """Write until no more than this is left."""
    with ballast.open("ab", buffering=0) as file:
        while room(ballast.parent) - leave >= BLOCK:
            file.write(b"\0" * BLOCK)


def shrink(ballast: Path, *, leave: int) -> None:
    """Give back until so much is free."""
    missing = leave - room(ballast.parent)
    if missing > 0:
        with ballast.open("r+b") as file:
            file.truncate(max(0, ballast.stat().st_size - missing))
