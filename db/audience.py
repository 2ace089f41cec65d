"""Whom a notice is for, as one statement over all people: the same that core.audience says of one of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from core.audience import AllOf, AnyOf, Audience, Field, Is, Not
from core.contacts import ContactStatus, Purpose
from core.storage import LeftOut, Reach
from db.models import addresses, consents, contacts, needs, subscriptions


class SqlAudience:
    """See core.storage.Audiences."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def reach(self, audience: Audience, *, accounts: Sequence[str], now: datetime) -> Reach:
        """How many people are meant, and how many of them are left out for which reason, the first that holds."""
        why = _why(audience, accounts, now).label("why")
        rows = await self._db.execute(select(why, func.count()).where(meant(audience)).group_by(why))
        counted = {row[0]: int(row[1]) for row in rows}
        left_out = {LeftOut(reason): number for reason, number in counted.items() if reason}
        return Reach(meant=sum(counted.values()), reached=counted.get("", 0), left_out=left_out)

    async def hamlets(self) -> Sequence[str]:
        """Every hamlet as somebody typed or chose it."""
        rows = await self._db.execute(select(contacts.c.hamlet).where(contacts.c.hamlet.is_not(None)).distinct())
        return sorted(rows.scalars())


def meant(audience: Audience) -> ColumnElement[bool]:
    """Whether a row of `contacts` is meant; never NULL, so that "not" is what it says."""
    match audience:
        case Is(which, values):
            return _CONDITIONS[which](values)
        case AllOf(parts):
            return and_(true(), *(meant(one) for one in parts))
        case AnyOf(parts):
            return or_(false(), *(meant(one) for one in parts))
        case Not(part):
            return not_(meant(part))


def reachable(accounts: Sequence[str], now: datetime) -> ColumnElement[bool]:
    """Whether a notice may go to this person, whatever it is about."""
    return and_(~_stopped(), _agreed(now), _has_address(accounts))


def _why(audience: Audience, accounts: Sequence[str], now: datetime) -> ColumnElement[str]:
    """The first reason for which somebody who is meant is left out; empty for nobody."""
    # One household, one message: it goes to the first of its members who is meant and can be reached.
    firsts = (
        select(func.min(contacts.c.id))
        .where(contacts.c.household_id.is_not(None), meant(audience), reachable(accounts, now))
        .group_by(contacts.c.household_id)
        .correlate(None)
    )
    return case(
        (_stopped(), LeftOut.STOPPED.value),
        (~_agreed(now), LeftOut.NO_CONSENT.value),
        (~_has_address(accounts), LeftOut.NO_ADDRESS.value),
        (and_(contacts.c.household_id.is_not(None), contacts.c.id.not_in(firsts)), LeftOut.HOUSEHOLD.value),
        else_=literal(""),
    )


def _stopped() -> ColumnElement[bool]:
    return contacts.c.status != ContactStatus.ACTIVE.value


def _agreed(now: datetime) -> ColumnElement[bool]:
    mine = and_(consents.c.contact_id == contacts.c.id, consents.c.expires_at > now)
    return exists().where(mine, consents.c.purpose == Purpose.NOTICES.value)


def _has_address(accounts: Sequence[str]) -> ColumnElement[bool]:
    open_ = and_(addresses.c.contact_id == contacts.c.id, addresses.c.refusal.is_(None))
    return exists().where(open_, addresses.c.account.in_(accounts))


def _column(column: ColumnElement[str | None], values: Sequence[str]) -> ColumnElement[bool]:
    return and_(column.is_not(None), column.in_(values))


def _by_channel(values: Sequence[str]) -> ColumnElement[bool]:
    named = or_(
        *(or_(addresses.c.account == one, addresses.c.account.startswith(f"{one}.", autoescape=True)) for one in values)
    )
    return exists().where(addresses.c.contact_id == contacts.c.id, named)


_CONDITIONS = {
    Field.LOCALITY: lambda values: _column(contacts.c.locality, values),
    Field.HAMLET: lambda values: _column(contacts.c.hamlet, values),
    Field.STATUS: lambda values: _column(contacts.c.household_status, values),
    Field.LANGUAGE: lambda values: _column(contacts.c.language, values),
    Field.LACKING: lambda values: exists().where(needs.c.contact_id == contacts.c.id, needs.c.dimension.in_(values)),
    Field.TOPIC: lambda values: exists().where(
        subscriptions.c.contact_id == contacts.c.id, subscriptions.c.topic.in_(values)
    ),
    Field.CHANNEL: _by_channel,
}
