"""Whom a notice is for, as one statement over all people: the same that core.audience says of one of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    String,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from core.audience import AllOf, AnyOf, Audience, Field, Is, Not
from core.campaigns import Notice
from core.contacts import ContactStatus, Purpose
from core.delivery import DeliveryStatus
from core.records import LeftOut, Reach
from core.windows import Window
from db.models import addresses, consents, contacts, deliveries, needs, subscriptions
from db.windows import Ways

MOST_DIGITS = 18  # of a number: more the database cannot hold
WEB = "webchat."  # goes last: it is read at the next visit


class SqlAudience:
    """See core.storage.Audiences."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def reach(
        self,
        notice: Notice,
        *,
        accounts: Sequence[str],
        now: datetime,
        windows: Mapping[str, Window] | None = None,
    ) -> Reach:
        """How many people are meant, and how many of them are left out for which reason, the first that holds."""
        reason = why(notice, ways_of(notice, accounts, windows, now)).label("why")
        rows = await self._db.execute(select(reason, func.count()).where(meant(notice.audience)).group_by("why"))
        counted = {row[0]: int(row[1]) for row in rows}
        left_out = {LeftOut(reason): number for reason, number in counted.items() if reason}
        return Reach(meant=sum(counted.values()), reached=counted.get("", 0), left_out=left_out)

    async def hamlets(self) -> Sequence[str]:
        """Every hamlet as somebody typed or chose it."""
        rows = await self._db.execute(select(contacts.c.hamlet).where(contacts.c.hamlet.is_not(None)).distinct())
        return sorted(rows.scalars())

    async def homes(self, localities: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The same by place, of these places."""
        c = contacts.c
        where = (c.locality.in_(localities), c.hamlet.is_not(None))
        found: dict[str, list[str]] = {}
        for locality, hamlet in await self._db.execute(select(c.locality, c.hamlet).where(*where).distinct()):
            found.setdefault(locality, []).append(hamlet)
        return {place: sorted(hamlets) for place, hamlets in found.items()}


class Unindexed(FunctionElement[str]):
    """A column by which SQLite looks nothing up."""

    inherit_cache = True
    name, type = "unindexed", String()


@compiles(Unindexed)
def _as_it_is(element: Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(Unindexed, "sqlite")
def _with_a_plus(element: Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


def meant(audience: Audience, of: FromClause = contacts, *, walking: bool = False) -> ColumnElement[bool]:
    """Whether a row of `contacts` (or an alias of it) is meant; never NULL, so that "not" is what it says.

    `walking` says that people are gone through by their numbers. SQLite would rather take the index on places, and
    sort everybody who lives in one for each batch.
    """
    match audience:
        case Is(which, values):
            return _is(which, values, of.c, walking=walking)
        case AllOf(parts):
            return and_(true(), *(meant(one, of, walking=walking) for one in parts))
        case AnyOf(parts):
            return or_(false(), *(meant(one, of, walking=walking) for one in parts))
        case Not(part):
            return not_(meant(part, of, walking=walking))


def ways_of(notice: Notice, accounts: Sequence[str], windows: Mapping[str, Window] | None, now: datetime) -> Ways:
    """What can be used for a notice."""
    return Ways(accounts=accounts, windows=windows or {}, now=now, template=notice.template is not None)


def reachable(notice: Notice, ways: Ways, of: FromClause = contacts) -> ColumnElement[bool]:
    """Whether a notice may go to this person, whoever it means; their window may be closed."""
    refuses = or_(_stopped(of, urgent=notice.urgent), _muted(notice, ways.now, of), _other_theme(notice, of))
    return and_(~refuses, _agreed(ways.now, of), _has_address(ways, of))


def willing(now: datetime, *, urgent: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether somebody agreed to notices and did not stop them since."""
    stopped = or_(_stopped(contacts, urgent=True), and_(~urgent, _stopped(contacts, urgent=False)))
    return and_(~stopped, _agreed(now, contacts))


def withdrawn(of: FromClause) -> ColumnElement[bool]:
    """Whether a delivery is a notice to somebody who took back their yes; one that only ran out is another matter."""
    mine = and_(consents.c.contact_id == of.c.contact_id, consents.c.purpose == Purpose.NOTICES.value)
    return and_(of.c.campaign_id.is_not(None), ~exists().where(mine))


def why(notice: Notice, ways: Ways, *, walking: bool = False) -> ColumnElement[str]:
    """The first reason for which somebody who is meant is left out; empty for nobody.

    `walking` says that it is asked of a few people, and not of all there are.
    """
    reasons = [
        (_stopped(contacts, urgent=notice.urgent), LeftOut.STOPPED),
        (_muted(notice, ways.now, contacts), LeftOut.MUTED),
        (_other_theme(notice, contacts), LeftOut.THEME),
        (~_agreed(ways.now, contacts, walking=walking), LeftOut.NO_CONSENT),
        (~_has_address(ways, contacts, walking=walking), LeftOut.NO_ADDRESS),
        (and_(contacts.c.household_id.is_not(None), _another_of_the_household(notice, ways)), LeftOut.HOUSEHOLD),
    ]
    if ways.windows:
        reasons.append((~_has_open_address(ways, contacts, walking=walking), LeftOut.WINDOW))
    return case(*((which, reason.value) for which, reason in reasons), else_=literal(""))


def _another_of_the_household(notice: Notice, ways: Ways) -> ColumnElement[bool]:
    """One household, one message: it goes to the first of its members who is meant and can be reached.

    Somebody whose window is open goes before who has been silent for too long.
    """
    other = contacts.alias("other")
    goes_before: ColumnElement[bool] = other.c.id < contacts.c.id
    if ways.windows:
        theirs, mine = _has_open_address(ways, other), _has_open_address(ways, contacts)
        goes_before = or_(and_(theirs, ~mine), and_(or_(theirs, ~mine), goes_before))
    same = and_(other.c.household_id == contacts.c.household_id, other.c.id != contacts.c.id)
    return exists().where(same, goes_before, meant(notice.audience, other), reachable(notice, ways, other))


def address_of(ways: Ways) -> ScalarSelect[int]:
    """The address by which somebody is written to: by the channel they chose, the newest first, a web page last.

    One whose window is closed comes after all others, and one that costs a template after one that costs none.
    """
    here, me = addresses.alias("here"), contacts.alias("me")  # SQLite orders a subquery by nothing from outside
    chosen = here.c.account.startswith(me.c.notice_channel.concat("."))
    order: list[ColumnElement[Any]] = [case((chosen, 0), else_=1), here.c.account.startswith(WEB)]
    if ways.windows:
        costs_more = case((ways.by_template(here.c), 1), else_=0)
        order = [case((ways.shut(here.c), 1), else_=0), *order, costs_more]
    return (
        select(here.c.id)
        .join(me, me.c.id == here.c.contact_id)
        .where(here.c.contact_id == contacts.c.id, ways.usable(here.c))
        .order_by(*order, here.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def another_way(audience: Audience, ways: Ways) -> ColumnElement[bool]:
    """Whether this person has a second address, or the household somebody else who is meant and has one."""
    here, other = addresses.alias("here"), contacts.alias("another")
    mine = and_(here.c.contact_id == contacts.c.id, ways.usable(here.c))
    second = select(here.c.id).where(mine).order_by(here.c.id).offset(1).limit(1).scalar_subquery()
    of_the_household = and_(other.c.household_id == contacts.c.household_id, other.c.id != contacts.c.id)
    # One look within the other: side by side SQLite would begin with everybody who has an address.
    others = and_(of_the_household, meant(audience, other), _has_address(ways, other, walking=True))
    return or_(second.is_not(None), there_is(other.c.id, others, walking=True))


def _stopped(of: FromClause, *, urgent: bool) -> ColumnElement[bool]:
    return of.c.status == ContactStatus.STOPPED.value if urgent else of.c.status != ContactStatus.ACTIVE.value


def _muted(notice: Notice, now: datetime, of: FromClause) -> ColumnElement[bool]:
    return false() if notice.urgent else and_(of.c.muted_until.is_not(None), of.c.muted_until > now)


def _other_theme(notice: Notice, of: FromClause) -> ColumnElement[bool]:
    """Whether somebody stopped all that it is about, or chose topics and none of these (core/wishes.py)."""
    if notice.urgent or not notice.topics:
        return false()
    mine = subscriptions.alias()
    topic = mine.c.topic.concat("")  # theirs are few, and those who chose a topic are many: by no index on topics

    def theirs(*which: ColumnElement[bool]) -> ColumnElement[bool]:
        return there_is(mine.c.contact_id, and_(mine.c.contact_id == of.c.id, *which), walking=True)

    stopped = and_(*(theirs(topic == one, ~mine.c.wanted) for one in notice.topics))
    return or_(stopped, and_(theirs(mine.c.wanted), ~theirs(topic.in_(notice.topics), mine.c.wanted)))


def there_is(key: ColumnElement[Any], which: ColumnElement[bool], *, walking: bool) -> ColumnElement[bool]:
    """Whether there is a row, by its key.

    Of all people PostgreSQL finds that out by reading the other table once. For a batch of a walk that is far too much,
    yet for EXISTS it does so: it does not see how few are asked. "The first of them is somebody" is always looked up.
    """
    rows = select(key).where(which)
    return rows.limit(1).scalar_subquery().is_not(None) if walking else rows.exists()


def _agreed(now: datetime, of: FromClause, *, walking: bool = False) -> ColumnElement[bool]:
    mine = and_(consents.c.contact_id == of.c.id, consents.c.expires_at > now)
    return there_is(consents.c.id, and_(mine, consents.c.purpose == Purpose.NOTICES.value), walking=walking)


def _has_address(ways: Ways, of: FromClause, *, walking: bool = False) -> ColumnElement[bool]:
    there = addresses.alias()
    return there_is(there.c.id, and_(there.c.contact_id == of.c.id, ways.usable(there.c)), walking=walking)


def _has_open_address(ways: Ways, of: FromClause, *, walking: bool = False) -> ColumnElement[bool]:
    there = addresses.alias()
    mine = and_(there.c.contact_id == of.c.id, ways.usable(there.c), ~ways.shut(there.c))
    # Whoever is asked about may stand two statements further out.
    rows = select(there.c.id).where(mine).correlate_except(there)
    return rows.limit(1).scalar_subquery().is_not(None) if walking else rows.exists()


def _is(which: Field, values: Sequence[str], c: Any, *, walking: bool) -> ColumnElement[bool]:
    match which:
        case Field.LOCALITY | Field.HAMLET | Field.STATUS | Field.LANGUAGE:
            column = {
                Field.LOCALITY: c.locality,
                Field.HAMLET: c.hamlet,
                Field.STATUS: c.household_status,
                Field.LANGUAGE: c.language,
            }[which]
            column = Unindexed(column) if walking else column
            return and_(column.is_not(None), column.in_(values))
        case Field.LACKING:
            return exists().where(needs.c.contact_id == c.id, needs.c.dimension.in_(values))
        case Field.TOPIC:
            mine = subscriptions.c.contact_id == c.id
            return exists().where(mine, subscriptions.c.wanted, subscriptions.c.topic.in_(values))
        case Field.REACHED:
            came = deliveries.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT))
            numbers = [int(one) for one in values if one.isascii() and one.isdecimal() and len(one) <= MOST_DIGITS]
            mine = and_(deliveries.c.contact_id == c.id, deliveries.c.campaign_id.in_(numbers), came)
            return exists().where(mine)
        case Field.CHANNEL:
            there = addresses.alias()
            named = (
                or_(there.c.account == one, there.c.account.startswith(f"{one}.", autoescape=True)) for one in values
            )
            return exists().where(there.c.contact_id == c.id, or_(*named))
