"""Officers are told in their own chats of tasks that are due soon, and of late ones: each once, in working hours.

What they are told and the message in the outbox are one transaction: a kill repeats and loses nothing. A message holds
for its day: what could not leave by the evening is told anew on the next working day, as things stand then.
"""

from datetime import datetime, timedelta
from typing import Any

from content.series.when import works
from content.task_words import task_news
from core.caps import LOCAL, QUIET_FROM, quiet
from core.delivery import NewDelivery, Priority
from core.messages import OutboundMessage
from core.records import AuditEntry
from core.task_reminders import Pressing, TaskNews
from core.tasks import SOON
from core.training import Reaching
from scheduler.looping import CampaignLoop

EVERY = 60.0  # seconds between looks
BATCH = 100  # officers of one transaction


class TaskReminding(CampaignLoop):
    """One loop. Several may run: an officer is told of a task by the first."""

    name = "task reminders"

    def __init__(self, *, pages: str = "", **parts: Any) -> None:
        super().__init__(**parts)
        self._page = f"{pages}/console/tasks" if pages else ""  # pages: the public address, if there is one

    @property
    def every(self) -> float:
        """Seconds between looks."""
        return EVERY

    async def step(self) -> bool:
        """Tell what is new to them; not at night, and of no place on a day on which its offices are closed."""
        now = self._clock.now()
        today = now.astimezone(LOCAL).date()
        open_ = [one for one in self._content.localities if works(today, self._content.holidays(locality=one))]
        if quiet(now) or not open_:
            return False
        asked, last = Pressing(places=open_, today=today, until=today + timedelta(days=SOON)), 0
        reaching = Reaching(accounts=self._accounts, windows=self._terms.windows, now=now)
        while (last := await self._batch(reaching, asked, last)) > 0:
            pass
        return False

    async def _batch(self, reaching: Reaching, asked: Pressing, after: int) -> int:
        """Tell the next officers; gives the number of the last of them, 0 where there are none."""
        now = reaching.now
        async with self._storage.write() as uow:
            if not after:
                await uow.task_reminders.undo_unsent(now)
            listeners = await uow.task_reminders.listeners(reaching, after=after, limit=BATCH)
            news = await uow.task_reminders.claim(listeners, asked, now)
            if news:
                if await uow.outbox.add([self._delivery(one, asked, now) for one in news]):
                    return 0  # the clock was set back to a moment at which somebody was told: the next look is another
                await uow.audit.append([_entry(one, now) for one in news])
            await uow.commit()
        if news:
            self._relay.wake()
        return max((one.officer.id for one in listeners), default=0)

    def _delivery(self, one: TaskNews, asked: Pressing, now: datetime) -> NewDelivery:
        chat, others = one.to.chat, one.total - len(one.tasks)
        text = task_news(self._content, one.tasks, others=others, on=asked.today, page=self._page, lang=chat.language)
        return NewDelivery(
            dedup_key=one.key,
            urn=chat.urn,
            contact_id=chat.contact_id,
            message=OutboundMessage(text=text, expires_at=datetime.combine(asked.today, QUIET_FROM, tzinfo=LOCAL)),
            priority=Priority.NOTICE,
            available_at=now,
        )


def _entry(one: TaskNews, now: datetime) -> AuditEntry:
    subject, detail = f"officer:{one.to.officer.name}", {"tasks": one.total, "late": one.late}
    return AuditEntry(at=now, actor="scheduler", action="task.reminded", subject=subject, detail=detail)
