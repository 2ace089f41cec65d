"""The notices that everybody may read, for public pages and feeds."""

from collections.abc import Sequence

from core.publishing import PublicNotice, public_notices
from core.storage import Storage

LOOKED_AT = 300  # notices that name a place: some years of them


async def published(storage: Storage, locality: str) -> Sequence[PublicNotice]:
    """Those of a place, the newest first: one question to storage, however many there are."""
    async with storage.read() as uow:
        return public_notices(await uow.publications.naming(locality, LOOKED_AT), locality)
