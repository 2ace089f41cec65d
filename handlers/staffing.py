"""Who acts here: roles given and taken away, and who acts here no longer; by an administrator of those places."""

from collections.abc import Collection, Sequence
from datetime import datetime

from core.console_storage import Once
from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.officers import OPERATOR, Grant, Officer, Right
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from handlers.permission import demand


def manages(officer: Officer, other: Officer) -> bool:
    """Whether one may see to the other's access: in all places where the other has a role."""
    return officer.may(Right.MANAGE_OFFICERS, localities=_places(other))


def _places(one: Officer) -> Collection[str]:
    """Where somebody has a role; empty for the whole installation, as for somebody without any."""
    places = {grant.locality for grant in one.grants}
    return () if "" in places else places


async def give(
    storage: Storage, name: str, grants: Sequence[Grant], *, by: str, now: datetime, once: Once | None = None
) -> Officer:
    """Add an officer, or other roles of one who is there, or who left. A page's form counts once.

    Raises NotAllowedError, ChungTayError for a name that nobody may have, StaleError where the form was sent before.
    """
    if name == OPERATOR:
        raise ChungTayError("is the one who has the machine", where=name, mend="choose another name")
    await _demand(storage, by, grants, now)
    async with storage.write() as uow:
        await _count(uow, once, name, now)
        known = await uow.officers.find(name)
        if known is not None and known.retired_at is not None:
            await _demand_manager(uow, by, known)
            await uow.officers.retire(known.id, None)
        number = known.id if known is not None else await uow.officers.add(name, now)
        await uow.officers.grant(number, grants)
        await uow.audit.append(_entries("officer.granted", by, number, grants, now))
        await uow.commit()
    return await find(storage, name)


async def take_away(
    storage: Storage, name: str, grants: Sequence[Grant], *, by: str, now: datetime, once: Once | None = None
) -> Officer:
    """Take roles away. Raises as `give`, and NotFoundError."""
    await _demand(storage, by, grants, now)
    known = await find(storage, name)
    async with storage.write() as uow:
        await _count(uow, once, name, now)
        await uow.officers.revoke(known.id, grants)
        await uow.audit.append(_entries("officer.revoked", by, known.id, grants, now))
        await uow.commit()
    return await find(storage, name)


async def retire(storage: Storage, name: str, *, by: str, now: datetime, once: Once | None = None) -> None:
    """Say that somebody acts here no longer; what they did stays in the log. Raises as `take_away`."""
    known = await find(storage, name)
    subject = f"officer:{known.id}"
    await demand(storage, by, Right.MANAGE_OFFICERS, localities=_places(known), subject=subject, now=now)
    async with storage.write() as uow:
        await _count(uow, once, name, now)
        await uow.officers.retire(known.id, now)
        await uow.audit.append([_entry("officer.retired", by, known.id, now)])
        await uow.commit()


async def find(storage: Storage, name: str) -> Officer:
    """An officer by name. Raises NotFoundError."""
    async with storage.read() as uow:
        found = await uow.officers.find(name)
    if found is None:
        raise NotFoundError("no such officer", where=name, mend="see: chungtay officer list")
    return found


async def _demand(storage: Storage, by: str, grants: Sequence[Grant], now: datetime) -> None:
    places = {one.locality for one in grants}
    localities = () if "" in places else places
    await demand(storage, by, Right.MANAGE_OFFICERS, localities=localities, subject="officers", now=now)


async def _demand_manager(uow: UnitOfWork, by: str, other: Officer) -> None:
    """Whoever left comes back with all roles: only who manages all of those places brings them back."""
    officer = await uow.officers.find(by)
    if officer is not None and not manages(officer, other):
        raise NotAllowedError("left, and had roles in places that you do not manage", where=other.name)


async def _count(uow: UnitOfWork, once: Once | None, name: str, now: datetime) -> None:
    if once is not None and not await uow.forms.claim(once, now):
        raise StaleError("this form was sent before", where=name, mend="look at the list")


def _entries(action: str, by: str, officer: int, grants: Sequence[Grant], now: datetime) -> list[AuditEntry]:
    told = ({"role": one.role.value, "locality": one.locality or None, "office": one.office or None} for one in grants)
    return [_entry(action, by, officer, now, **one) for one in told]


def _entry(action: str, by: str, officer: int, now: datetime, **detail: str | None) -> AuditEntry:
    return AuditEntry(at=now, actor=f"officer:{by}", action=action, subject=f"officer:{officer}", detail=detail)
