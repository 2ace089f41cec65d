"""A backup is every row; either database reads what either wrote."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.campaigns import CampaignState, read_notice
from core.console_storage import Note, Once
from core.contacts import Consent, Purpose
from core.errors import StorageError
from core.events import EventState
from core.job_news import How
from core.labour import By, Workers
from core.leads import NewLead
from core.local_content import Kind, NewChange, Place
from core.needs import NeedState, Settled
from core.notice_desk import Happened
from core.officers import Grant, Role
from core.progress import NewReported
from core.questions import Author, Entry, QuestionState
from core.records import AuditEntry, Effect, LeftOut, NewContact
from core.schedules import NewOccurrence
from core.signing import Credential, Limit, Link, LinkPurpose
from core.tasks import NewTask, TaskAct, TaskEntry
from core.training import Learner
from core.work import Answer, Answered, Hindrance, OfferKind, OfferState, Profile, Unfit
from db.backup import read_rows, write_rows
from db.channel_tables import channel_tokens, channel_use, held_posts
from db.engine import close_engine, make_engine
from db.models import addresses
from db.place_tables import task_reminders
from db.training_tables import course_calls, survey_answers, surveys
from db.unit_of_work import SqlStorage, SqlUnitOfWork
from tests.support.clock import MORNING
from tests.support.databases import KINDS, Databases
from tests.support.rows import (
    ACCOUNT,
    FILE,
    SEAL,
    a_home,
    a_need,
    a_post,
    an_event,
    an_offer,
    everything,
    lease,
    make_account,
    make_person,
    new_delivery,
    new_misreading,
    new_question,
    new_update,
    queue,
    receive,
    take_notes,
    urn,
)

pytestmark = pytest.mark.thorough

ODD = "tiếng Việt 🌾\u2028\x85\r\n\"'\\ \ud800"


LISTED_ONE = NewContact(
    urn=urn("listed"),
    name=ODD[:20],
    phone="",
    locality="dak-cam",
    hamlet=None,
    status="poor",
    language="vi",
    household="H1",
    status_since=date(2023, 12, 20),
    topics=("tuition",),
)
LIST = Consent(
    purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=MORNING + timedelta(days=730), wording="ward list"
)


async def _of_channels(connection: AsyncConnection) -> None:
    """Tokens, use and a held post."""
    token = {"account": ACCOUNT, "sealed": b"\x01\x00\xff", "access_until": MORNING, "refreshed_at": MORNING}
    use = {"account": ACCOUNT, "month": "2026-11", "way": "free", "messages": 3, "dong": 0}
    post = {
        "account": ACCOUNT,
        "digest": b"d" * 32,
        "headers": {"x": ODD[:5]},
        "body": b"{\xff}",
        "size": 3,
        "received_at": MORNING,
    }
    for table, row in ((channel_tokens, token), (channel_use, use), (held_posts, {**post, "received_at": MORNING})):
        await connection.execute(insert(table).values(row))


async def _of_the_console(uow: SqlUnitOfWork, officer: int) -> None:
    """Somebody who signed in, and what they do with the first question."""
    credential = Credential(officer_id=officer, password="$argon2id$", secret=b"\x01\xff", used_step=2**33)
    await uow.credentials.keep(credential, [b"r" * 32], MORNING)
    await uow.sessions.start(b"t" * 32, officer, ODD[:9], MORNING)
    link = Link(purpose=LinkPurpose.FIRST, officer_id=None, secret=b"\x00", expires_at=MORNING)
    await uow.sessions.offer(b"l" * 32, link, MORNING)
    await uow.tries.note([Limit(key=b"k" * 32, free=0)], MORNING)
    await uow.forms.claim(Once(officer_id=officer, nonce="n" * 22), MORNING)
    await uow.forms.keep(officer, "/console", b"\x00\xff", MORNING)
    await uow.desk.hold(1, officer, MORNING)
    about = Place(locality="dak-cam", kind=Kind.OFFICE, subject="phong")
    said = {"name_vi": ODD.rstrip(" \ud800")}
    change = NewChange(about=about, before={}, after=said, ground="0" * 64, officer=ODD[:9], at=MORNING)
    await uow.local.propose(change)
    await uow.desk.talk(1, MORNING)
    answer = Entry(author=Author.OFFICER, officer="Lan", at=MORNING, text="Được.")
    await uow.questions.add_entry(1, answer, state=QuestionState.ANSWERED)
    await uow.slips.open("K7M4PXRT29", 1, MORNING)
    await uow.chats.offer(b"o" * 32, officer, now=MORNING, expires_at=MORNING + timedelta(minutes=15))
    await uow.chats.bind(b"o" * 32, urn("p1"), MORNING)
    await uow.desk.note(1, Note(officer=ODD[:9], at=MORNING, text=ODD.rstrip(" \ud800")))


async def _of_the_place(uow: SqlUnitOfWork, officer: int) -> None:
    """A figure of a target, and a task of an office, of which somebody was told."""
    numbers = {"share": Decimal("97.50")}
    reported = NewReported(
        locality="dak-cam", subject="target:x.share", numbers=numbers, as_of=MORNING.date(), document=ODD[:9]
    )
    await uow.progress.add(reported, ODD[:9], MORNING, after=0)
    new = NewTask(locality="dak-cam", office="x", text=ODD[:9], duty="x.y", due=MORNING.date())
    number = await uow.tasks.add(new, ODD[:9], MORNING)
    assert number is not None
    await uow.tasks.note(number, TaskEntry(officer=ODD[:9], at=MORNING, act=TaskAct.MADE, text=ODD[:9]))
    values = {
        "officer_id": officer,
        "task_id": number,
        "due": "2026-11-20",
        "moment": "before",
        "told_in": "officer:t",
    }
    await uow.connection.execute(insert(task_reminders).values(**values, at=MORNING))


async def _of_work(uow: SqlUnitOfWork, contact: int) -> None:
    """A course and a vacancy, one of them verified, and somebody who looks for work, and sells."""
    await uow.market.add(a_post(contact_id=contact), MORNING, MORNING.date())
    (first, _) = (await uow.work.add("dak-cam", [an_offer(), an_offer(title="Phụ bếp")], by="Lan", now=MORNING)).new
    await uow.work.step(first, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=MORNING)
    await uow.work.keep_profile(contact, Profile(can=("sewing",), held=(Hindrance.CHILDREN,)), MORNING)
    await uow.work.answer(contact, Answered(offer_id=first, answer=Answer.NOT_FIT, why=Unfit.FAR), MORNING)
    await uow.job_news.tell(contact, [first], How.SENT, MORNING)
    await uow.leads.begin(NewLead(locality="dak-cam", offer_id=first, contact_id=contact), MORNING)
    await _of_training(uow, contact)


async def _of_training(uow: SqlUnitOfWork, contact: int) -> None:
    """A course that is made known, somebody in it, and what they wish to learn."""
    course = an_offer(kind=OfferKind.COURSE, title="Nấu ăn", seats=1)
    (made,) = (await uow.work.add("dak-cam", [course], by="Lan", now=MORNING)).new
    await uow.work.step(made, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=MORNING)
    learner, on = Learner(name="Thử", attended={"2026-12-15": True}), MORNING.date()
    await uow.training.join(made, learner, code="K7M4P", by="", now=MORNING, on=on, contact_id=contact)
    values = {"households": ["poor"], "by": "Lan", "at": MORNING, "cursor": 0, "sent": 0}
    await uow.connection.execute(insert(course_calls).values(offer_id=made, **values))
    survey = {"locality": "dak-cam", "first": on, "last": on, "by": "Lan", "at": MORNING, "version": 0}
    await uow.connection.execute(insert(surveys).values(id=1, **survey))
    answer = {"answer": {"trades": ["sewing"]}, "hamlet": "", "at": MORNING}
    await uow.connection.execute(insert(survey_answers).values(survey_id=1, contact_id=contact, **answer))


async def _of_events(uow: SqlUnitOfWork, contact: int) -> None:
    """A job fair with a change that waits, and somebody who comes."""
    number = await uow.events.add("dak-cam", an_event(), by=ODD[:9], now=MORNING)
    one = await uow.events.get(number)
    assert one is not None
    await uow.events.step(one, state=EventState.VERIFIED, proposed=an_event(place=ODD), changed_at=MORNING)
    await uow.events.take(number, contact, MORNING)
    await uow.events.name(number, contact, ODD[:9])


async def _of_labour(uow: SqlUnitOfWork, contact: int) -> None:
    """A need of somebody, households of the survey, and what that person told of theirs."""
    number = await uow.stated.add(a_need(contact_id=contact, words=ODD.rstrip(" \ud800")), MORNING)
    need = await uow.stated.get(number)
    assert need is not None
    settled = Settled(to=NeedState.MET, by="Lan", told="đã vay", met_on=date(2026, 11, 20), document="QĐ 3")
    assert await uow.stated.step(need, settled, MORNING)
    await uow.labour.write("dak-cam", [a_home(), a_home("DC-002", None)], By(name="Lan", how="imported"), MORNING)
    await uow.labour.tell(
        contact, Workers(adults=2, stable=1, unstable=0, seeking=1), MORNING, locality="dak-cam", hamlet="thôn 3"
    )


async def fill(store: SqlStorage, people: int = 3) -> None:
    """Something in every table, odd texts included."""
    await make_account(store)
    await receive(store, *(new_update(str(n), f"p{n}", ODD) for n in range(people)))
    numbers = [(await make_person(store, f"p{n}")).contact.id for n in range(people)]
    await queue(store, *(new_delivery(str(n), f"p{n}", contact=n, text=ODD, attachments=(FILE,)) for n in numbers))
    await queue(store, new_delivery("private", "p0", contact=numbers[0], forget_at=MORNING + timedelta(days=1)))
    async with store.write() as uow:
        await uow.questions.wrong_code(ACCOUNT, 1, MORNING)
        await uow.shares.renew(ACCOUNT, "one", most=30, using=0, lasts=timedelta(seconds=3))
        await uow.joins.offer(numbers[0], urn("p0"), "K7M4PXRT", MORNING + timedelta(minutes=15))
        await _of_channels(uow.connection)
        await uow.connection.execute(update(addresses).values(interacted_at=MORNING))
        await uow.commit()
    await take_notes(store, await make_person(store, "p0"), {"said": ODD}, MORNING + timedelta(days=7))
    await lease(store, limit=1)
    async with store.write() as uow:
        await uow.inbox.finish([(await uow.inbox.claim([ACCOUNT], 1, now=MORNING))[0].id], MORNING)
        await uow.questions.open(new_question("K7M4PX", numbers[0], attachments=(FILE,)))
        await uow.misreadings.add([new_misreading(ODD.rstrip(" \ud800"), numbers[0])])
        await uow.tally.add(month="2026-11", locality="dak-cam", hamlet="thôn 3", dimensions=["health"])
        await uow.people.keep_needs(numbers[0], ["housing"])
        await uow.lists.enrol([LISTED_ONE], LIST, MORNING)
        officer = await uow.officers.add(ODD[:20], MORNING)
        await uow.officers.grant(officer, [Grant(role=Role.EDITOR)])
        await _of_the_console(uow, officer)
        await _of_the_place(uow, officer)
        notice = {
            "kind": "notice",
            "title": ODD[:9],
            "source": "x",
            "text": {"vi": ODD[:9]},
            "audience": {"topics": ["x"]},
        }
        campaign = await uow.campaigns.add(read_notice(notice), by="Lan", now=MORNING)
        await uow.campaigns.step(campaign, CampaignState.DRAFT, CampaignState.SENDING)
        happened = Happened(officer="Lan", at=MORNING, act="approve", why=ODD[:9], notice=read_notice(notice))
        await uow.notices.note(campaign, happened)
        out = [(numbers[0], LeftOut.HOUSEHOLD)]
        await uow.campaigns.answered(campaign, numbers[0], ODD[:9], None, MORNING)
        await uow.campaigns.affected(campaign, numbers[0], Effect.QUESTION, MORNING)
        await uow.campaigns.went_on(campaign, cursor=1, queued=1, out=out, before=0)
        post = NewOccurrence(post="opening", due_at=MORNING, late_hours=3, notice=read_notice(notice))
        await uow.schedules.add("peak-month", "dak-cam", [post], by=ODD[:9], now=MORNING)
        await uow.reminders.plan(numbers[0], "newly-escaped", [MORNING], about=MORNING, now=MORNING)
        await _of_work(uow, numbers[0])
        await _of_events(uow, numbers[0])
        await _of_labour(uow, numbers[0])
        await uow.people.erase(numbers[-1], [b"\x00\xff" * 16], MORNING)
        await uow.audit.append([AuditEntry(at=MORNING, actor="a", action="b", subject="c", detail={"n": None, "m": 3})])
        await uow.commit()


async def written(engine: AsyncEngine) -> list[str]:
    out = io.StringIO()
    count = await write_rows(engine, out)
    lines = out.getvalue().splitlines(keepends=True)
    assert count == len(lines) - 1
    return lines


@pytest.fixture(params=KINDS)
def target_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """A database of either kind."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql")
    url = databases.new(str(request.param))
    yield url
    databases.give_back(url)


@pytest.fixture
async def target(target_url: str) -> AsyncIterator[SqlStorage]:
    """Where a backup is put back."""
    engine = make_engine(target_url)
    yield SqlStorage(engine, SEAL)
    await close_engine(engine)


async def test_every_row_comes_back_as_it_was(storage: SqlStorage, target: SqlStorage) -> None:
    """From either database into either: also the way from SQLite to PostgreSQL."""
    await fill(storage)
    before = await everything(storage)
    empty = {name for name, rows in before.items() if not rows}
    assert empty == set(), "the sample has something in every table"
    count = await read_rows(target.engine, await written(storage.engine))
    assert count == sum(len(rows) for rows in before.values())
    assert await everything(target) == before
    notes = (await make_person(target, "p0")).conversation.notes
    assert notes is not None and notes.data["said"].startswith("tiếng Việt 🌾")


async def test_life_goes_on_after_it(storage: SqlStorage, target: SqlStorage) -> None:
    """New rows get new numbers, and the log is continued."""
    await fill(storage)
    await read_rows(target.engine, await written(storage.engine))
    highest = max(row["id"] for row in (await everything(target))["contacts"])
    assert (await make_person(target, "newcomer")).contact.id > highest
    await receive(target, new_update("newcomer"))
    await queue(target, new_delivery("newcomer"))
    async with target.write() as uow:
        await uow.questions.open(new_question("NEW222", highest))
        await uow.audit.append([AuditEntry(at=MORNING, actor="a", action="b", subject="c")])
        assert (await uow.audit.verify()).broken_at is None
        await uow.commit()


async def test_a_large_table_goes_in_groups(storage: SqlStorage, target: SqlStorage) -> None:
    await make_account(storage)
    await receive(storage, *(new_update(str(n), f"p{n}") for n in range(1203)))
    assert await read_rows(target.engine, await written(storage.engine)) == 1204


async def refused(store: SqlStorage, lines: list[str], *, match: str) -> None:
    before = await everything(store)
    with pytest.raises(StorageError, match=match):
        await read_rows(store.engine, lines)
    assert await everything(store) == before


async def test_a_place_in_use_is_refused(store: SqlStorage) -> None:
    lines = await written(store.engine)
    await make_person(store)
    await refused(store, lines, match="the database is not empty")


@pytest.mark.parametrize("first", [{"chungtay": "9999"}, {"other": 1}, [], None])
async def test_a_backup_of_another_version_is_refused(storage: SqlStorage, first: Any) -> None:
    await refused(storage, [json.dumps(first) + "\n"], match="not a backup of this version")
    await refused(storage, [], match="not a backup of this version")


@pytest.mark.parametrize(
    "damage",
    [
        '["contacts", {"id": 1, "langua',
        '["no_such_table", {"id": 1}]',
        '["contacts"]',
        '["contacts", 7]',
        "7",
        '["contacts", {"id": 1, "created_at": "yesterday"}]',
        '["erasures", {"keyed_hash": "no base64!", "erased_at": 1}]',
        '["addresses", {"id": 1, "account": "webchat.main", "path": "p", "contact_id": 99, "created_at": 1}]',
        '["contacts", {"id": 5, "language": "vi", "status": "active"}]',
    ],
)
async def test_a_damaged_backup_changes_nothing(storage: SqlStorage, damage: str) -> None:
    await make_account(storage)
    lines = await written(storage.engine)
    await refused(storage, [*lines, damage + "\n"], match="damaged")


async def test_a_backup_is_of_one_moment(store: SqlStorage) -> None:
    """What somebody writes while it is made is in none of its tables."""
    await fill(store)
    before = sum(len(rows) for rows in (await everything(store)).values())
    loop = asyncio.get_running_loop()
    late: list[asyncio.Task[Any]] = []

    class Paper(io.StringIO):
        """Once the first row stands on it, somebody new writes to us."""

        def write(self, line: str) -> int:
            if len(late) == 0 and "webchat.main" in line:
                late.append(loop.create_task(make_person(store, "latecomer")))
            return super().write(line)

    out = Paper()
    count = await write_rows(store.engine, out)
    await asyncio.gather(*late)
    assert late and count == before and "latecomer" not in out.getvalue()
    assert sum(len(rows) for rows in (await everything(store)).values()) > before
