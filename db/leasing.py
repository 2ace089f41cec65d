"""Which rows of the outbox may be sent now, and the statements that take them.

Each walks an index that holds nothing but what it looks for: replies in their order; of one campaign at one account
what is due. What waits elsewhere (for tomorrow, for a paused campaign, for a channel that is down) is not even passed
by, however much it is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.dml import ReturningUpdate

from core.campaigns import CampaignState, OnDoubt
from core.delivery import DeliveryStatus, Priority
from db.campaign_tables import campaigns
from db.models import UNFINISHED, WAITING, channel_accounts, messages
from db.models import deliveries as t

RESENDS = 1  # how often a message in doubt is sent again: more would be more duplicates than doubts
CHAT_RESTS = timedelta(seconds=1)  # between a message and a notice after it: what chats take (Telegram, bots/faq)


async def replies(
    db: AsyncConnection, accounts: Sequence[str], *, taking: Mapping[str, Any], limit: int, quiet: bool
) -> list[Row[Any]]:
    """Take what is due and of no campaign, the most urgent first."""
    least = Priority.URGENT if quiet else Priority.NOTICE
    asked = {**taking, "accounts": list(accounts), "most": limit, "least": least}
    return list(await db.execute(_REPLIES, asked))


async def notices(
    db: AsyncConnection, room: Mapping[str, int], *, taking: Mapping[str, Any], limit: int, quiet: bool
) -> list[Row[Any]]:
    """Take what is due of the campaigns that are being sent: what is urgent first, then the oldest campaign.

    `room` says how much each account takes; in quiet hours only what is urgent goes.
    """
    left = dict(room)
    taken: list[Row[Any]] = []
    for campaign in await db.execute(_SENDING):
        if quiet and not campaign.urgent:
            continue
        for account in room:
            most = min(left[account], limit - len(taken))
            if most <= 0:
                continue
            asked = {**taking, "of_account": account, "campaign": campaign.id, "most": most}
            found = (await db.execute(_NOTICES, {**asked, "rested": taking["now"] - CHAT_RESTS})).all()
            taken += found
            left[account] -= len(found)
    return taken


def on_its_way(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    """Whether a row still waits to be sent, or is being sent."""
    return and_(has_status(columns, *UNFINISHED), _not_given_up(columns))


def to_be_sent(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    """Whether a row waits for a lease: for its first, for another after trouble, or for the one after a doubt."""
    return and_(has_status(columns, *WAITING), _not_given_up(columns))


def in_doubt(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    """Whether nobody knows if it arrived, in the words of the index of doubts."""
    return has_status(columns, DeliveryStatus.IN_DOUBT)


def _not_given_up(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    return or_(columns.status != DeliveryStatus.IN_DOUBT, columns.doubts <= RESENDS)


def has_status(columns: ReadOnlyColumnCollection[str, Column[Any]], *states: DeliveryStatus) -> ColumnElement[bool]:
    """Whether a row is in one of these states, in the words of the partial indexes.

    With values that come later, neither database would see that an index fits, and every lease would walk the history.
    """
    return columns.status.in_([literal_column(f"'{state.value}'") for state in states])


def _nothing_before() -> ColumnElement[bool]:
    # What was said to a person earlier must not be overtaken, except a notice by a reply. Written as "the first of
    # those is nobody" and not as NOT EXISTS: PostgreSQL would make one great join of that, and without statistics a
    # join of every waiting row with every other one.
    earlier, of = t.alias("earlier"), campaigns.alias("of")
    # A campaign that is paused holds up no other one, nor does a doubt that is held, nor what waits for its own day.
    held = and_(of.c.on_doubt == OnDoubt.HOLD.value, earlier.c.status == DeliveryStatus.IN_DOUBT.value)
    later = and_(earlier.c.status == DeliveryStatus.QUEUED.value, earlier.c.available_at > _now())
    sending = exists().where(of.c.id == earlier.c.campaign_id, of.c.state == CampaignState.SENDING.value, ~held, ~later)
    goes = or_(sending, earlier.c.status == DeliveryStatus.LEASED.value)
    first = (
        select(earlier.c.id)
        .where(earlier.c.account == t.c.account, earlier.c.path == t.c.path, earlier.c.id < t.c.id)
        .where(earlier.c.priority <= t.c.priority, on_its_way(earlier.c), or_(earlier.c.campaign_id.is_(None), goes))
        .order_by(earlier.c.id)
        .limit(1)
    )
    return first.scalar_subquery().is_(None)


def _rested() -> ColumnElement[bool]:
    """Nothing was sent to this chat a moment ago.

    Written as "the first of those is nobody" for the reason above: PostgreSQL would join all that was ever sent.
    """
    just = t.alias("just")
    same = and_(just.c.account == t.c.account, just.c.path == t.c.path)
    lately = just.c.settled_at > bindparam("rested", type_=t.c.settled_at.type)
    first = select(just.c.id).where(same, has_status(just.c, DeliveryStatus.SENT), lately).limit(1)
    return first.scalar_subquery().is_(None)


def _open() -> Any:
    """The accounts that keep silent."""
    return select(channel_accounts.c.id).where(channel_accounts.c.paused_until > _now())


def _now() -> Any:
    return bindparam("now", type_=t.c.available_at.type)


def _due_replies() -> Select[Any]:
    # The account as an expression: by the index on it all that waits would be sorted for every lease, while the
    # index of what is due gives the first `most` rows in their order.
    account = t.c.account.concat("")
    return (
        select(t.c.id)
        .where(account.in_(bindparam("accounts", expanding=True)), account.not_in(_open()))
        .where(t.c.campaign_id.is_(None), t.c.priority <= bindparam("least", type_=Integer))
        .where(t.c.available_at <= _now(), to_be_sent(t.c), _nothing_before())
        .order_by(t.c.priority, t.c.id)
    )


def _due_notices() -> Select[Any]:
    account: Any = bindparam("of_account")
    # While it is being sent; after a doubt, if it says so.
    again = or_(campaigns.c.on_doubt == OnDoubt.RESEND.value, t.c.status != DeliveryStatus.IN_DOUBT.value)
    of = campaigns.c.id == t.c.campaign_id
    going = exists().where(of, campaigns.c.state == CampaignState.SENDING.value, again)
    return (
        select(t.c.id)
        .where(t.c.campaign_id == bindparam("campaign", type_=Integer), t.c.account == account)
        .where(account.not_in(_open()), t.c.available_at <= _now(), to_be_sent(t.c))
        .where(going, _nothing_before(), _rested())
        .order_by(t.c.available_at, t.c.id)
    )


def _leasing(due: Select[Any]) -> ReturningUpdate[Any]:
    taken = due.limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True, of=t).cte("due")
    body = select(messages.c.body).where(messages.c.id == t.c.message_id).scalar_subquery()
    return (
        update(t)
        .where(t.c.id.in_(select(taken.c.id)))
        .values(
            status=DeliveryStatus.LEASED,
            leased_by=bindparam("worker"),
            leased_until=bindparam("until", type_=t.c.leased_until.type),
            attempt=t.c.attempt + 1,
        )
        .returning(*t.c, body.label("body"))
    )


# Put together once, which takes longer than carrying them out.
_REPLIES, _NOTICES = _leasing(_due_replies()), _leasing(_due_notices())
_SENDING = (
    select(campaigns.c.id, campaigns.c.urgent)
    .where(campaigns.c.state == CampaignState.SENDING.value)
    .order_by(campaigns.c.urgent.desc(), campaigns.c.id)
)


def taking(worker: str, now: datetime, until: datetime) -> dict[str, Any]:
    """Who takes rows, when and for how long."""
    return {"worker": worker, "now": now, "until": until}
