"""Erasing a person: their rows in one transaction, and behind it the files that only they had."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from core.contacts import URN
from core.ports import FileStore
from core.storage import Storage, UnitOfWork

JUST_PUT = timedelta(seconds=5)  # so young a file may be somebody else's, whose row is being written


async def erase_person(uow: UnitOfWork, contact: int, keyed_hash: Callable[[URN], bytes], now: datetime) -> list[str]:
    """Delete everything about one person and remember the keyed hashes of their addresses.

    Gives the hashes of their files, for `clear` once this is committed.
    """
    urns = await uow.people.addresses(contact)
    return await uow.people.erase(contact, [keyed_hash(urn) for urn in urns], now)


async def clear(storage: Storage, files: FileStore, hashes: Sequence[str], now: datetime) -> None:
    """Delete those files that no row names any more. What is left when it is killed goes with the hourly tidying."""
    if not hashes:
        return
    async with storage.read() as uow:
        known = await uow.upkeep.known_files(hashes)
    for sha256 in hashes:
        if sha256 not in known:
            files.drop(sha256, now - JUST_PUT)
