"""Whether somebody may do something: asked before each act of an officer, and written down where it is refused."""

from collections.abc import Collection
from datetime import datetime

from core.errors import NotAllowedError
from core.officers import OPERATOR, ROLE_RIGHTS, Officer, Right, Role
from core.storage import AuditEntry, Storage, UnitOfWork


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
    async with storage.write() as uow:
        officer, why = await _found(uow, name)
        if officer is not None and not why and not officer.may(right, localities=localities, office=office):
            why = _lacks(right, localities)
        if not why:
            return officer
        detail = {"right": right.value, "localities": ",".join(sorted(localities)) or None}
        await uow.audit.append(
            [AuditEntry(at=now, actor=f"officer:{name}", action="refused", subject=subject or right, detail=detail)]
        )
        await uow.commit()
    raise NotAllowedError(why, where=name, mend="see: chungtay officer list")


async def _found(uow: UnitOfWork, name: str) -> tuple[Officer | None, str]:
    if name == OPERATOR:
        return None, ""
    officer = await uow.officers.find(name)
    if officer is None:
        return None, "no such officer" if await uow.officers.any() else ""
    return officer, "does not act here any more" if officer.retired_at is not None else ""


def _lacks(right: Right, localities: Collection[str]) -> str:
    roles = ", ".join(role.value for role in Role if right in ROLE_RIGHTS[role])
    return f"may not do this ({right.value}) in {', '.join(sorted(localities)) or 'all places'}: it takes {roles}"
