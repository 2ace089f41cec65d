"""What is kept of notices to many, as protocols: campaigns, schedules, who is meant, doubts (see core/storage.py)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from core.campaigns import Campaign, CampaignState, Notice, Settlement
from core.contacts import URN, Contact
from core.records import (
    TAKEN_BACK,
    AnswerRow,
    Doubt,
    Effect,
    LedgerRow,
    LeftOut,
    Published,
    Reach,
    Recipient,
    Unreached,
)
from core.reminders import Gone, Reminder
from core.report import Reported
from core.schedules import DuePost, NewOccurrence, Schedule, ScheduleState, Skipped
from core.tariff import Spent, Tariff, Used
from core.windows import Way, Window
from core.wishes import Wishes

PeopleByWay = Mapping[tuple[str, Way], int]  # (account, on what terms): how many


class Audiences(Protocol):
    """Whom a notice is for."""

    async def reach(
        self,
        notice: Notice,
        *,
        accounts: Sequence[str],
        now: datetime,
        windows: Mapping[str, Window] | None = None,
    ) -> Reach:
        """How many people are meant, and how many of them are left out for which reason, the first that holds."""

    async def hamlets(self) -> Sequence[str]:
        """Every hamlet as somebody typed or chose it."""

    async def homes(self, localities: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The same by place, of these places."""


class Campaigns(Protocol):
    """What is sent to many."""

    async def add(self, notice: Notice, *, by: str, now: datetime) -> int:
        """Make a draft; gives its number."""

    async def get(self, campaign_id: int) -> Campaign | None:
        """One campaign with its counts."""

    async def list(self, *states: CampaignState) -> Sequence[Campaign]:
        """Those in these states, all if none is named; the newest first."""

    async def going(self) -> Sequence[Campaign]:
        """Those with which there is something to do: approved, being sent, or stopped and not yet taken back."""

    async def hold(self, campaign_id: int) -> CampaignState | None:
        """Where it stands; nobody moves it on before the end of the transaction."""

    async def step(self, campaign_id: int, before: CampaignState, after: CampaignState, **values: Any) -> bool:
        """From one state to another, with what comes along; False where it stands elsewhere meanwhile."""

    async def people(
        self,
        notice: Notice,
        *,
        accounts: Sequence[str],
        after: int,
        limit: int,
        now: datetime,
        campaign: int | None = None,
        windows: Mapping[str, Window] | None = None,
    ) -> Sequence[Recipient]:
        """The next people who are meant, each with the address to write to, or why they are left out.

        With `campaign`, who has a message of it already is passed over: they were joined with somebody else meanwhile.
        """

    async def went_on(
        self, campaign_id: int, *, cursor: int, queued: int, out: Sequence[tuple[int, LeftOut]], before: int
    ) -> bool:
        """Note how far it came, in the transaction of the batch; False where another process was there first."""

    async def expanded(self, campaign_id: int, now: datetime) -> None:
        """Everybody was looked at."""

    async def claim(self, campaign_id: int, cursor: int) -> bool:
        """Hold a campaign until the end of the transaction; False where another process has it, or went on with it."""

    async def finish(self, ids: Sequence[int], now: datetime) -> int:
        """End those of these of which nothing is on its way any more; gives how many."""

    async def cancel_for(self, contact_id: int, now: datetime) -> int:
        """Take back every notice that waits to be sent to somebody who wants none any more."""

    async def cancel_unwanted(self, contact_id: int, wishes: Wishes, now: datetime) -> int:
        """Take back what waits to be sent to somebody and is not what they want any more."""

    async def take_back(self, delivery_ids: Sequence[int], now: datetime) -> int:
        """Of these, which came back unsent or in doubt, take back those to somebody who wants none any more."""

    async def cancel(self, campaign_id: int, now: datetime, limit: int = TAKEN_BACK) -> int:
        """Take back what was not sent yet, so many at most; gives how many. What is being sent now goes on."""

    async def taken_back(self, campaign_id: int, now: datetime) -> None:
        """Of a stopped campaign nothing waits any more: what is in doubt stays so, and it is over."""

    async def went_to(self, campaign_id: int, contact_id: int) -> bool:
        """Whether somebody has a message of this campaign."""

    async def answered(self, campaign_id: int, contact_id: int, text: str, word: str | None, now: datetime) -> None:
        """Keep what somebody wrote after a notice."""

    async def affected(self, campaign_id: int, contact_id: int, effect: Effect, now: datetime) -> None:
        """Note what somebody did after a notice; of the same kind only the first."""

    async def answers(self, campaign_id: int) -> Sequence[AnswerRow]:
        """What people wrote after a notice, the oldest first."""

    def ledger(self, campaign_id: int) -> AsyncIterator[LedgerRow]:
        """Everybody who was meant, with what became of it; memory does not grow with them."""

    async def report(self, campaign_id: int) -> Reported | None:
        """The figures of one moment, added up by the database; the first thing that a unit of work is asked for."""


class Fallbacks(Protocol):
    """Another way for a notice that did not arrive."""

    async def due(self, campaign_id: int, *, now: datetime, limit: int) -> Sequence[Unreached]:
        """What did not arrive in time, or never will; held until the end of the transaction."""

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

    async def settle(self, campaign_id: int, one: Unreached, to: Recipient | None, now: datetime) -> None:
        """It goes another way, or there is none."""


class Doubts(Protocol):
    """Messages of campaigns in doubt, which officers settle."""

    async def list(
        self, campaign_id: int, *, contact_id: int | None = None, after: int = 0, limit: int = 500, now: datetime
    ) -> Sequence[Doubt]:
        """The next ones behind a number, of one person if one is named."""

    async def settle(self, doubts: Sequence[int], settlement: Settlement, now: datetime) -> Sequence[int]:
        """Settle these; gives those that were still in doubt. The counts move with them."""


class Schedules(Protocol):
    """Series as places will send them."""

    async def add(self, series: str, locality: str, posts: Sequence[NewOccurrence], *, by: str, now: datetime) -> int:
        """Make a draft; gives its number."""

    async def get(self, schedule_id: int) -> Schedule | None:
        """One schedule with its posts."""

    async def list(self, *states: ScheduleState) -> Sequence[Schedule]:
        """Those in these states, all if none is named; the newest first."""

    async def step(self, schedule_id: int, before: ScheduleState, after: ScheduleState, **values: Any) -> bool:
        """From one state to another, with what comes along; False where it stands elsewhere meanwhile."""

    async def hold(self, schedule_id: int) -> None:
        """Nobody changes it or fires a post of it before the end of the transaction."""

    async def between(self, since: datetime, until: datetime) -> Sequence[DuePost]:
        """The posts of schedules that are not stopped, due from a moment until before another, in that order."""

    async def due(self, now: datetime) -> Sequence[int]:
        """The approved schedules of which a post is due."""

    async def reword(self, occurrence_id: int, notice: Notice, by: str) -> bool:
        """Other words for a post that is still to come, and whose; False where it is not."""

    async def claim(self, occurrence_id: int, rule: str) -> bool:
        """Fire a post: False where it is not planned any more, or the rule has fired at this moment already."""

    async def became(self, occurrence_id: int, campaign_id: int) -> None:
        """Note the campaign that a fired post is."""

    async def skip(self, occurrence_id: int, why: Skipped) -> bool:
        """A post is not sent, and why; False where it is not planned any more."""


class Spending(Protocol):
    """What channels charged, and on what terms people can be written to now."""

    async def add(
        self, spent: Mapping[int, Spent], tariffs: Mapping[str, Tariff], *, worker: str, now: datetime
    ) -> None:
        """Count what these deliveries took, as far as this worker holds them; before they are recorded."""

    async def used(self, account: str, month: str) -> Used:
        """What an account used in a month."""

    async def ways(
        self, notice: Notice, *, accounts: Sequence[str], windows: Mapping[str, Window], now: datetime
    ) -> PeopleByWay:
        """How many people a notice reaches by which account and on what terms, as of now; by one statement."""

    async def everybody(self, accounts: Sequence[str], windows: Mapping[str, Window], now: datetime) -> PeopleByWay:
        """The same of everybody who has agreed to notices, address by address, with a template for the silent."""

    async def waiting(self, campaign_id: int, windows: Mapping[str, Window], now: datetime) -> PeopleByWay:
        """The same of what a campaign has queued and not sent."""


class Publications(Protocol):
    """What was sent to people, as they may ask about it."""

    async def to(self, contact_id: int, limit: int) -> Sequence[Published]:
        """The last notices that somebody got, the newest first."""

    async def lately(self, since: datetime, limit: int) -> Sequence[Published]:
        """The last notices that went to anybody, the newest first."""

    async def find(self, number: int) -> Published | None:
        """One of them by its number."""

    async def naming(self, locality: str, limit: int) -> Sequence[Published]:
        """The last ones that name a place, or correct others; neither stopped nor paused. The newest first.

        Whether everybody may read them is for core/publishing.py to say.
        """


class Reminders(Protocol):
    """Messages to one person each, about a day of theirs."""

    async def plan(
        self,
        contact_id: int,
        rule: str,
        moments: Sequence[datetime],
        *,
        about: datetime,
        now: datetime,
        campaign_id: int | None = None,
    ) -> None:
        """Remind somebody at these moments of that one; by the same rule they are reminded of nothing else."""

    async def due(self, now: datetime, *, after: int, limit: int) -> Sequence[Reminder]:
        """The next ones to be sent, behind a number."""

    async def claim(self, reminder_id: int) -> bool:
        """Hold one until the end of the transaction; False where it is not planned any more, or somebody has it."""

    async def of(self, contact_id: int) -> Sequence[Reminder]:
        """What somebody will still be reminded of, the next first."""

    async def unplanned(self, rule: str, status: str, limit: int) -> Sequence[Contact]:
        """People of a ward's list whose household it recognised so on a known day, and who have none by this rule."""

    async def address(
        self,
        contact_id: int,
        accounts: Sequence[str],
        *,
        now: datetime,
        windows: Mapping[str, Window] | None = None,
    ) -> URN | None:
        """Where somebody is told; None where nothing takes anything from us now."""

    async def sent(self, reminder_id: int) -> None:
        """It is in the outbox."""

    async def drop(self, reminder_id: int, why: Gone) -> None:
        """It is not sent."""

    async def call_off(self, contact_id: int, why: Gone, rule: str | None = None) -> int:
        """Remind somebody of nothing any more, or of nothing by a rule; gives how many there were."""
