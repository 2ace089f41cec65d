"""From an approved campaign to a message for each person, in batches; a kill repeats at most one batch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from content.catalogue import Catalogue
from content.wording import wording
from core.authenticity import notice_code
from core.campaigns import Campaign, CampaignState, Notice
from core.caps import LOCAL
from core.contacts import URN
from core.delivery import NewDelivery, Priority
from core.errors import ChungTayError
from core.messages import OutboundMessage, QuickReply
from core.planning import plan_of
from core.records import TAKEN_BACK, AuditEntry, LeftOut, Recipient
from core.rhythm import Rhythm, sent_at
from core.storage import UnitOfWork
from core.windows import Way
from scheduler.looping import CampaignLoop

BATCH = 250  # people in one transaction: replies wait no longer than it takes
EVERY = 1.0  # seconds between looks at what is due


class Expansion(CampaignLoop):
    """One loop. Several may run: a batch is written by the one whose note of how far it came is the first."""

    name = "expansion"
    _few_at: Mapping[int, frozenset[str]] = MappingProxyType({})  # by campaign: see _few

    @property
    def every(self) -> float:
        """Seconds between looks at what is due."""
        return EVERY

    async def step(self) -> bool:
        """Begin what is due, take each a batch further, or back, end what is done; whether there is more to do."""
        now = self._clock.now()
        async with self._storage.read() as uow:
            going = await uow.campaigns.going()
        more = False
        for one in reversed(going):  # the oldest first
            try:
                more |= await self._moved(one)
            except Exception as error:
                self._on_fault("expansion", error)  # one that cannot go on holds up no other
        await self._end(going, now)
        return more

    async def _moved(self, one: Campaign) -> bool:
        if one.state is CampaignState.APPROVED:
            return await self._begin(one)
        if one.state is CampaignState.STOPPED:
            return await self._take_back(one)
        return one.state is CampaignState.SENDING and one.expanded_at is None and await self._further(one)

    async def _end(self, going: Sequence[Campaign], now: datetime) -> None:
        """End what is done."""
        sending = [one for one in going if one.state is CampaignState.SENDING and one.expanded_at]
        done = [one.id for one in sending if not one.counts.get("pending", 0)]
        if not done:
            return
        async with self._storage.write() as uow:
            await uow.campaigns.finish(done, now)
            await uow.commit()

    async def _take_back(self, one: Campaign) -> bool:
        """A batch of what a stopped campaign has not sent; it is over when nothing is under way any more either."""
        now, taken = self._clock.now(), 0
        async with self._storage.write() as uow:
            if one.counts.get("pending", 0):
                taken = await uow.campaigns.cancel(one.id, now, TAKEN_BACK)
            else:
                await uow.campaigns.taken_back(one.id, now)
            await uow.commit()
        return taken > 0

    async def _begin(self, one: Campaign) -> bool:
        """When the hold-back is over; what was changed since its approval goes nowhere."""
        if one.starts_at is None or one.starts_at > self._clock.now():
            return False
        if not one.approved:
            await self._void(one)
            return False
        async with self._storage.write() as uow:
            begun = await uow.campaigns.step(one.id, CampaignState.APPROVED, CampaignState.SENDING)
            await uow.commit()
        return begun

    async def _void(self, one: Campaign) -> None:
        """It is not what somebody said yes to: a draft again, and an entry in the log says so."""
        entry = AuditEntry(
            at=self._clock.now(),
            actor="scheduler",
            action="campaign.voided",
            subject=f"campaign:{one.id}",
            detail={"approved": one.approved_hash or "", "found": one.notice.hash()},
        )
        async with self._storage.write() as uow:
            if await uow.campaigns.step(one.id, CampaignState.APPROVED, CampaignState.DRAFT):
                await uow.audit.append([entry])
            await uow.commit()
        what = "was changed after its approval, and is a draft again"
        self._on_fault("expansion", ChungTayError(what, where=f"campaign {one.id}", mend="submit and approve it anew"))

    async def _further(self, one: Campaign) -> bool:
        """The next batch: its messages, who is left out, and how far it came, in one transaction."""
        now = self._clock.now()
        async with self._storage.write() as uow:
            if not await uow.campaigns.claim(one.id, one.cursor):
                return False  # another process is at it
            people = await uow.campaigns.people(
                one.notice,
                accounts=self._accounts,
                after=one.cursor,
                limit=BATCH,
                now=now,
                campaign=one.id,
                windows=self._terms.windows,
            )
            if not people:
                self._few_at = {key: few for key, few in self._few_at.items() if key != one.id}
                await uow.campaigns.expanded(one.id, now)
                await uow.commit()
                return False
            few = await self._few(uow, one, now)
            messages = self._deliveries(one, people, few, now)
            out = [(each.contact_id, each.left_out) for each in people if each.left_out is not None]
            out += [
                (each.contact_id, LeftOut.NO_ADDRESS) for each in people if each.left_out is None and each.urn is None
            ]
            known = await uow.outbox.add(messages)
            # Of this household somebody else has it already: they were chosen when this one could not be reached.
            out += [(each.contact_id or 0, LeftOut.HOUSEHOLD) for each in messages if each.dedup_key in known]
            queued = len(messages) - len(known)
            last = people[-1].contact_id
            if not await uow.campaigns.went_on(one.id, cursor=last, queued=queued, out=out, before=one.cursor):
                return False  # nothing of this batch was written
            await uow.commit()
        self._relay.wake()
        return True

    async def _few(self, uow: UnitOfWork, one: Campaign, now: datetime) -> frozenset[str]:
        """The accounts whose package allows too few messages for it: there it waits for people's evening digest.

        Reckoned once for a campaign: what its own messages take in the meantime changes nothing.
        """
        if not self._terms.windows or not one.notice.joins:
            return frozenset()
        if one.id not in self._few_at:
            plans = await plan_of(uow, one, self._terms, now, accounts=self._accounts)
            few = frozenset(each.account for each in plans if each.gathered)
            self._few_at = {**self._few_at, one.id: few}
        return self._few_at[one.id]

    def _deliveries(
        self, one: Campaign, people: Sequence[Recipient], few: frozenset[str], now: datetime
    ) -> list[NewDelivery]:
        """A message for each who is to get one; most of them are in the same words."""
        said: dict[tuple[str, str | None, bool], OutboundMessage] = {}
        made = []
        for each in people:
            if each.left_out is not None or each.urn is None:
                continue
            words = (each.language, each.locality, each.first)
            if words not in said:
                said[words] = rendered(self._content, one, each, now)
            # In the evening it costs no more than what goes then anyway.
            waits = each.urn.account in few and each.way is Way.CHARGED and each.rhythm is Rhythm.AT_ONCE
            rhythm = Rhythm.DAILY if waits else each.rhythm
            made.append(_delivery(one, replace(each, rhythm=rhythm), each.urn, said[words], now))
        return made


def _delivery(one: Campaign, to: Recipient, urn: URN, message: OutboundMessage, now: datetime) -> NewDelivery:
    waits = _when(one.notice, to.rhythm, now)
    whom = f"h{to.household_id}" if to.household_id is not None else str(to.contact_id)
    return NewDelivery(
        dedup_key=f"campaign:{one.id}:{whom}",
        urn=urn,
        contact_id=to.contact_id,
        message=message,
        priority=Priority.URGENT if one.notice.urgent else Priority.NOTICE,
        available_at=now,
        not_before=waits if waits > now else None,
        together=one.notice.joins,
        campaign_id=one.id,
        fall_back_at=fall_back_at(one.notice, to, waits),
    )


def _when(notice: Notice, rhythm: Rhythm, now: datetime) -> datetime:
    """By somebody's rhythm, unless it is urgent or would be too late."""
    moment = sent_at(rhythm, now)
    late = notice.not_after is not None and notice.not_after <= moment
    return now if notice.urgent or late else moment


def fall_back_at(notice: Notice, to: Recipient, now: datetime) -> datetime | None:
    """When another way is tried; None where there is none, or none is wanted."""
    return now + timedelta(hours=notice.fall_back) if to.others and notice.fall_back else None


def rendered(content: Catalogue, one: Campaign, to: Recipient, now: datetime) -> OutboundMessage:
    """What somebody reads: whose word it is, the words, source and code; and, the first time, how to stop."""
    words, notice = wording(to.language), one.notice
    known = to.locality if to.locality in content.localities else None
    whose = content.place(locality=known, on=now.astimezone(LOCAL).date(), lang=to.language)
    lines = [words.text("notice.of", Place=whose[:1].upper() + whose[1:]), notice.said(to.language)]
    lines += [words.text("notice.stop")] if to.first else []
    kind = f"notices-stop:{notice.topics[0]}" if notice.topics else "notices-stop"
    stop = QuickReply(label=words.text("button.notices_stop"), payload=kind)
    return OutboundMessage(
        text="\n".join(lines),
        quick_replies=(stop,),
        source=words.text("notice.source", source=notice.source.rstrip("."), code=notice_code(one.id)),
        attachments=notice.attachments,
        expires_at=notice.not_after,
        template=notice.template,
    )
