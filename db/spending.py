"""What channels charged in a month, and on what terms people can be written to now: counted by one statement each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import Notice
from core.delivery import DeliveryStatus
from core.records import LeftOut
from core.sending_storage import PeopleByWay
from core.tariff import Spent, Tariff, Used, month_of, price, tariff_of
from core.windows import Way, Window
from db.audience import address_of, meant, ways_of, why, willing
from db.channel_tables import channel_use
from db.leasing import on_its_way
from db.models import addresses, contacts, deliveries
from db.windows import Ways


class SqlSpending:
    """See core.sending_storage.Spending."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(
        self, spent: Mapping[int, Spent], tariffs: Mapping[str, Tariff], *, worker: str, now: datetime
    ) -> None:
        """Count what these deliveries took, as far as this worker holds them; before they are recorded.

        Recorded by a first try whose answer was lost, they are held no more: nothing is counted twice.
        """
        held = await self._db.execute(
            select(deliveries.c.id)
            .where(deliveries.c.id.in_(spent), deliveries.c.leased_by == worker)
            .where(deliveries.c.status == DeliveryStatus.LEASED)
            .order_by(deliveries.c.id)
            .with_for_update()
        )
        sums: Counter[tuple[str, Way]] = Counter()
        for id_ in held.scalars():
            sums[spent[id_].account, spent[id_].way] += spent[id_].messages
        # In one order, so that no two workers wait for each other.
        for (account, way), messages in sorted(sums.items()):
            await self._add(tariff_of(tariffs, account), account, way, messages, month_of(now))

    async def _add(self, tariff: Tariff, account: str, way: Way, messages: int, month: str) -> None:
        t = channel_use.c
        insert = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        row = insert(channel_use).values(account=account, month=month, way=way.value, messages=messages, dong=0)
        added = await self._db.execute(
            row.on_conflict_do_update(
                index_elements=list(channel_use.primary_key.columns), set_={"messages": t.messages + messages}
            ).returning(t.messages)
        )
        # The row is ours now: whoever counts at the same time goes on from here, so the package is told out once.
        dong = price(tariff, way, messages, before=int(added.scalar_one()) - messages)
        if dong:
            mine = and_(t.account == account, t.month == month, t.way == way.value)
            await self._db.execute(update(channel_use).where(mine).values(dong=t.dong + dong))

    async def used(self, account: str, month: str) -> Used:
        """What an account used in a month."""
        t = channel_use.c
        rows = (await self._db.execute(select(channel_use).where(t.account == account, t.month == month))).all()
        messages = {row.way: int(row.messages) for row in rows}
        return Used(
            free=messages.get(Way.FREE, 0),
            charged=messages.get(Way.CHARGED, 0),
            template=messages.get(Way.TEMPLATE, 0),
            dong=sum(int(row.dong) for row in rows),
        )

    async def ways(
        self, notice: Notice, *, accounts: Sequence[str], windows: Mapping[str, Window], now: datetime
    ) -> PeopleByWay:
        """How many people a notice reaches by which account and on what terms, as of now; by one statement."""
        ways = ways_of(notice, accounts, windows, now)
        found = (
            select(addresses.c.account, ways.way(addresses.c).label("way"), func.count().label("number"))
            .join_from(contacts, addresses, addresses.c.id == address_of(ways))
            .where(meant(notice.audience), why(notice, ways).in_(("", LeftOut.WINDOW.value)))
        )
        return await self._counted(found)

    async def everybody(self, accounts: Sequence[str], windows: Mapping[str, Window], now: datetime) -> PeopleByWay:
        """The same of everybody who has agreed to notices, address by address, with a template for the silent."""
        ways = Ways(accounts=accounts, windows=windows, now=now, template=True)
        found = (
            select(addresses.c.account, ways.way(addresses.c).label("way"), func.count().label("number"))
            .join_from(addresses, contacts, contacts.c.id == addresses.c.contact_id)
            .where(ways.usable(addresses.c), willing(now, urgent=true()))
        )
        return await self._counted(found)

    async def waiting(self, campaign_id: int, windows: Mapping[str, Window], now: datetime) -> PeopleByWay:
        """The same of what a campaign has queued and not sent; the dearest, since a template may be at hand."""
        ways = Ways(accounts=list(windows), windows=windows, now=now, template=True)
        d = deliveries.c
        same = and_(addresses.c.account == d.account, addresses.c.path == d.path)
        found = (
            select(addresses.c.account, ways.way(addresses.c).label("way"), func.count().label("number"))
            .join_from(deliveries, addresses, same)
            .where(d.campaign_id == campaign_id, d.account.in_(windows), on_its_way(d))
        )
        return await self._counted(found)

    async def _counted(self, found: Select[str, str, int]) -> PeopleByWay:
        rows = await self._db.execute(found.group_by(addresses.c.account, "way"))
        return {(row.account, Way(row.way)): int(row.number) for row in rows}
