"""People of a ward's list: put in, or brought up to date."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import LISTED, URN, Consent, ContactStatus
from core.records import Enrolled, NewContact
from db.campaign_tables import reminders
from db.models import addresses, channel_accounts, consents, contacts, conversations, households, subscriptions
from db.reminders import SqlReminders

NEWLY_ESCAPED = "newly-escaped"  # the status, and the rule of reminders about it


class SqlLists:
    """See core.storage.Lists."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def localities(self, urns: Sequence[URN]) -> set[str]:
        """Where the people at these addresses live, as far as they are known."""
        known = await self._known(urns)
        rows = await self._db.execute(
            select(contacts.c.locality).where(contacts.c.id.in_(known.values()), contacts.c.locality.is_not(None))
        )
        return set(rows.scalars())

    async def accounts(self) -> Sequence[str]:
        """The channel accounts there are."""
        return list((await self._db.execute(select(channel_accounts.c.id).order_by(channel_accounts.c.id))).scalars())

    async def enrol(self, people: Sequence[NewContact], consent: Consent, now: datetime) -> Enrolled:
        """Put people in; of those known already only what the ward says is written. Of 500 at a time, no more."""
        homes = await self._households(people, now)
        known = await self._known([one.urn for one in people])
        fresh = [one for one in people if one.urn not in known]
        for one in fresh:
            known[one.urn] = await self._add(one, now)
        await self._forget_days({known[one.urn]: one.status_since for one in people})
        for one in people:
            await self._db.execute(
                update(contacts)
                .where(contacts.c.id == known[one.urn])
                .values(
                    name=one.name or None,
                    phone=one.phone or None,
                    household_status=one.status,
                    status_since=one.status_since,
                    **({"household_id": homes.get((one.locality, one.household))} if one.household is not None else {}),
                )
            )
        ids = [known[one.urn] for one in people]
        # Who is counted otherwise now is not reminded of what no longer holds for them.
        counted = [known[one.urn] for one in people if one.status not in (None, NEWLY_ESCAPED)]
        await SqlReminders(self._db).over(counted, NEWLY_ESCAPED)
        await self._subscribe({known[one.urn]: one.topics for one in people if one.topics})
        await self._consent(ids, consent)
        return Enrolled(new=len(fresh), updated=len(people) - len(fresh))

    async def _known(self, urns: Sequence[URN]) -> dict[URN, int]:
        wanted = [(urn.account, urn.path) for urn in urns]
        rows = await self._db.execute(
            select(addresses).where(tuple_(addresses.c.account, addresses.c.path).in_(wanted))
        )
        return {URN(account=row.account, path=row.path): row.contact_id for row in rows}

    async def _add(self, one: NewContact, now: datetime) -> int:
        values = {"locality": one.locality, "hamlet": one.hamlet, "language": one.language}
        made = await self._db.execute(
            insert(contacts).values(created_at=now, status=ContactStatus.ACTIVE, **values).returning(contacts.c.id)
        )
        contact = int(made.scalar_one())
        await self._db.execute(
            insert(addresses).values(account=one.urn.account, path=one.urn.path, contact_id=contact, created_at=now)
        )
        await self._db.execute(
            insert(conversations).values(contact_id=contact, offered=[], earlier=[], misses=0, version=0)
        )
        return contact

    async def _households(self, people: Sequence[NewContact], now: datetime) -> dict[tuple[str, str], int]:
        wanted = sorted({(one.locality, one.household) for one in people if one.household})
        if not wanted:
            return {}
        place = tuple_(households.c.locality, households.c.code)
        found = {
            (row.locality, row.code): row.id
            for row in await self._db.execute(select(households).where(place.in_(wanted)))
        }
        for locality, code in wanted:
            if (locality, code) not in found:
                row = insert(households).values(locality=locality, code=code, created_at=now)
                made = await self._db.execute(row.returning(households.c.id))
                found[locality, code] = int(made.scalar_one())
        return found

    async def _forget_days(self, since: dict[int, date | None]) -> None:
        """Where the list has another day now, what was planned by the old one is planned anew."""
        rows = await self._db.execute(
            select(contacts.c.id, contacts.c.status_since).where(
                contacts.c.id.in_(since), contacts.c.status_since.is_not(None)
            )
        )
        changed = [row.id for row in rows if row.status_since != since[row.id]]
        if changed:
            of_the_rule = reminders.c.rule == NEWLY_ESCAPED
            await self._db.execute(delete(reminders).where(reminders.c.contact_id.in_(changed), of_the_rule))

    async def _subscribe(self, topics: dict[int, tuple[str, ...]]) -> None:
        if not topics:
            return
        """What the list says they want, but for what they stopped themselves."""
        theirs = subscriptions.c.contact_id.in_(topics)
        await self._db.execute(delete(subscriptions).where(theirs, subscriptions.c.wanted))
        kept = await self._db.execute(select(subscriptions.c.contact_id, subscriptions.c.topic).where(theirs))
        stopped = {(row.contact_id, row.topic) for row in kept}
        pairs = [(contact, topic) for contact, all_ in topics.items() for topic in all_]
        rows = [{"contact_id": one, "topic": topic} for one, topic in pairs if (one, topic) not in stopped]
        if rows:
            await self._db.execute(insert(subscriptions), rows)

    async def _consent(self, ids: Sequence[int], consent: Consent) -> None:
        same = consents.c.contact_id.in_(ids) & (consents.c.purpose == consent.purpose)
        # Who agreed to news themselves did more than a list can.
        theirs = set((await self._db.execute(select(consents.c.contact_id).where(same, ~_listed()))).scalars())
        await self._db.execute(delete(consents).where(same, _listed()))
        rows = [
            {
                "contact_id": one,
                "purpose": consent.purpose,
                "granted_at": consent.granted_at,
                "expires_at": consent.expires_at,
                "wording": consent.wording,
            }
            for one in ids
            if one not in theirs
        ]
        if rows:
            await self._db.execute(insert(consents), rows)


def _listed() -> ColumnElement[bool]:
    return consents.c.wording.startswith(LISTED)
