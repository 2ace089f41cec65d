"""What officers do with series: one proposes, another approves all of it, and either takes a post out or stops it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from content.catalogue import Catalogue
from content.series.proposing import LeftOut, propose
from content.series.schema import Series
from core.campaigns import LONGEST_TEXT
from core.caps import LOCAL
from core.console_storage import Once
from core.errors import ChungTayError, NotFoundError, StaleError
from core.officers import Right
from core.records import AuditEntry
from core.schedules import (
    SCHEDULE_STEPS,
    Occurrence,
    OccurrenceState,
    Schedule,
    ScheduleState,
    ScheduleStep,
    Skipped,
)
from core.storage import Storage, UnitOfWork
from handlers.permission import demand, demand_another, demand_somewhere

RIGHTS = {
    ScheduleStep.SUBMIT: Right.WRITE_CAMPAIGNS,
    ScheduleStep.APPROVE: Right.APPROVE_CAMPAIGNS,
    ScheduleStep.STOP: Right.CONTROL_CAMPAIGNS,
}
_COUNTS = (ScheduleState.SUBMITTED, ScheduleState.APPROVED)  # of whose posts the others take account


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be proposed, and where."""

    series: str
    locality: str
    first: date
    last: date
    begins: date | None = None  # the day an officer names


async def proposed(
    storage: Storage, content: Catalogue, asked: Asked, *, officer: str, now: datetime, once: Once | None = None
) -> tuple[Schedule, Sequence[LeftOut]]:
    """Make a draft of a series at a place; a page's form makes one only.

    Raises NotFoundError, NotAllowedError, StaleError where this form made one already, and ChungTayError saying what.
    """
    series = _series(content, asked)
    where = f"{asked.series} in {asked.locality}"
    await demand(storage, officer, Right.WRITE_CAMPAIGNS, localities=[asked.locality], subject="schedules", now=now)
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            raise StaleError("this form was sent before", where=where, mend="look at the list")
        known = [one for one in await uow.schedules.list(*_COUNTS) if one.locality == asked.locality]
        taken = [
            each.due_at.astimezone(LOCAL).date()
            for one in known
            for each in one.occurrences
            if one.series != series.id and each.state is not OccurrenceState.SKIPPED
        ]
        try:
            posts, out = propose(
                content,
                series,
                asked.locality,
                asked.first,
                asked.last,
                begins=asked.begins,
                taken=taken,
                after=_last(known, series.id, asked.first),
            )
        except ValueError as error:
            raise ChungTayError(str(error), where=where, mend="name it: --begins YYYY-MM-DD") from None
        posts = [one for one in posts if one.due_at > now]
        if not posts:
            raise ChungTayError("no post is due between these days", where=where, mend="see: chungtay series show")
        number = await uow.schedules.add(series.id, asked.locality, posts, by=officer, now=now)
        await uow.audit.append([_entry(number, "proposed", officer, now)])
        await uow.commit()
    return await find(storage, str(number)), out


def _series(content: Catalogue, asked: Asked) -> Series:
    known = content.series(locality=asked.locality)
    if asked.series not in known:
        raise NotFoundError(f'no series "{asked.series}"', mend="there are: " + ", ".join(sorted(known)))
    return known[asked.series]


def _last(known: Sequence[Schedule], series: str, first: date) -> str | None:
    """The post of a segment that goes last before a day: the next one begins after it."""
    before = [
        each
        for one in known
        for each in one.occurrences
        if one.series == series
        and each.state is not OccurrenceState.SKIPPED
        and each.due_at.astimezone(LOCAL).date() < first
    ]
    return max(before, key=lambda each: each.due_at).post if before else None


async def find(storage: Storage, key: str) -> Schedule:
    """A schedule by its number. Raises NotFoundError."""
    number = int(key) if key.isascii() and key.isdecimal() and len(key) <= 18 else 0
    async with storage.read() as uow:
        found = await uow.schedules.get(number)
    if found is None:
        raise NotFoundError("no such schedule", where=key, mend="see: chungtay schedule list")
    return found


async def look(storage: Storage, key: str, *, officer: str, now: datetime) -> Schedule:
    """A schedule, for somebody who may look at it. Raises NotFoundError, NotAllowedError."""
    one = await find(storage, key)
    await demand(storage, officer, Right.READ_CAMPAIGNS, localities=[one.locality], subject=_subject(one), now=now)
    return one


async def listed(storage: Storage, *, officer: str, now: datetime) -> Sequence[Schedule]:
    """Those of the places where somebody may look at campaigns, the newest first. Raises NotAllowedError."""
    known = await demand_somewhere(storage, officer, Right.READ_CAMPAIGNS, subject="schedules", now=now)
    async with storage.read() as uow:
        found = await uow.schedules.list()
    return [one for one in found if known is None or known.may(Right.READ_CAMPAIGNS, localities=[one.locality])]


async def take(
    storage: Storage,
    one: Schedule,
    step: ScheduleStep,
    *,
    officer: str,
    now: datetime,
    seen: str | None = None,
    once: Once | None = None,
) -> Schedule:
    """Take a step with a schedule; from a page with the hash of what was seen there, and the form, which counts once.

    Raises NotAllowedError, StaleError where it is not as it was seen, and ChungTayError where it stands elsewhere.
    """
    subject, where = _subject(one), f"schedule {one.id}"
    known = await demand(storage, officer, RIGHTS[step], localities=[one.locality], subject=subject, now=now)
    if step is ScheduleStep.APPROVE:
        await demand_another(storage, authors_of(one), officer, registered=known is not None, subject=subject, now=now)
    after = SCHEDULE_STEPS[step].get(one.state)
    if after is None:
        allowed = ", ".join(state.value for state in SCHEDULE_STEPS[step])
        raise ChungTayError(f"is {one.state}: {step} is for one that is {allowed}", where=where)
    along: dict[str, Any] = {}
    if step is ScheduleStep.SUBMIT:
        along = {"submitted_by": officer}
    elif step is ScheduleStep.APPROVE:
        along = {"approved_by": officer, "approved_at": now, "approved_hash": one.hash()}
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            return await find(storage, str(one.id))
        there = await _held(uow, one)
        if there.hash() != (seen or one.hash()) or not await uow.schedules.step(one.id, one.state, after, **along):
            raise _stale(one)
        await uow.audit.append([_entry(one.id, step.value, officer, now, hash=one.hash())])
        await uow.commit()
    return await find(storage, str(one.id))


def authors_of(one: Schedule) -> Collection[str]:
    """Whoever proposed or submitted it, or wrote other words for a post: none of them approves it."""
    named = (one.created_by, one.submitted_by, *(each.edited_by for each in one.occurrences))
    return {name for name in named if name}


async def skip(
    storage: Storage, one: Schedule, post: str, *, officer: str, now: datetime, once: Once | None = None
) -> Schedule:
    """Take a post out: it is not sent. Less than what was approved needs no new approval. Raises as `reword`."""
    await demand(storage, officer, Right.CONTROL_CAMPAIGNS, localities=[one.locality], subject=_subject(one), now=now)
    which = _still_to_come(one, post)
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            return one
        if not await uow.schedules.skip(which.id, Skipped.OFFICER):
            raise _gone(one, post)
        await uow.audit.append([_entry(one.id, "skipped", officer, now, post=post)])
        await uow.commit()
    return await find(storage, str(one.id))


async def reword(
    storage: Storage,
    one: Schedule,
    post: str,
    texts: dict[str, str],
    *,
    officer: str,
    now: datetime,
    seen: str | None = None,
    once: Once | None = None,
) -> Schedule:
    """Other words for a post; the schedule is a draft again. `seen` is the hash of the post's notice, from a page.

    Raises NotFoundError, NotAllowedError, StaleError where the post has other words by now, ChungTayError.
    """
    await demand(storage, officer, Right.WRITE_CAMPAIGNS, localities=[one.locality], subject=_subject(one), now=now)
    which = _still_to_come(one, post)
    text = texts.get("vi", "").strip()
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise ChungTayError(f"has no 1 to {LONGEST_TEXT} characters", where=f"{post}, text")
    notice = replace(which.notice, text={lang: said.strip() for lang, said in texts.items() if said.strip()})
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            return one
        there = await _held(uow, one)  # first, as the firing does: two that hold in another order would wait for ever
        if {each.id: each.notice.hash() for each in there.occurrences}[which.id] != (seen or which.notice.hash()):
            raise _stale(one)
        await _draft_again(uow, there)
        if not await uow.schedules.reword(which.id, notice, officer):
            raise _gone(one, post)
        await uow.audit.append([_entry(one.id, "reworded", officer, now, post=post)])
        await uow.commit()
    return await find(storage, str(one.id))


async def _draft_again(uow: UnitOfWork, one: Schedule) -> None:
    if one.state is ScheduleState.DRAFT:
        return
    if not await uow.schedules.step(one.id, one.state, ScheduleState.DRAFT, approved_hash=None):
        raise _stale(one)


async def _held(uow: UnitOfWork, one: Schedule) -> Schedule:
    """The schedule as it is now; nobody else changes it before the end of the transaction."""
    await uow.schedules.hold(one.id)
    return await uow.schedules.get(one.id) or one


def _stale(one: Schedule) -> StaleError:
    return StaleError("somebody else changed it a moment ago", where=f"schedule {one.id}", mend="look again")


def _still_to_come(one: Schedule, post: str) -> Occurrence:
    if one.state is ScheduleState.STOPPED:
        raise ChungTayError("is stopped", where=f"schedule {one.id}", mend="propose it anew")
    named = [each for each in one.occurrences if post in (each.post, str(each.id))]
    if not named:
        raise NotFoundError(f'no post "{post}"', where=f"schedule {one.id}", mend="see: chungtay schedule show")
    coming = [each for each in named if each.state is OccurrenceState.PLANNED]
    if not coming:
        raise _gone(one, post)
    return coming[0]


def _subject(one: Schedule) -> str:
    return f"schedule:{one.id}"


def _gone(one: Schedule, post: str) -> ChungTayError:
    return ChungTayError(f'the post "{post}" was sent or left out already', where=f"schedule {one.id}")


def _entry(schedule: int, action: str, officer: str, now: datetime, **detail: str) -> AuditEntry:
    return AuditEntry(
        at=now,
        actor=f"officer:{officer}",
        action=f"schedule.{action}",
        subject=f"schedule:{schedule}",
        detail=detail,
    )
