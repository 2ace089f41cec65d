"""Putting a backup back, and erasing again whoever had been erased since it was made, before anything is sent."""

import tarfile
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SystemClock
from bot.commands.backup import FILES, KEY, lines_of
from bot.keys import NAME, derived, keyed_hash
from bot.settings import Settings
from core.contacts import URN
from core.errors import StorageError
from db import schema
from db.backup import read_rows
from db.engine import make_engine, sqlite_url
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
    if secret.read_bytes() != key:
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
        await engine.dispose()


async def put_back(settings: Settings, archive: tarfile.TarFile, erased_in: Path | None) -> tuple[int, int]:
    """Rows, erasures, files, and last the key. Gives rows put back and people erased again.

    A backup that is damaged, of another version or comes to a place in use changes nothing: another can be tried.
    """
    if (settings.data_dir / NAME).exists():
        where = str(settings.data_dir)
        raise StorageError("this installation is in use", where=where, mend="name an empty data folder")
    members = archive.getmembers()  # reads to the end: damage shows before anything is written
    key = _key(archive)
    erased = await known_erasures(erased_in, key) if erased_in else []
    again: list[int] = []
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database)
    try:
        await schema.upgrade(engine)
        rows = await read_rows(engine, lines_of(archive), finish=_erasing(key, erased, again))
    finally:
        await engine.dispose()
    for member in members:
        if member.name.startswith(f"{FILES}/"):
            archive.extract(member, settings.data_dir, filter="data")
    path = settings.data_dir / NAME
    path.touch(mode=0o600)
    path.write_bytes(key)
    return rows, len(again)


def _key(archive: tarfile.TarFile) -> bytes:
    source = archive.extractfile(KEY)
    if source is None:
        raise KeyError(KEY)
    return source.read()


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
