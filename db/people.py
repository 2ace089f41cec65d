"""Contacts with their addresses, consents and conversations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import read_notice
from core.contacts import URN, Consent, ContactStatus, Purpose, Refusal
from core.conversation import Notes, NoticeTold, Person
from core.delivery import DeliveryStatus
from core.errors import ConflictError
from core.questions import Question
from core.reminders import Reminder
from core.windows import Way, Window, way_to
from db import erasure, export
from db.campaign_tables import campaigns
from db.consented import forget_of, theirs
from db.console_tables import officer_chats
from db.joining import joined_addresses
from db.models import (
    addresses,
    consents,
    contacts,
    conversations,
    deliveries,
    messages,
    needs,
    questions,
    subscriptions,
)
from db.person_rows import contact_of, conversation_of, conversation_values
from db.questions import question_from_row
from db.reminders import SqlReminders
from db.sealing import Seal

ASKING_FOR = timedelta(days=7)  # so long the words that a notice asks for are an answer to it


class SqlPeople:
    """See core.storage.People."""

    def __init__(self, connection: AsyncConnection, *, reading: bool = False, seal: Seal | None = None) -> None:
        self._db = connection
        self._seal = seal  # without it what was told in private is neither read nor touched
        self._reading = reading  # who only looks locks nobody and waits for nobody

    async def load(self, urns: Sequence[URN], now: datetime) -> dict[URN, Person]:
        """The people at these addresses; an address that is new gets a new, nameless contact.

        Whoever is loaded has just written: an address that refused us does so no more.
        """
        found = await self._find(urns)
        if not self._reading and (back := [urn for urn, row in found.items() if row.refusal]):
            await self._open(back, now)
        missing = [urn for urn in dict.fromkeys(urns) if urn not in found]
        if missing and not self._reading and self._db.dialect.name != "sqlite":
            # Waited for until they were joined to somebody else, they are found under their new contact.
            # Out of the order in which people are locked, so nobody is waited for.
            found |= await self._find(missing, wait=False)
            missing = [urn for urn in missing if urn not in found]
        if missing:
            await self._create(missing, now)
            found |= await self._find(missing)
        rows = {row.contact_id: row for row in found.values()}
        people = await self._assemble(rows, lately=now - ASKING_FOR)
        return {urn: replace(people[row.contact_id], officer_id=row.officer_id) for urn, row in found.items()}

    async def _find(self, urns: Sequence[URN], *, wait: bool = True) -> dict[URN, Row[Any]]:
        wanted = [(urn.account, urn.path) for urn in urns]
        rows = await self._db.execute(
            self._locked(
                select(*ADDRESS_FIELDS, contacts, conversations)
                .join(contacts, contacts.c.id == addresses.c.contact_id)
                .join(conversations, conversations.c.contact_id == contacts.c.id)
                .outerjoin(officer_chats, officer_chats.c.address_id == addresses.c.id)
                .where(tuple_(addresses.c.account, addresses.c.path).in_(wanted))
                # One order for everybody who locks several people, so that no two workers wait for each other.
                .order_by(contacts.c.id),
                wait=wait,
            )
        )
        return {URN(account=row.account, path=row.path): row for row in rows}

    def _locked(self, query: Select[Any], *, wait: bool = True) -> Select[Any]:
        return query if self._reading else query.with_for_update(of=conversations, skip_locked=not wait)

    async def _create(self, urns: Sequence[URN], now: datetime) -> None:
        # All alike: whose is which does not matter, and unsorted they are written at once on SQLite too.
        made = await self._db.execute(
            insert(contacts).returning(contacts.c.id),
            [{"created_at": now, "language": "vi", "status": ContactStatus.ACTIVE} for _ in urns],
        )
        ids = list(made.scalars())
        await self._db.execute(
            insert(addresses),
            [
                {"account": urn.account, "path": urn.path, "contact_id": id_, "created_at": now}
                for urn, id_ in zip(urns, ids, strict=True)
            ],
        )
        await self._db.execute(
            insert(conversations),
            [{"contact_id": id_, "offered": [], "earlier": [], "misses": 0, "version": 0} for id_ in ids],
        )

    async def _assemble(self, rows: dict[int, Row[Any]], lately: datetime | None = None) -> dict[int, Person]:
        ids = list(rows)
        asked = await self._db.execute(
            select(questions).where(questions.c.contact_id.in_(ids)).order_by(questions.c.id.desc())
        )
        agreed = await self._db.execute(select(consents).where(consents.c.contact_id.in_(ids)))
        cases: dict[int, list[Question]] = {id_: [] for id_ in ids}
        for row in asked:
            cases[row.contact_id].append(question_from_row(row))
        yeses: dict[int, list[Consent]] = {id_: [] for id_ in ids}
        for row in agreed:
            yeses[row.contact_id].append(
                Consent(
                    purpose=Purpose(row.purpose),
                    granted_at=row.granted_at,
                    expires_at=row.expires_at,
                    wording=row.wording,
                )
            )
        listed = [id_ for id_ in ids if any(one.purpose is Purpose.NOTICES for one in yeses[id_])]
        chose = [id_ for id_ in ids if rows[id_].status != ContactStatus.ACTIVE.value]  # and may want it again
        topics = await self._topics([*listed, *chose])
        reminded = await self._reminders(
            [id_ for id_ in ids if any(one.purpose in (Purpose.REMINDERS, Purpose.EVENTS) for one in yeses[id_])]
        )
        lacking = await self._needs([id_ for id_ in ids if any(one.purpose is Purpose.NEEDS for one in yeses[id_])])
        notices, asking = await self._notices(listed, lately)
        joined = await joined_addresses(self._db, [id_ for id_ in ids if rows[id_].joined_at is not None])
        return {
            id_: Person(
                contact=contact_of(row),
                conversation=replace(conversation_of(row), notes=self._notes(row)),
                consents=tuple(yeses[id_]),
                questions=tuple(cases[id_]),
                needs=lacking.get(id_, ()),
                notice=notices.get(id_),
                asking=tuple(reversed(asking.get(id_, ()))),
                addresses=joined.get(id_, ()),
                reminders=tuple(reminded.get(id_, ())),
                wanted=frozenset(topic for topic, wanted in topics.get(id_, ()) if wanted),
                stopped=frozenset(topic for topic, wanted in topics.get(id_, ()) if not wanted),
            )
            for id_, row in rows.items()
        }

    async def _needs(self, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Asked for only of those who agreed that it is kept: few have."""
        if not ids:
            return {}
        rows = await self._db.execute(select(needs).where(needs.c.contact_id.in_(ids)).order_by(needs.c.dimension))
        found: dict[int, tuple[str, ...]] = {}
        for row in rows:
            found[row.contact_id] = (*found.get(row.contact_id, ()), row.dimension)
        return found

    async def _reminders(self, ids: Sequence[int]) -> dict[int, Sequence[Reminder]]:
        """Asked for only of those who want any: few do."""
        mine = SqlReminders(self._db)
        return {id_: await mine.of(id_) for id_ in ids}

    async def _topics(self, ids: Sequence[int]) -> dict[int, list[tuple[str, bool]]]:
        """Asked for only of those who may get notices."""
        if not ids:
            return {}
        found: dict[int, list[tuple[str, bool]]] = {}
        for row in await self._db.execute(select(subscriptions).where(subscriptions.c.contact_id.in_(ids))):
            found.setdefault(row.contact_id, []).append((row.topic, row.wanted))
        return found

    async def wish(self, contact_id: int, wanted: Collection[str], stopped: Collection[str]) -> None:
        """These topics somebody wants, and none of those, in place of what was kept before."""
        await self._db.execute(delete(subscriptions).where(subscriptions.c.contact_id == contact_id))
        rows = [{"contact_id": contact_id, "topic": one, "wanted": True} for one in sorted(wanted)]
        rows += [{"contact_id": contact_id, "topic": one, "wanted": False} for one in sorted({*stopped} - {*wanted})]
        if rows:
            await self._db.execute(insert(subscriptions), rows)

    async def _notices(
        self, ids: Sequence[int], lately: datetime | None
    ) -> tuple[dict[int, NoticeTold], dict[int, list[NoticeTold]]]:
        """The last notice that each got since they last wrote, and those of late that ask for a word.

        Asked for only of those who may get any.
        """
        if not ids:
            return {}, {}
        came = deliveries.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT))
        since = or_(contacts.c.last_inbound_at.is_(None), deliveries.c.settled_at > contacts.c.last_inbound_at)
        wanted = or_(since, deliveries.c.settled_at > lately) if lately is not None else since
        rows = await self._db.execute(
            select(deliveries.c.contact_id, deliveries.c.campaign_id, deliveries.c.settled_at, campaigns.c.notice)
            .add_columns(since.label("unanswered"))
            .join_from(deliveries, campaigns, campaigns.c.id == deliveries.c.campaign_id)
            .join(contacts, contacts.c.id == deliveries.c.contact_id)
            .where(deliveries.c.contact_id.in_(ids), came, wanted)
            .order_by(deliveries.c.id)
        )
        told: dict[int, NoticeTold] = {}
        asking: dict[int, list[NoticeTold]] = {}
        for row in rows:
            notice = read_notice({"kind": "notice", **row.notice})
            one = NoticeTold(
                campaign_id=row.campaign_id, at=row.settled_at, replies=notice.replies, topics=tuple(notice.topics)
            )
            if row.unanswered:
                told[row.contact_id] = one
            if one.replies and lately is not None and one.at > lately:
                asking.setdefault(row.contact_id, []).append(one)
        return told, asking

    async def save(self, people: Sequence[Person]) -> None:
        """Write contacts and conversations back. Raises ConflictError when a version has moved on."""
        await self._demand_unmoved(people)
        await self._db.execute(
            update(contacts)
            .where(contacts.c.id == bindparam("key"))
            .values({name: bindparam(name) for name in CONTACT_FIELDS}),
            [
                {"key": one.contact.id, **{name: getattr(one.contact, name) for name in CONTACT_FIELDS}}
                for one in people
            ],
        )
        await self._db.execute(
            update(conversations)
            .where(conversations.c.contact_id == bindparam("key"), conversations.c.version == bindparam("was"))
            .values({name: bindparam(name) for name in (*CONVERSATION_FIELDS, *(SEALED_FIELDS if self._seal else ()))}),
            [{"key": one.contact.id, **conversation_values(one.conversation), **self._sealed(one)} for one in people],
        )

    def _notes(self, row: Row[Any]) -> Notes | None:
        if self._seal is None or row.notes is None or row.notes_until is None:
            return None
        data = self._seal.open(row.notes, contact=row.contact_id)
        return Notes(data=data, until=row.notes_until) if data is not None else None

    def _sealed(self, person: Person) -> dict[str, Any]:
        notes = person.conversation.notes
        if self._seal is None:
            if notes is not None:
                raise ValueError("notes are kept by a storage that has a seal")
            return {}
        if notes is None:
            return dict.fromkeys(SEALED_FIELDS)
        return {"notes": self._seal.close(notes.data, contact=person.contact.id), "notes_until": notes.until}

    async def _demand_unmoved(self, people: Sequence[Person]) -> None:
        # Asked beforehand: a driver that runs many updates at once does not count the rows they found.
        ids = [one.contact.id for one in people]
        rows = await self._db.execute(
            select(conversations.c.contact_id, conversations.c.version)
            .where(conversations.c.contact_id.in_(ids))
            .order_by(conversations.c.contact_id)
            .with_for_update()
        )
        found = {row.contact_id: row.version for row in rows}
        if found != {one.contact.id: one.conversation.version - 1 for one in people}:
            raise ConflictError("a conversation was changed by another worker")

    async def get(self, contact_id: int) -> Person | None:
        """One person by internal id; who may change them holds them until the end of the transaction."""
        rows = await self._db.execute(
            self._locked(
                select(conversations, contacts)
                .join(contacts, contacts.c.id == conversations.c.contact_id)
                .where(contacts.c.id == contact_id)
            )
        )
        found = {row.contact_id: row for row in rows}
        return (await self._assemble(found)).get(contact_id) if found else None

    async def addresses(self, contact_id: int) -> list[URN]:
        """Where a person is reached, the newest address first."""
        rows = await self._db.execute(
            select(addresses.c.account, addresses.c.path)
            .where(addresses.c.contact_id == contact_id)
            .order_by(addresses.c.id.desc())
        )
        return [URN(account=row.account, path=row.path) for row in rows]

    async def consent(self, contact_id: int, consent: Consent) -> None:
        """Record a consent; a newer one for the same purpose takes its place."""
        same = (consents.c.contact_id == contact_id) & (consents.c.purpose == consent.purpose)
        await self._db.execute(delete(consents).where(same))
        await self._db.execute(
            insert(consents).values(
                contact_id=contact_id,
                purpose=consent.purpose,
                granted_at=consent.granted_at,
                expires_at=consent.expires_at,
                wording=consent.wording,
            )
        )

    async def withdraw(self, contact_id: int, purpose: Purpose) -> None:
        """Drop a consent, and what was kept by it alone."""
        mine = (consents.c.contact_id == contact_id) & (consents.c.purpose == purpose)
        await self._db.execute(delete(consents).where(mine))
        await forget_of(self._db, purpose, theirs(contact_id))

    async def keep_needs(self, contact_id: int, dimensions: Sequence[str]) -> None:
        """Keep in which dimensions a household lacks something, in place of what was kept before."""
        await self._db.execute(delete(needs).where(needs.c.contact_id == contact_id))
        rows = [{"contact_id": contact_id, "dimension": one} for one in sorted(set(dimensions))]
        if rows:
            await self._db.execute(insert(needs), rows)

    async def export(self, contact_id: int) -> dict[str, Any]:
        """All that is kept about one person, as plain data."""
        return await export.everything(self._db, contact_id, self._seal)

    async def erase(self, contact_id: int, keyed_hashes: Sequence[bytes], now: datetime) -> list[str]:
        """Delete all rows of one person; questions stay as nameless counts without their words."""
        return await erasure.erase(self._db, contact_id, keyed_hashes, now)

    async def was_erased(self, keyed_hash: bytes) -> bool:
        """Whether this address was erased once."""
        return await erasure.was_erased(self._db, keyed_hash)

    async def refused(self, refusals: Mapping[int, Refusal]) -> None:
        """The addresses of these deliveries take nothing from us, for this reason each."""
        for refusal in set(refusals.values()):
            ids = [one for one, why in refusals.items() if why is refusal]
            await self._db.execute(update(addresses).where(_of_deliveries(ids)).values(refusal=refusal))

    async def let_in(self, attempts: Mapping[int, datetime]) -> set[int]:
        """Those of these deliveries whose address was opened to us after the attempt had begun."""
        rows = await self._db.execute(
            select(deliveries.c.id, addresses.c.open_since)
            .join(addresses, (addresses.c.account == deliveries.c.account) & (addresses.c.path == deliveries.c.path))
            .where(deliveries.c.id.in_(list(attempts)))
            # Held: who opens it at this moment is either seen here, or sees what became of the attempt.
            .order_by(addresses.c.id)
            .with_for_update(of=addresses)
        )
        return {row.id for row in rows if row.open_since is not None and row.open_since >= attempts[row.id]}

    async def refuse(self, urn: URN, refusal: Refusal | None, now: datetime) -> None:
        """This address takes nothing from us any more; with None, it does again."""
        if refusal is None:
            await self._open([urn], now)
        else:
            await self._db.execute(update(addresses).where(_at([urn])).values(refusal=refusal))

    async def _open(self, urns: Sequence[URN], now: datetime) -> None:
        await self._db.execute(update(addresses).where(_at(urns)).values(refusal=None, open_since=now))

    async def interacted(
        self, moments: Mapping[URN, datetime], windows: Mapping[str, Window], now: datetime
    ) -> list[URN]:
        """Note when people last did something, never an earlier moment than the one that is known.

        Gives those to whom nothing could be sent before: what they are owed may go now.
        """
        rows = await self._db.execute(
            select(addresses)
            .where(_at(list(moments)))
            # One order for everybody who writes to several addresses, so that no two workers wait for each other.
            .order_by(addresses.c.id)
            .with_for_update()
        )
        moved, opened = [], []
        for row in rows:
            urn = URN(account=row.account, path=row.path)
            window, known = windows.get(urn.account), row.interacted_at
            latest = max(moments[urn], known or moments[urn])
            was, still = (way_to(window, each, now, template=False) is Way.CLOSED for each in (known, latest))
            # A refusal that was recorded since they were loaded: they ended it by writing.
            silent, new = row.refusal == Refusal.SILENT.value, row.created_at >= now
            if latest != known or silent:
                began = now if was and not still and not new else row.open_since
                why = None if silent else row.refusal
                moved.append({"key": row.id, "moment": latest, "since": began, "why": why})
            if (was or silent or row.open_since == now) and not still and not new:
                opened.append(urn)
        if moved:
            one = update(addresses).where(addresses.c.id == bindparam("key"))
            written = {"interacted_at": "moment", "open_since": "since", "refusal": "why"}
            await self._db.execute(one.values({name: bindparam(key) for name, key in written.items()}), moved)
        return opened

    async def unreachable(
        self, contact_ids: Sequence[int], *, windows: Mapping[str, Window] | None = None, now: datetime | None = None
    ) -> dict[int, Refusal]:
        """Those of these people whose every address takes nothing from us, and why the newest does not.

        With `windows` (and `now`), an address whose window is closed takes nothing either.
        """
        rows = await self._db.execute(
            select(addresses.c.contact_id, addresses.c.account, addresses.c.refusal, addresses.c.interacted_at)
            .where(addresses.c.contact_id.in_(contact_ids))
            .order_by(addresses.c.id)
        )
        whys: dict[int, list[str | None]] = {}
        for row in rows:
            window = (windows or {}).get(row.account)
            shut = now is not None and way_to(window, row.interacted_at, now, template=False) is Way.CLOSED
            whys.setdefault(row.contact_id, []).append(row.refusal or (Refusal.SILENT.value if shut else None))
        return {contact: Refusal(why[-1]) for contact, why in whys.items() if why[-1] and all(why)}

    async def move(self, delivery_id: int, path: str) -> None:
        """The address of this delivery, and all that waits for it, has another path now.

        Where the new path is known already, the old address stays as it is and what waits goes to the new one.
        """
        found = await self._db.execute(
            select(deliveries.c.account, deliveries.c.path).where(deliveries.c.id == delivery_id)
        )
        row = found.first()
        if row is None:
            return  # erased meanwhile
        account, old = row
        same = select(addresses.c.id).where(addresses.c.account == account, addresses.c.path == path)
        if (await self._db.execute(same)).first() is None:
            await self._db.execute(_moved(addresses, account, old, path))
        await self._db.execute(_moved(messages, account, old, path))
        await self._db.execute(_moved(deliveries, account, old, path))


ADDRESS_FIELDS = (
    addresses.c.account,
    addresses.c.path,
    addresses.c.contact_id,
    addresses.c.refusal,
    officer_chats.c.officer_id,
)


def _at(urns: Sequence[URN]) -> ColumnElement[bool]:
    return tuple_(addresses.c.account, addresses.c.path).in_([(urn.account, urn.path) for urn in urns])


def _of_deliveries(ids: Sequence[int]) -> ColumnElement[bool]:
    return exists().where(
        deliveries.c.id.in_(ids), deliveries.c.account == addresses.c.account, deliveries.c.path == addresses.c.path
    )


def _moved(table: Table, account: str, old: str, new: str) -> Update:
    return update(table).where(table.c.account == account, table.c.path == old).values(path=new)


CONTACT_FIELDS = (
    "locality",
    "hamlet",
    "language",
    "address_word",
    "status",
    "last_inbound_at",
    "rhythm",
    "muted_until",
    "notice_channel",
)
CONVERSATION_FIELDS = (
    "waiting_state",
    "waiting_data",
    "topic",
    "offered",
    "earlier",
    "heard",
    "misses",
    "version",
    "expires_at",
)
SEALED_FIELDS = ("notes", "notes_until")
