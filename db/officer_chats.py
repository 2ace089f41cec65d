"""The chats in which officers work, and what waits to be told there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import CampaignState
from core.contacts import URN
from core.delivery import DeliveryStatus
from core.messages import OutboundMessage
from core.officer_chats import TELLING, TOLD, ChatCode, Listener, OfficerChat
from core.officers import Officer, Right
from core.questions import QuestionState
from core.records import Direction
from db.campaigns import SqlCampaigns
from db.console_tables import officer_chat_codes as k
from db.console_tables import officer_chats as t
from db.leasing import has_status
from db.models import WAITING, addresses, contacts, deliveries, join_codes, messages, officers
from db.officer_rows import load_officers
from db.place_tables import task_reminders as r
from db.place_tables import tasks
from db.questions import SqlQuestions
from db.tasks import OPEN, within

RECALLED = "recalled"  # what the outbox says of a message that was taken back
LATELY = 60  # bubbles of a chat in which a button is looked for

_CHATS = (
    select(t, addresses.c.account, addresses.c.path, addresses.c.contact_id, contacts.c.language)
    .join(addresses, addresses.c.id == t.c.address_id)
    .join(contacts, contacts.c.id == addresses.c.contact_id)
    .order_by(t.c.bound_at, t.c.address_id)
)


class SqlOfficerChats:
    """See core.officer_chats.OfficerChats."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def offer(self, code: bytes, officer_id: int, *, now: datetime, expires_at: datetime) -> None:
        """Keep a new code as its keyed hash; an unused one of the same officer is over."""
        unused = (k.c.officer_id == officer_id) & k.c.used_at.is_(None) & (k.c.expires_at > now)
        await self._db.execute(update(k).where(unused).values(expires_at=now))
        values = {"code": code, "officer_id": officer_id, "created_at": now, "expires_at": expires_at}
        await self._db.execute(insert(k).values(values))

    async def offered(self, officer_id: int, *, since: datetime) -> int:
        """How many codes this officer made since then."""
        counted = select(func.count()).where(k.c.officer_id == officer_id, k.c.created_at > since)
        return int((await self._db.execute(counted)).scalar_one())

    async def code(self, code: bytes) -> ChatCode | None:
        """A code, also one that is over or was used, as long as it is remembered (a day)."""
        row = (await self._db.execute(select(k).where(k.c.code == code))).first()
        if row is None:
            return None
        return ChatCode(officer_id=row.officer_id, expires_at=row.expires_at, used=row.used_at is not None)

    async def bind(self, code: bytes, urn: URN, now: datetime) -> bool:
        """Use the code: this chat is its officer's desk from now on, whoever's it was. False where it is over."""
        good = (k.c.code == code) & k.c.used_at.is_(None) & (k.c.expires_at > now)
        used = (await self._db.execute(update(k).where(good).values(used_at=now).returning(k.c.officer_id))).first()
        at = (addresses.c.account == urn.account) & (addresses.c.path == urn.path)
        here = (await self._db.execute(select(addresses.c.id).where(at))).scalar()
        if used is None or here is None:
            return False
        await self._db.execute(delete(join_codes).where(join_codes.c.address_id == here))
        await self._db.execute(delete(t).where(t.c.address_id == here))
        await self._db.execute(insert(t).values(address_id=here, officer_id=used.officer_id, bound_at=now))
        return True

    async def of(self, officer_id: int) -> Sequence[OfficerChat]:
        """An officer's chats, the oldest first."""
        return await self._chats(t.c.officer_id == officer_id)

    async def _chats(self, *which: ColumnElement[bool]) -> list[OfficerChat]:
        rows = await self._db.execute(_CHATS.where(*which))
        return [
            OfficerChat(
                address_id=row.address_id,
                officer_id=row.officer_id,
                urn=URN(account=row.account, path=row.path),
                contact_id=row.contact_id,
                language=row.language,
                since=row.bound_at,
            )
            for row in rows
        ]

    async def at(self, urn: URN) -> OfficerChat | None:
        """Whose desk the chat at this address is; None: a citizen's."""
        return next(iter(await self._chats(addresses.c.account == urn.account, addresses.c.path == urn.path)), None)

    async def listeners(self) -> Sequence[Listener]:
        """All chats whose officers act here now."""
        known = await self._held(await self._chats())
        return [one for one in known if one.officer.retired_at is None]

    async def reached(self, open_: ColumnElement[bool], *, after: int, limit: int) -> Sequence[Listener]:
        """The chats of the next officers behind a number that have an open address, ended officers among them."""
        reached = t.join(addresses, addresses.c.id == t.c.address_id)
        ids = select(t.c.officer_id).select_from(reached).where(open_, t.c.officer_id > after)
        found = await self._db.execute(ids.distinct().order_by(t.c.officer_id).limit(limit))
        return await self._held(await self._chats(open_, t.c.officer_id.in_(list(found.scalars()))))

    async def _held(self, chats: Sequence[OfficerChat]) -> list[Listener]:
        """These chats with their officers as they are, which they stay until the end of the transaction."""
        if not chats:
            return []
        theirs = officers.c.id.in_({one.officer_id for one in chats})
        # Whoever takes a right away meanwhile waits for this transaction, and takes back what it tells.
        held = select(officers.c.id).where(theirs).order_by(officers.c.id)
        await self._db.execute(held.with_for_update(read=True))
        known = {one.id: one for one in await load_officers(self._db, theirs)}
        return [Listener(chat=one, officer=known[one.officer_id]) for one in chats]

    async def unbind(self, address_id: int, officer_id: int) -> bool:
        """This chat is a citizen's again, and what waited for the desk is taken back. False where it was not theirs."""
        mine = (t.c.address_id == address_id) & (t.c.officer_id == officer_id)
        gone = bool((await self._db.execute(delete(t).where(mine))).rowcount)
        if gone:
            at = select(addresses.c.account, addresses.c.path).where(addresses.c.id == address_id)
            here = tuple_(deliveries.c.account, deliveries.c.path).in_(at)
            await self._take_back(here, deliveries.c.dedup_key.startswith(TOLD, autoescape=True))
        return gone

    async def shown(self, urn: URN, external_id: str) -> OutboundMessage | None:
        """The message to which somebody replies, by the id that its channel gave it."""
        d = deliveries.c
        body = select(messages.c.body).join(deliveries, d.message_id == messages.c.id)
        found = body.where(d.account == urn.account, d.path == urn.path, d.external_id == external_id)
        row = (await self._db.execute(found.order_by(d.id.desc()).limit(1))).first()
        return OutboundMessage.from_json(row.body) if row is not None else None

    async def last_shown(self, urn: URN, begin: str) -> str:
        """The payload of the newest button in this chat that begins so; empty where there is none of late."""
        here = (messages.c.account == urn.account) & (messages.c.path == urn.path)
        out = select(messages.c.body).where(here, messages.c.direction == Direction.OUT)
        for row in await self._db.execute(out.order_by(messages.c.id.desc()).limit(LATELY)):
            payloads = [payload for _, payload in row.body.get("quick_replies", ())]
            if found := next((one for one in payloads if one.startswith(begin)), ""):
                return found
        return ""

    async def recall(self) -> int:
        """Take back what waits to be told to officers who may not act on it now, or about what is over."""
        return await recall(self._db)

    async def _take_back(self, *which: ColumnElement[bool]) -> None:
        await take_back(self._db, *which)


async def take_back(db: AsyncConnection, *which: ColumnElement[bool]) -> int:
    """What waits to be sent is not sent any more."""
    waits = has_status(deliveries.c, *WAITING)
    # No clock is at hand where rights are taken away; it was never sent, so the hour matters to nobody.
    values = {"status": DeliveryStatus.CANCELLED, "settled_at": deliveries.c.created_at, "last_error": RECALLED}
    return int((await db.execute(update(deliveries).where(waits, *which).values(values))).rowcount)


async def forget_questions(db: AsyncConnection, ids: Sequence[int]) -> None:
    """Delete what was told in officers' chats about these questions: it repeats the words of who asked."""
    keys = [deliveries.c.dedup_key.startswith(f"{begin}q{one}:", autoescape=True) for one in ids for begin in TELLING]
    if keys:
        about = select(deliveries.c.message_id).where(or_(*keys))
        await db.execute(delete(messages).where(messages.c.id.in_(about)))
        await db.execute(delete(deliveries).where(or_(*keys)))


async def leave(db: AsyncConnection, officer_id: int) -> None:
    """An officer is ended: their chats are citizens' again, and what waited for them is taken back."""
    await recall(db)
    await db.execute(delete(t).where(t.c.officer_id == officer_id))
    await db.execute(
        update(k).where(k.c.officer_id == officer_id, k.c.used_at.is_(None)).values(used_at=k.c.created_at)
    )


async def recall(db: AsyncConnection) -> int:
    """See core.officer_chats.OfficerChats.recall."""
    chats = select(addresses.c.account, addresses.c.path).join(t, t.c.address_id == addresses.c.id)
    here = tuple_(deliveries.c.account, deliveries.c.path).in_(chats)
    ours = deliveries.c.dedup_key.startswith(TOLD, autoescape=True)
    asked = select(deliveries.c.id, deliveries.c.dedup_key).where(has_status(deliveries.c, *WAITING), here, ours)
    rows = (await db.execute(asked)).all()
    over = [row.id for row in rows if not await _stands(db, row.dedup_key)]
    return await take_back(db, deliveries.c.id.in_(over)) if over else 0


async def _stands(db: AsyncConnection, key: str) -> bool:
    """Whether what this key tells is still for its officer: see handlers/officer_chats/telling.py."""
    _, about, officer_id, *_ = key.split(":")
    found = await load_officers(db, officers.c.id == int(officer_id))
    if not found:
        return False
    if about.startswith("q"):
        question = await SqlQuestions(db).get(about[1:])
        if question is None or question.state is not QuestionState.OPEN:
            return False
        places = [question.locality] if question.locality else []
        return found[0].may(Right.ANSWER, localities=places, office=question.office or "")
    if about == "t":
        return await _tasks_stand(db, key, found[0])
    campaign = await SqlCampaigns(db).get(int(about[1:]))
    if campaign is None or campaign.state is not CampaignState.SUBMITTED:
        return False
    return found[0].may(Right.APPROVE_CAMPAIGNS, localities=campaign.notice.localities)


async def _tasks_stand(db: AsyncConnection, key: str, officer: Officer) -> bool:
    """Whether all that a message tells is still to be done by its officer, and by the same day."""
    still = and_(tasks.c.state.in_(OPEN), tasks.c.due == r.c.due, within(officer.reach(Right.WORK_TASKS)))
    told = select(still).select_from(r.join(tasks, tasks.c.id == r.c.task_id)).where(r.c.told_in == key)
    each = list((await db.execute(told)).scalars())
    return bool(each) and all(each)
