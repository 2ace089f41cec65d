"""The labour market of a place in a quarter, for officers who may read its totals."""

from collections.abc import Mapping
from datetime import datetime, time

from content.catalogue import Catalogue
from core.caps import LOCAL
from core.labour_market import Counted, LabourPicture, picture_of, seats_by_group
from core.officers import Right
from core.periods import Period, PeriodKind, period_of, read_period
from core.storage import Storage, UnitOfWork
from handlers.permission import demand


def months_of(quarter: Period) -> list[datetime]:
    """The first moments of its months."""
    return [datetime.combine(read_period(month).first, time(), LOCAL) for month in quarter.months]


async def picture(
    storage: Storage, content: Catalogue, locality: str, quarter: Period, *, officer: str, now: datetime
) -> LabourPicture:
    """The picture of a quarter; the quarter before is counted as far as this one has come. Raises NotAllowedError."""
    await demand(storage, officer, Right.READ_TOTALS, localities=[locality], subject=f"labour:{locality}", now=now)
    async with storage.read() as uow:
        counted = await _counted(uow, locality, quarter, now)
    return picture_of(counted, content.trades.group_of, months_of(quarter))


async def _counted(uow: UnitOfWork, locality: str, quarter: Period, now: datetime) -> Counted:
    months, before = months_of(quarter), quarter.before
    until = before.ends if now >= quarter.ends else min(before.ends, before.begins + (now - quarter.begins))
    return Counted(
        vacancies=await uow.labour_market.vacancies(locality, quarter.begins, quarter.ends),
        before=await uow.labour_market.vacancies(locality, before.begins, until),
        seekers=await uow.labour_market.seekers(locality, months, quarter.ends, now),
        interest=await uow.labour_market.interest(locality, months, quarter.ends, now),
        looking=await uow.labour_market.looking(locality, now),
    )


async def needed(
    uow: UnitOfWork, group_of: Mapping[str, str], locality: str, now: datetime
) -> tuple[list[tuple[str, int]], int]:
    """Which trades need people this quarter: groups with seats, most first, and of how many offers."""
    quarter = period_of(now, PeriodKind.QUARTER)
    vacancies = await uow.labour_market.vacancies(locality, quarter.begins, quarter.ends)
    seats = {group: sum(counts) for group, counts in seats_by_group(vacancies, group_of, ()).items()}
    return sorted(seats.items(), key=lambda one: (-one[1], one[0])), len(vacancies)
