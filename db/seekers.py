"""Who looks for work, for officers: only those whose yes holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import ContactStatus, Purpose
from core.seekers import NewSeeker, SeekerFacts, SeekerLine
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
        values = {"locality": new.locality, "language": "vi", "created_at": now, **_told(new.facts)}
        made = await self._db.execute(
            insert(contacts).values(status=ContactStatus.ACTIVE, **values).returning(contacts.c.id)
        )
        contact = int(made.scalar_one())
        talk = {"contact_id": contact, "offered": [], "earlier": [], "misses": 0, "version": 0}
        await self._db.execute(insert(conversations).values(talk))
        yes = {"contact_id": contact, "purpose": Purpose.WORK, "granted_at": now, "expires_at": new.until}
        await self._db.execute(insert(consents).values(**yes, wording=IN_PERSON))
        kept = {"contact_id": contact, "profile": new.facts.profile.plain(), "told_at": now}
        await self._db.execute(insert(work_profiles).values(**kept, entered_by=by, may_pass=new.facts.may_pass))
        return contact

    async def change(self, seen: SeekerLine, facts: SeekerFacts, now: datetime) -> bool:
        """Other facts of somebody whom an officer wrote down; False where that is not so, or it was changed meanwhile.

        How long they are kept stays as they agreed to it.
        """
        found = await self._db.execute(
            update(work_profiles)
            .where(p.contact_id == seen.contact_id, p.told_at == seen.told_at, p.entered_by.is_not(None))
            .values(profile=facts.profile.plain(), told_at=now, may_pass=facts.may_pass)
            .returning(p.contact_id)
        )
        if found.first() is None:
            return False
        await self._db.execute(update(contacts).where(c.id == seen.contact_id).values(_told(facts)))
        return True


def _told(facts: SeekerFacts) -> dict[str, str | None]:
    texts = {"hamlet": facts.hamlet, "name": facts.name, "phone": facts.phone, "household_status": facts.status}
    return {name: text or None for name, text in texts.items()}


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
