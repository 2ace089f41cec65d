"""What officers do with the labour survey: enter and change households, put lists in, say whose was told in chats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from content.labour_list import MOST_HAMLET, code_fault
from core.caps import LOCAL
from core.errors import NotFoundError, StaleError
from core.labour import By, Home, HomeFacts, HomeShow, HomeStatus, LabourCounts, Told, Workers, Written
from core.officers import Right
from core.private import holds_twelve
from core.records import AuditEntry
from core.storage import Storage
from handlers.permission import demand
from handlers.reported import Acting, WrongFigureError, day_fault, read_day

COUNTS = ("adults", "stable", "unstable", "seeking")
MOST = 20_000  # households of a place that are written out


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A household as an officer types it."""

    code: str
    hamlet: str
    status: str
    as_of: str
    counts: Mapping[str, str] = field(repr=False)  # by COUNTS; all empty: not known

    def facts(self, acting: Acting) -> HomeFacts:
        """As it is kept. Raises WrongFigureError, by field."""
        faults = {"code": code_fault(self.code), "hamlet": _hamlet_fault(self.hamlet)}
        faults["status"] = "" if self.status in set(HomeStatus) else "empty"
        workers: Workers | None = None
        said = {name: self.counts.get(name, "").strip() for name in COUNTS}
        day: date | None = None
        if any(said.values()):
            wrong = {name: "number" for name, value in said.items() if not (value.isascii() and value.isdecimal())}
            wrong |= {name: "number" for name, value in said.items() if len(value) > 2}
            if not wrong:
                workers = Workers(**{name: int(value) for name, value in said.items()})
                wrong = workers.faults()
            faults |= {**wrong, "as_of": day_fault(self.as_of, acting.now)}
            day = read_day(self.as_of)
        if found := {name: fault for name, fault in faults.items() if fault}:
            raise WrongFigureError(found)
        hamlet = " ".join(self.hamlet.split())
        return HomeFacts(
            code=self.code.strip(), hamlet=hamlet, status=HomeStatus(self.status), workers=workers, as_of=day
        )


def _hamlet_fault(typed: str) -> str:
    said = typed.strip()
    if holds_twelve(said):
        return "number"
    return "empty" if not said else "long" if len(said) > MOST_HAMLET or said[0] in "=+@-" else ""


async def demand_write(storage: Storage, place: str, acting: Acting) -> None:
    """Raises NotAllowedError where this officer may not change the survey of a place."""
    subject = f"labour:{place}"
    await demand(storage, acting.officer, Right.WRITE_LABOUR, localities=[place], subject=subject, now=acting.now)


async def put_in(storage: Storage, place: str, homes: Sequence[HomeFacts], acting: Acting, *, file: str) -> Written:
    """Keep a list, all in one transaction. Of a form that was sent before nothing is kept. Raises NotAllowedError."""
    await demand_write(storage, place, acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return Written()
        done = await uow.labour.write(place, homes, By(name=acting.officer, how="imported"), acting.now)
        detail: dict[str, str | int | None] = {"new": done.new, "changed": done.changed, "file": file[:80]}
        await uow.audit.append([_entry("labour.imported", f"labour:{place}", acting, detail)])
        await uow.commit()
    return done


async def enter(storage: Storage, place: str, typed: Typed, acting: Acting) -> int:
    """A household that is not in the list yet; gives its number, 0 for a form that was sent before.

    Raises NotAllowedError, WrongFigureError: for what is missing, and for a code that is known ("known").
    """
    await demand_write(storage, place, acting)
    facts = typed.facts(acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return 0
        if await uow.labour.find(place, facts.code) is not None:
            raise WrongFigureError({"code": "known"})
        await uow.labour.write(place, [facts], By(name=acting.officer), acting.now)
        home = await uow.labour.find(place, facts.code)
        assert home is not None  # noqa: S101 -- it was written just now
        await uow.audit.append([_entry("labour.entered", f"labour:{home.id}", acting, {})])
        await uow.commit()
    return home.id


async def change(storage: Storage, home: Home, typed: Typed, acting: Acting, *, seen: int) -> None:
    """Other facts of a household. A form that was sent before changes nothing.

    Raises NotAllowedError, WrongFigureError, StaleError where it is not as it was seen.
    """
    await demand_write(storage, home.locality, acting)
    facts = typed.facts(acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        changed = home.version == seen and await uow.labour.change(home, facts, By(name=acting.officer), acting.now)
        if not changed:
            raise StaleError("it was changed meanwhile", where=f"labour:{home.id}", mend="look at it again")
        await uow.audit.append([_entry("labour.changed", f"labour:{home.id}", acting, {})])
        await uow.commit()


async def adopt(storage: Storage, told: Told, code: str, status: str, acting: Acting) -> None:
    """What somebody told is of the household of this code. A form that was sent before changes nothing.

    Raises NotAllowedError, WrongFigureError, StaleError where somebody else did it.
    """
    await demand_write(storage, told.locality, acting)
    faults = {"code": code_fault(code), "status": "" if status in set(HomeStatus) else "empty"}
    if wrong := {name: fault for name, fault in faults.items() if fault}:
        raise WrongFigureError(wrong)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        home = await uow.labour.find(told.locality, code.strip())
        hamlet = home.hamlet if home is not None else told.hamlet or "chưa rõ"
        facts = HomeFacts(
            code=code.strip(),
            hamlet=hamlet,
            status=home.status if home is not None else HomeStatus(status),
            workers=told.workers,
            as_of=told.at.astimezone(LOCAL).date(),
        )
        if not await uow.labour.adopt(told, facts, By(name=acting.officer), acting.now):
            raise StaleError("somebody else did it", where=f"told:{told.id}", mend="look at it again")
        await uow.audit.append([_entry("labour.adopted", f"labour:{told.locality}:{code.strip()}", acting, {})])
        await uow.commit()


async def find(storage: Storage, number: int) -> Home:
    """A household by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.labour.get(number)
    if one is None:
        raise NotFoundError("no such household", where=str(number))
    return one


async def find_told(storage: Storage, number: int) -> Told:
    """What was told of a household. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.labour.one_told(number)
    if one is None:
        raise NotFoundError("nothing was told under this number", where=str(number))
    return one


async def written_out(storage: Storage, place: str, acting: Acting) -> Sequence[Home]:
    """Every household of a place, as they were put in; it leaves an entry in the log. Raises NotAllowedError."""
    subject = f"labour:{place}"
    await demand(storage, acting.officer, Right.READ_LABOUR, localities=[place], subject=subject, now=acting.now)
    async with storage.write() as uow:
        homes, _ = await uow.labour.page(place, HomeShow.ALL, limit=MOST)
        await uow.audit.append([_entry("labour.exported", subject, acting, {"homes": len(homes)})])
        await uow.commit()
    return homes


def together(counts: Mapping[str, LabourCounts]) -> LabourCounts:
    """All hamlets as one."""
    names = LabourCounts.__dataclass_fields__
    return LabourCounts(**{name: sum(getattr(one, name) for one in counts.values()) for name in names})


def share(part: int, whole: int) -> Decimal | None:
    """Percent, to a tenth; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def _entry(action: str, subject: str, acting: Acting, detail: Mapping[str, str | int | None]) -> AuditEntry:
    return AuditEntry(
        at=acting.now, actor=f"officer:{acting.officer}", action=action, subject=subject, detail=dict(detail)
    )
