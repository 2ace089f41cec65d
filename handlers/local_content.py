"""What officers do with what their place says besides the packs: one proposes, another puts it in force.

It is told at once in this process; others that live on the same database see it within a second or two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from content.catalogue import Catalogue
from core.console_storage import Once
from core.errors import ChungTayError, ConflictError, NotFoundError, StaleError
from core.local_content import Change, ChangeState, Fields, NewChange, Place, Settled
from core.officers import Right
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from handlers.permission import demand, demand_another

MOST_WHY = 500  # characters of a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """By whom and when something is done, by a form that counts once."""

    officer: str
    now: datetime
    once: Once
    why: str = field(default="", repr=False)


def packed_fields(content: Catalogue, about: Place, standing: Sequence[Change]) -> Fields:
    """A thing as citizens are told it now: what is in force of it, or what the packs say."""
    told = [one for one in standing if one.state is ChangeState.IN_FORCE and one not in content.overlay.again]
    return told[-1].after if told else content.packed.fields(about)


def seen(content: Catalogue, about: Place, standing: Sequence[Change]) -> str:
    """What a form was filled in against: another one by now means that somebody was quicker."""
    numbers = "-".join(str(one.id) for one in standing if one.state is ChangeState.IN_FORCE)
    return f"{numbers or 0}.{content.packed.ground(about)[:16]}"


async def propose(
    storage: Storage, content: Catalogue, about: Place, after: Fields, doing: Doing, *, saw: str
) -> int | None:
    """Propose how a thing is told from now on; nothing in `after`: as the packs say it, or not at all.

    Gives the number of the change; None where this form was sent before. Raises NotAllowedError, NotFoundError, and
    StaleError where it was changed, or somebody else's proposal waits.
    """
    if not content.packed.knows(about):
        raise NotFoundError("no such office or topic", where=about.subject)
    await _demand(storage, about, Right.WRITE_CONTENT, doing, after)
    try:
        async with storage.write() as uow:
            if not await uow.forms.claim(doing.once, doing.now):
                return None
            standing = await uow.local.standing(about)
            if any(one.state is ChangeState.PROPOSED for one in standing) or seen(content, about, standing) != saw:
                raise StaleError("somebody else changed it meanwhile", where=about.subject, mend="look again")
            change = NewChange(
                about=about,
                before=packed_fields(content, about, standing),
                after=after,
                ground=content.packed.ground(about),
                officer=doing.officer,
                at=doing.now,
            )
            number = await uow.local.propose(change)
            await uow.audit.append([_entry(number, about, "proposed", doing)])
            await uow.commit()
    except ConflictError:
        raise StaleError("somebody else proposed something meanwhile", where=about.subject, mend="look again") from None
    return number


async def approve(storage: Storage, content: Catalogue, one: Change, doing: Doing) -> None:
    """Put in force what somebody else proposed, and tell it. A form that was sent before changes nothing.

    Raises NotAllowedError, StaleError where it does not wait any more, or the packs say something else since.
    """
    subject = f"content:{one.id}"
    known = await _demand(storage, one.about, Right.APPROVE_CONTENT, doing, one.after, number=one.id)
    await demand_another(
        storage,
        [one.proposed_by],
        doing.officer,
        registered=known,
        subject=subject,
        now=doing.now,
        right=Right.APPROVE_CONTENT,
    )
    if one.ground != content.packed.ground(one.about):
        raise StaleError("the packs say something else of it since", where=subject, mend="propose it again")
    await _settle(storage, one, ChangeState.IN_FORCE, doing)
    await adopt(storage, content)


async def give_back(storage: Storage, one: Change, doing: Doing) -> None:
    """Return it, with a reason. Raises NotAllowedError, StaleError, ChungTayError for none or a long one."""
    await _demand(storage, one.about, Right.APPROVE_CONTENT, doing, one.after, number=one.id)
    if not doing.why.strip():
        raise ChungTayError("a change is returned with a reason", where=f"content:{one.id}")
    if len(doing.why.strip()) > MOST_WHY:
        raise ChungTayError(f"the reason has more than {MOST_WHY} characters", where=f"content:{one.id}")
    await _settle(storage, one, ChangeState.RETURNED, doing)


async def withdraw(storage: Storage, one: Change, doing: Doing) -> None:
    """Take back a proposal that waits. Raises NotAllowedError, StaleError."""
    await _demand(storage, one.about, Right.WRITE_CONTENT, doing, one.after, number=one.id)
    await _settle(storage, one, ChangeState.WITHDRAWN, doing)


async def adopt(storage: Storage, content: Catalogue) -> None:
    """Tell what is in force now. Raises StorageError."""
    async with storage.read() as uow:
        content.lay(await uow.local.in_force())


async def follow(storage: Storage, content: Catalogue) -> bool:
    """Look whether another process put something in force, by one statement, and tell it; whether it did.

    Raises StorageError.
    """
    async with storage.read() as uow:
        if await uow.local.marks() == content.overlay.marks:
            return False
    await adopt(storage, content)
    return True


def office_of(about: Place, fields: Fields) -> str:
    """Whose office a change is, none of a hamlet: whoever acts for one office only changes what is its own."""
    if about.kind == "hamlet":
        return ""
    return about.subject if about.kind == "office" else fields.get("office", "")


async def _demand(
    storage: Storage, about: Place, right: Right, doing: Doing, fields: Fields, *, number: int = 0
) -> bool:
    """Whether it is a person that was added. Raises NotAllowedError."""
    known = await demand(
        storage,
        doing.officer,
        right,
        localities=[about.locality],
        office=office_of(about, fields),
        subject=f"content:{number}" if number else f"content:{about.locality}:{about.kind}:{about.subject}"[:80],
        now=doing.now,
    )
    return known is not None


async def _settle(storage: Storage, one: Change, state: ChangeState, doing: Doing) -> None:
    end = Settled(state=state, officer=doing.officer, at=doing.now, why=doing.why.strip())
    async with storage.write() as uow:
        if not await uow.forms.claim(doing.once, doing.now):
            return
        if not await uow.local.settle(one.id, end):
            raise StaleError("it does not wait any more", where=f"content:{one.id}", mend="look again")
        await _note(uow, one, state, doing)
        await uow.commit()


async def _note(uow: UnitOfWork, one: Change, state: ChangeState, doing: Doing) -> None:
    acts = {ChangeState.IN_FORCE: "approved", ChangeState.RETURNED: "returned", ChangeState.WITHDRAWN: "withdrawn"}
    await uow.audit.append([_entry(one.id, one.about, acts[state], doing)])


def _entry(number: int, about: Place, act: str, doing: Doing) -> AuditEntry:
    detail = {"locality": about.locality, "about": f"{about.kind}:{about.subject}"}
    actor = f"officer:{doing.officer}"
    return AuditEntry(at=doing.now, actor=actor, action=f"content.{act}", subject=f"content:{number}", detail=detail)
