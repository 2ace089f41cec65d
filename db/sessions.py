"""Browsers in which officers signed in, and links by which they set a password."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.signing import Link, LinkPurpose, Session
from db.console_tables import sessions as s
from db.console_tables import sign_in_links as k


class SqlSessions:
    """See core.console_storage.Sessions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def start(self, token: bytes, officer_id: int, browser: str, now: datetime) -> int:
        """A new session under the hash of its token; gives its number."""
        values = {"token": token, "officer_id": officer_id, "browser": browser, "created_at": now, "seen_at": now}
        return int((await self._db.execute(insert(s).values(values).returning(s.c.id))).scalar_one())

    async def find(self, token: bytes) -> Session | None:
        """The session of this token, also one that is over, as long as it is remembered (8 days)."""
        row = (await self._db.execute(select(s).where(s.c.token == token))).first()
        return _session(row) if row is not None else None

    async def seen(self, session_id: int, now: datetime) -> None:
        """A page was opened in it."""
        await self._db.execute(update(s).where(s.c.id == session_id).values(seen_at=now))

    async def end(self, officer_id: int, now: datetime, *, session_id: int | None = None) -> int:
        """End one of an officer's sessions, or all of them; gives how many."""
        which = (s.c.officer_id == officer_id) & s.c.ended_at.is_(None)
        which = which if session_id is None else which & (s.c.id == session_id)
        return int((await self._db.execute(update(s).where(which).values(ended_at=now))).rowcount)

    async def of(self, officer_id: int, now: datetime) -> Sequence[Session]:
        """Those that let somebody in, the one used last on top."""
        mine = select(s).where(s.c.officer_id == officer_id, s.c.ended_at.is_(None)).order_by(s.c.seen_at.desc())
        return [one for row in await self._db.execute(mine) if (one := _session(row)).holds(now)]

    async def offer(self, token: bytes, link: Link, now: datetime) -> None:
        """Keep a link under the hash of its token; unused ones for the same officer, or for the first one, go."""
        for_same = k.c.officer_id.is_(None) if link.officer_id is None else k.c.officer_id == link.officer_id
        await self._db.execute(delete(k).where(for_same, k.c.used_at.is_(None)))
        await self._db.execute(
            insert(k).values(
                token=token,
                officer_id=link.officer_id,
                purpose=link.purpose,
                secret=link.secret,
                created_at=now,
                expires_at=link.expires_at,
            )
        )

    async def link(self, token: bytes) -> Link | None:
        """The link of this token, also one that is over."""
        row = (await self._db.execute(select(k).where(k.c.token == token))).first()
        if row is None:
            return None
        return Link(
            purpose=LinkPurpose(row.purpose),
            officer_id=row.officer_id,
            secret=row.secret,
            expires_at=row.expires_at,
            used_at=row.used_at,
        )

    async def use_link(self, token: bytes, now: datetime) -> bool:
        """The link is used; False where it was before."""
        mine = (k.c.token == token) & k.c.used_at.is_(None) & (k.c.expires_at > now)
        return bool((await self._db.execute(update(k).where(mine).values(used_at=now))).rowcount)


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        officer_id=row.officer_id,
        browser=row.browser,
        created_at=row.created_at,
        seen_at=row.seen_at,
        ended_at=row.ended_at,
    )
