"""Putting a ward's list in: all of it, or with what cannot be taken left out; nothing half done."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from content.catalogue import Catalogue
from content.contact_list import BadRow, Known, Listed
from core.contacts import LISTED, URN, Consent, Purpose
from core.officers import Right
from core.records import AuditEntry, Enrolled, NewContact
from core.storage import Storage
from core.text import fold
from handlers.context import LOCAL
from handlers.permission import demand

AT_ONCE = 500  # people in one statement
LISTED_FOR = timedelta(days=730)  # a list is good for so long; then who never wrote is forgotten


def known_here(content: Catalogue, accounts: Collection[str]) -> Known:
    """What a list may name in this installation. Nobody can be listed in the web chat: its addresses are secrets."""
    places = {fold(name): one.id for one in content.localities.values() for name in (one.id, one.name.vi, one.place.vi)}
    hamlets = {one.id: {fold(each.name): each.name for each in one.hamlets} for one in content.localities.values()}
    reached = [one for one in accounts if not one.startswith(("webchat.", "terminal."))]
    return Known(accounts=reached, localities=places, hamlets=hamlets, topics=named_topics(content))


def named_topics(content: Catalogue) -> Mapping[str, Sequence[str]]:
    """What may be written for topics, folded: their ids and names, and those of themes for all of theirs."""
    named: dict[str, Sequence[str]] = {}
    for theme in content.themes.values():
        named |= {fold(name): theme.topics for name in (theme.id, *theme.words.vi, theme.title.vi, theme.button.vi)}
    for one in content.topics.values():
        named[fold(one.title.vi)] = (one.id,)
    return named | {fold(id_): (id_,) for id_ in content.topics}


async def erased(storage: Storage, people: Sequence[Listed], keyed_hash: Callable[[URN], bytes]) -> list[BadRow]:
    """Rows of people who had everything about them deleted: a list does not bring them back."""
    found = []
    async with storage.read() as uow:
        for one in people:
            if await uow.people.was_erased(keyed_hash(one.urn)):
                what = "address: this person had everything deleted; they can only come back by writing themselves"
                found.append(BadRow(line=one.line, what=what))
    return found


async def demand_right(storage: Storage, people: Sequence[Listed], *, officer: str, now: datetime) -> None:
    """Raises NotAllowedError where this officer may not put people in, in one of the places of the list."""
    places = {one.locality for one in people}
    async with storage.read() as uow:  # somebody who lives elsewhere is not moved by a list
        for group in _groups(people):
            places |= await uow.lists.localities([one.urn for one in group])
    await demand(storage, officer, Right.IMPORT_CONTACTS, localities=places, subject="contacts", now=now)


async def put_in(storage: Storage, people: Sequence[Listed], *, file: str, officer: str, now: datetime) -> Enrolled:
    """Put everybody in, in one transaction, with the list as the consent by which the ward writes to them."""
    day = now.astimezone(LOCAL).date().isoformat()
    wording = f"{LISTED} {day}: {file}"[:120]
    consent = Consent(purpose=Purpose.NOTICES, granted_at=now, expires_at=now + LISTED_FOR, wording=wording)
    total = Enrolled(new=0, updated=0)
    async with storage.write() as uow:
        for group in _groups(people):
            done = await uow.lists.enrol([_new(one) for one in group], consent, now)
            total = Enrolled(new=total.new + done.new, updated=total.updated + done.updated)
        counts: dict[str, str | int | None] = {"new": total.new, "updated": total.updated}
        actor = f"officer:{officer}"
        await uow.audit.append(
            [AuditEntry(at=now, actor=actor, action="contacts.imported", subject="contacts", detail=counts)]
        )
        await uow.commit()
    return total


def _groups(people: Sequence[Listed]) -> list[Sequence[Listed]]:
    return [people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE)]


def _new(one: Listed) -> NewContact:
    return NewContact(
        urn=one.urn,
        name=one.name,
        phone=one.phone,
        locality=one.locality,
        hamlet=one.hamlet,
        status=one.status,
        language=one.language,
        household=one.household,
        topics=one.topics,
        status_since=one.status_since,
    )
