"""Things to put into storage, with all that a test does not care about filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.audience import Audience
from core.campaigns import Notice
from core.contacts import URN, Consent, Purpose
from core.conversation import Notes, Person
from core.delivery import Delivery, NewDelivery, Priority
from core.events import EventKind, JobEvent
from core.labour import HomeFacts, HomeStatus, Workers
from core.market import Goods, NewPost, Post, Side
from core.messages import Attachment, AttachmentKind, OutboundMessage
from core.misreadings import Why
from core.needs import NeedKind, NewNeed
from core.questions import Author, Entry
from core.records import LedgerRow, NewContact, NewMisreading, NewQuestion, NewUpdate
from core.text import fold
from core.work import Offer, OfferKind
from db.models import deliveries, metadata
from db.sealing import Seal
from db.unit_of_work import SqlStorage
from handlers.context import LOCAL
from tests.support.clock import MORNING

ACCOUNT = "webchat.main"
SEAL = Seal(b"s" * 32)
FILE = Attachment(kind=AttachmentKind.IMAGE, name="giấy.jpg", media_type="image/jpeg", size=3, sha256="ab" * 32)


def urn(path: str = "somebody", account: str = ACCOUNT) -> URN:
    """An address, of the web chat if no other account is said."""
    return URN(account=account, path=path)


def new_update(external_id: str, path: str = "somebody", text: str = "xin chào", **raw: Any) -> NewUpdate:
    """An update as a channel stores it."""
    return NewUpdate(
        account=ACCOUNT, external_id=external_id, path=path, raw={"text": text, **raw}, received_at=MORNING
    )


def new_delivery(
    key: str,
    path: str = "somebody",
    *,
    text: str = "chào bà con",
    contact: int | None = None,
    priority: Priority = Priority.REPLY,
    at: datetime = MORNING,
    expires_at: datetime | None = None,
    forget: bool = False,
    forget_at: datetime | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> NewDelivery:
    """A bubble to be queued."""
    return NewDelivery(
        dedup_key=key,
        urn=urn(path),
        contact_id=contact,
        message=OutboundMessage(text=text, attachments=attachments, expires_at=expires_at),
        priority=priority,
        available_at=at,
        forget=forget,
        forget_at=forget_at,
    )


def new_question(code: str, contact: int, *, urgent: bool = False, due_days: float = 3, **fields: Any) -> NewQuestion:
    """A question in the citizen's words."""
    entry = Entry(author=Author.CITIZEN, at=MORNING, text="Nhà tôi dột.", attachments=fields.pop("attachments", ()))
    return NewQuestion(
        code=code,
        contact_id=contact,
        locality=fields.pop("locality", "dak-cam"),
        office=fields.pop("office", None),
        topic=fields.pop("topic", "housing"),
        urgent=urgent,
        created_at=MORNING,
        due_at=MORNING + timedelta(days=due_days),
        entry=entry,
    )


def an_offer(**fields: Any) -> Offer:
    """A vacancy as a list describes it."""
    told: dict[str, Any] = {
        "kind": OfferKind.VACANCY,
        "title": "Công nhân may",
        "occupation": "sewing",
        "place": "phường Đăk Cấm",
        "employer": "Công ty May Sao Mai",
        "deadline": date(2026, 12, 31),
    }
    return Offer(**{**told, **fields})


def an_event(**fields: Any) -> JobEvent:
    """A job fair in a week, as an office announces it."""
    told: dict[str, Any] = {
        "kind": EventKind.FAIR,
        "title": "Ngày hội việc làm Đăk Cấm",
        "place": "Nhà văn hóa phường",
        "organiser": "Trung tâm Việc làm Mẫu",
        "contact": "chị Hoa, 0912 000 345",
        "starts_at": MORNING + timedelta(days=7),
        "ends_at": MORNING + timedelta(days=7, hours=3),
    }
    return JobEvent(**{**told, **fields})


def a_need(**fields: Any) -> NewNeed:
    """A need as somebody states it."""
    told: dict[str, Any] = {"code": "H7M4PX", "locality": "dak-cam", "hamlet": "thôn 3", "kind": NeedKind.JOB}
    return NewNeed(**{**told, **fields})


def a_home(code: str = "DC-001", workers: tuple[int, int, int, int] | None = (3, 1, 1, 1), **fields: Any) -> HomeFacts:
    """A household of the survey; `workers` are of working age, steady, unsteady, seeking."""
    names = ("adults", "stable", "unstable", "seeking")
    known = Workers(**dict(zip(names, workers, strict=True))) if workers is not None else None
    told: dict[str, Any] = {"hamlet": "thôn 3", "status": HomeStatus.POOR, "as_of": date(2026, 11, 1)}
    return HomeFacts(code=code, workers=known, **{**told, **fields})


def new_misreading(
    text: str,
    contact: int,
    *,
    why: Why = Why.UNKNOWN,
    read_as: str | None = None,
    at: datetime = MORNING,
    locality: str | None = "dak-cam",
) -> NewMisreading:
    """Words that were not understood."""
    return NewMisreading(
        contact_id=contact,
        locality=locality,
        at=at,
        day=at.astimezone(LOCAL).date(),
        why=why,
        text=text,
        folded=fold(text),
        read_as=read_as,
    )


async def take_notes(storage: SqlStorage, person: Person, data: Mapping[str, Any], until: datetime) -> None:
    """What a person told in private, kept until then."""
    notes = Notes(data=data, until=until)
    talk = replace(person.conversation, version=person.conversation.version + 1, notes=notes)
    async with storage.write() as uow:
        await uow.people.save([replace(person, conversation=talk)])
        await uow.commit()


async def make_account(storage: SqlStorage, account: str = ACCOUNT) -> None:
    """The channel account's row."""
    async with storage.write() as uow:
        await uow.upkeep.ensure_account(account, MORNING)
        await uow.commit()


async def make_person(storage: SqlStorage, path: str = "somebody", account: str = ACCOUNT) -> Person:
    """A person who wrote before."""
    async with storage.write() as uow:
        found = await uow.people.load([urn(path, account)], MORNING)
        await uow.commit()
    return found[urn(path, account)]


def listed(path: str, account: str = ACCOUNT, **fields: Any) -> NewContact:
    """A line of a ward's list: poor, in Đăk Cấm, and nothing more unless said."""
    bare = {"name": "", "phone": "", "locality": "dak-cam", "hamlet": None, "status": "poor", "language": "vi"}
    return NewContact(urn=urn(path, account), **{**bare, "household": "", "topics": (), **fields})


async def enrol(storage: SqlStorage, people: Sequence[NewContact], now: datetime) -> None:
    """A list of the ward, whose people may be written to for 90 days."""
    consent = Consent(purpose=Purpose.NOTICES, granted_at=now, expires_at=now + timedelta(days=90), wording="ward list")
    async with storage.write() as uow:
        await uow.lists.enrol(people, consent, now)
        await uow.commit()


async def receive(storage: SqlStorage, *updates: NewUpdate) -> int:
    """Store updates as the intake does."""
    async with storage.write() as uow:
        new = await uow.inbox.add(updates)
        await uow.commit()
    return new


def notice_to(audience: Audience) -> Notice:
    """Something for these people."""
    return Notice(title="Lớp may", source="Kế hoạch", text={"vi": "Mở lớp may."}, audience=audience)


async def queue(storage: SqlStorage, *new: NewDelivery) -> None:
    """Put bubbles into the outbox."""
    async with storage.write() as uow:
        await uow.outbox.add(new)
        await uow.commit()


async def lease(
    storage: SqlStorage, worker: str = "one", *, now: datetime = MORNING, limit: int = 50, seconds: float = 60
) -> list[Delivery]:
    """Take what is due."""
    async with storage.write() as uow:
        until = now + timedelta(seconds=seconds)
        taken = await uow.outbox.lease([ACCOUNT], worker=worker, now=now, until=until, limit=limit)
        await uow.commit()
    return taken


def ledger_row(contact: int, state: str, account: str = ACCOUNT, *, attempts: int = 1, doubts: int = 0) -> LedgerRow:
    """A line of a notice's ledger."""
    return LedgerRow(
        contact_id=contact,
        name="",
        hamlet="",
        account=account,
        state=state,
        reason="",
        attempts=attempts,
        doubts=doubts,
        at=MORNING,
    )


async def delivery_row(storage: SqlStorage, key: str) -> Any:
    """The outbox's row with this dedup key, None when it is gone."""
    async with storage.engine.connect() as connection:
        return (await connection.execute(select(deliveries).where(deliveries.c.dedup_key == key))).first()


async def all_rows(connection: AsyncConnection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in the order of its key."""
    return {
        table.name: [
            dict(row._mapping) for row in await connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in metadata.sorted_tables
    }


async def everything(storage: SqlStorage) -> dict[str, list[dict[str, Any]]]:
    """Every row there is."""
    async with storage.engine.connect() as connection:
        return await all_rows(connection)


def traces(rows: dict[str, list[dict[str, Any]]], *needles: str, contacts: Sequence[int] = ()) -> list[str]:
    """Columns in which one of these words, or the number of one of these contacts, is found."""
    return [
        f"{table}.{column}"
        for table, found in rows.items()
        for row in found
        for column, value in row.items()
        if any(one in str(value) for one in needles)
        or (value in contacts and (column == "contact_id" or (table, column) == ("contacts", "id")))
    ]


async def ask(storage: SqlStorage) -> None:
    """Somebody has one question, K7M 4PX, number 1."""
    await make_account(storage)
    contact = (await make_person(storage)).contact.id
    async with storage.write() as uow:
        await uow.questions.open(new_question("K7M4PX", contact))
        await uow.commit()


def a_post(what: str = "20 con gà", **other: Any) -> NewPost:
    """Something that somebody sells in Đăk Cấm, if nothing else is said."""
    texts = {
        name: other.pop(name)
        for name in ("amount", "when", "hamlet", "price", "name", "phone", "reach")
        if name in other
    }
    said = {"locality": "dak-cam", "side": Side.OFFER, "goods": Goods.POULTRY, **other}
    return NewPost(post=Post(what=what, **texts), **said)
