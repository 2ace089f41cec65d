"""Who looks for work, for officers: only those whose yes holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import ContactStatus, Purpose
from core.seekers import NewSeeker, SeekerLine
from core.work import read_profile
from db.lead_tables import work_leads
from db.leads import agreed
from db.models import consents, contacts, conversations
from db.work_tables import work_profiles

IN_PERSON = "work.in-person"  # the wording of a yes that was given to an officer
c, p = contacts.c, work_profiles.c


class SqlSeekers:
    """See core.lead_storage.Seekers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def list(self, locality: str, now: datetime) -> Sequence[SeekerLine]:
        """Everybody of a place whose yes holds, by the order in which they became known."""
        rows = await self._db.execute(_lines(now).where(c.locality == locality).order_by(c.id))
        return [_line(row) for row in rows]

    async def get(self, contact_id: int, now: datetime) -> SeekerLine | None:
        """One of them."""
        row = (await self._db.execute(_lines(now).where(c.id == contact_id))).first()
        return None if row is None else _line(row)

    async def enter(self, new: NewSeeker, by: str, now: datetime) -> int:
        """Somebody who said yes in person: a contact without any address."""
        told = {"name": new.name, "phone": new.phone or None, "household_status": new.status or None}
        values = {"locality": new.locality, "hamlet": new.hamlet or None, "language": "vi", "created_at": now, **told}
        made = await self._db.execute(
            insert(contacts).values(status=ContactStatus.ACTIVE, **values).returning(contacts.c.id)
        )
        contact = int(made.scalar_one())
        talk = {"contact_id": contact, "offered": [], "earlier": [], "misses": 0, "version": 0}
        await self._db.execute(insert(conversations).values(talk))
        yes = {"contact_id": contact, "purpose": Purpose.WORK, "granted_at": now, "expires_at": new.until}
        await self._db.execute(insert(consents).values(**yes, wording=IN_PERSON))
        kept = {"contact_id": contact, "profile": new.profile.plain(), "told_at": now}
        await self._db.execute(insert(work_profiles).values(**kept, entered_by=by, may_pass=new.may_pass))
        return contact


def _lines(now: datetime) -> Select[Any]:
    mine = work_leads.c.contact_id == c.id
    called = exists().where(mine, work_leads.c.officer_may.is_(True)).label("called")
    passed = exists().where(mine, work_leads.c.employer_may.is_(True)).label("passed")
    known = select(c.id, c.locality, c.hamlet, c.household_status, c.name, c.phone, p.profile, p.told_at)
    return (
        known.add_columns(p.entered_by, p.may_pass, called, passed)
        .join(work_profiles, p.contact_id == c.id)
        .where(agreed(c.id, now))
    )


def _line(row: Row[Any]) -> SeekerLine:
    named = row.entered_by is not None or row.called
    return SeekerLine(
        contact_id=row.id,
        locality=row.locality,
        hamlet=row.hamlet or "",
        status=row.household_status or "",
        profile=read_profile(row.profile),
        told_at=row.told_at,
        entered_by=row.entered_by or "",
        may_pass=bool(row.may_pass) if row.entered_by is not None else row.passed,
        name=(row.name or "") if named else "",
        phone=(row.phone or "") if named else "",
    )
