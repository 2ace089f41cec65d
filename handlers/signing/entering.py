"""Signing in, with a password and a second factor; and what each try leaves in the log.

A try counts as failed before it is looked at, so that a hundred at once are a hundred. A name that nobody has takes as
long as one that somebody has, and is locked in the same way. A browser in which the officer signed in before has a
count of its own (`handlers.signing.known`): trying a name keeps its officer out of unknown browsers only. While a lock
lasts nothing is looked at, and nothing is logged: whoever goes on trying must not be able to fill the log.
"""

from dataclasses import dataclass, field
from datetime import datetime

from core.officers import Officer
from core.records import AuditEntry
from core.signing import Credential
from core.storage import UnitOfWork
from core.text import fold
from handlers.signing.factors import read_recovery, step_shown
from handlers.signing.gate import Gate, hashed
from handlers.signing.known import limits_of

NOBODY = "nobody"  # who acts where no officer of that name is


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """What was typed, where."""

    name: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str = field(repr=False)
    browser: str
    before: str = field(default="", repr=False)  # the token of the session that this browser had
    known: str = field(default="", repr=False)  # what it keeps of who signed in there before


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """It was right."""

    token: str = field(repr=False)
    officer: Officer
    codes_left: int | None = None  # recovery codes, where one was used just now


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """It was not; nobody may try until then. None: at once."""

    until: datetime | None = None


async def sign_in(gate: Gate, typed: Try, *, now: datetime) -> Entered | Kept:
    """Let somebody in, or not, without telling which of the three was wrong."""
    limits = limits_of(gate, typed.name, typed.address, typed.known)
    async with gate.storage.write() as uow:
        until = await uow.tries.note(limits, now)
        if until is not None:
            return Kept(until=until)
        officer = await _named(uow, typed.name)
        kept = await uow.credentials.find(officer.id) if officer is not None else None
        await uow.commit()
    right = await gate.passwords.matches(kept.password if kept else None, typed.password)
    async with gate.storage.write() as uow:
        entered: Entered | None = None
        if right and officer is not None and kept is not None and officer.retired_at is None:
            entered = await _with_code(gate, uow, officer, typed=typed, kept=kept, now=now)
        if entered is not None:
            await uow.tries.right(limits[0], limits[1:])
        else:
            until = await uow.tries.waits(limits, now)
            await uow.audit.append(_failed(officer, until, now))
        await uow.commit()
    return entered or Kept(until=until)


async def _named(uow: UnitOfWork, typed: str) -> Officer | None:
    """Who has this name, as it is spelt or, where that is one person alone, without capitals and marks."""
    found = await uow.officers.find(typed)
    if found is not None:
        return found
    alike = [one for one in await uow.officers.list() if one.retired_at is None and fold(one.name) == fold(typed)]
    return alike[0] if len(alike) == 1 else None


async def _with_code(
    gate: Gate, uow: UnitOfWork, officer: Officer, *, typed: Try, kept: Credential, now: datetime
) -> Entered | None:
    """The second factor, and with it a session in place of the one this browser had."""
    sealed = gate.seal.open(kept.secret, officer=officer.id) or {}
    step = step_shown(str(sealed["secret"]), typed.code, now=now, used=kept.used_step) if sealed else None
    recovery, left = read_recovery(typed.code), None
    if step is not None:
        if not await uow.credentials.use_step(officer.id, step):
            return None
    elif recovery is not None and await uow.credentials.use_code(officer.id, recovery_hash(gate, recovery)):
        left = await uow.credentials.codes_left(officer.id)
    else:
        return None
    before = await uow.sessions.find(hashed(typed.before)) if typed.before else None
    if before is not None:
        await uow.sessions.end(before.officer_id, now, session_id=before.id)
    token = await started(gate, uow, officer, browser=typed.browser, now=now)
    if left is not None:
        await uow.audit.append([_entry(officer, "recovery-code.used", now)])
    return Entered(token=token, officer=officer, codes_left=left)


async def started(gate: Gate, uow: UnitOfWork, officer: Officer, *, browser: str, now: datetime) -> str:
    """A session, in the caller's transaction; gives its token."""
    token = gate.new_token()
    number = await uow.sessions.start(hashed(token), officer.id, browser, now)
    await uow.audit.append([_entry(officer, "signed-in", now, session=number)])
    return token


def recovery_hash(gate: Gate, code: str) -> bytes:
    """What is kept of a recovery code: 50 bits could be tried out without the key."""
    return gate.keyed_hash(f"recovery:{code}")


def _failed(officer: Officer | None, until: datetime | None, now: datetime) -> list[AuditEntry]:
    # Never the name that nobody has: it may be a password that was typed into the wrong field.
    actor = f"officer:{officer.name}" if officer is not None else NOBODY
    subject = f"officer:{officer.id}" if officer is not None else "officers"
    entries = [AuditEntry(at=now, actor=actor, action="sign-in.failed", subject=subject)]
    if until is not None:
        minutes = {"minutes": round((until - now).total_seconds() / 60)}
        entries.append(AuditEntry(at=now, actor="system", action="sign-in.locked", subject=subject, detail=minutes))
    return entries


def _entry(officer: Officer, action: str, now: datetime, **detail: int) -> AuditEntry:
    return AuditEntry(
        at=now, actor=f"officer:{officer.name}", action=action, subject=f"officer:{officer.id}", detail=detail
    )
