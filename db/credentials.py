"""What officers sign in with, and tries that failed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.officers import Role
from core.signing import LONGEST_WAIT, TRIES_FORGOTTEN, Credential, Limit, wait_after
from db.console_tables import credentials as c
from db.console_tables import recovery_codes as r
from db.console_tables import sign_in_tries as t
from db.models import officers, roles


class SqlCredentials:
    """See core.console_storage.Credentials."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def find(self, officer_id: int) -> Credential | None:
        """Of this officer, None where no password was set."""
        row = (await self._db.execute(select(c).where(c.c.officer_id == officer_id))).first()
        if row is None:
            return None
        return Credential(officer_id=row.officer_id, password=row.password, secret=row.secret, used_step=row.used_step)

    async def keep(self, credential: Credential, codes: Sequence[bytes], now: datetime) -> None:
        """Take the place of what was there, recovery codes (as keyed hashes) included."""
        await self._db.execute(delete(c).where(c.c.officer_id == credential.officer_id))
        await self._db.execute(
            insert(c).values(
                officer_id=credential.officer_id,
                password=credential.password,
                secret=credential.secret,
                used_step=credential.used_step,
                set_at=now,
            )
        )
        await self.set_codes(credential.officer_id, codes)

    async def set_codes(self, officer_id: int, codes: Sequence[bytes]) -> None:
        """New recovery codes in place of the old ones."""
        await self._db.execute(delete(r).where(r.c.officer_id == officer_id))
        await self._db.execute(insert(r), [{"officer_id": officer_id, "keyed_hash": one} for one in codes])

    async def use_step(self, officer_id: int, step: int) -> bool:
        """A code of this step was shown; False where one of it or of a later step was before."""
        fresh = (c.c.officer_id == officer_id) & (c.c.used_step < step)
        return bool((await self._db.execute(update(c).where(fresh).values(used_step=step))).rowcount)

    async def use_code(self, officer_id: int, code: bytes) -> bool:
        """A recovery code was shown; False where there is none such, or not any more. It is gone then."""
        mine = (r.c.officer_id == officer_id) & (r.c.keyed_hash == code)
        return bool((await self._db.execute(delete(r).where(mine))).rowcount)

    async def codes_left(self, officer_id: int) -> int:
        """How many recovery codes were not used."""
        counted = select(func.count()).select_from(r).where(r.c.officer_id == officer_id)
        return int((await self._db.execute(counted)).scalar_one())

    async def administrator(self) -> bool:
        """Whether somebody who may do everything everywhere can sign in."""
        whole = (roles.c.role == Role.ADMINISTRATOR.value) & (roles.c.locality == "") & (roles.c.office == "")
        found = (
            exists()
            .where(c.c.officer_id == officers.c.id, roles.c.officer_id == officers.c.id, whole)
            .where(officers.c.retired_at.is_(None))
        )
        return bool((await self._db.execute(select(found))).scalar_one())

    async def with_password(self) -> set[int]:
        """The officers who have one."""
        return set((await self._db.execute(select(c.c.officer_id))).scalars())


class SqlTries:
    """See core.console_storage.Tries."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def note(self, limits: Sequence[Limit], now: datetime) -> datetime | None:
        """Count a try as failed before it is known; gives until when nobody may try, and then counts nothing."""
        # Whoever else tries at this moment waits here: they see what was counted. In one order: no two wait for ever.
        for one in sorted(limits, key=lambda limit: limit.key):
            await self._hold(one, now)
        until = await self.waits(limits, now)
        if until is not None:
            return until
        for one in limits:
            counted = update(t).where(t.c.key == one.key).values(failures=t.c.failures + 1, last_at=now)
            failures = int((await self._db.execute(counted.returning(t.c.failures))).scalar_one())
            if wait := wait_after(failures, one.free):
                await self._db.execute(update(t).where(t.c.key == one.key).values(locked_until=now + wait))
        return None

    async def _hold(self, one: Limit, now: datetime) -> None:
        await self._db.execute(delete(t).where(t.c.key == one.key, t.c.last_at < now - TRIES_FORGOTTEN))
        insert_ = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        made = insert_(t).values(key=one.key, failures=0, last_at=now)
        held = made.on_conflict_do_update(index_elements=[t.c.key], set_={"failures": t.c.failures})
        await self._db.execute(held)

    async def waits(self, limits: Sequence[Limit], now: datetime) -> datetime | None:
        """Until when nobody may try now; None where one may."""
        # A lock from a day when the clock was wrong is none: nobody is kept out for longer than the longest wait.
        holds = (t.c.locked_until > now) & (t.c.locked_until <= now + LONGEST_WAIT)
        locked = select(func.max(t.c.locked_until)).where(t.c.key.in_([one.key for one in limits]), holds)
        until: datetime | None = (await self._db.execute(locked)).scalar()
        return until

    async def right(self, own: Limit, others: Sequence[Limit]) -> None:
        """It was right: count `own` from the beginning, and `others` as if this try had not been."""
        for one in sorted([own, *others], key=lambda limit: limit.key):  # in the order of `note`
            if one.key == own.key:
                await self.forget(one.key)
                continue
            # A lock, where there is one, was this try's own: nobody can be counted while it lasts.
            mine = (t.c.key == one.key) & (t.c.failures > 0)
            await self._db.execute(update(t).where(mine).values(failures=t.c.failures - 1, locked_until=None))

    async def forget(self, key: bytes) -> None:
        """It was right: count from the beginning."""
        await self._db.execute(delete(t).where(t.c.key == key))
