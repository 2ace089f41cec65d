"""`chungtay` that kills itself at a named step, for trials of what a power cut does there.

CHUNGTAY_TEST_KILL says where: STEP:N, such as "after-lease:3", is the third time that step is reached. A step named
after a deed ("begin", "stop") is inside its transaction, when all of it is written and nothing is committed; "after-"
it is right behind the commit. What is wrapped are the repositories, the commit and the channel: the product has no
hook for it. Batches and what is in flight at once are small, so that a notice to few people has many steps, and what is
due is looked for often, by night as well.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import time
from functools import wraps
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import CampaignState
from tests.support import hasty

VARIABLE = "CHUNGTAY_TEST_KILL"
BATCH = 12  # people in one transaction of the expansion
LOOKS = 0.25  # seconds between looks at which posts are due
SHARE = 30  # percent of what is in flight that Telegram may take: fifteen messages
# What is done in a transaction: the step inside it and the one behind it, None where the task of a trial knows none.
DEEDS: dict[str, tuple[str | None, str]] = {
    "lease": (None, "after-lease"),
    "record": (None, "after-record"),
    "batch": ("during-expansion", "after-expansion-batch"),
    "begin": ("begin", "after-begin"),
    "finish": ("finish", "after-finish"),
    "approve": ("approval", "after-approval"),
    "stop": ("stop", "after-stop"),
    "rescue": ("rescue", "after-rescue"),
    "pause": ("pause-note", "after-pause-note"),
    "fire": ("firing", "after-firing"),
    "news": ("during-news", "after-news"),
    "tasks": ("during-tasks", "after-tasks"),
}
CLAIMS = ("before-claim", "after-claim")  # of a post that is due, within the transaction that fires it
AT_ONCE = ("before-send", "after-send", "before-record", *CLAIMS)  # the others, behind no deed of a transaction
STEPS = (*AT_ONCE, *(step for steps in DEEDS.values() for step in steps if step is not None))
OF_POSTS = (*CLAIMS, "firing", "after-firing")  # reached by schedules alone
OF_NEWS = ("during-news", "after-news")  # reached by news of work alone
OF_TASKS = ("during-tasks", "after-tasks")  # reached by reminders of tasks alone
OFFICERS_AT_ONCE = 4  # in one transaction of those

Method = Callable[..., Awaitable[Any]]


class Strike:
    """Where to die."""

    def __init__(self, named: str) -> None:
        self.step, _, number = named.partition(":")
        if self.step not in STEPS:
            raise ValueError(f"{self.step}: is none of {', '.join(STEPS)}")
        self.named, self._left = named, int(number)

    def reach(self, step: str | None, times: int = 1) -> None:
        """A step is reached, so many times at once; the last one that was waited for is the end."""
        if step != self.step:
            return
        self._left -= times
        if self._left <= 0:
            self._die()

    def _die(self) -> NoReturn:
        sys.stderr.write(f"\n{last_words(self.named)}\n")
        sys.stderr.flush()
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("survived a SIGKILL")


def last_words(named: str) -> str:
    """What is said before it, so that nobody takes another death for this one."""
    return f"killed itself at {named}"


def _step_of(moved: bool, _: int, before: CampaignState, after: CampaignState, **__: Any) -> dict[str, int]:
    deeds = {
        (CampaignState.SUBMITTED, CampaignState.APPROVED): "approve",
        (CampaignState.APPROVED, CampaignState.SENDING): "begin",
    }
    deed = "stop" if after is CampaignState.STOPPED else deeds.get((before, after))
    return {deed: 1} if moved and deed else {}


def _wrap(strike: Strike) -> None:
    from db.campaigns import SqlCampaigns
    from db.job_news import SqlJobNews
    from db.outbox import SqlOutbox
    from db.schedules import SqlSchedules
    from db.task_reminders import SqlTaskReminders
    from db.unit_of_work import SqlUnitOfWork

    done: WeakKeyDictionary[AsyncConnection, dict[str, int]] = WeakKeyDictionary()

    def noting(
        kind: type,
        name: str,
        deeds: Callable[..., dict[str, int]],
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        """What a method of a repository did is noted for the commit of its transaction."""
        whole: Method = getattr(kind, name)

        @wraps(whole)
        async def noted(self: Any, *arguments: Any, **options: Any) -> Any:
            strike.reach(before)
            result = await whole(self, *arguments, **options)
            did = deeds(result, *arguments, **options)
            if did:
                strike.reach(after)
            done.setdefault(self._db, {}).update(did)
            return result

        setattr(kind, name, noted)

    noting(SqlOutbox, "lease", lambda leased, *_, **__: {"lease": 1} if any(one.campaign_id for one in leased) else {})
    noting(SqlOutbox, "record", lambda *_, **__: {"record": 1}, before="before-record")
    noting(SqlOutbox, "rescue", lambda found, **_: {"rescue": 1} if found else {})
    noting(SqlOutbox, "pause", lambda *_: {"pause": 1})
    noting(SqlCampaigns, "went_on", lambda went, *_, **__: {"batch": 1} if went else {})
    noting(SqlCampaigns, "finish", lambda ended, *_: {"finish": ended} if ended else {})
    noting(SqlCampaigns, "step", _step_of)
    fires, (before, after) = (lambda fired, *_: {"fire": 1} if fired else {}), CLAIMS
    noting(SqlSchedules, "claim", fires, before=before, after=after)
    noting(SqlJobNews, "tell", lambda *_: {"news": 1})
    noting(SqlTaskReminders, "claim", lambda news, *_: {"tasks": 1} if news else {})

    commit: Method = SqlUnitOfWork.commit

    async def committed(self: SqlUnitOfWork) -> None:
        deeds = done.pop(self.connection, {})
        for deed, times in deeds.items():
            strike.reach(DEEDS[deed][0], times)
        await commit(self)
        for deed, times in deeds.items():
            strike.reach(DEEDS[deed][1], times)

    SqlUnitOfWork.commit = committed  # type: ignore[method-assign] # the only seam behind every transaction


def _wrap_channel(strike: Strike) -> None:
    import bot.app

    made = bot.app.gateways

    def sent_by(send: Method) -> Method:
        async def sent(*arguments: Any) -> Any:
            strike.reach("before-send")
            result = await send(*arguments)
            strike.reach("after-send")
            return result

        return sent

    def lying_in_wait(*arguments: Any, **options: Any) -> list[Any]:
        gateways: list[Any] = made(*arguments, **options)
        for one in gateways:  # whichever channels there are: there a message leaves the process
            one.channel.send = sent_by(one.channel.send)
        return gateways

    bot.app.gateways = lying_in_wait  # type: ignore[assignment] # the only seam where all of them are made


def main() -> None:
    """Lie in wait where the variable says, then run the command."""
    if sys.argv[1:2] == ["run"]:
        from scheduler import expansion, job_news, recurring, relay, task_reminding

        expansion.BATCH, relay.SHARE, recurring.EVERY = BATCH, SHARE, LOOKS
        job_news.EVERY = task_reminding.EVERY = LOOKS
        task_reminding.BATCH = OFFICERS_AT_ONCE
        # A trial goes by the real clock, at any hour of any day.
        job_news.quiet = relay.quiet = job_news.silent = lambda _: False  # type: ignore[attr-defined]
        task_reminding.quiet, task_reminding.works = job_news.quiet, lambda *_: True  # type: ignore[attr-defined]
        task_reminding.QUIET_FROM = time.max  # type: ignore[attr-defined] # until when a message holds
    if named := os.environ.get(VARIABLE):
        strike = Strike(named)
        _wrap(strike)
        if strike.step.endswith("-send"):
            _wrap_channel(strike)
    hasty.main()


if __name__ == "__main__":
    main()
