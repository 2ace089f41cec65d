"""Whether somebody may do something: asked before each act of an officer, and written down where it is refused."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.errors import NotAllowedError
from core.officers import OPERATOR, ROLE_RIGHTS, Officer, Right, Role
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from core.text import fold


async def demand(
    storage: Storage,
    name: str,
    right: Right,
    *,
    localities: Collection[str] = (),
    office: str = "",
    subject: str = "",
    now: datetime,
) -> Officer | None:
    """The officer of this name who may do this in all of these localities; without any, in the whole installation.

    None stands for whoever has the machine: the operator, and anybody while no officer was added yet. Raises
    NotAllowedError, and leaves an audit entry then.
    """
    return await _demand(
        storage,
        name,
        lambda officer: officer.may(right, localities=localities, office=office),
        refused=_Refused(right=right, localities=localities, subject=subject),
        now=now,
    )


async def demand_somewhere(storage: Storage, name: str, right: Right, *, subject: str, now: datetime) -> Officer | None:
    """The same of somebody who may do this in any place at all; the caller leaves out what is of other places."""
    refused = _Refused(right=right, localities=(), subject=subject, nowhere=True)
    return await _demand(storage, name, lambda officer: officer.may_somewhere(right), refused=refused, now=now)


async def demand_another(
    storage: Storage,
    authors: Iterable[str | None],
    officer: str,
    *,
    registered: bool,
    subject: str,
    now: datetime,
    right: Right = Right.APPROVE_CAMPAIGNS,
) -> None:
    """An approval is by a person, and never by an author, administrators included. Raises NotAllowedError."""
    why = ""
    if not registered:
        why = "an approval needs a person who was added: chungtay officer add NAME --role approver"
    elif fold(officer) in {fold(name) for name in authors if name}:
        why = "wrote it: another person must approve it"
    if not why:
        return
    detail = {"right": right.value, "why": "author" if registered else "nobody"}
    entry = AuditEntry(at=now, actor=f"officer:{officer}", action="refused", subject=subject, detail=detail)
    async with storage.write() as uow:
        await uow.audit.append([entry])
        await uow.commit()
    raise NotAllowedError(why, where=officer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refused:
    right: Right
    localities: Collection[str]
    subject: str
    nowhere: bool = False


async def _demand(
    storage: Storage, name: str, allowed: Callable[[Officer], bool], *, refused: _Refused, now: datetime
) -> Officer | None:
    async with storage.write() as uow:
        officer, why = await _found(uow, name)
        if officer is not None and not why and not allowed(officer):
            why = _lacks(refused)
        if not why:
            return officer
        detail = {"right": refused.right.value, "localities": ",".join(sorted(refused.localities)) or None}
        subject = refused.subject or refused.right
        entry = AuditEntry(at=now, actor=f"officer:{name}", action="refused", subject=subject, detail=detail)
        await uow.audit.append([entry])
        await uow.commit()
    raise NotAllowedError(why, where=name, mend="see: chungtay officer list")


async def _found(uow: UnitOfWork, name: str) -> tuple[Officer | None, str]:
    if name == OPERATOR:
        return None, ""
    officer = await uow.officers.find(name)
    if officer is None:
        return None, "no such officer" if await uow.officers.any() else ""
    return officer, "does not act here any more" if officer.retired_at is not None else ""


def _lacks(refused: _Refused) -> str:
    roles = ", ".join(role.value for role in Role if refused.right in ROLE_RIGHTS[role])
    where = "any place" if refused.nowhere else ", ".join(sorted(refused.localities)) or "all places"
    return f"may not do this ({refused.right.value}) in {where}: it takes {roles}"
