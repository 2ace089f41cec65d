"""Links that are good once: for the first administrator, and for whoever has to set a password anew."""

from dataclasses import dataclass, field
from datetime import datetime

from core.errors import ChungTayError, NotFoundError
from core.officers import OPERATOR, Grant, Officer, Right, Role
from core.records import AuditEntry
from core.signing import LINK_LASTS, Credential, Link, LinkPurpose
from core.storage import UnitOfWork
from handlers.permission import demand
from handlers.signing.entering import recovery_hash, started
from handlers.signing.factors import new_recovery_codes, new_secret, step_shown
from handlers.signing.gate import Gate, hashed

NOBODY_YET = 0  # for whom a first link's secret is sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A link that holds: whom it is for (None: the first administrator), and the secret that its page shows."""

    purpose: LinkPurpose
    officer: Officer | None
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was typed on the page of a link. The password was found fit before."""

    name: str  # of the first administrator; for others the link says who it is
    password: str = field(repr=False)
    code: str = field(repr=False)
    browser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """They can sign in now, and are."""

    officer: Officer
    token: str = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)


class WrongCodeError(ChungTayError):
    """The code is not the one that the app shows now."""


class LinkOverError(ChungTayError):
    """The link was used, is too old, or never was one."""


async def first_link(gate: Gate, *, now: datetime) -> str | None:
    """The token of a link for the first administrator; None where one can sign in. An older one is over then."""
    async with gate.storage.write() as uow:
        if await uow.credentials.administrator():
            return None
        token = await _offered(gate, uow, LinkPurpose.FIRST, None, now)
        entry = AuditEntry(at=now, actor="system", action="link.made", subject="officers", detail={"purpose": "first"})
        await uow.audit.append([entry])
        await uow.commit()
    return token


async def new_link(gate: Gate, name: str, *, by: str, now: datetime) -> str:
    """The token of a link with which this officer sets a password anew. An older one is over then.

    Raises NotFoundError; NotAllowedError where `by` does not manage the officers of all their places.
    """
    async with gate.storage.read() as uow:
        found = await uow.officers.find(name)
    if found is None or found.retired_at is not None:
        raise NotFoundError("no such officer", where=name, mend="see: chungtay officer list")
    everywhere = not found.grants or any(not one.locality for one in found.grants)
    places = [] if everywhere else [one.locality for one in found.grants]
    subject = f"officer:{found.id}"
    await demand(gate.storage, by, Right.MANAGE_OFFICERS, localities=places, subject=subject, now=now)
    async with gate.storage.write() as uow:
        token = await _offered(gate, uow, LinkPurpose.PASSWORD, found.id, now)
        entry = AuditEntry(at=now, actor=f"officer:{by}", action="link.made", subject=subject)
        await uow.audit.append([entry])
        await uow.commit()
    return token


async def _offered(gate: Gate, uow: UnitOfWork, purpose: LinkPurpose, officer_id: int | None, now: datetime) -> str:
    token = gate.new_token()
    secret = gate.seal.close({"secret": new_secret(gate.chance)}, officer=officer_id or NOBODY_YET)
    link = Link(purpose=purpose, officer_id=officer_id, secret=secret, expires_at=now + LINK_LASTS)
    await uow.sessions.offer(hashed(token), link, now)
    return token


async def opened(gate: Gate, token: str, *, now: datetime) -> Opened:
    """What a link is for. Raises LinkOverError."""
    async with gate.storage.read() as uow:
        return await _held(gate, uow, token, now)


async def _held(gate: Gate, uow: UnitOfWork, token: str, now: datetime) -> Opened:
    link = await uow.sessions.link(hashed(token))
    over = LinkOverError("the link was used, or is too old", mend="ask for a new one: chungtay officer link NAME")
    if link is None or not link.holds(now):
        raise over
    officer = await uow.officers.get(link.officer_id) if link.officer_id is not None else None
    sealed = gate.seal.open(link.secret, officer=link.officer_id or NOBODY_YET)
    first = link.purpose is LinkPurpose.FIRST
    gone = officer is None or officer.retired_at is not None
    if sealed is None or (await uow.credentials.administrator() if first else gone):
        raise over
    return Opened(purpose=link.purpose, officer=officer, secret=str(sealed["secret"]))


async def enrol(gate: Gate, token: str, filled: Filled, *, now: datetime) -> Enrolled:
    """Set password and second factor by a link, in one transaction; sessions the officer had elsewhere are over.

    Raises LinkOverError; WrongCodeError, and the link can still be used then.
    """
    await opened(gate, token, now=now)  # before the costly part
    password = await gate.passwords.hashed(filled.password)
    async with gate.storage.write() as uow:
        link = await _held(gate, uow, token, now)
        step = step_shown(link.secret, filled.code, now=now, used=0)
        if step is None:
            raise WrongCodeError("the code is not the one that the app shows now")
        if not await uow.sessions.use_link(hashed(token), now):
            raise LinkOverError("the link was used")
        officer = link.officer or await _administrator(uow, filled.name, now)
        await uow.sessions.end(officer.id, now)
        codes = new_recovery_codes(gate.chance)
        sealed = gate.seal.close({"secret": link.secret}, officer=officer.id)
        credential = Credential(officer_id=officer.id, password=password, secret=sealed, used_step=step)
        await uow.credentials.keep(credential, [recovery_hash(gate, one) for one in codes], now)
        await uow.tries.forget(gate.limits(officer.name, "")[0].key)
        actor, subject = f"officer:{officer.name}", f"officer:{officer.id}"
        await uow.audit.append([AuditEntry(at=now, actor=actor, action="password.set", subject=subject)])
        session = await started(gate, uow, officer, browser=filled.browser, now=now)
        await uow.commit()
    return Enrolled(officer=officer, token=session, codes=codes)


async def _administrator(uow: UnitOfWork, name: str, now: datetime) -> Officer:
    """The officer of this name, made where there is none, as administrator of the whole installation."""
    if name == OPERATOR:
        raise ChungTayError("is the one who has the machine", where=name, mend="choose another name")
    known = await uow.officers.find(name)
    number = known.id if known is not None else await uow.officers.add(name, now)
    if known is not None and known.retired_at is not None:
        await uow.officers.retire(number, None)
    await uow.officers.grant(number, [Grant(role=Role.ADMINISTRATOR)])
    granted = {"role": Role.ADMINISTRATOR.value, "locality": None, "office": None}
    entry = AuditEntry(at=now, actor="system", action="officer.granted", subject=f"officer:{number}", detail=granted)
    await uow.audit.append([entry])
    found = await uow.officers.get(number)
    assert found is not None, "just written"  # noqa: S101
    return found
