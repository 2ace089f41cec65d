"""Reports on a place and a period: for whom, what they hold, and what of it leaves the house as a file."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from content.catalogue import Catalogue
from core.monitoring import Found, Rows, Wanted, WorkFigure, WorkRow, counted
from core.officers import Officer, Right
from core.periods import Period
from core.records import AuditEntry
from core.report import Told, tell
from core.storage import Storage, UnitOfWork
from handlers.campaigning import guarded
from handlers.permission import demand
from handlers.tallying import hamlet_named


async def found(storage: Storage, content: Catalogue, wanted: Wanted, *, officer: str, now: datetime) -> Found:
    """All that a report tells, of one moment. Raises NotAllowedError where these totals are not theirs."""
    who = await _allowed(storage, wanted, officer, now)
    async with storage.read() as uow:
        return await _gathered(uow, content, wanted, who, now)


async def filed(
    storage: Storage, content: Catalogue, wanted: Wanted, *, kind: str, officer: str, now: datetime
) -> tuple[Found, Rows | None]:
    """The same for a file, which the log remembers; with the rows it counts where they may see who asked what.

    None in place of rows: the file has no sheets of them. Raises NotAllowedError.
    """
    who = await _allowed(storage, wanted, officer, now)
    open_to = who is None or may_see_rows(who, wanted.places)
    async with storage.read() as uow:
        gathered = await _gathered(uow, content, wanted, who, now)
        rows = await _rows(uow, wanted, now) if open_to else None
    entry = AuditEntry(
        at=now, actor=f"officer:{officer}", action="report.filed", subject=wanted.subject, detail={"kind": kind}
    )
    async with storage.write() as uow:
        await uow.audit.append([entry])
        await uow.commit()
    return gathered, rows


async def work_rows(
    storage: Storage, wanted: Wanted, figure: WorkFigure, *, officer: str, now: datetime
) -> Sequence[WorkRow]:
    """The rows that one figure of work and training counts. Raises NotAllowedError where they are not theirs."""
    await demand(storage, officer, Right.READ_QUESTIONS, localities=wanted.places, subject=wanted.subject, now=now)
    async with storage.read() as uow:
        found = await uow.monitor.work_rows(wanted.places, wanted.period)
    return [one for one in found if figure in one.counts]


def may_see_rows(who: Officer, places: Sequence[str]) -> bool:
    """Whether somebody may see the single questions behind the figures of these places, and so all of their rows."""
    return who.may(Right.READ_QUESTIONS, localities=places)


async def _allowed(storage: Storage, wanted: Wanted, officer: str, now: datetime) -> Officer | None:
    return await demand(storage, officer, Right.READ_TOTALS, localities=wanted.places, subject=wanted.subject, now=now)


async def _rows(uow: UnitOfWork, wanted: Wanted, now: datetime) -> Rows:
    return Rows(
        people=await uow.monitor.person_rows(wanted.places, wanted.period, now),
        work=await uow.monitor.work_rows(wanted.places, wanted.period),
    )


async def _gathered(uow: UnitOfWork, content: Catalogue, wanted: Wanted, who: Officer | None, now: datetime) -> Found:
    places, period = wanted.places, wanted.period
    await uow.monitor.one_moment()
    people = await uow.monitor.people(places, period, now)
    questions = await uow.monitor.questions(places, period, partial(hamlet_named, content))
    notices, elsewhere = await _notices(uow, places, period, who)
    months = period.months
    checks = await uow.tally.totals(locality=places[0] if len(places) == 1 else None, since=months[0], until=months[-1])
    return Found(
        wanted=wanted,
        now=now,
        people=people,
        questions=tuple(questions),
        notices=notices,
        elsewhere=elsewhere,
        checks=tuple(one for one in checks if one.locality in places),
        work=await uow.monitor.work(places, period),
        reported=tuple(await uow.progress.published(places[0])) if len(places) == 1 else (),
    )


async def _notices(
    uow: UnitOfWork, places: Sequence[str], period: Period, who: Officer | None
) -> tuple[tuple[Told, ...], int]:
    """Notices for these places alone; and how many of those they may look at went to others as well."""
    told, elsewhere = [], 0
    for one, effects, stopped in await uow.monitor.notices(period):
        goes_to = one.notice.localities
        if who is not None and not who.may(Right.READ_CAMPAIGNS, localities=goes_to):
            continue
        if goes_to and goes_to <= set(places):
            told.append(tell(counted(one, effects, stopped), guarded=guarded(one.notice)))
        else:
            elsewhere += not goes_to or bool(goes_to & set(places))
    return tuple(told), elsewhere
