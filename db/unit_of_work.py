"""One unit of work is one transaction."""

import asyncio
from types import TracebackType
from typing import Self

from sqlalchemy import exists, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import ConflictError
from db.audience import SqlAudience
from db.audit import SqlAudit
from db.campaigns import SqlCampaigns
from db.course_calls import SqlCourseCalls
from db.credentials import SqlCredentials, SqlTries
from db.desk import SqlQuestionDesk
from db.doubts import SqlDoubts
from db.engine import settle, writers_of
from db.events import SqlEvents
from db.fallbacks import SqlFallbacks
from db.forms import SqlForms
from db.held import SqlHeldPosts
from db.in_turn import in_turn
from db.inbox import SqlInbox
from db.job_news import SqlJobNews
from db.joining import SqlJoins
from db.labour import SqlLabour
from db.labour_market import SqlLabourMarket
from db.leads import SqlLeads
from db.lists import SqlLists
from db.local_content import SqlLocalChanges
from db.market import SqlMarketPosts
from db.messages import SqlMessages
from db.misreadings import SqlMisreadings
from db.models import channel_accounts
from db.monitoring import SqlMonitor
from db.needs import SqlNeeds
from db.notice_desk import SqlNoticeDesk
from db.offers import SqlOffers
from db.officer_chats import SqlOfficerChats
from db.officers import SqlOfficers
from db.outbox import SqlOutbox
from db.people import SqlPeople
from db.progress import SqlProgress
from db.published import SqlPublications
from db.questions import SqlQuestions
from db.reminders import SqlReminders
from db.schedules import SqlSchedules
from db.sealing import Seal
from db.seekers import SqlSeekers
from db.sessions import SqlSessions
from db.shares import SqlShares
from db.slips import SqlSlips
from db.spending import SqlSpending
from db.surveys import SqlSurveys
from db.tally import SqlTally
from db.task_reminders import SqlTaskReminders
from db.tasks import SqlTasks
from db.tokens import SqlTokens
from db.training import SqlTraining
from db.trouble import translated
from db.upkeep import SqlUpkeep
from db.work import SqlWork

__all__ = ["SqlStorage", "SqlUnitOfWork", "connected", "translated"]

# These speak of a mistake in a statement or its values, not of the state of the database: they stay as they are.
OUR_FAULTS = (DataError, ProgrammingError)
# The thread of a SQLite file that cannot be opened ends a moment later, and complains where the loop is gone by then.
THREAD_ENDS_WITHIN = 0.05  # seconds


class SqlUnitOfWork:
    """A transaction over a pooled connection; left without `commit`, nothing has happened."""

    inbox: SqlInbox
    people: SqlPeople
    joins: SqlJoins
    messages: SqlMessages
    outbox: SqlOutbox
    questions: SqlQuestions
    misreadings: SqlMisreadings
    tally: SqlTally
    audit: SqlAudit
    upkeep: SqlUpkeep
    officers: SqlOfficers
    lists: SqlLists
    audiences: SqlAudience
    campaigns: SqlCampaigns
    schedules: SqlSchedules
    reminders: SqlReminders
    publications: SqlPublications
    doubts: SqlDoubts
    fallbacks: SqlFallbacks
    shares: SqlShares
    spending: SqlSpending
    held: SqlHeldPosts
    tokens: SqlTokens
    credentials: SqlCredentials
    sessions: SqlSessions
    tries: SqlTries
    forms: SqlForms
    desk: SqlQuestionDesk
    notices: SqlNoticeDesk
    local: SqlLocalChanges
    monitor: SqlMonitor
    progress: SqlProgress
    tasks: SqlTasks
    task_reminders: SqlTaskReminders
    slips: SqlSlips
    chats: SqlOfficerChats
    work: SqlWork
    offers: SqlOffers
    job_news: SqlJobNews
    training: SqlTraining
    calls: SqlCourseCalls
    events: SqlEvents
    labour_market: SqlLabourMarket
    leads: SqlLeads
    stated: SqlNeeds
    labour: SqlLabour
    market: SqlMarketPosts
    seekers: SqlSeekers
    surveys: SqlSurveys

    def __init__(self, engine: AsyncEngine, *, reading: bool, seal: Seal | None = None) -> None:
        self._engine = engine
        self._reading = reading
        self._seal = seal

    async def __aenter__(self) -> Self:
        self._turn = None if self._reading else writers_of(self._engine)
        if self._turn is not None:
            await self._turn.acquire()
        try:
            self.connection = await self._begun()
        except BaseException:
            self._leave()
            raise
        self._attach(self.connection)
        return self

    async def _begun(self) -> AsyncConnection:
        connection = await connected(self._engine)
        try:
            if self._reading:
                await connection.execution_options(reading=True)
            await connection.begin()
        except BaseException as error:
            await connection.close()
            if isinstance(error, DBAPIError | OSError):
                raise translated(error, self._engine) from error
            raise
        return connection

    def _leave(self) -> None:
        if self._turn is not None:
            self._turn.release()

    def _attach(self, connection: AsyncConnection) -> None:
        self.inbox = SqlInbox(connection)
        self.people = SqlPeople(connection, reading=self._reading, seal=self._seal)
        self.joins = SqlJoins(connection)
        self.messages = SqlMessages(connection)
        self.outbox = SqlOutbox(connection)
        self.questions = SqlQuestions(connection)
        self.misreadings = SqlMisreadings(connection)
        self.tally = SqlTally(connection)
        self.audit = SqlAudit(connection)
        self.upkeep = SqlUpkeep(connection)
        self.officers = SqlOfficers(connection)
        self.lists = SqlLists(connection)
        self.audiences = SqlAudience(connection)
        self.campaigns = SqlCampaigns(connection)
        self.schedules = SqlSchedules(connection)
        self.reminders = SqlReminders(connection)
        self.publications = SqlPublications(connection)
        self.doubts = SqlDoubts(connection)
        self.fallbacks = SqlFallbacks(connection)
        self.shares = SqlShares(connection)
        self.spending = SqlSpending(connection)
        self.held = SqlHeldPosts(connection)
        self.tokens = SqlTokens(connection)
        self.credentials = SqlCredentials(connection)
        self.sessions = SqlSessions(connection)
        self.tries = SqlTries(connection)
        self.forms = SqlForms(connection)
        self.desk = SqlQuestionDesk(connection)
        self.notices = SqlNoticeDesk(connection)
        self.local = SqlLocalChanges(connection)
        self.monitor = SqlMonitor(connection)
        self.progress = SqlProgress(connection)
        self.tasks = SqlTasks(connection)
        self.task_reminders = SqlTaskReminders(connection)
        self.slips = SqlSlips(connection)
        self.chats = SqlOfficerChats(connection)
        self.work = SqlWork(connection)
        self.offers = SqlOffers(connection)
        self.job_news = SqlJobNews(connection)
        self.training = SqlTraining(connection)
        self.calls = SqlCourseCalls(connection)
        self.events = SqlEvents(connection)
        self.labour_market = SqlLabourMarket(connection)
        self.leads = SqlLeads(connection)
        self.stated = SqlNeeds(connection)
        self.labour = SqlLabour(connection)
        self.market = SqlMarketPosts(connection)
        self.seekers = SqlSeekers(connection)
        self.surveys = SqlSurveys(connection)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.connection.close()  # rolls back what was not committed
        finally:
            self._leave()
        if isinstance(error, IntegrityError):
            raise ConflictError("something that must be unique was written by somebody else first") from error
        if isinstance(error, DBAPIError) and not isinstance(error, OUR_FAULTS):
            raise translated(error, self._engine) from error

    async def in_turn(self, what: str) -> None:
        """Whoever else does this waits until this transaction is over, so that what is counted stays true meanwhile."""
        await in_turn(self.connection, what)

    async def commit(self) -> None:
        """Make it true. Raises StorageError when the disk is full or the database is gone."""
        try:
            await self.connection.commit()
        except DBAPIError as error:
            raise translated(error, self._engine) from error


class SqlStorage:
    """Opens units of work on one database. Without a seal what was told in private stays closed, and as it is."""

    def __init__(self, engine: AsyncEngine, seal: Seal | None = None) -> None:
        self.engine = engine
        self._seal = seal

    def write(self) -> SqlUnitOfWork:
        """A transaction that may change things."""
        return SqlUnitOfWork(self.engine, reading=False, seal=self._seal)

    def read(self) -> SqlUnitOfWork:
        """A transaction that only looks."""
        return SqlUnitOfWork(self.engine, reading=True, seal=self._seal)

    async def settle(self) -> bool:
        """Let what was deleted leave the disk too; False when others were in the way: it can be tried again."""
        try:
            return await settle(self.engine)
        except DBAPIError as error:
            raise translated(error, self.engine) from error

    async def in_use(self) -> bool:
        """Whether the service ever ran on this database: its first start makes the rows of its channels."""
        async with self.read() as uow:
            return bool((await uow.connection.execute(select(exists(select(channel_accounts.c.id))))).scalar())


async def connected(engine: AsyncEngine) -> AsyncConnection:
    """A connection from the pool. Raises StorageError when none can be had."""
    try:
        return await engine.connect().start()
    except Exception as error:
        # Drivers refuse in words of many kinds here (no such server, no such database, wrong password, pool empty):
        # whatever it is, there is no connection.
        if engine.dialect.name == "sqlite":
            await asyncio.sleep(THREAD_ENDS_WITHIN)
        raise translated(error, engine) from error
