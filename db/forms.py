"""What officers typed into forms: counted once, and kept sealed while its author is away."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.console_storage import Once
from core.signing import DRAFT_LASTS
from db.console_tables import form_drafts as d
from db.console_tables import form_posts as p


class SqlForms:
    """See core.console_storage.Forms."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def claim(self, once: Once, now: datetime) -> bool:
        """This form is acted on now; False where it was before."""
        insert_ = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        made = insert_(p).values(officer_id=once.officer_id, nonce=once.nonce, at=now).on_conflict_do_nothing()
        return bool((await self._db.execute(made)).rowcount)

    async def keep(self, officer_id: int, page: str, sealed: bytes, now: datetime) -> None:
        """Keep what an officer typed on a page until they are back, in place of what was kept before."""
        await self.drop(officer_id, page)
        await self._db.execute(insert(d).values(officer_id=officer_id, page=page, sealed=sealed, at=now))

    async def kept(self, officer_id: int, page: str, now: datetime) -> tuple[bytes, datetime] | None:
        """What an officer typed on a page, and when."""
        mine = (d.c.officer_id == officer_id) & (d.c.page == page) & (d.c.at > now - DRAFT_LASTS)
        row = (await self._db.execute(select(d.c.sealed, d.c.at).where(mine))).first()
        return (row.sealed, row.at) if row is not None else None

    async def drop(self, officer_id: int, page: str) -> None:
        """It is not needed any more."""
        await self._db.execute(delete(d).where(d.c.officer_id == officer_id, d.c.page == page))

    async def drafts(self, officer_id: int, now: datetime) -> Mapping[str, datetime]:
        """The pages on which something typed waits."""
        mine = select(d.c.page, d.c.at).where(d.c.officer_id == officer_id, d.c.at > now - DRAFT_LASTS)
        return {row.page: row.at for row in await self._db.execute(mine)}
