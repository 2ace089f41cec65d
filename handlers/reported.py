"""Figures of a place, entered by one officer and approved by another before anybody but officers reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from content.schema import Unit
from core.caps import LOCAL
from core.console_storage import Once
from core.errors import ChungTayError, NotFoundError, StaleError
from core.officers import Right
from core.progress import NewReported, Reported, Standing
from core.records import AuditEntry
from core.storage import Storage
from handlers.permission import demand, demand_another

MOST_WHY = 500  # characters of a reason
MOST_DOCUMENT = 300
OLDEST = date(2015, 1, 1)  # before the poverty standards of several dimensions nothing here can be compared
MOST = Decimal(10**9)  # people, households: more than the country has is a slip of the keys
WHOLE = (Unit.HOUSEHOLDS, Unit.PEOPLE, Unit.HOUSES)
# "1.240" and "97,5" as offices write, "97.5" as a calculator does.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,4})?")
_PLAIN = re.compile(r"\d{1,12}(?:[.,]\d{1,4})?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """By whom and when, and by which form where it came from a page."""

    officer: str
    now: datetime
    once: Once | None = None


class WrongFigureError(ChungTayError):
    """Figures that cannot be right. `faults` names for each field what is wrong."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {fault}" for field, fault in faults.items()), mend="mend these fields")
        self.faults = dict(faults)


def read_number(typed: str) -> Decimal | None:
    """A number as it is typed; None where it is none.

    >>> read_number("97,5"), read_number("1.240"), read_number("0.271"), read_number("12%"), read_number("mười")
    (Decimal('97.5'), Decimal('1240'), Decimal('0.271'), Decimal('12'), None)
    """
    text = typed.strip().removesuffix("%").strip()
    if _THOUSANDS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) and text.isascii() else None


def read_count(typed: str) -> int | None:
    """So many of something, as it is typed; None where it is no whole number.

    >>> read_count("40"), read_count("1.000"), read_count("1.5"), read_count("12%"), read_count("")
    (40, 1000, None, None, None)
    """
    value = None if "%" in typed else read_number(typed)
    return int(value) if value is not None and value == value.to_integral_value() else None


def read_day(typed: str) -> date | None:
    """A day as it is typed, "05/01/2027" or "2027-01-05"; None where it is none.

    >>> read_day("5/1/2027") == read_day("2027-01-05"), read_day("31/02/2027")
    (True, None)
    """
    found = _DAY.fullmatch(typed.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed.strip())
    except ValueError:
        return None


def number_fault(typed: str, unit: Unit) -> str:
    """What is wrong with a number of this unit: "empty", "number", "percent" or "whole"; empty: nothing."""
    value = read_number(typed)
    if not typed.strip():
        return "empty"
    if value is None or value > MOST:
        return "number"
    if unit is Unit.PERCENT and value > 100:
        return "percent"
    if unit in WHOLE and value != value.to_integral_value():
        return "whole"
    return ""


def day_fault(typed: str, now: datetime) -> str:
    """What is wrong with a day of the past: "empty", "day", "future" or "old"; empty: nothing."""
    day = read_day(typed)
    if not typed.strip():
        return "empty"
    if day is None:
        return "day"
    if day > now.astimezone(LOCAL).date():
        return "future"
    return "old" if day < OLDEST else ""


def document_fault(typed: str) -> str:
    """What is wrong with the name of a document: "empty" or "long"; empty: nothing."""
    text = typed.strip()
    return "empty" if not text else "long" if len(text) > MOST_DOCUMENT else ""


async def enter(storage: Storage, new: NewReported, acting: Acting, *, seen: int) -> int:
    """Enter figures, having seen those up to the number `seen`; gives their number, 0 for a form sent before.

    Raises NotAllowedError, and StaleError where somebody entered some about this meanwhile.
    """
    subject = f"figure:{new.locality}:{new.subject}"
    places = [new.locality]
    await demand(storage, acting.officer, Right.WRITE_FIGURES, localities=places, subject=subject, now=acting.now)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return 0
        last = next(iter(await uow.progress.history(new.locality, new.subject, 1)), None)
        number = None
        if last is None or last.id <= seen:
            number = await uow.progress.add(new, acting.officer, acting.now, after=last.nth if last else 0)
        if number is None:
            raise StaleError("somebody entered figures meanwhile", where=subject, mend="look again")
        detail = {name: str(value) for name, value in new.numbers.items()}
        detail |= {"as_of": new.as_of.isoformat(), "document": new.document}
        await uow.audit.append([_entry("figure.enter", subject, acting, detail={**detail, "number": number})])
        await uow.commit()
    return number


async def check(storage: Storage, number: int, to: Standing, acting: Acting, *, why: str = "") -> Reported:
    """Approve what somebody else entered, or return it with a reason.

    Raises NotFoundError, NotAllowedError, WrongFigureError without a reason, StaleError where somebody else did it.
    """
    one = await find(storage, number)
    subject, now = f"figure:{one.locality}:{one.subject}", acting.now
    right, places = Right.APPROVE_FIGURES, [one.locality]
    known = await demand(storage, acting.officer, right, localities=places, subject=subject, now=now)
    if to is Standing.APPROVED:
        authors, person = [one.entered_by], known is not None
        await demand_another(storage, authors, acting.officer, registered=person, subject=subject, now=now, right=right)
    why = why.strip()
    if to is Standing.RETURNED and not why:
        raise WrongFigureError({"why": "empty"})
    if len(why) > MOST_WHY:
        raise WrongFigureError({"why": "long"})
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, now):
            return one
        if not await uow.progress.step(number, to, acting.officer, now, why=why):
            raise StaleError("somebody checked it meanwhile", where=subject, mend="look again")
        action = "figure.approve" if to is Standing.APPROVED else "figure.return"
        await uow.audit.append([_entry(action, subject, acting, detail={"number": number})])
        await uow.commit()
    return await find(storage, number)


async def find(storage: Storage, number: int) -> Reported:
    """An entry by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.progress.get(number)
    if one is None:
        raise NotFoundError("no such figures", where=str(number))
    return one


def _entry(action: str, subject: str, acting: Acting, detail: Mapping[str, str | int | None]) -> AuditEntry:
    return AuditEntry(
        at=acting.now, actor=f"officer:{acting.officer}", action=action, subject=subject, detail=dict(detail)
    )
