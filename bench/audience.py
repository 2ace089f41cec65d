"""People of a ward's list by the thousand, and a notice to all of them, straight through the storage."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, Table, cast, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from core.campaigns import Campaign, CampaignState, read_notice
from core.contacts import LISTED, ContactStatus, Purpose
from db import schema
from db.engine import close_engine, is_sqlite, make_engine
from db.models import addresses, consents, contacts, conversations
from db.unit_of_work import SqlStorage

Values = dict[str, ColumnElement[Any]]
Work = Callable[[AsyncEngine], Awaitable[None]]

ACCOUNT = "telegram.main"
FIRST = 800_000_000  # the chat before theirs
FOR = timedelta(days=30)  # they agreed to notices for
LOOK = 0.1  # seconds between looks
# As long as the notices of wards are, and as long as a notice may be without becoming two messages.
WORDS = (
    "Phường mời bà con đến nhà văn hóa nhận hỗ trợ tiền điện của quý bốn. Mang theo căn cước và giấy hộ nghèo. "
    "Ai không đi được thì nhờ người nhà đi thay. Bà con có gì chưa rõ thì hỏi trưởng thôn."
)


def prepare(url: str) -> None:
    """Tables of the current version, where a service has not made them yet."""
    asyncio.run(_with(url, schema.upgrade))


def enrol(url: str, people: int) -> None:
    """So many people of `dak-cam`, each a household with a chat and a consent. Numbers of chats begin after FIRST."""

    async def work(engine: AsyncEngine) -> None:
        storage = SqlStorage(engine)
        async with storage.write() as uow:
            await uow.upkeep.ensure_account(ACCOUNT, datetime.now(UTC))
            await uow.commit()
        await _insert(engine, people)

    asyncio.run(_with(url, work))


async def _insert(engine: AsyncEngine, people: int) -> None:
    # Four statements for any number of people: a list is imported in small parts, which is not what is measured here.
    now = datetime.now(UTC)
    listed = _listed(people, now)
    async with engine.begin() as connection:
        await connection.execute(insert(contacts).from_select(list(listed), select(*listed.values())))
        for table, values in _theirs(now):
            rows = select(*values.values()).where(contacts.c.name.is_not(None)).order_by(contacts.c.id)
            await connection.execute(insert(table).from_select(list(values), rows))
    if not is_sqlite(str(engine.url)):
        # A server does this by itself within a minute of such a change; nobody's list is a minute old.
        async with engine.connect() as connection:
            for table in (contacts, *(table for table, _ in _theirs(now))):
                await connection.execute(text(f"ANALYZE {table.name}"))
            await connection.commit()


def _listed(people: int, now: datetime) -> Values:
    """Numbered by a count that both databases make themselves."""
    one = select(literal(1, BigInteger).label("i")).cte("numbers", recursive=True)
    numbers = one.union_all(select(one.c.i + 1).where(one.c.i < people))
    return {
        "locality": literal("dak-cam"),
        "language": literal("vi"),
        "status": literal(ContactStatus.ACTIVE.value),
        "household_status": literal("poor"),
        "household_id": numbers.c.i,
        "name": cast(numbers.c.i + FIRST, String),  # their chat: by it the other statements find them
        "created_at": _moment(now),
    }


def _theirs(now: datetime) -> list[tuple[Table, Values]]:
    """What belongs to each of them."""
    agreed: Values = {
        "contact_id": contacts.c.id,
        "purpose": literal(Purpose.NOTICES.value),
        "granted_at": _moment(now),
        "expires_at": _moment(now + FOR),
        "wording": literal(f"{LISTED} of the bench"),
    }
    reached: Values = {
        "account": literal(ACCOUNT),
        "path": contacts.c.name,
        "contact_id": contacts.c.id,
        "created_at": _moment(now),
    }
    nothing = literal([], conversations.c.offered.type)
    said: Values = {
        "contact_id": contacts.c.id,
        "offered": nothing,
        "earlier": nothing,
        "misses": literal(0),
        "version": literal(0),
    }
    return [(addresses, reached), (consents, agreed), (conversations, said)]


def _moment(value: datetime) -> ColumnElement[Any]:
    return literal(value, contacts.c.created_at.type)


def approve(url: str) -> int:
    """An urgent notice to all of them, approved and due; gives its number."""
    data = {
        "kind": "notice",
        "title": "Hỗ trợ tiền điện",
        "source": "Thông báo của phường",
        "text": {"vi": WORDS},
        "audience": {"localities": ["dak-cam"]},
        "sending": {"urgent": True, "hold_back_seconds": 0},
    }
    notice, now = read_notice(data), datetime.now(UTC)
    numbers: list[int] = []

    async def work(engine: AsyncEngine) -> None:
        async with SqlStorage(engine).write() as uow:
            numbers.append(await uow.campaigns.add(notice, by="Lan", now=now))
            draft, approved = CampaignState.DRAFT, CampaignState.APPROVED
            await uow.campaigns.step(numbers[0], draft, approved, approved_hash=notice.hash(), starts_at=now)
            await uow.commit()

    asyncio.run(_with(url, work))
    return numbers[0]


def wait_until_finished(url: str, number: int, within: float) -> Campaign:
    """The notice once nothing of it is on its way. Raises TimeoutError when that takes longer, in seconds."""
    found: list[Campaign] = []

    async def work(engine: AsyncEngine) -> None:
        async with asyncio.timeout(within):
            while not found:
                one = await look(SqlStorage(engine), number)
                if one.state is CampaignState.FINISHED:
                    found.append(one)
                else:
                    await asyncio.sleep(LOOK)

    asyncio.run(_with(url, work))
    return found[0]


async def look(storage: SqlStorage, number: int) -> Campaign:
    """A notice as it stands."""
    async with storage.read() as uow:
        one = await uow.campaigns.get(number)
    assert one is not None
    return one


async def _with(url: str, work: Work) -> None:
    engine = make_engine(url)
    try:
        await work(engine)
    finally:
        await close_engine(engine)
