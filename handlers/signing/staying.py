"""Who is signed in, where else, and getting out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.errors import NotFoundError
from core.officers import Officer
from core.records import AuditEntry
from core.signing import Session
from handlers.signing.entering import recovery_hash
from handlers.signing.factors import new_recovery_codes, step_shown
from handlers.signing.gate import Gate, Signed, hashed

NOTED_EVERY = timedelta(minutes=5)  # that a session is used is written down no more often


async def who(gate: Gate, token: str, *, now: datetime, used: bool = True) -> Signed | None:
    """Who has this cookie; None where the session is over, or its officer left.

    What a page asks by itself is no use: a browser that was left open must not keep its session for ever.
    """
    if not token:
        return None
    async with gate.storage.read() as uow:
        session = await uow.sessions.find(hashed(token))
        if session is None or not session.holds(now):
            return None
        officer = await uow.officers.get(session.officer_id)
    if officer is None or officer.retired_at is not None:
        return None
    if used and now - session.seen_at >= NOTED_EVERY:
        async with gate.storage.write() as uow:
            await uow.sessions.seen(session.id, now)
            await uow.commit()
    return Signed(officer=officer, session=session, token=token)


async def sessions(gate: Gate, officer: Officer, *, now: datetime) -> tuple[Sequence[Session], int]:
    """Where an officer is signed in, and how many recovery codes are left."""
    async with gate.storage.read() as uow:
        return await uow.sessions.of(officer.id, now), await uow.credentials.codes_left(officer.id)


async def sign_out(gate: Gate, officer: Officer, session_id: int | None, *, now: datetime) -> None:
    """End one of an officer's own sessions, or all of them. Raises NotFoundError where there is none such."""
    async with gate.storage.write() as uow:
        ended = await uow.sessions.end(officer.id, now, session_id=session_id)
        if not ended:
            raise NotFoundError("no such session", where=str(session_id))
        action = "signed-out" if session_id is not None else "signed-out.everywhere"
        detail = {"session": session_id} if session_id is not None else {"sessions": ended}
        await uow.audit.append([_entry(officer, action, now, **detail)])
        await uow.commit()


async def new_codes(gate: Gate, officer: Officer, typed: str, *, now: datetime) -> tuple[str, ...] | None:
    """New recovery codes in place of the old ones; None where the code that changes was wrong."""
    async with gate.storage.write() as uow:
        if await uow.tries.note([gate.own_limit(officer)], now) is not None:
            await uow.commit()
            return None
        kept = await uow.credentials.find(officer.id)
        sealed = gate.seal.open(kept.secret, officer=officer.id) if kept else None
        step = step_shown(str(sealed["secret"]), typed, now=now, used=kept.used_step) if kept and sealed else None
        if step is None or not await uow.credentials.use_step(officer.id, step):
            await uow.audit.append([_entry(officer, "sign-in.failed", now)])
            await uow.commit()
            return None
        codes = new_recovery_codes(gate.chance)
        await uow.credentials.set_codes(officer.id, [recovery_hash(gate, one) for one in codes])
        await uow.tries.forget(gate.own_limit(officer).key)
        await uow.audit.append([_entry(officer, "recovery-codes.made", now)])
        await uow.commit()
    return codes


def _entry(officer: Officer, action: str, now: datetime, **detail: int) -> AuditEntry:
    return AuditEntry(
        at=now, actor=f"officer:{officer.name}", action=action, subject=f"officer:{officer.id}", detail=detail
    )
