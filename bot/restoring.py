"""Putting a backup back, and erasing again whoever had been erased since it was made, before anything is sent."""

import tarfile
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive import extract_files, key_in, rows_of
from bot.clock import SystemClock
from bot.installation import close_to_others
from bot.keys import NAME, derived, keyed_hash, read_key, write_key
from bot.settings import Settings
from core.contacts import URN
from core.errors import StorageError
from db import schema
from db.backup import read_rows
from db.engine import close_engine, make_engine, sqlite_url
from db.erasure import remember
from db.models import addresses, erasures
from db.people import SqlPeople


async def known_erasures(data_dir: Path, key: bytes) -> list[bytes]:
    """The keyed hashes of addresses erased in an installation on SQLite, whose key must be the same.

    Raises StorageError when there is no such installation in the folder, or it is another one.
    """
    database, secret = data_dir / "chungtay.db", data_dir / NAME
    if not database.is_file() or not secret.is_file():
        raise StorageError("no installation on SQLite is in this folder", where=str(data_dir), mend="name its data_dir")
    if read_key(data_dir) != key:
        raise StorageError("this folder is another installation's", where=str(data_dir), mend="name the one replaced")
    engine = make_engine(sqlite_url(database.absolute()))
    try:
        async with engine.connect() as connection:
            return list((await connection.execute(select(erasures.c.keyed_hash))).scalars())
    except DBAPIError as error:
        raise StorageError(
            "its erasures cannot be read", where=str(database), mend="start it once, then stop it"
        ) from (error)
    finally:
        await close_engine(engine)


async def put_back(settings: Settings, archive: tarfile.TarFile, erased_in: Path | None) -> tuple[int, int]:
    """Rows, erasures, files, and last the key. Gives rows put back and people erased again.

    A backup that is damaged, of another version or comes to a place in use changes nothing: another can be tried.
    """
    if _in_use(settings.data_dir):
        where = str(settings.data_dir)
        mend = "set CHUNGTAY_DATA_DIR to an empty folder"
        raise StorageError("this installation is in use", where=where, mend=mend)
    archive.getmembers()  # reads to the end: damage shows before anything is written
    key = key_in(archive)
    erased = await known_erasures(erased_in, key) if erased_in else []
    again: list[int] = []
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(settings)
    engine = make_engine(settings.database)
    try:
        await schema.upgrade(engine)
        rows = await read_rows(engine, rows_of(archive), finish=_erasing(key, erased, again))
    finally:
        await close_engine(engine)
    extract_files(archive, settings.data_dir)
    write_key(settings.data_dir, key)
    return rows, len(again)


def _in_use(data_dir: Path) -> bool:
    # The key alone is what `db upgrade` leaves where the database is PostgreSQL: nobody was told anything under it.
    return (data_dir / NAME).exists() and any(one.name != NAME for one in data_dir.iterdir())


def _erasing(key: bytes, erased: Sequence[bytes], again: list[int]) -> Callable[[AsyncConnection], Awaitable[None]]:
    """What erases once more, in the transaction that puts the rows back: nobody is ever there who should be gone."""
    hashed = partial(keyed_hash, derived(key, "erasures"))

    async def finish(connection: AsyncConnection) -> None:
        # Those noted in the backup itself were gone when it was made; a later one is known from elsewhere only.
        rows = await connection.execute(select(addresses.c.account, addresses.c.path, addresses.c.contact_id))
        gone = set(erased)
        again.extend(
            sorted({row.contact_id for row in rows if hashed(URN(account=row.account, path=row.path)) in gone})
        )
        people, now = SqlPeople(connection), SystemClock().now()
        for contact in again:
            urns = await people.addresses(contact)
            await people.erase(contact, [hashed(urn) for urn in urns], now)
        # Also of those who are not in this backup: an older one may be put back some day.
        await remember(connection, erased, now)

    return finish
