"""Who is interested in which vacancy, and what became of it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import Purpose
from core.leads import (
    RULE,
    STATES,
    WORKING,
    Lead,
    LeadLine,
    LeadShow,
    LeadState,
    LeadStep,
    NewLead,
    Sought,
    Why,
)
from core.reminders import Gone, ReminderState
from db.campaign_tables import reminders
from db.lead_tables import work_lead_steps, work_leads
from db.models import consents, contacts
from db.work_tables import work_offers, work_profiles

t, s, o = work_leads.c, work_lead_steps.c, work_offers.c


class SqlLeads:
    """See core.lead_storage.Leads."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def begin(self, new: NewLead, now: datetime) -> tuple[Lead, bool]:
        """A lead of this person about this vacancy, and whether it begins now: a new one, or one that was given up."""
        known = await self.of(new.contact_id, new.offer_id)
        if known is not None and known.state is not LeadState.GAVE_UP:
            return known, False
        step = LeadStep(at=now, act=LeadState.INTERESTED)
        if known is not None:
            await self.step(known, LeadState.INTERESTED, step)
            return await self.of(new.contact_id, new.offer_id) or known, True
        values: dict[str, Any] = {"state": LeadState.INTERESTED, "begun_at": now, "moved_at": now, "version": 0}
        values |= {"locality": new.locality, "offer_id": new.offer_id, "contact_id": new.contact_id}
        values |= {"phone": "", "hamlet": new.hamlet, "status": new.status, "silent": False}
        row = (await self._db.execute(insert(work_leads).values(values).returning(work_leads))).one()
        await self.note(row.id, step)
        return _lead(row), True

    async def get(self, lead_id: int) -> Lead | None:
        """One lead."""
        row = (await self._db.execute(select(work_leads).where(t.id == lead_id))).first()
        return None if row is None else _lead(row)

    async def of(self, contact_id: int, offer_id: int) -> Lead | None:
        """Somebody's lead about a vacancy."""
        mine = select(work_leads).where(t.contact_id == contact_id, t.offer_id == offer_id)
        row = (await self._db.execute(mine)).first()
        return None if row is None else _lead(row)

    async def line(self, lead_id: int) -> LeadLine | None:
        """One lead with its person and vacancy."""
        row = (await self._db.execute(_lines().where(t.id == lead_id))).first()
        return None if row is None else _line(row)

    async def page(
        self, places: Sequence[str], show: LeadShow, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[LeadLine], int]:
        """Those of these places, who waits longest first; and how many there are in all."""
        where = and_(t.locality.in_(places), t.state.in_(STATES[show]))
        total = (await self._db.execute(select(func.count()).select_from(work_leads).where(where))).scalar_one()
        rows = await self._db.execute(_lines().where(where).order_by(t.moved_at, t.id).offset(offset).limit(limit))
        return [_line(row) for row in rows], int(total)

    async def of_offer(self, offer_id: int) -> Sequence[LeadLine]:
        """Those about one vacancy whose person is still known, the oldest first."""
        where = and_(t.offer_id == offer_id, t.contact_id.is_not(None))
        return [_line(row) for row in await self._db.execute(_lines().where(where).order_by(t.begun_at, t.id))]

    async def of_person(self, contact_id: int) -> Sequence[Lead]:
        """Everything somebody is led to, the newest first."""
        rows = await self._db.execute(select(work_leads).where(t.contact_id == contact_id).order_by(t.id.desc()))
        return [_lead(row) for row in rows]

    async def counts(self, places: Sequence[str]) -> Mapping[LeadState, int]:
        """How many stand where."""
        rows = await self._db.execute(select(t.state, func.count()).where(t.locality.in_(places)).group_by(t.state))
        return {LeadState(row[0]): int(row[1]) for row in rows}

    async def step(self, lead: Lead, to: LeadState, step: LeadStep, why: Why | None = None) -> bool:
        """It stands elsewhere from now on; False where it is not as it was seen."""
        values: dict[str, Any] = {"state": to, "moved_at": step.at, "why": why, "version": lead.version + 1}
        if to in WORKING and lead.started_at is None:
            values["started_at"] = step.at
        seen = and_(t.id == lead.id, t.version == lead.version)
        changed = await self._db.execute(update(work_leads).where(seen).values(values).returning(t.id))
        if changed.first() is None:
            return False
        await self.note(lead.id, step)
        return True

    async def reason(self, lead: Lead, why: Why, step: LeadStep) -> None:
        """Why somebody gave up, said after they did."""
        given_up = and_(t.id == lead.id, t.state == LeadState.GAVE_UP)
        await self._db.execute(update(work_leads).where(given_up).values(why=why, version=t.version + 1))
        await self.note(lead.id, step)

    async def note(self, lead_id: int, step: LeadStep) -> None:
        """Something happened that changes no state."""
        values = {"lead_id": lead_id, "at": step.at, "act": step.act, "by": step.by, "text": step.text}
        await self._db.execute(insert(work_lead_steps).values(values))

    async def allow(
        self, lead_id: int, *, officer: bool | None = None, employer: bool | None = None, phone: str | None = None
    ) -> None:
        """Keep who may get the way of contact; what is None stays as it is."""
        said = {"officer_may": officer, "employer_may": employer, "phone": phone}
        values = {name: value for name, value in said.items() if value is not None}
        await self._db.execute(update(work_leads).where(t.id == lead_id).values(**values, version=t.version + 1))

    async def silence(self, lead_id: int) -> None:
        """Ask nothing more about it."""
        await self._db.execute(update(work_leads).where(t.id == lead_id).values(silent=True))
        await self.call_off(lead_id)

    async def history(self, lead_id: int) -> Sequence[LeadStep]:
        """What happened to it, the oldest first."""
        rows = await self._db.execute(select(work_lead_steps).where(s.lead_id == lead_id).order_by(s.id))
        return [LeadStep(at=row.at, act=row.act, by=row.by, text=row.text) for row in rows]

    async def sought(self, locality: str, now: datetime) -> Sequence[Sought]:
        """Everybody of a place who told what they look for, or was led to a vacancy: one row for each person."""
        status = func.coalesce(func.nullif(t.status, ""), contacts.c.household_status, "").label("household")
        rows = await self._db.execute(
            select(work_leads, status)
            .outerjoin(contacts, contacts.c.id == t.contact_id)
            .where(t.locality == locality)
            .order_by(t.started_at.is_(None), t.started_at, t.id)
        )
        found: dict[object, Sought] = {}
        for row in rows:
            one = found.setdefault(_whose(row), _sought(row))
            found[_whose(row)] = replace(one, leads=(*one.leads, row.id))
        told = await self._db.execute(
            select(contacts.c.id, contacts.c.household_status, contacts.c.hamlet)
            .join(work_profiles, work_profiles.c.contact_id == contacts.c.id)
            .where(contacts.c.locality == locality, agreed(contacts.c.id, now))
            .order_by(contacts.c.id)
        )
        for row in told:
            only = Sought(
                contact_id=row.id,
                lead_id=None,
                state=None,
                status=row.household_status or "",
                hamlet=row.hamlet or "",
                begun_at=None,
                started_at=None,
            )
            found.setdefault(("contact", row.id), only)
        return list(found.values())

    async def call_off(self, lead_id: int) -> None:
        """Ask none of the questions about it that are still to come."""
        await _call_off(self._db, reminders.c.rule.like(f"{RULE}:{lead_id}:%"))


def agreed(contact_id: ColumnElement[int], now: datetime) -> ColumnElement[bool]:
    """Whether somebody's yes to looking for work holds."""
    c = consents.c
    return exists().where(c.contact_id == contact_id, c.purpose == Purpose.WORK, c.expires_at >= now)


async def unname(db: AsyncConnection, which: ColumnElement[bool], *, together: bool = False) -> None:
    """Leads become nameless counts: nothing of them leads to a person, nobody is asked, no word is kept.

    Where and when, of which kind of household, and the states stay: the share of a place's plan is counted from them.
    It is counted in people: all leads of one get the same number, by chance, which nothing of the person leads to.
    `which` chooses people: of one of whom it holds, it holds for every lead. `together`: they are all one person's,
    under however many contacts.
    """
    named = and_(which, t.contact_id.is_not(None))
    people = (await db.execute(select(t.contact_id).where(named).distinct().order_by(t.contact_id))).scalars().all()
    if not people:
        return
    await db.execute(delete(reminders).where(_asked_about(named)))
    await db.execute(update(work_lead_steps).where(s.lead_id.in_(select(t.id).where(named))).values(text=""))
    # What the ward's list says of the household goes with the contact: by it they are counted, as they were until now.
    listed = select(contacts.c.household_status).where(contacts.c.id == t.contact_id).scalar_subquery()
    gone = {"contact_id": None, "phone": "", "hamlet": "", "officer_may": None, "employer_may": None, "silent": True}
    kept = {"status": func.coalesce(func.nullif(t.status, ""), listed, ""), "version": t.version + 1}
    shared = _number()
    numbers = [{"whose": one, "number": shared if together else _number()} for one in people]
    theirs = update(work_leads).where(t.contact_id == bindparam("whose"))
    await db.execute(theirs.values(**gone, **kept, nameless=bindparam("number")), numbers)


async def drop_of(db: AsyncConnection, offers: Select[Any]) -> None:
    """Leads about these vacancies are not kept any longer."""
    await _drop(db, t.offer_id.in_(offers))


async def merge(db: AsyncConnection, kept: int, dropped: int, now: datetime) -> None:
    """What one contact was led to is the other's, where that one agreed to it too; else it is nobody's.

    They are one person from now on, also in the counts.
    """
    await _once(db, kept, dropped)
    if (await db.execute(select(agreed(contacts.c.id, now)).where(contacts.c.id == kept))).scalar():
        await db.execute(update(work_leads).where(t.contact_id == dropped).values(contact_id=kept))
    else:
        await unname(db, t.contact_id.in_((kept, dropped)), together=True)


async def _once(db: AsyncConnection, kept: int, dropped: int) -> None:
    """Of a vacancy to which both were led one lead stays: the kept contact's, unless only the other one started."""
    mine, theirs = work_leads.alias("mine"), work_leads.alias("theirs")
    same = mine.join(theirs, mine.c.offer_id == theirs.c.offer_id)
    both = select(mine, theirs.c.id.label("other"), theirs.c.started_at.label("other_started")).select_from(same)
    rows = (await db.execute(both.where(mine.c.contact_id == kept, theirs.c.contact_id == dropped))).all()
    further = [row for row in rows if row.other_started is not None and row.started_at is None]
    for row in further:
        refused: dict[str, Any] = {"officer_may": False, "phone": ""} if row.officer_may is False else {}
        refused |= {"employer_may": False} if row.employer_may is False else {}
        refused |= {"silent": True} if row.silent else {}
        if refused:  # the stricter wins
            await db.execute(update(work_leads).where(t.id == row.other).values(refused))
    goes = [row.id if row in further else row.other for row in rows]
    await _drop(db, t.id.in_(goes))


def _number() -> int:
    """A number that nobody can guess, and that fits a column of eight bytes."""
    return secrets.randbits(63)


async def _drop(db: AsyncConnection, which: ColumnElement[bool]) -> None:
    await db.execute(delete(reminders).where(_asked_about(which)))
    await db.execute(delete(work_lead_steps).where(s.lead_id.in_(select(t.id).where(which))))
    await db.execute(delete(work_leads).where(which))


def _asked_about(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Reminders that ask about any of these leads."""
    rule = literal(f"{RULE}:") + cast(t.id, String) + ":%"
    return exists(select(t.id).where(which, reminders.c.rule.like(rule)))


async def _call_off(db: AsyncConnection, which: ColumnElement[bool]) -> None:
    planned = reminders.c.state == ReminderState.PLANNED
    over = {"state": ReminderState.CANCELLED.value, "why": Gone.OVER.value}
    await db.execute(update(reminders).where(which, planned).values(over))


def _lines() -> Select[Any]:
    title, employer, reference = (o.offer[name].as_string().label(name) for name in ("title", "employer", "reference"))
    person = contacts.c.name.label("person"), contacts.c.phone.label("listed_phone")
    joined = work_leads.join(work_offers, o.id == t.offer_id).outerjoin(contacts, contacts.c.id == t.contact_id)
    return select(work_leads, title, employer, reference, *person).select_from(joined)


def _line(row: Row[Any]) -> LeadLine:
    lead = _lead(row)
    allowed = bool(lead.officer_may)
    return LeadLine(
        lead=lead,
        title=row.title,
        employer=row.employer,
        reference=row.reference or "",
        name=(row.person or "") if allowed else "",
        phone=(lead.phone or row.listed_phone or "") if allowed else "",
    )


def _lead(row: Row[Any]) -> Lead:
    return Lead(
        id=row.id,
        locality=row.locality,
        offer_id=row.offer_id,
        contact_id=row.contact_id,
        state=LeadState(row.state),
        begun_at=row.begun_at,
        moved_at=row.moved_at,
        started_at=row.started_at,
        why=Why(row.why) if row.why else None,
        officer_may=row.officer_may,
        employer_may=row.employer_may,
        phone=row.phone,
        hamlet=row.hamlet,
        status=row.status,
        silent=row.silent,
        version=row.version,
    )


def _whose(row: Row[Any]) -> tuple[str, int]:
    """Whose lead it is in a count of people; one that lost its name before it was noted is a person of its own."""
    if row.contact_id is not None:
        return "contact", row.contact_id
    return ("nameless", row.nameless) if row.nameless is not None else ("lead", row.id)


def _sought(row: Row[Any]) -> Sought:
    return Sought(
        contact_id=row.contact_id,
        lead_id=row.id,
        state=LeadState(row.state),
        status=row.household,
        hamlet=row.hamlet,
        begun_at=row.begun_at,
        started_at=row.started_at,
    )
