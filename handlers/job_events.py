"""What officers do with job fairs: written by one, verified by another, changed the same way, called off, checked in.

Who signed up hears of a changed place or time, and of an end, through the loop of reminders: each once.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from content.event_words import rule_of
from content.reminding import at, the_evening_before
from core.errors import NotFoundError, StaleError
from core.events import CHANGED, OFF, REMINDED, Announced, EventKind, EventStanding, EventState, JobEvent, Seat
from core.officers import Right
from core.records import AuditEntry
from core.reminders import Gone
from core.storage import Storage, UnitOfWork
from handlers.permission import demand, demand_another
from handlers.reported import Acting, WrongFigureError, read_count, read_day

NEEDED = ("title", "place", "organiser", "contact")
# Characters of each text.
MOST = {"title": 120, "place": 150, "address": 200, "organiser": 150, "contact": 150, "bring": 300, "employers": 1500}
FIELDS = ("kind", *MOST, "day", "begin", "last_day", "end", "seats", "latitude", "longitude")
MOST_SEATS = 10_000
MOST_WHY = 300
EARLY = timedelta(hours=1)  # before it begins: by then people may be ticked as there
LONGEST_DAYS = 10  # of one event; more is a slip of the keys
FURTHEST = 2  # years ahead
# Degrees between which Viet Nam lies, its islands included.
NORTH, EAST = (7.0, 24.0), (102.0, 118.0)
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:hg.]|giờ)?\s*(\d{2})?\s*(?:phút)?", re.IGNORECASE)


def read_hour(typed: str) -> time | None:
    """A time of day as it is typed; None where it is none.

    >>> read_hour("7h30"), read_hour("14:00"), read_hour("8 giờ"), read_hour("25:00")
    (datetime.time(7, 30), datetime.time(14, 0), datetime.time(8, 0), None)
    """
    found = _HOUR.fullmatch(typed.strip())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def read_form(fields: Mapping[str, str], now: datetime, *, taken: int = 0) -> JobEvent:
    """An event from what was typed. Raises WrongFigureError with what is wrong, by field."""
    said = {name: fields.get(name, "").strip() for name in FIELDS}
    faults = {name: "long" for name, most in MOST.items() if len(said[name]) > most}
    faults |= {name: "empty" for name in NEEDED if not said[name]}
    if said["kind"] not in set(EventKind):
        faults["kind"] = "empty"
    moments = _moments(said, now, faults)
    seats = _seats(said["seats"], taken, faults)
    position = _position(said, faults)
    if faults or moments is None:
        raise WrongFigureError(faults)
    texts = {name: said[name] for name in MOST}
    latitude, longitude = position or (None, None)
    return JobEvent(
        kind=EventKind(said["kind"]),
        starts_at=moments[0],
        ends_at=moments[1],
        seats=seats,
        latitude=latitude,
        longitude=longitude,
        **texts,
    )


def _moments(said: Mapping[str, str], now: datetime, faults: dict[str, str]) -> tuple[datetime, datetime] | None:
    """From when until when; what is wrong is added to the faults."""
    first, begin, end = read_day(said["day"]), read_hour(said["begin"]), read_hour(said["end"])
    last = read_day(said["last_day"]) if said["last_day"] else first
    for name, value in (("day", first), ("begin", begin), ("end", end), ("last_day", last)):
        if value is None and (name != "last_day" or said["last_day"]):
            faults[name] = name if said[name] else "empty"
    if first is None or begin is None or end is None or last is None:
        return None
    starts, ends = at(first, begin), at(last, end)
    if starts <= now:
        faults["day"] = "past"
    elif (starts - now).days > FURTHEST * 366:
        faults["day"] = "far"
    if ends <= starts:
        faults["end"] = "before"
    elif (ends - starts).days > LONGEST_DAYS:
        faults["last_day"] = "far"
    return starts, ends


def _seats(typed: str, taken: int, faults: dict[str, str]) -> int | None:
    if not typed:
        return None
    seats = read_count(typed) or 0
    if not 0 < seats <= MOST_SEATS:
        faults["seats"] = "number"
    elif seats < taken:
        faults["seats"] = "taken"
    return seats


def _position(said: Mapping[str, str], faults: dict[str, str]) -> tuple[float, float] | None:
    """Where it is, in degrees; None where nobody entered it. Half of it is a fault."""
    if not said["latitude"] and not said["longitude"]:
        return None
    found = []
    for name, (least, most) in (("latitude", NORTH), ("longitude", EAST)):
        text = said[name].replace(",", ".")
        value = float(text) if re.fullmatch(r"\d{1,3}(?:\.\d{1,8})?", text) else None
        if value is None or not least <= value <= most:
            faults[name] = "degrees"
        else:
            found.append(value)
    return (found[0], found[1]) if len(found) == 2 else None


def form_of(event: JobEvent) -> dict[str, str]:
    """The fields of a form that say what an event says."""
    first, last = (at_.astimezone(at(at_.date()).tzinfo) for at_ in (event.starts_at, event.ends_at))
    said = {name: str(getattr(event, name)) for name in ("kind", *MOST)}
    numbers = {name: getattr(event, name) for name in ("seats", "latitude", "longitude")}
    said |= {name: "" if value is None else str(value) for name, value in numbers.items()}
    said |= {"day": f"{first:%d/%m/%Y}", "begin": f"{first:%H:%M}", "end": f"{last:%H:%M}"}
    return said | {"last_day": "" if last.date() == first.date() else f"{last:%d/%m/%Y}"}


async def find(storage: Storage, number: int) -> Announced:
    """An event by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        found = await uow.events.get(number)
    if found is None:
        raise NotFoundError("no such event", where=str(number))
    return found


async def announce(storage: Storage, locality: str, event: JobEvent, acting: Acting) -> int | None:
    """Keep an event as a draft; its number, None for a form that was sent before. Raises NotAllowedError."""
    await _demand(storage, locality, Right.WRITE_CAMPAIGNS, f"events:{locality}", acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return None
        number = await uow.events.add(locality, event, by=acting.officer, now=acting.now)
        await uow.audit.append([_entry("made", number, acting)])
        await uow.commit()
    return number


async def change(storage: Storage, one: Announced, event: JobEvent, acting: Acting, seen: int) -> None:
    """Write it anew: a draft at once, what people see already only when a second person says so.

    Raises NotAllowedError, and StaleError where it is not as it was seen.
    """
    await _demand(storage, one.locality, Right.WRITE_CAMPAIGNS, _subject(one.id), acting)
    draft = one.state is EventState.DRAFT
    values = {"event" if draft else "proposed": event, "written_by": acting.officer}
    await _step(storage, one, acting, seen, "changed" if draft else "proposed", **values)


async def take_back(storage: Storage, one: Announced, acting: Acting, seen: int) -> None:
    """A change that waits is not made. Raises NotAllowedError, StaleError."""
    await _demand(storage, one.locality, Right.WRITE_CAMPAIGNS, _subject(one.id), acting)
    if one.proposed is None:
        raise _stale(one)
    await _step(storage, one, acting, seen, "taken-back", proposed=None)


async def verify(storage: Storage, one: Announced, acting: Acting, seen: int) -> None:
    """Say that it is so, or that the change is; never of what one has written oneself. Who signed up hears of it.

    Raises NotAllowedError, StaleError, and WrongFigureError where its day has passed.
    """
    right, subject = Right.APPROVE_CAMPAIGNS, _subject(one.id)
    known = await _demand(storage, one.locality, right, subject, acting)
    authors = [one.written_by, *([one.created_by] if one.state is EventState.DRAFT else [])]
    await demand_another(
        storage, authors, acting.officer, registered=known is not None, subject=subject, now=acting.now
    )
    event = one.proposed or one.event
    if event.starts_at <= acting.now:
        raise WrongFigureError({"day": "past"})
    if one.state is not EventState.DRAFT and one.proposed is None:
        raise _stale(one)
    sequence = one.sequence + (one.state is not EventState.DRAFT)
    values: dict[str, Any] = {"state": EventState.VERIFIED, "event": event, "proposed": None, "sequence": sequence}
    values |= {"verified_by": acting.officer, "changed_at": acting.now}
    await _step(storage, one, acting, seen, "verified", **values)


async def cancel(storage: Storage, one: Announced, why: str, acting: Acting, seen: int) -> None:
    """It is not held; who signed up hears so. Raises NotAllowedError, StaleError, WrongFigureError without a reason."""
    await _demand(storage, one.locality, Right.CONTROL_CAMPAIGNS, _subject(one.id), acting)
    if not 0 < len(why.strip()) <= MOST_WHY:
        raise WrongFigureError({"why": "long" if why.strip() else "empty"})
    values: dict[str, Any] = {
        "state": EventState.CANCELLED,
        "proposed": None,
        "sequence": one.sequence + 1,
        "why": why.strip(),
    }
    values |= {"cancelled_by": acting.officer, "changed_at": acting.now}
    await _step(storage, one, acting, seen, "cancelled", **values)


async def check_in(storage: Storage, one: Announced, who: Collection[int], acting: Acting) -> None:
    """These numbers came, and nobody else.

    Raises NotAllowedError, and StaleError before its hour or where it is not held.
    """
    await _demand(storage, one.locality, Right.CONTROL_CAMPAIGNS, _subject(one.id), acting)
    if not may_check_in(one, acting.now):
        raise _stale(one)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        new, gone = await uow.events.came(one.id, who, by=acting.officer, now=acting.now)
        if new or gone:
            await uow.audit.append([_entry("checked-in", one.id, acting, came=new, not_came=gone)])
        await uow.commit()


async def walked_in(storage: Storage, one: Announced, typed: str, acting: Acting, *, seen: str) -> None:
    """So many came without having signed up, as a number: nobody is written down, so nobody need agree to it.

    Raises NotAllowedError, WrongFigureError, and StaleError before its hour or where somebody else noted another one.
    """
    await _demand(storage, one.locality, Right.CONTROL_CAMPAIGNS, _subject(one.id), acting)
    count = read_count(typed)
    if count is None or not 0 <= count <= MOST_SEATS:
        raise WrongFigureError({"walk_ins": "count"})
    before = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= 5 else -1
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if not may_check_in(one, acting.now) or not await uow.events.walked_in(one.id, count, seen=before):
            raise _stale(one)
        await uow.audit.append([_entry("walked-in", one.id, acting, walk_ins=count)])
        await uow.commit()


async def attendance(storage: Storage, one: Announced, *, officer: str, now: datetime) -> Sequence[Seat]:
    """Everybody who signed up, by their numbers; that somebody looked is in the log. Raises NotAllowedError."""
    acting = Acting(officer=officer, now=now)
    await _demand(storage, one.locality, Right.READ_LEDGER, _subject(one.id), acting)
    async with storage.write() as uow:
        found = await uow.events.seats(one.id)
        await uow.audit.append([_entry("list-read", one.id, acting, seats=len(found))])
        await uow.commit()
    return found


def may_check_in(one: Announced, now: datetime) -> bool:
    """Whether people may be there: from an hour before it begins."""
    return one.state is EventState.VERIFIED and one.event.starts_at - EARLY <= now


async def _step(storage: Storage, one: Announced, acting: Acting, seen: int, act: str, **values: Any) -> None:
    """The one transaction of an act: the form, the event, the log, and what those who signed up will read."""
    over = one.standing(acting.now) in (EventStanding.CANCELLED, EventStanding.OVER)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if over or one.version != seen or not await uow.events.step(one, **values):
            raise _stale(one)
        if values.get("state") is EventState.CANCELLED:
            await _call_off(uow, one, acting.now)
        elif (after := values.get("event")) is not None and one.state is EventState.VERIFIED:
            await _tell(uow, one, after, acting.now)
        await uow.audit.append([_entry(act, one.id, acting)])
        await uow.commit()


async def _tell(uow: UnitOfWork, one: Announced, after: JobEvent, now: datetime) -> None:
    """Who signed up reads of another place or time once, and is reminded of the day as it is now."""
    if not after.moved(one.event):
        return
    evening = the_evening_before(after.starts_at, now)
    for seat in await uow.events.seats(one.id):
        rule, told = rule_of(REMINDED, one.id), rule_of(CHANGED, one.id)
        await uow.reminders.plan(seat.contact_id, rule, [evening] if evening else [], about=after.starts_at, now=now)
        # Of two changes within a minute the second is told alone: what waits is said in the words of its moment.
        await uow.reminders.call_off(seat.contact_id, Gone.CHANGED, told)
        await uow.reminders.plan(seat.contact_id, told, [now], about=after.starts_at, now=now)


async def _call_off(uow: UnitOfWork, one: Announced, now: datetime) -> None:
    for seat in await uow.events.seats(one.id):
        for name in (REMINDED, CHANGED):
            await uow.reminders.call_off(seat.contact_id, Gone.CALLED_OFF, rule_of(name, one.id))
        await uow.reminders.plan(seat.contact_id, rule_of(OFF, one.id), [now], about=one.event.starts_at, now=now)


async def _demand(storage: Storage, locality: str, right: Right, subject: str, acting: Acting) -> object:
    return await demand(storage, acting.officer, right, localities=[locality], subject=subject, now=acting.now)


def _stale(one: Announced) -> StaleError:
    return StaleError("it was changed meanwhile, or is over", where=_subject(one.id), mend="look at it again")


def _subject(number: int) -> str:
    return f"event:{number}"


def _entry(act: str, number: int, acting: Acting, **detail: int) -> AuditEntry:
    actor = f"officer:{acting.officer}"
    return AuditEntry(at=acting.now, actor=actor, action=f"event.{act}", subject=_subject(number), detail=dict(detail))
