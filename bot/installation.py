"""The folder in which one installation lies: whether it is there, whose it is, and that nobody else reads it."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.keys import NAME, load_key, read_key
from bot.settings import Settings
from core.errors import StorageError
from db.engine import sqlite_file
from db.unit_of_work import SqlStorage

DEMO = "made-up-people"  # the file by which `demo` knows its own folder
FOR_ITS_USER = 0o700  # folders; files without the right to be run
OTHERS = 0o077


def prepare(settings: Settings, *, create: bool) -> None:
    """Before the database is opened: close the folder to others, and see that there is something to open.

    With `create`, a folder that holds nothing gets its key: it comes first, so that a start that was cut short leaves
    no database without one. Raises StorageError when there is no installation and none is to be made.
    """
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        if create:
            load_key(settings.data_dir)
        else:
            raise _nothing_in(settings, file)
    close_to_others(settings)


async def key_of(settings: Settings, storage: SqlStorage, *, create: bool) -> bytes:
    """The installation's key, once its database is open.

    Raises StorageError when it is missing: another one would not know who was erased, and no link given out before.
    """
    key = read_key(settings.data_dir)
    if key is not None:
        return key
    # A database on which nothing ever ran has nothing that rests on a key: it gets its first one.
    lost = await storage.in_use() if create else sqlite_file(settings.database) is not None
    if lost:
        mend = "set CHUNGTAY_DATA_DIR to its folder, or restore the backup"
        raise StorageError("the key of this database is missing", where=str(settings.data_dir / NAME), mend=mend)
    if not create:
        raise _no_installation(settings)
    key = load_key(settings.data_dir)
    close_to_others(settings)
    return key


def _nothing_in(settings: Settings, file: Path) -> StorageError:
    if read_key(settings.data_dir) is None:
        return _no_installation(settings)
    return StorageError("the database is missing", where=str(file), mend="restore the backup, or set CHUNGTAY_DATA_DIR")


def _no_installation(settings: Settings) -> StorageError:
    return StorageError(f"no installation in {settings.data_dir.absolute()}", mend="set CHUNGTAY_DATA_DIR")


def close_to_others(settings: Settings) -> None:
    """Take the right to look into the data folder from everybody but this user, where it is this user's.

    A folder that was open may hold open files: then all that the program wrote there is closed, once.
    """
    folder, file = settings.data_dir, sqlite_file(settings.database)
    was_open = _close(folder)
    if file is not None:
        for one in file.parent.glob(f"{file.name}*"):
            _close(one)
    if was_open:
        _close(folder / NAME)
        for one in (folder / "files").rglob("*"):
            _close(one)


def _close(path: Path) -> bool:
    """Whether it was open. What is another user's, and a folder for everybody such as /tmp, stays as it is."""
    with suppress(OSError):
        found = path.lstat()
        shared = stat.S_ISVTX & found.st_mode or not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))
        if found.st_mode & OTHERS and found.st_uid == os.geteuid() and not shared:
            path.chmod(stat.S_IMODE(found.st_mode) & FOR_ITS_USER)
            return True
    return False


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold an installation on SQLite, which one process serves; several may serve one on PostgreSQL.

    The kernel lets go when the process dies, however it dies. Raises StorageError when another one holds it.
    """
    file = sqlite_file(settings.database)
    if file is None:
        yield
        return
    path = file.with_name(f"{file.name}.lock")
    try:
        settings.data_dir.mkdir(mode=FOR_ITS_USER, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(
            f"cannot be used ({error.strerror})",
            where=str(file.parent),
            mend="set CHUNGTAY_DATA_DIR to a folder one can write in",
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StorageError(
                "chungtay is running on this installation already", where=str(file), mend="stop it first"
            ) from error
        yield
    finally:
        os.close(handle)


def claim_for_demo(settings: Settings) -> None:
    """Make the folder the demonstration's. Raises StorageError when it holds an installation of real people."""
    folder = settings.data_dir
    file = sqlite_file(settings.database)
    taken = (folder / NAME).exists() or (file is not None and file.exists())
    if taken and not (folder / DEMO).exists():
        raise StorageError(
            "this folder holds an installation that is not a demonstration's",
            where=str(folder.absolute()),
            mend="name another one with --data-dir",
        )
    try:
        folder.mkdir(mode=FOR_ITS_USER, parents=True, exist_ok=True)
        (folder / DEMO).touch(mode=0o600)
    except OSError as error:
        raise StorageError(
            f"cannot be used ({error.strerror})", where=str(folder), mend="name another one with --data-dir"
        ) from error
