"""What is due becomes a campaign: each post of an approved schedule once, on its day, in the words that were approved.

A kill loses nothing and fires nothing twice: the post, its campaign and the entry of the log are one transaction. What
the machine slept through is sent while it is not later than the post allows; else it is skipped, and that is told.
"""

from datetime import datetime, timedelta

from content.series.proposing import notice_of
from core.campaigns import HOLD_BACK, CampaignState
from core.caps import LOCAL
from core.errors import ChungTayError
from core.records import AuditEntry
from core.schedules import Occurrence, OccurrenceState, Schedule, ScheduleState, Skipped
from core.storage import UnitOfWork
from scheduler.looping import CampaignLoop

EVERY = 5.0  # seconds between looks at what is due


class Recurring(CampaignLoop):
    """One loop. Several may run: a post is fired by the one that claims it first."""

    name = "recurring"

    @property
    def every(self) -> float:
        """Seconds between looks at what is due."""
        return EVERY

    async def step(self) -> bool:
        """Fire or skip what is due of each schedule; there is never more at once."""
        now = self._clock.now()
        async with self._storage.read() as uow:
            due = await uow.schedules.due(now)
        for number in due:
            try:
                await self._look(number, now)
            except Exception as error:
                self._on_fault("recurring", error)  # one that cannot go on holds up no other
        return False

    async def _look(self, number: int, now: datetime) -> None:
        async with self._storage.write() as uow:
            # Held until the end of the transaction: what somebody stops or rewords meanwhile comes before or after it.
            held = await uow.schedules.step(number, ScheduleState.APPROVED, ScheduleState.APPROVED)
            one = await uow.schedules.get(number) if held else None
            if one is None:
                return
            if not one.approved:
                await self._void(uow, one, now)
            else:
                for each in one.occurrences:
                    if each.state is OccurrenceState.PLANNED and each.due_at <= now:
                        await self._fire(uow, one, each, now)
            await uow.commit()

    async def _fire(self, uow: UnitOfWork, one: Schedule, each: Occurrence, now: datetime) -> None:
        why = self._not_sent(one, each, now)
        if why is None and not await uow.schedules.claim(each.id, f"{one.locality}:{one.series}:{each.post}"):
            why = Skipped.TWICE
        if why is not None:
            if await uow.schedules.skip(each.id, why):
                await uow.audit.append([_entry(one, "post-skipped", now, post=each.post, why=why.value)])
                told = f"the post {each.post} was not sent: {why}"
                self._on_fault("recurring", ChungTayError(told, where=f"schedule {one.id}"))
            return
        campaign = await uow.campaigns.add(each.notice, by=one.created_by, now=now)
        await uow.campaigns.step(
            campaign,
            CampaignState.DRAFT,
            CampaignState.APPROVED,
            submitted_by=one.submitted_by,
            approved_by=one.approved_by,
            approved_hash=each.notice.hash(),
            starts_at=max(now, (one.approved_at or now) + timedelta(seconds=HOLD_BACK)),
        )
        await uow.schedules.became(each.id, campaign)
        await uow.audit.append([_entry(one, "post-fired", now, post=each.post, campaign=str(campaign))])

    def _not_sent(self, one: Schedule, each: Occurrence, now: datetime) -> Skipped | None:
        """Why it is not sent after all."""
        if each.too_late(now):
            return Skipped.LATE
        series = self._content.series(locality=one.locality).get(one.series)
        post = next((post for post in series.posts if post.id == each.post), None) if series else None
        if series is None or post is None:
            return None if each.edited else Skipped.CHANGED
        told = notice_of(self._content, series, post, one.locality, each.due_at.astimezone(LOCAL))
        if told is None:
            return Skipped.ENDED
        return None if each.edited or told.text == each.notice.text else Skipped.CHANGED

    async def _void(self, uow: UnitOfWork, one: Schedule, now: datetime) -> None:
        """It is not what somebody said yes to: a draft again, and an entry in the log says so."""
        if await uow.schedules.step(one.id, ScheduleState.APPROVED, ScheduleState.DRAFT):
            entry = _entry(one, "voided", now, approved=one.approved_hash or "", found=one.hash())
            await uow.audit.append([entry])
        what = "was changed after its approval, and is a draft again"
        self._on_fault("recurring", ChungTayError(what, where=f"schedule {one.id}", mend="submit and approve it anew"))


def _entry(one: Schedule, action: str, now: datetime, **detail: str) -> AuditEntry:
    return AuditEntry(
        at=now, actor="scheduler", action=f"schedule.{action}", subject=f"schedule:{one.id}", detail=detail
    )
