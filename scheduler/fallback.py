"""A notice that did not arrive goes another way: to the person's next address, then to another of the household."""

from datetime import datetime

from core.campaigns import Campaign, CampaignState
from core.delivery import NewDelivery, Priority
from core.records import Recipient, Unreached
from scheduler.expansion import fall_back_at, rendered
from scheduler.looping import CampaignLoop

BATCH = 100  # messages in one transaction
EVERY = 2.0  # seconds between looks at what is due


class Fallback(CampaignLoop):
    """One loop, in one process at a time; a message that two look at is held by the first."""

    name = "fallback"

    @property
    def every(self) -> float:
        """Seconds between looks at what is due."""
        return EVERY

    async def step(self) -> bool:
        """Look at the next ones of each campaign that is being sent; whether there may be more."""
        async with self._storage.read() as uow:
            going = await uow.campaigns.list(CampaignState.SENDING)
        more = False
        for one in going:
            more |= await self._further(one)
        return more

    async def _further(self, one: Campaign) -> bool:
        now = self._clock.now()
        async with self._storage.write() as uow:
            stuck = await uow.fallbacks.due(one.id, now=now, limit=BATCH)
            for each in stuck:
                to = None
                if each.contact_id is not None and not _over(one, now):
                    to = await uow.fallbacks.another(
                        one.id,
                        one.notice,
                        each.contact_id,
                        accounts=self._accounts,
                        now=now,
                        windows=self._terms.windows,
                    )
                await uow.fallbacks.settle(one.id, each, to, now)
                if to is not None:
                    await uow.outbox.add([self._delivery(one, each, to, now)])
            await uow.commit()
        if stuck:
            self._relay.wake()
        return len(stuck) == BATCH

    def _delivery(self, one: Campaign, instead: Unreached, to: Recipient, now: datetime) -> NewDelivery:
        assert to.urn is not None  # noqa: S101 - it is what was looked for
        return NewDelivery(
            dedup_key=f"{instead.dedup_key}+",  # the next try of the same person or household
            urn=to.urn,
            contact_id=to.contact_id,
            message=rendered(self._content, one, to, now),
            priority=Priority(instead.priority),
            available_at=now,
            together=one.notice.joins,
            campaign_id=one.id,
            fall_back_at=fall_back_at(one.notice, to, now),
        )


def _over(one: Campaign, now: datetime) -> bool:
    return one.notice.not_after is not None and one.notice.not_after <= now
