"""What officers do with needs: write one down for who came in person, say that it is met, or why it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from content.catalogue import Catalogue
from core.delivery import NewDelivery
from core.errors import ConflictError, NotFoundError, StaleError
from core.needs import MOST_WORDS, Need, NeedKind, NeedState, NewNeed, Settled
from core.officers import Right
from core.ports import Chance
from core.private import holds_twelve
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from handlers.codes import new_code
from handlers.needs.keeping import told
from handlers.permission import demand
from handlers.reported import MOST_DOCUMENT, Acting, WrongFigureError, day_fault, read_day
from handlers.tallying import hamlet_said

TRIES = 20  # codes until one is free
MOST_HAMLET = 60
FROM: Mapping[NeedState, tuple[NeedState, ...]] = {
    NeedState.MET: (NeedState.OPEN, NeedState.IMPOSSIBLE),
    NeedState.IMPOSSIBLE: (NeedState.OPEN,),
    NeedState.OPEN: (NeedState.MET, NeedState.IMPOSSIBLE),
    NeedState.WITHDRAWN: (NeedState.OPEN,),  # in the name of who came in person
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InPerson:
    """A need as an officer types it for somebody who came."""

    kind: str
    hamlet: str
    words: str = field(repr=False)
    agreed: bool

    def faults(self) -> dict[str, str]:
        """What is missing or cannot be kept, by field."""
        long_hamlet = "long" if len(self.hamlet.strip()) > MOST_HAMLET else ""
        found = {
            "kind": "" if self.kind in set(NeedKind) else "empty",
            "hamlet": "number" if holds_twelve(self.hamlet) else long_hamlet,
            "words": _text_fault(self.words, needed=False),
            "agreed": "" if self.agreed else "empty",
        }
        return {name: fault for name, fault in found.items() if fault}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an officer says of a need."""

    seen: int  # the version that they looked at
    text: str = field(default="", repr=False)
    day: str = ""
    document: str = ""


def _text_fault(text: str, *, needed: bool) -> str:
    said = text.strip()
    if holds_twelve(said):
        return "number"
    if len(said) > MOST_WORDS:
        return "long"
    return "empty" if needed and not said else ""


async def enter(
    storage: Storage, content: Catalogue, place: str, typed: InPerson, acting: Acting, *, chance: Chance
) -> int:
    """Write a need down; gives its number, 0 for a form that was sent before.

    Raises NotAllowedError, and WrongFigureError for what is missing.
    """
    subject = f"needs:{place}"
    await demand(storage, acting.officer, Right.WORK_NEEDS, localities=[place], subject=subject, now=acting.now)
    if wrong := typed.faults():
        raise WrongFigureError(wrong)
    hamlet = hamlet_said(content, place, typed.hamlet) or " ".join(typed.hamlet.split())
    for _ in range(TRIES):
        new = NewNeed(
            code=new_code(chance),
            locality=place,
            hamlet=hamlet,
            kind=NeedKind(typed.kind),
            words=" ".join(typed.words.split()),
            entered_by=acting.officer,
        )
        try:
            return await _entered(storage, new, acting)
        except ConflictError:
            continue
    raise ConflictError("no free code was found")


async def _entered(storage: Storage, new: NewNeed, acting: Acting) -> int:
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return 0
        number = await uow.stated.add(new, acting.now)
        await uow.audit.append([_entry("need.entered", number, acting, {"kind": new.kind})])
        await uow.commit()
    return number


async def find(storage: Storage, number: int) -> Need:
    """A need by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.stated.get(number)
    if one is None:
        raise NotFoundError("no such need", where=str(number))
    return one


async def settle(
    storage: Storage, content: Catalogue, need: Need, to: NeedState, acting: Acting, *, said: Said
) -> None:
    """Say what became of a need; its person is told. A form that was sent before changes nothing.

    Raises NotAllowedError, WrongFigureError for what is missing, StaleError where it is not as it was seen.
    """
    subject = f"need:{need.id}"
    places = [need.locality]
    await demand(storage, acting.officer, Right.WORK_NEEDS, localities=places, subject=subject, now=acting.now)
    after = _settled(to, said, acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        stale = need.version != said.seen or need.state not in FROM[to]
        if to is NeedState.WITHDRAWN and need.contact_id is not None:
            stale = True  # whoever stated it in the chat takes it back there
        if stale or not await uow.stated.step(need, after, acting.now):
            raise StaleError("it was changed meanwhile", where=subject, mend="look at it again")
        if to in (NeedState.MET, NeedState.IMPOSSIBLE):
            await _tell(uow, content, need, after, acting)
        await uow.audit.append([_entry(f"need.{to}", need.id, acting, {"document": after.document or None})])
        await uow.commit()


def _settled(to: NeedState, said: Said, acting: Acting) -> Settled:
    met = to is NeedState.MET
    faults = {
        "text": _text_fault(said.text, needed=to in (NeedState.MET, NeedState.IMPOSSIBLE)),
        "day": day_fault(said.day, acting.now) if met else "",
        "document": "long" if len(said.document.strip()) > MOST_DOCUMENT else "",
    }
    if wrong := {name: fault for name, fault in faults.items() if fault}:
        raise WrongFigureError(wrong)
    day: date | None = read_day(said.day) if met else None
    document = said.document.strip() if met else ""
    return Settled(to=to, by=acting.officer, told=said.text.strip(), met_on=day, document=document)


async def _tell(uow: UnitOfWork, content: Catalogue, need: Need, after: Settled, acting: Acting) -> None:
    """Its person reads what became of it, once; who came in person has no address."""
    person = await uow.people.get(need.contact_id) if need.contact_id is not None else None
    if person is None:
        return
    addresses = await uow.people.addresses(person.contact.id)
    if not addresses:
        return
    message = told(content, need, person, after, acting.now)
    key = f"need:{need.id}:{need.version + 1}"
    contact = person.contact.id
    delivery = NewDelivery(
        dedup_key=key, urn=addresses[0], contact_id=contact, message=message, available_at=acting.now
    )
    await uow.outbox.add([delivery])


def _entry(action: str, number: int, acting: Acting, detail: Mapping[str, str | None]) -> AuditEntry:
    return AuditEntry(
        at=acting.now, actor=f"officer:{acting.officer}", action=action, subject=f"need:{number}", detail=dict(detail)
    )
