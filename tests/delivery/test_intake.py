"""From the moment an update is received to its replies in the outbox: stored first, handled once, in order."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.knowledge import Knowledge
from bot.parts import Parts
from content.wording import wording
from core.conversation import Turn
from core.errors import ConflictError, StorageError
from db.unit_of_work import SqlStorage
from handlers import ROUTERS
from handlers.context import Context
from handlers.routing import Router
from handlers.service import Service
from scheduler.wake import Wakeable
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel
from tests.support.clock import FixedClock
from tests.support.rows import ACCOUNT, everything, make_account, new_update

pytestmark = pytest.mark.either


@dataclass
class Office:
    """An intake whose first router is the test's own."""

    storage: SqlStorage
    intake: Intake
    relay: Wakeable
    heard: list[tuple[str, str]] = field(default_factory=list)  # (address, text), as handled
    faults: list[str] = field(default_factory=list)

    async def replies(self) -> dict[str, int]:
        """Outbox rows by the update they answer."""
        rows = (await everything(self.storage))["deliveries"]
        return dict(Counter(row["dedup_key"].rpartition(":")[0] for row in rows))


def open_office(storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, folder: Path) -> Office:
    relay, router = Wakeable(), Router("the test's own")
    heard: list[tuple[str, str]] = []
    faults: list[str] = []

    def listen(ctx: Context) -> Turn | None:
        heard.append((ctx.message.urn.path, ctx.message.text))
        if ctx.message.text == "break":
            raise ValueError("a fault of ours")
        return None

    router.before_all(listen)
    parts = Parts(
        storage=storage,
        knowledge=knowledge,
        channels={ACCOUNT: FakeChannel()},
        clock=clock,
        chance=SeededChance(),
        data_dir=folder,
        key=b"k" * 32,
        worker="one",
        on_fault=lambda where, _: faults.append(where),
    )
    service = Service(replace(parts.desk(parts.files()), routers=[router, *ROUTERS]))
    intake = Intake(storage=storage, service=service, relay=relay, on_fault=parts.on_fault)
    return Office(storage, intake, relay, heard, faults)


@pytest.fixture
def open_one(storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> Callable[[], Office]:
    """Opens an intake as a process has one; several make several processes."""
    return lambda: open_office(storage, knowledge, clock, tmp_path)


@pytest.fixture
async def office(storage: SqlStorage, open_one: Callable[[], Office]) -> Office:
    """One intake."""
    await make_account(storage)
    return open_one()


async def test_each_update_is_answered_once(office: Office) -> None:
    assert await office.intake.receive([new_update("1", "a", "menu"), new_update("2", "b", "menu")]) == 2
    assert await office.intake.receive([new_update("1", "a", "menu")]) == 0
    assert await office.intake.drain() == 2
    assert await office.intake.drain() == 0
    replies = await office.replies()
    assert set(replies) == {"reply:1", "reply:2"} and replies["reply:1"] == replies["reply:2"] >= 1
    assert await office.relay.sleep(0), "the relay was not told"
    assert office.faults == []


async def test_one_persons_updates_are_handled_in_order_others_do_not_matter(office: Office) -> None:
    texts = [("a", f"câu {n}") for n in range(5)] + [("b", f"câu {n}") for n in range(5)]
    mixed = [
        new_update(f"{path}{text}", path, text)
        for pair in zip(texts[:5], texts[5:], strict=True)
        for path, text in pair
    ]
    await office.intake.receive(mixed)
    await office.intake.drain()
    for person in "ab":
        assert [text for path, text in office.heard if path == person] == [f"câu {n}" for n in range(5)]


async def test_one_persons_updates_are_handled_as_they_were_said_not_as_they_came(office: Office) -> None:
    """A press can overtake the text that was written before it; whose updates are counted is told apart by that."""
    came = [("a", "12"), ("b", "31"), ("a", "11"), ("b", "30"), ("b", "32")]
    await office.intake.receive([new_update(number, path, number) for path, number in came])
    await office.intake.drain()
    assert office.heard == [("a", "11"), ("b", "30"), ("a", "12"), ("b", "31"), ("b", "32")]


async def said_to(office: Office, *texts: str) -> list[str]:
    """What one person hears who wrote all this before the first answer."""
    await office.intake.receive([new_update(str(n), "a", text) for n, text in enumerate(texts)])
    assert await office.intake.drain() == len(texts)
    assert [text for _, text in office.heard] == list(texts)
    assert office.faults == []
    rows = (await everything(office.storage))["messages"]
    return [row["body"]["text"] for row in rows if row["direction"] == "out"]


async def test_a_file_comes_with_the_reply_that_it_belongs_to(office: Office) -> None:
    """A whole self-check written in one go: the picture hangs below its result and nowhere else."""
    check = ("tự kiểm tra", "nhanh", "4", "2 triệu", "đúng rồi", "1 3", "0", "2")
    await said_to(office, "Đăk Cấm", *check)
    rows = [row["body"] for row in (await everything(office.storage))["messages"] if row["direction"] == "out"]
    with_file = [row["text"] for row in rows if row["attachments"]]
    assert len(with_file) == 1 and with_file[0].startswith("Nhà mình có thể thuộc diện")


async def test_what_follows_a_deed_sees_it_done(office: Office) -> None:
    """All in one go: the question that was passed on is there when the person looks."""
    ask = ("Đăk Cấm", "gặp cán bộ", "Mái nhà tôi dột, xin giúp.", "Chuyển cho cán bộ")
    said = await said_to(office, *ask, "xem dữ liệu của tôi")
    assert "1 việc" in said[-1]
    assert len(await office.replies()) == 5


async def test_what_follows_an_erasure_is_a_new_persons(office: Office) -> None:
    said = await said_to(office, "Đăk Cấm", "xóa dữ liệu của tôi", "Xóa hết dữ liệu", "xem dữ liệu của tôi")
    assert "Đã xóa xong" in said[0] and "Đăk Cấm" not in said[-1]
    rows = await everything(office.storage)
    assert [row["forget"] for row in rows["deliveries"]] == [True] + [False] * (len(said) - 1)


async def test_one_persons_fault_is_nobody_elses(office: Office) -> None:
    await office.intake.receive(
        [new_update("1", "a", "menu"), new_update("2", "b", "break"), new_update("3", "c", "menu")]
    )
    assert await office.intake.drain() == 3
    rows = await everything(office.storage)
    assert {row["dedup_key"].rpartition(":")[0] for row in rows["deliveries"]} == {"reply:1", "reply:2", "reply:3"}
    assert office.faults == ["handler"]


async def test_a_batch_that_cannot_be_written_is_taken_one_by_one(office: Office) -> None:
    """And one that cannot be written even then gets an apology instead of being tried for ever."""
    apology = wording("vi").text("machine_fault", you="bà con", You="Bà con")
    service = office.intake._service
    real = service._write

    async def write(uow: object, work: object, now: object) -> None:
        broken = any(one.text == "break the write" for one in work.heard)  # type: ignore[attr-defined]
        if broken and work.said[0].message.text != apology:  # type: ignore[attr-defined]
            raise ConflictError("cannot be written")
        await real(uow, work, now)  # type: ignore[arg-type]

    service._write = write  # type: ignore[method-assign]
    await office.intake.receive(
        [new_update("1", "a", "menu"), new_update("2", "b", "break the write"), new_update("3", "c", "menu")]
    )
    assert await office.intake.drain() == 3
    rows = await everything(office.storage)
    assert all(row["handled_at"] for row in rows["inbound_updates"])
    told = {row["path"]: row["body"]["text"] for row in rows["messages"] if row["direction"] == "out"}
    assert told["b"] == apology and told["a"] == told["c"] != apology
    assert "update" in office.faults


async def test_trouble_with_the_database_loses_nothing(office: Office) -> None:
    """Neither the acknowledgement is given nor the waiting updates forgotten."""
    service, real = office.intake._service, office.storage.write
    await office.intake.receive([new_update("1", "a", "menu")])

    def away() -> object:
        raise StorageError("away")

    office.storage.write = away  # type: ignore[method-assign,assignment]
    with pytest.raises(StorageError):
        await office.intake.receive([new_update("2", "a", "menu")])
    with pytest.raises(StorageError):
        await service.handle_waiting()
    office.storage.write = real  # type: ignore[method-assign]
    assert await office.intake.drain() == 1


async def test_the_loop_lives_through_trouble(office: Office) -> None:
    real, tried = office.intake._service.handle_waiting, asyncio.Event()

    async def broken(limit: int = 0) -> int:
        tried.set()
        raise StorageError("away")

    office.intake._service.handle_waiting = broken  # type: ignore[method-assign]
    running = asyncio.create_task(office.intake.run())
    await asyncio.wait_for(tried.wait(), 5)
    office.intake._service.handle_waiting = real  # type: ignore[method-assign]
    await office.intake.receive([new_update("1", "a", "menu")])
    async with asyncio.timeout(5):
        assert await office.relay.sleep(5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert office.faults == ["inbox"] and list(await office.replies()) == ["reply:1"]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_several_processes_share_the_work(open_one: Callable[[], Office], storage: SqlStorage) -> None:
    """Four processes, sixty people, five messages each: every message is answered once, and in order."""
    await make_account(storage)
    offices = [open_one() for _ in range(4)]
    numbers = [(n, f"p{person}") for n in range(5) for person in range(60)]
    await offices[0].intake.receive([new_update(f"{path}-{n}", path, f"câu {n}") for n, path in numbers])
    heard = offices[0].heard
    for one in offices[1:]:
        one.heard = heard

    async def work(one: Office) -> None:
        async with storage.read() as uow:
            waiting = (await uow.inbox.backlog()).count
        while waiting:
            await one.intake._service.handle_waiting(20)
            async with storage.read() as uow:
                waiting = (await uow.inbox.backlog()).count

    async with asyncio.timeout(60):
        await asyncio.gather(*(work(one) for one in offices))
    rows = await everything(storage)
    assert all(row["handled_at"] for row in rows["inbound_updates"])
    assert {row["dedup_key"].rpartition(":")[0] for row in rows["deliveries"]} == {
        f"reply:{row['id']}" for row in rows["inbound_updates"]
    }
    for person in range(60):
        texts = [
            row["body"]["text"] for row in rows["messages"] if row["path"] == f"p{person}" and row["direction"] == "in"
        ]
        assert texts == [f"câu {n}" for n in range(5)]
    assert [one.faults for one in offices] == [[]] * 4
