"""Another way for a notice that did not arrive: the person's other addresses, then the others of the household."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, exists, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import Notice
from core.contacts import URN
from core.delivery import DeliveryStatus, Outcome
from core.records import LeftOut, Recipient, Unreached
from core.windows import Window
from db.audience import WEB, Unindexed, meant, reachable, ways_of
from db.campaign_tables import left_out
from db.columns import Id
from db.counting import PENDING_NOW, count, left_out_as
from db.models import addresses, contacts
from db.models import deliveries as t

# A message that is leaving at this moment, or may have arrived, has no other way beside it.
STUCK = (
    DeliveryStatus.QUEUED,
    DeliveryStatus.RETRY,
    DeliveryStatus.FAILED,
    DeliveryStatus.SENT,
    DeliveryStatus.SKIPPED,  # only what was skipped because of its own address still has a moment for it
)
OVER = (DeliveryStatus.FAILED, DeliveryStatus.SKIPPED)  # stays what it is: the other way is one more message
WENT_ANOTHER_WAY = "went another way"


class SqlFallbacks:
    """See core.storage.Fallbacks."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def due(self, campaign_id: int, *, now: datetime, limit: int) -> Sequence[Unreached]:
        """What did not arrive in time, or never will; held until the end of the transaction."""
        rows = await self._db.execute(
            select(t.c.id, t.c.contact_id, t.c.status, t.c.dedup_key, t.c.priority)
            .where(t.c.campaign_id == campaign_id, t.c.fall_back_at <= now, t.c.status.in_(STUCK))
            .order_by(t.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [
            Unreached(
                delivery_id=row.id,
                contact_id=row.contact_id,
                status=DeliveryStatus(row.status),
                dedup_key=row.dedup_key,
                priority=row.priority,
            )
            for row in rows
        ]

    async def another(
        self,
        campaign_id: int,
        notice: Notice,
        contact_id: int,
        *,
        accounts: Sequence[str],
        now: datetime,
        windows: Mapping[str, Window] | None = None,
    ) -> Recipient | None:
        """The next address that was not tried: of this person, then of the others of the household who are meant."""
        ways = ways_of(notice, accounts, windows, now)
        me, other = contacts.alias("me"), contacts.alias("other")
        ours = select(me.c.household_id).where(me.c.id == contact_id).scalar_subquery()
        of_the_household = select(other.c.id).where(other.c.household_id == ours, meant(notice.audience, other))
        # As a list of numbers: joined by "or" neither database would look them up.
        asked = union_all(select(literal(contact_id, Id)), of_the_household)
        # Their own messages are few; those of the campaign may be a million, which the sum keeps from being walked.
        tried = exists().where(
            t.c.contact_id == contacts.c.id,
            t.c.campaign_id + 0 == campaign_id,
            t.c.account == addresses.c.account,
            t.c.path == addresses.c.path,
        )
        came = t.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT))
        told = exists().where(t.c.contact_id == contacts.c.id, t.c.campaign_id.is_not(None), came)
        found = await self._db.execute(
            select(contacts.c.id, contacts.c.language, contacts.c.locality, contacts.c.household_id)
            .add_columns(addresses.c.account, addresses.c.path, told.label("told"))
            .join(addresses, addresses.c.contact_id == contacts.c.id)
            .where(contacts.c.id.in_(asked), reachable(notice, ways))
            .where(ways.taken(addresses.c), ~ways.shut(addresses.c))
            .where(Unindexed(addresses.c.account).in_(accounts), ~tried)
            .order_by(contacts.c.id != contact_id, contacts.c.id)
            .order_by(addresses.c.account.startswith(WEB), addresses.c.id.desc())
            .limit(1)
        )
        row = found.first()
        if row is None:
            return None
        return Recipient(
            contact_id=row.id,
            language=row.language,
            locality=row.locality,
            household_id=row.household_id,
            left_out=None,
            urn=URN(account=row.account, path=row.path),
            first=not row.told,
            others=True,
        )

    async def settle(self, campaign_id: int, one: Unreached, to: Recipient | None, now: datetime) -> None:
        """It goes another way, or there is none."""
        values: dict[str, object] = {"fall_back_at": None}
        if to is not None and one.status not in OVER:
            values |= {"status": DeliveryStatus.CANCELLED, "settled_at": now, "last_error": WENT_ANOTHER_WAY}
            before = one.status.value if one.status is DeliveryStatus.SENT else PENDING_NOW
            await count(self._db, [(campaign_id, before, -1), (campaign_id, DeliveryStatus.CANCELLED.value, 1)])
        await self._db.execute(update(t).where(t.c.id == one.delivery_id).values(values))
        if to is None:
            return
        await count(self._db, [(campaign_id, PENDING_NOW, 1)])
        # Who was left out because of the others of the household is not any more.
        because = and_(left_out.c.campaign_id == campaign_id, left_out.c.contact_id == to.contact_id)
        again = await self._db.execute(
            delete(left_out).where(because, left_out.c.reason == LeftOut.HOUSEHOLD.value).returning(left_out.c.reason)
        )
        await count(self._db, [(campaign_id, left_out_as(row.reason), -1) for row in again])


def waits_no_longer(outcome: Outcome) -> bool:
    """Whether this outcome leaves nothing to be brought another way.

    A doubt does: the message may have arrived. So does a message that is too late, and one that a channel took which
    never says whether it was shown.
    """
    if outcome.status is DeliveryStatus.SENT:
        return not outcome.shown_later
    if outcome.status is DeliveryStatus.SKIPPED:
        return not outcome.another_way
    return outcome.status not in STUCK
