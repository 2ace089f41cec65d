"""Who looks for work and what suits them, for officers: searched, matched either way, written down, taken out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from content.catalogue import Catalogue
from content.reminding import day_of
from content.work.places import names_of, trade_of
from core.contacts import Purpose
from core.errors import StaleError
from core.matching import Market
from core.officers import Right
from core.records import AuditEntry
from core.seekers import NewSeeker, SeekerFacts, SeekerLine
from core.storage import Storage, UnitOfWork
from core.suiting import Match, Seeker, priority_of
from core.text import fold
from core.work import Answered, OfferKind, Posted, Profile
from handlers.reported import Acting, WrongFigureError
from handlers.work.leading import demand_right
from handlers.work.leads import read_phone

BEST = 3  # proposals shown for each
MOST_PEOPLE = 20  # proposed for one vacancy
MOST_NAME = 80
HOUSEHOLDS = ("poor", "near-poor", "newly-escaped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for among them; empty: anybody."""

    trade: str = ""  # a group of occupations
    status: str = ""
    words: str = ""  # in name or hamlet


def chosen(content: Catalogue, people: Sequence[SeekerLine], wanted: Wanted) -> list[SeekerLine]:
    """Those who fit what is looked for: poor, near-poor and newly escaped households first."""
    words = fold(wanted.words)
    found = [
        one
        for one in people
        if (not wanted.trade or wanted.trade in _groups(content, one.profile))
        and (not wanted.status or one.status == wanted.status)
        and (not words or words in fold(f"{one.name} {one.hamlet}"))
    ]
    return sorted(found, key=lambda one: (priority_of(one.status), one.contact_id))


def _groups(content: Catalogue, profile: Profile) -> set[str]:
    """The groups of trades that somebody can do, or wants."""
    return {content.trades.group_of.get(one, one) for one in (*profile.can, *profile.wants)}


async def market_of(uow: UnitOfWork, content: Catalogue, locality: str, on: date) -> Market:
    """The open vacancies of a place."""
    offers = [one for one in await uow.work.open_in(locality, on) if one.offer.kind is OfferKind.VACANCY]
    return Market(offers, trade_of(content), on, names={locality: names_of(content, locality)})


async def seeker_of(uow: UnitOfWork, content: Catalogue, line: SeekerLine) -> Seeker:
    """Somebody as they are matched, with what they said of earlier offers."""
    return _seeker(content, line, tuple(await uow.work.answers(line.contact_id)))


def _seeker(content: Catalogue, line: SeekerLine, answers: tuple[tuple[Answered, Posted], ...] = ()) -> Seeker:
    return Seeker(
        contact=line.contact_id,
        locality=line.locality,
        profile=line.profile,
        priority=priority_of(line.status),
        position=content.position(line.locality, line.hamlet),
        answers=answers,
    )


async def proposals(storage: Storage, content: Catalogue, line: SeekerLine, now: datetime) -> list[Match]:
    """The best vacancies for somebody."""
    async with storage.read() as uow:
        market = await market_of(uow, content, line.locality, day_of(now))
        return market.top(await seeker_of(uow, content, line), BEST)


async def people_for(
    storage: Storage, content: Catalogue, posted: Posted, now: datetime
) -> list[tuple[SeekerLine, Match]]:
    """Whom to tell of a vacancy first: poor households, then the fitter.

    Who said that it does not suit is left out; who was led to it stands with the applications.
    """
    async with storage.read() as uow:
        lines = {one.contact_id: one for one in await uow.seekers.list(posted.locality, now)}
        away = await uow.work.refused(posted.id) | {one.lead.contact_id for one in await uow.leads.of_offer(posted.id)}
        market = await market_of(uow, content, posted.locality, day_of(now))
    seekers = (_seeker(content, one) for one in lines.values() if one.contact_id not in away)
    return [(lines[one.contact], match) for one, match in market.people_for(posted, seekers, MOST_PEOPLE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an officer writes down for somebody."""

    locality: str
    hamlet: str
    status: str
    name: str = field(repr=False)
    phone: str = field(repr=False)
    profile: Profile
    agreed: bool  # to being written down
    may_pass: bool


async def enter(storage: Storage, content: Catalogue, said: Written, lasts: timedelta, acting: Acting) -> int:
    """Write somebody down who agreed to it in person; gives their number, 0 where the form was sent before.

    Raises NotAllowedError, WrongFigureError for what is missing.
    """
    await demand_right(storage, content, said.locality, Right.WRITE_SEEKERS, acting)
    new = NewSeeker(locality=said.locality, facts=_facts(content, said), until=acting.now + lasts)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return 0
        number = await uow.seekers.enter(new, acting.officer, acting.now)
        await uow.audit.append([_entry("entered", number, acting)])
        await uow.commit()
    return number


async def change(storage: Storage, content: Catalogue, seen: SeekerLine, said: Written, acting: Acting) -> None:
    """Write down otherwise what somebody looks for, as they told it in person.

    Raises NotAllowedError, WrongFigureError for what is missing, StaleError where it was written otherwise meanwhile or
    is not an officer's to change.
    """
    await demand_right(storage, content, seen.locality, Right.ANSWER, acting)
    facts = _facts(content, said)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if not await uow.seekers.change(seen, facts, acting.now):
            raise StaleError("somebody wrote it otherwise meanwhile", where=str(seen.contact_id), mend="look again")
        await uow.audit.append([_entry("changed", seen.contact_id, acting)])
        await uow.commit()


def _facts(content: Catalogue, said: Written) -> SeekerFacts:
    name, phone = " ".join(said.name.split()), read_phone(said.phone)
    hamlets = {one.name for one in content.locality(said.locality).hamlets}
    faults = {
        "agreed": "" if said.agreed else "empty",
        "name": "" if 0 < len(name) <= MOST_NAME else "long" if name else "empty",
        "phone": "" if phone or not said.phone.strip() else "number",
        "hamlet": "" if said.hamlet in ("", *hamlets) else "unknown",
        "status": "" if said.status in ("", *HOUSEHOLDS) else "unknown",
    }
    if wrong := {field_: fault for field_, fault in faults.items() if fault}:
        raise WrongFigureError(wrong)
    return SeekerFacts(
        hamlet=said.hamlet, status=said.status, name=name, phone=phone, profile=said.profile, may_pass=said.may_pass
    )


async def remove(storage: Storage, content: Catalogue, line: SeekerLine, acting: Acting) -> None:
    """Take somebody out who asked for it: of whom an officer wrote down, everything goes. Raises NotAllowedError."""
    await demand_right(storage, content, line.locality, Right.ANSWER, acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if line.entered_by:
            await uow.people.erase(line.contact_id, [], acting.now)  # they have no address to be remembered by
        else:
            await uow.people.withdraw(line.contact_id, Purpose.WORK)
        await uow.audit.append([_entry("removed", line.contact_id, acting)])
        await uow.commit()


def _entry(act: str, number: int, acting: Acting) -> AuditEntry:
    return AuditEntry(
        at=acting.now, actor=f"officer:{acting.officer}", action=f"seeker.{act}", subject=f"contact:{number}", detail={}
    )
