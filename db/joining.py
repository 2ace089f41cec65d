"""Codes by which addresses of one person are joined, and the way back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import URN, ContactStatus
from core.joining import JoinCode, Joined, JoinedAddress, Known, Separated, stays
from db.merging import merge
from db.models import addresses, contacts, conversations, deliveries, join_codes, messages


class SqlJoins:
    """See core.storage.Joins."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def offer(self, contact_id: int, urn: URN, code: str, expires_at: datetime) -> None:
        """Keep a new code, given at this address; an unused one of the same person goes."""
        c = join_codes.c
        await self._db.execute(delete(join_codes).where(c.contact_id == contact_id, c.used_at.is_(None)))
        here = select(addresses.c.id).where(addresses.c.account == urn.account, addresses.c.path == urn.path)
        await self._db.execute(
            insert(join_codes).values(
                code=code, contact_id=contact_id, address_id=here.scalar_subquery(), expires_at=expires_at
            )
        )

    async def find(self, code: str) -> JoinCode | None:
        """A code, also one that is over or was used, as long as it is remembered (a day)."""
        found = await self._db.execute(
            select(join_codes, addresses.c.account, addresses.c.path)
            .join(addresses, addresses.c.id == join_codes.c.address_id)
            .where(join_codes.c.code == code)
        )
        row = found.first()
        if row is None:
            return None
        return JoinCode(
            contact_id=row.contact_id,
            address_id=row.address_id,
            urn=URN(account=row.account, path=row.path),
            expires_at=row.expires_at,
            used=row.used_at is not None,
        )

    async def join(self, contact_id: int, code: str, now: datetime) -> Joined | None:
        """Use the code: make this contact and the one to whom it was given one."""
        given = await self.find(code)
        if given is None or given.contact_id == contact_id or not await self._hold(contact_id, given.contact_id):
            return None
        c = join_codes.c
        good = (c.code == code) & c.used_at.is_(None) & (c.expires_at > now) & (c.contact_id == given.contact_id)
        used = await self._db.execute(update(join_codes).where(good).values(used_at=now).returning(c.code))
        if used.first() is None:
            return None
        known = [await self._known(one) for one in (contact_id, given.contact_id)]
        kept = stays(*known)
        dropped = next(one.contact_id for one in known if one.contact_id != kept)
        moved = await joined_addresses(self._db, [dropped])
        await merge(self._db, kept=kept, dropped=dropped, now=now)
        return Joined(kept=kept, dropped=dropped, moved=tuple(one.urn for one in moved[dropped]))

    async def _hold(self, *ids: int) -> bool:
        """Hold both until the end of the transaction; False where another worker has one of them.

        One of them is ours already, and perhaps the one that comes later in the order in which people are locked:
        who waited for the other one could wait for ever.
        """
        held = await self._db.execute(
            select(conversations.c.contact_id)
            .where(conversations.c.contact_id.in_(ids))
            .order_by(conversations.c.contact_id)
            .with_for_update(skip_locked=True)
        )
        return len(held.all()) == len(ids)

    async def _known(self, contact_id: int) -> Known:
        row = (await self._db.execute(select(contacts).where(contacts.c.id == contact_id))).one()
        listed = row.name or row.household_id is not None or row.household_status
        return Known(contact_id=contact_id, listed=bool(listed), created_at=row.created_at)

    async def separate(self, contact_id: int, address_id: int, now: datetime) -> Separated | None:
        """Make one of several addresses a contact of its own, of which only locality and language are known."""
        all_ = (await joined_addresses(self._db, [contact_id])).get(contact_id, ())
        urn = next((one.urn for one in all_ if one.id == address_id), None)
        if urn is None or len(all_) < 2:
            return None
        new = await self._alike(contact_id, now)
        await self._db.execute(update(addresses).where(addresses.c.id == address_id).values(contact_id=new))
        await self._db.execute(delete(join_codes).where(join_codes.c.address_id == address_id))
        # What was said there is shown there: it goes with its address.
        for table in (messages, deliveries):
            said = (table.c.account == urn.account, table.c.path == urn.path, table.c.contact_id == contact_id)
            await self._db.execute(update(table).where(*said).values(contact_id=new))
        if len(all_) == 2:
            await self._db.execute(update(contacts).where(contacts.c.id == contact_id).values(joined_at=None))
        return Separated(contact_id=new, urn=urn)

    async def _alike(self, contact_id: int, now: datetime) -> int:
        """A new contact in the same place. When they last wrote is known, so that they are forgotten in time."""
        before = (await self._db.execute(select(contacts).where(contacts.c.id == contact_id))).one()
        made = await self._db.execute(
            insert(contacts)
            .values(
                created_at=now,
                status=ContactStatus.ACTIVE,
                locality=before.locality,
                language=before.language,
                last_inbound_at=before.last_inbound_at or now,
            )
            .returning(contacts.c.id)
        )
        new = int(made.scalar_one())
        await self._db.execute(
            insert(conversations).values(contact_id=new, offered=[], earlier=[], misses=0, version=0)
        )
        return new


async def joined_addresses(db: AsyncConnection, ids: Sequence[int]) -> dict[int, tuple[JoinedAddress, ...]]:
    """The addresses of these people, the oldest first. Asks nothing of nobody."""
    if not ids:
        return {}
    rows = await db.execute(select(addresses).where(addresses.c.contact_id.in_(ids)).order_by(addresses.c.id))
    found: dict[int, tuple[JoinedAddress, ...]] = {}
    for row in rows:
        one = JoinedAddress(id=row.id, urn=URN(account=row.account, path=row.path))
        found[row.contact_id] = (*found.get(row.contact_id, ()), one)
    return found
