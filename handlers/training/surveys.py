"""What officers do with surveys of what people wish to learn: begin one between two days, and end it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.caps import LOCAL
from core.errors import NotFoundError, StaleError
from core.officers import Right
from core.records import AuditEntry
from core.storage import Storage
from core.surveys import Survey
from handlers.permission import demand
from handlers.reported import Acting, WrongFigureError, read_day

READ, ACT = Right.READ_TOTALS, Right.CONTROL_CAMPAIGNS
LONGEST = timedelta(days=120)  # a survey: a longer one is a slip of the keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The first and the last day of a survey as they were typed."""

    first: str
    last: str

    def read(self, today: date) -> tuple[date, date]:
        """What they mean. Raises WrongFigureError."""
        first, last = read_day(self.first), read_day(self.last)
        faults: dict[str, str] = {}
        if first is None or first < today:
            faults["first"] = "day" if first is None else "past"
        if last is None or (first is not None and last < first):
            faults["last"] = "day" if last is None else "before"
        elif first is not None and last - first > LONGEST:
            faults["last"] = "far"
        if faults or first is None or last is None:
            raise WrongFigureError(faults)
        return first, last


async def find(storage: Storage, number: int) -> Survey:
    """A survey by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.surveys.get(number)
    if one is None:
        raise NotFoundError("no such survey", where=str(number))
    return one


async def begin(storage: Storage, locality: str, days: Days, acting: Acting) -> int | None:
    """Begin one; its number, None where the form was sent before.

    Raises NotAllowedError, WrongFigureError, StaleError where the place has another on one of these days.
    """
    subject = f"locality:{locality}"
    await demand(storage, acting.officer, ACT, localities=[locality], subject=subject, now=acting.now)
    first, last = days.read(acting.now.astimezone(LOCAL).date())
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return None
        number = await uow.surveys.add(locality, first, last, by=acting.officer, now=acting.now)
        if number is None:
            raise StaleError("has another survey on one of these days", where=subject)
        detail = {"first": first.isoformat(), "last": last.isoformat()}
        await uow.audit.append([_entry("survey.begun", number, acting, detail)])
        await uow.commit()
    return number


async def end(storage: Storage, one: Survey, acting: Acting) -> None:
    """Nobody can answer from now on; what was answered stays. Raises NotAllowedError, StaleError."""
    subject = f"survey:{one.id}"
    await demand(storage, acting.officer, ACT, localities=[one.locality], subject=subject, now=acting.now)
    yesterday = acting.now.astimezone(LOCAL).date() - timedelta(days=1)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if one.last <= yesterday or not await uow.surveys.end(one, yesterday):
            raise StaleError("is over", where=subject)
        await uow.audit.append([_entry("survey.ended", one.id, acting, {})])
        await uow.commit()


def _entry(action: str, number: int, acting: Acting, detail: Mapping[str, str]) -> AuditEntry:
    return AuditEntry(
        at=acting.now,
        actor=f"officer:{acting.officer}",
        action=action,
        subject=f"survey:{number}",
        detail=dict(detail),
    )
