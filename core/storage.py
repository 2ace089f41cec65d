"""What is asked of storage: one unit of work is one transaction, with a repository for each noun."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, Self

from core.console_storage import Credentials, Forms, QuestionDesk, Sessions, Tries
from core.contacts import URN, Consent, Purpose, Refusal
from core.conversation import Person
from core.delivery import Delivery, DeliveryStatus, NewDelivery, Outcome
from core.events import JobEvents
from core.held import HeldPosts
from core.job_news_storage import JobNews
from core.joining import JoinCode, Joined, Separated
from core.labour import Labour
from core.labour_market import LabourMarket
from core.lead_storage import Leads, Seekers
from core.local_content import LocalChanges
from core.market_storage import MarketPosts
from core.messages import Attachment
from core.monitoring import Monitor
from core.needs import StatedNeeds
from core.notice_desk import NoticeDesk
from core.offer_desk import OfferDesk
from core.officer_chats import OfficerChats
from core.officer_storage import Audit, Misreadings, Officers, Questions, Tally
from core.progress import Progress
from core.records import (
    Backlog,
    Enrolled,
    HistoryMessage,
    NewContact,
    NewMessage,
    NewUpdate,
    SealedTokens,
    WaitingUpdate,
)
from core.sending_storage import (
    Audiences,
    Campaigns,
    Doubts,
    Fallbacks,
    Publications,
    Reminders,
    Schedules,
    Spending,
)
from core.slips import Slips
from core.surveys_storage import Surveys
from core.task_reminders import TaskReminders
from core.tasks import Tasks
from core.training_storage import CourseCalls, Training
from core.windows import Window
from core.work_storage import Work


class Inbox(Protocol):
    """Updates that came in: stored once, handled once."""

    async def add(self, updates: Sequence[NewUpdate]) -> int:
        """Store updates that are not yet known; gives how many were new. The unique key is (account, external id)."""

    async def claim(self, accounts: Sequence[str], limit: int, *, now: datetime) -> list[WaitingUpdate]:
        """The oldest unhandled updates, locked for this transaction.

        Of a person whose earlier update another worker holds nothing is claimed; nor of one whose file is being
        fetched, for a minute: what they write may be urgent.
        """

    async def unfetched(self, accounts: Sequence[str], limit: int) -> list[WaitingUpdate]:
        """The oldest updates whose files are still with their channel."""

    async def fetched(self, update_id: int, raw: Mapping[str, Any]) -> None:
        """The files of an update are here, or will never be: `raw` says which. Now it can be handled."""

    async def unhandled(self, ids: Sequence[int]) -> bool:
        """Whether nobody has handled these yet."""

    async def finish(self, ids: Sequence[int], now: datetime) -> None:
        """Mark as handled and drop the raw content and the address."""

    async def backlog(self) -> Backlog:
        """What nobody has handled yet."""


class People(Protocol):
    """Contacts with their addresses, consents and conversations."""

    async def load(self, urns: Sequence[URN], now: datetime) -> dict[URN, Person]:
        """The people at these addresses; an address that is new gets a new, nameless contact."""

    async def save(self, people: Sequence[Person]) -> None:
        """Write contacts and conversations back. Raises ConflictError when a version has moved on."""

    async def get(self, contact_id: int) -> Person | None:
        """One person by internal id."""

    async def addresses(self, contact_id: int) -> list[URN]:
        """Where a person is reached, the one last used first."""

    async def consent(self, contact_id: int, consent: Consent) -> None:
        """Record a consent."""

    async def withdraw(self, contact_id: int, purpose: Purpose) -> None:
        """Drop a consent, and what was kept by it alone."""

    async def keep_needs(self, contact_id: int, dimensions: Sequence[str]) -> None:
        """Keep in which dimensions a household lacks something, in place of what was kept before."""

    async def wish(self, contact_id: int, wanted: Collection[str], stopped: Collection[str]) -> None:
        """These topics somebody wants, and none of those, in place of what was kept before."""

    async def export(self, contact_id: int) -> dict[str, Any]:
        """All that is kept about one person, as plain data."""

    async def erase(self, contact_id: int, keyed_hashes: Sequence[bytes], now: datetime) -> list[str]:
        """Delete all rows of one person; questions stay as nameless counts without their words.

        Gives the hashes of the files that their messages and questions named: see `handlers.erasing.clear`.
        The keyed hashes of the addresses are remembered, so that a restored backup can erase them again.
        """

    async def was_erased(self, keyed_hash: bytes) -> bool:
        """Whether this address was erased once."""

    async def refused(self, refusals: Mapping[int, Refusal]) -> None:
        """The addresses of these deliveries take nothing from us, for this reason each."""

    async def let_in(self, attempts: Mapping[int, datetime]) -> set[int]:
        """Those of these deliveries whose address was opened to us after the attempt had begun."""

    async def refuse(self, urn: URN, refusal: Refusal | None, now: datetime) -> None:
        """This address takes nothing from us any more; with None, it does again."""

    async def interacted(
        self, moments: Mapping[URN, datetime], windows: Mapping[str, Window], now: datetime
    ) -> list[URN]:
        """Note when people last did something, never an earlier moment than the one that is known.

        Gives those to whom nothing could be sent before: what they are owed may go now.
        """

    async def unreachable(
        self, contact_ids: Sequence[int], *, windows: Mapping[str, Window] | None = None, now: datetime | None = None
    ) -> dict[int, Refusal]:
        """Those of these people whose every address takes nothing from us, and why the newest does not.

        With `windows` (and `now`), an address whose window is closed takes nothing either.
        """

    async def move(self, delivery_id: int, path: str) -> None:
        """The address of this delivery, and all that waits for it, has another path now."""


class Joins(Protocol):
    """Codes by which addresses of one person are joined."""

    async def offer(self, contact_id: int, urn: URN, code: str, expires_at: datetime) -> None:
        """Keep a new code, given at this address; an unused one of the same person goes."""

    async def find(self, code: str) -> JoinCode | None:
        """A code, also one that is over or was used, as long as it is remembered (a day)."""

    async def join(self, contact_id: int, code: str, now: datetime) -> Joined | None:
        """Use the code: make this contact and the one to whom it was given one.

        None where it cannot be used any more, or where another worker has the other contact at this moment.
        """

    async def separate(self, contact_id: int, address_id: int, now: datetime) -> Separated | None:
        """Make one of several addresses a contact of its own, of which only the locality and the language are known.

        None where it is none of the contact's, or its only one.
        """


class Messages(Protocol):
    """The history of a conversation, for its page and for the person's own copy."""

    async def add(self, messages: Sequence[NewMessage]) -> None:
        """Write inbound bubbles."""

    async def history(self, urn: URN, *, after: int = 0, limit: int = 200) -> list[HistoryMessage]:
        """Bubbles after a position, oldest first: what came in, and of what goes out only what was sent."""

    async def find_file(self, sha256: str) -> Attachment | None:
        """The description of a file that some message carries."""


class Outbox(Protocol):
    """Everything said to a person."""

    async def add(self, deliveries: Sequence[NewDelivery]) -> set[str]:
        """Queue messages; one whose dedup key exists already is left as it is. Gives the keys that did."""

    async def lease(
        self,
        accounts: Sequence[str],
        *,
        worker: str,
        now: datetime,
        until: datetime,
        limit: int,
        replies: int | None = None,
        quiet: bool = False,
        notices: Mapping[str, int] | None = None,
    ) -> list[Delivery]:
        """Take the most urgent due rows for this worker; of one address only the first unfinished one.

        Of a campaign only while it is being sent; in quiet hours only what is urgent. Of what is of no campaign
        `accounts` take `replies`; `notices` says how many of a campaign each account takes. Unless they are given, each
        takes what is left of `limit`.
        """

    async def interacted(self, leased: Sequence[Delivery]) -> Mapping[URN, datetime | None]:
        """When the people at these addresses last did something; None where they cannot be written to since.

        An address that is gone, of somebody who was erased, is not among them.
        """

    async def gather(self, leased: Delivery, *, worker: str, now: datetime, until: datetime) -> Sequence[Delivery]:
        """Take what else is due to the same person and may go along in one message, as much as fits."""

    async def capped(self, leased: Sequence[Delivery], *, now: datetime) -> dict[int, datetime]:
        """Who got as many notices lately as a person may, and from when on there is room for another."""

    async def record(self, outcomes: Sequence[Outcome], *, worker: str, now: datetime) -> None:
        """Write what became of leased rows. A row that another worker has meanwhile is left alone."""

    async def progress(self, delivery_id: int, pieces: int, *, worker: str, until: datetime) -> bool:
        """So many pieces of a leased row were sent; its lease lasts until then. False where the lease is lost."""

    async def pause(self, account: str, until: datetime) -> None:
        """Lease nothing of this account before this moment, in any process."""

    async def try_again(self, urn: URN, *, since: datetime, now: datetime) -> int:
        """Queue replies that failed since then because the address was refused; gives how many."""

    async def confirm(self, urn: URN, *, up_to: int) -> None:
        """The person's device has shown every message up to this one."""

    async def arrived(self, urn: URN, external_ids: Collection[str]) -> int:
        """The provider says that these messages were shown; gives how many of them it moved."""

    async def rescue(self, *, now: datetime, dead_worker_only: str | None = None, alive: Collection[int] = ()) -> int:
        """Put rows whose lease has run out in doubt, but for those known to be alive; gives how many.

        With `dead_worker_only`, every lease not held by that worker is taken as a dead one's: true where one
        process owns the database, at its start.
        """

    async def counts(self) -> dict[DeliveryStatus, int]:
        """How many rows are in each state that still needs somebody: pending, in doubt, failed."""


class Shares(Protocol):
    """How much of an account's limit each process may use."""

    async def renew(self, account: str, worker: str, *, most: int, using: int, lasts: timedelta) -> int:
        """Give the part of `most` that this worker may use from now on; its claim lasts so long.

        `using` is what it may still be using: that stays claimed.
        """

    async def give_back(self, account: str, worker: str, *, after: timedelta) -> None:
        """This worker sends no more; what it sent last counts for so long yet."""


class Tokens(Protocol):
    """What accounts are let in with whose provider changes it all the time."""

    async def get(self, account: str) -> SealedTokens | None:
        """What was kept last."""

    async def keep(self, account: str, sealed: bytes, *, access_until: datetime, refreshed_at: datetime) -> None:
        """Keep a new pair in place of the one before; nobody claims the right to ask for the next one."""

    async def claim(self, account: str, owner: str, *, seen: bytes, now: datetime, until: datetime) -> bool:
        """Take the right to ask for the pair after this one.

        False while another installation has it, and where another pair is kept by now.
        """

    async def release(self, account: str, owner: str) -> None:
        """Give it back: no pair came."""


class Upkeep(Protocol):
    """What time does to kept things."""

    async def drop_old(
        self, *, messages_before: datetime, questions_before: datetime, ledger_before: datetime, now: datetime
    ) -> dict[str, int]:
        """Delete what has outlived its retention; gives rows deleted by kind."""

    async def known_files(self, hashes: Sequence[str]) -> set[str]:
        """Which of these files a message or a question still carries."""

    async def ensure_account(self, account: str, now: datetime) -> None:
        """A channel account is a row: make it when it is missing."""

    async def ahead(self, now: datetime) -> timedelta:
        """How far the newest row that waits to be sent lies in the future; zero or less where it does not."""

    async def clock_set_back(self, by: timedelta, now: datetime) -> None:
        """Take so much from every moment that something waits for."""


class Lists(Protocol):
    """People of a ward's list."""

    async def localities(self, urns: Sequence[URN]) -> set[str]:
        """Where the people at these addresses live, as far as they are known."""

    async def accounts(self) -> Sequence[str]:
        """The channel accounts there are."""

    async def enrol(self, people: Sequence[NewContact], consent: Consent, now: datetime) -> Enrolled:
        """Put people in; of those known already only what the ward says is written. Of 500 at a time, no more."""


class UnitOfWork(Protocol):
    """One transaction. Left without `commit`, nothing has happened."""

    @property
    def inbox(self) -> Inbox: ...

    @property
    def people(self) -> People: ...

    @property
    def joins(self) -> Joins: ...

    @property
    def messages(self) -> Messages: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def questions(self) -> Questions: ...

    @property
    def misreadings(self) -> Misreadings: ...

    @property
    def tally(self) -> Tally: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def upkeep(self) -> Upkeep: ...

    @property
    def officers(self) -> Officers: ...

    @property
    def lists(self) -> Lists: ...

    @property
    def audiences(self) -> Audiences: ...

    @property
    def campaigns(self) -> Campaigns: ...

    @property
    def schedules(self) -> Schedules: ...
    @property
    def reminders(self) -> Reminders: ...

    @property
    def publications(self) -> Publications: ...

    @property
    def fallbacks(self) -> Fallbacks: ...

    @property
    def shares(self) -> Shares: ...
    @property
    def spending(self) -> Spending: ...

    @property
    def tokens(self) -> Tokens: ...

    @property
    def doubts(self) -> Doubts: ...

    @property
    def held(self) -> HeldPosts: ...

    @property
    def credentials(self) -> Credentials: ...

    @property
    def sessions(self) -> Sessions: ...

    @property
    def tries(self) -> Tries: ...

    @property
    def forms(self) -> Forms: ...

    @property
    def desk(self) -> QuestionDesk: ...

    @property
    def notices(self) -> NoticeDesk: ...

    @property
    def local(self) -> LocalChanges: ...

    @property
    def monitor(self) -> Monitor: ...

    @property
    def progress(self) -> Progress: ...

    @property
    def tasks(self) -> Tasks: ...

    @property
    def task_reminders(self) -> TaskReminders: ...

    @property
    def slips(self) -> Slips: ...

    @property
    def chats(self) -> OfficerChats: ...

    @property
    def work(self) -> Work: ...
    @property
    def offers(self) -> OfferDesk: ...

    @property
    def job_news(self) -> JobNews: ...

    @property
    def training(self) -> Training: ...

    @property
    def calls(self) -> CourseCalls: ...

    @property
    def events(self) -> JobEvents: ...

    @property
    def labour_market(self) -> LabourMarket: ...

    @property
    def leads(self) -> Leads: ...

    @property
    def stated(self) -> StatedNeeds: ...

    @property
    def labour(self) -> Labour: ...

    @property
    def market(self) -> MarketPosts: ...

    @property
    def seekers(self) -> Seekers: ...

    @property
    def surveys(self) -> Surveys: ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def in_turn(self, what: str) -> None:
        """Whoever else does this waits until this transaction is over, so that what is counted stays true meanwhile."""

    async def commit(self) -> None:
        """Make it true."""


class Storage(Protocol):
    """Opens units of work."""

    def write(self) -> UnitOfWork:
        """A transaction that may change things."""

    def read(self) -> UnitOfWork:
        """A transaction that only looks; it never waits for a writer."""

    async def settle(self) -> bool:
        """Let what was deleted leave the disk too; False when others were in the way: it can be tried again."""
