"""Tasks that are due soon or late, told in officers' own chats: to whom, when, once, and what a dead process leaves."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.channels.terminal import ACCOUNT
from bot.knowledge import Knowledge
from core.contacts import Refusal
from core.delivery import NewDelivery
from core.officers import Grant, Role
from core.task_reminders import ABOUT_TASKS
from core.tasks import NewTask, TaskAct
from db.audit import SqlAudit
from db.models import addresses
from db.outbox import SqlOutbox
from db.unit_of_work import SqlStorage
from handlers import tasking
from handlers.reported import Acting
from handlers.tasking import Said
from scheduler.task_reminding import TaskReminding
from tests.db.test_statements import counting
from tests.officers.chatting import Ward, ward_on
from tests.support.clock import FixedClock
from tests.support.rows import everything

pytestmark = pytest.mark.either

FRIDAY = date(2026, 11, 20)  # nine in the morning, where the clock stands
OFFICE, OTHER = "phong-kt-ht-dt", "phong-vhxh"


class Awake:
    """Nobody sleeps."""

    def wake(self) -> None:
        """Nothing to do."""


@pytest.fixture
async def ward(storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Ward]:
    async with ward_on(storage, knowledge, clock, tmp_path) as opened:
        yield opened


def loop_of(ward: Ward, pages: str = "https://chungtay.example") -> TaskReminding:
    """The loop, as a process that just began has it."""

    def fails(_: str, error: BaseException) -> None:
        raise error

    return TaskReminding(
        pages=pages,
        storage=ward.storage,
        content=ward.parts.knowledge.content,
        accounts=[ACCOUNT],
        clock=ward.parts.clock,
        relay=Awake(),
        on_fault=fails,
    )


def _tick(ward: Ward) -> None:
    assert isinstance(ward.parts.clock, FixedClock)
    ward.parts.clock.advance(seconds=1)


async def told(ward: Ward, times: int = 2) -> dict[str, list[str]]:
    """What came of tasks, by address, after so many looks, each by a process of its own."""
    for _ in range(times):
        _tick(ward)
        await loop_of(ward).step()
    return {path: [one.text for one in some] for path, some in (await ward.sent()).items()}


async def given(ward: Ward, text: str, due: date, office: str = OFFICE, **other: Any) -> int:
    """A task; gives its number."""
    new = NewTask(locality=other.pop("locality", "dak-cam"), office=office, text=text, due=due, **other)
    async with ward.storage.write() as uow:
        number = await uow.tasks.add(new, "Thu", ward.now)
        await uow.commit()
    assert number is not None
    return number


async def does(ward: Ward, number: int, what: TaskAct, by: str, **said: str) -> None:
    """Somebody does something to a task, as the console has it."""
    task = await tasking.find(ward.storage, number)
    await tasking.act(ward.storage, task, what, Acting(officer=by, now=ward.now), Said(seen=task.version, **said))


async def noted(ward: Ward) -> set[tuple[int, str, str]]:
    """Of which tasks, due when, somebody was told before or after."""
    rows = (await everything(ward.storage))["task_reminders"]
    return {(row["task_id"], row["due"], row["moment"]) for row in rows}


async def test_once_before_the_day_and_once_after_it(ward: Ward, clock: FixedClock) -> None:
    await ward.at_desk("Lan", office=OFFICE)
    number = await given(ward, "Rà soát nhà ở", date(2026, 12, 1))
    assert await told(ward) == {}, "eleven days before"
    clock.advance(days=3)
    assert await told(ward) == {}, "eight days before"
    clock.advance(days=1)
    assert await told(ward) == {
        "Lan": [
            "Nhiệm vụ đến hạn\n"
            "- Sắp đến hạn, còn 7 ngày: Rà soát nhà ở (Phòng Kinh tế, Hạ tầng và Đô thị phường). Hạn: 01/12/2026.\n"
            "Báo xong hoặc nhờ giúp: mở bàn làm việc, https://chungtay.example/console/tasks"
        ]
    }
    clock.advance(days=7)
    assert await told(ward) == {}, "on the day itself it was told already"
    clock.advance(days=1)
    ((path, (text,)),) = (await told(ward)).items()
    assert path == "Lan" and "- Quá hạn 1 ngày: Rà soát nhà ở" in text
    for _ in range(40):
        clock.advance(days=1)
        assert await told(ward, 1) == {}
    assert await noted(ward) == {(number, "2026-12-01", "before"), (number, "2026-12-01", "after")}
    assert await ward.acts("task.reminded") == ["scheduler"] * 2


async def test_those_who_see_it_on_their_first_page_and_nobody_else(ward: Ward) -> None:
    await ward.at_desk("Lan", office=OFFICE)
    await ward.at_desk("Minh", office=OTHER)
    await ward.at_desk("Hoa", Role.APPROVER)
    await ward.at_desk("Duy", Role.ADMINISTRATOR, "")
    await ward.at_desk("Xem", Role.VIEWER)
    await ward.at_desk("Xa", Role.ANSWERER, "di-su")
    gone = await ward.at_desk("Cũ", office=OFFICE)
    async with ward.storage.write() as uow:
        await uow.officers.retire(gone.id, ward.now)
        await uow.commit()
    await given(ward, "Việc một", FRIDAY)
    await given(ward, "Việc hai", FRIDAY, OTHER)
    await given(ward, "Việc ba", FRIDAY, "vp-hdnd-ubnd", helper=OTHER)
    found = {
        path: {word for word in ("một", "hai", "ba") if f"Việc {word}" in "".join(texts)}
        for path, texts in (await told(ward)).items()
    }
    everything_here = {"một", "hai", "ba"}
    assert found == {"Lan": {"một"}, "Minh": {"hai", "ba"}, "Hoa": everything_here, "Duy": everything_here}


async def test_many_come_as_one_message_of_five_lines(ward: Ward) -> None:
    await ward.at_desk("Lan", office=OFFICE)
    for day in range(8):
        await given(ward, f"Việc số {day} " + "rất dài " * 60, FRIDAY + timedelta(days=day - 2))
    ((_, (text,)),) = (await told(ward)).items()
    lines = text.splitlines()
    assert [line.partition(": ")[0] for line in lines[1:6]] == [
        "- Quá hạn 2 ngày",
        "- Quá hạn 1 ngày",
        "- Hạn hôm nay, 20/11/2026",
        "- Sắp đến hạn, còn 1 ngày",
        "- Sắp đến hạn, còn 2 ngày",
    ]
    assert lines[6] == "- và 3 việc nữa" and len(lines) == 8 and len(text) < 1_500
    await loop_of(ward, pages="").step()
    assert await ward.sent() == {}


async def test_without_a_public_address_it_says_where_to_look(ward: Ward) -> None:
    await ward.at_desk("Lan", office=OFFICE)
    await given(ward, "Việc một", FRIDAY)
    await loop_of(ward, pages="").step()
    ((_, (message,)),) = (await ward.sent()).items()
    assert message.text.endswith("\nBáo xong hoặc nhờ giúp: mở bàn làm việc, trang Nhiệm vụ.")


async def test_what_is_done_is_not_told_and_another_day_is_told_anew(ward: Ward, clock: FixedClock) -> None:
    await ward.at_desk("Thu", Role.EDITOR)
    done, moved = await given(ward, "Việc một", FRIDAY), await given(ward, "Việc hai", FRIDAY)
    await does(ward, done, TaskAct.DONE, "Thu", text="Xong.", document="Báo cáo 1")
    await does(ward, moved, TaskAct.MOVED, "Thu", due="30/11/2026")
    assert await told(ward) == {} and await noted(ward) == set()
    clock.advance(days=4)
    ((_, (text,)),) = (await told(ward)).items()
    assert "Việc hai" in text and "Việc một" not in text
    await does(ward, done, TaskAct.REOPENED, "Thu", text="Còn thiếu.")
    ((_, (text,)),) = (await told(ward)).items()
    assert "Quá hạn 4 ngày: Việc một" in text and "Việc hai" not in text
    await does(ward, moved, TaskAct.MOVED, "Thu", due="27/11/2026")
    ((_, (text,)),) = (await told(ward)).items()
    assert "còn 3 ngày: Việc hai" in text and text.count("- ") == 1


@pytest.mark.parametrize("what", [TaskAct.DONE, TaskAct.MOVED])
async def test_what_waits_to_be_sent_is_taken_back_and_the_rest_told(ward: Ward, what: TaskAct) -> None:
    await ward.at_desk("Thu", Role.EDITOR)
    first, _ = await given(ward, "Việc một", FRIDAY), await given(ward, "Việc hai", FRIDAY)
    await loop_of(ward).step()
    said = {"due": "31/12/2026"} if what is TaskAct.MOVED else {"text": "Xong.", "document": "Báo cáo 1"}
    await does(ward, first, what, "Thu", **said)
    ((_, (text,)),) = (await told(ward)).items()
    assert "Việc hai" in text and "Việc một" not in text


async def test_whose_right_is_taken_away_meanwhile_is_told_nothing(ward: Ward) -> None:
    lan = await ward.at_desk("Lan", office=OFFICE)
    await given(ward, "Việc một", FRIDAY)
    await loop_of(ward).step()
    async with ward.storage.write() as uow:
        await uow.officers.revoke(lan.id, [Grant(role=Role.ANSWERER, locality="dak-cam", office=OFFICE)])
        await uow.commit()
    assert await told(ward) == {} and await noted(ward) == set()


CLOSED = {
    "at night": datetime(2026, 11, 25, 14, tzinfo=UTC),
    "on Saturday": datetime(2026, 11, 28, 3, tzinfo=UTC),
    "on Sunday": datetime(2026, 11, 29, 3, tzinfo=UTC),
    "at Tết": datetime(2027, 2, 8, 3, tzinfo=UTC),
    "on a public holiday": datetime(2026, 9, 2, 3, tzinfo=UTC),
}
OPENS = {
    "at night": datetime(2026, 11, 26, 0, 1, tzinfo=UTC),
    "on Saturday": datetime(2026, 11, 30, 0, 1, tzinfo=UTC),
    "on Sunday": datetime(2026, 11, 30, 0, 1, tzinfo=UTC),
    "at Tết": datetime(2027, 2, 10, 0, 1, tzinfo=UTC),
    "on a public holiday": datetime(2026, 9, 3, 0, 1, tzinfo=UTC),
}


@pytest.mark.parametrize("when", CLOSED)
async def test_not_while_offices_are_closed_but_on_the_next_working_morning(
    ward: Ward, clock: FixedClock, when: str
) -> None:
    clock.advance(seconds=(CLOSED[when] - timedelta(days=1) - clock.now()).total_seconds())
    await ward.at_desk("Lan", office=OFFICE)
    clock.advance(days=1)
    await given(ward, "Việc một", OPENS[when].date() + timedelta(days=2))
    assert await told(ward) == {}
    almost = OPENS[when] - timedelta(minutes=2)
    clock.advance(seconds=(almost - clock.now()).total_seconds())
    assert await told(ward) == {}, "a minute before seven"
    clock.advance(seconds=120)
    assert list(await told(ward)) == ["Lan"]


async def test_what_could_not_leave_by_the_evening_is_told_on_the_next_working_day(
    ward: Ward, clock: FixedClock
) -> None:
    await ward.at_desk("Lan", office=OFFICE)
    await given(ward, "Việc một", date(2026, 11, 23))
    clock.advance(seconds=60)
    await loop_of(ward).step()
    clock.advance(days=1)  # the channel was down until Saturday
    assert await told(ward) == {}
    clock.advance(days=2)
    ((_, (text,)),) = (await told(ward)).items()
    assert "- Hạn hôm nay, 23/11/2026: Việc một" in text, "as it stands then"


async def test_it_goes_to_one_chat_the_one_in_which_they_wrote_last_and_that_takes_messages(
    ward: Ward, clock: FixedClock
) -> None:
    lan = await ward.at_desk("Lan", office=OFFICE)
    await ward.says("phone", f"CB {await ward.code(lan)}")
    clock.advance(seconds=60)
    await ward.says("Lan", "việc")
    await given(ward, "Việc một", FRIDAY)
    assert list(await told(ward)) == ["Lan"]
    async with ward.storage.write() as uow:
        blocked = update(addresses).where(addresses.c.path == "Lan").values(refusal=Refusal.BLOCKED)
        await uow.connection.execute(blocked)
        await uow.commit()
    await given(ward, "Việc hai", FRIDAY)
    assert list(await told(ward)) == ["phone"]


async def test_a_chat_that_is_bound_later_is_told_what_nobody_told_its_officer(ward: Ward) -> None:
    lan = await ward.officer("Lan", office=OFFICE)
    await given(ward, "Việc một", FRIDAY)
    assert await told(ward) == {} and await noted(ward) == set()
    await ward.says("Lan", f"CB {await ward.code(lan)}")
    assert list(await told(ward)) == ["Lan"]
    await ward.says("Lan", "rời bàn")
    await ward.says("phone", f"CB {await ward.code(lan)}")
    assert await told(ward) == {}, "somebody is told once, by whatever chat"


def _before_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(SqlOutbox, "add", dies)


def _before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(SqlAudit, "append", dies)


@pytest.mark.parametrize("cut", [_before_the_outbox, _before_the_commit])
async def test_who_dies_between_the_note_and_the_commit_loses_and_doubles_nothing(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, cut: Callable[[pytest.MonkeyPatch], None]
) -> None:
    await ward.at_desk("Lan", office=OFFICE)
    number = await given(ward, "Việc một", FRIDAY)
    with monkeypatch.context() as patched:
        cut(patched)
        with pytest.raises(KeyboardInterrupt):
            await loop_of(ward).step()
    rows = await everything(ward.storage)
    assert not [row for row in rows["deliveries"] if row["dedup_key"].startswith(ABOUT_TASKS)]
    assert await noted(ward) == set(), "none of it is there"
    await loop_of(ward).step()  # and dies before anything is sent
    assert await noted(ward) == {(number, "2026-11-20", "before")}
    came = await told(ward)
    assert {path: len(texts) for path, texts in came.items()} == {"Lan": 1}


async def test_of_two_processes_at_once_one_tells(ward: Ward) -> None:
    for name in ("Lan", "Minh"):
        await ward.at_desk(name, office=OFFICE)
    for number in range(3):
        await given(ward, f"Việc {number}", FRIDAY)
    later = replace(ward.parts, clock=FixedClock(ward.now + timedelta(seconds=1)))
    one, two = loop_of(ward), loop_of(Ward(parts=later, hand=ward.hand, post=ward.post))
    await asyncio.gather(one.step(), two.step())
    assert {path: len(texts) for path, texts in (await told(ward)).items()} == {"Lan": 1, "Minh": 1}


async def test_what_is_done_while_it_is_put_into_the_outbox_is_taken_back(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ward.at_desk("Thu", Role.EDITOR)
    number = await given(ward, "Việc một", FRIDAY)
    add, begun, goes_on = SqlOutbox.add, asyncio.Event(), asyncio.Event()

    async def slow(self: SqlOutbox, new: Sequence[NewDelivery]) -> set[str]:
        begun.set()
        await goes_on.wait()
        return await add(self, new)

    with monkeypatch.context() as patched:
        patched.setattr(SqlOutbox, "add", slow)
        telling = asyncio.create_task(loop_of(ward).step())
        await begun.wait()
        doing = asyncio.create_task(does(ward, number, TaskAct.DONE, "Thu", text="Xong.", document="Báo cáo 1"))
        await asyncio.sleep(0.1)
        assert not doing.done(), "it waits for whoever just tells of it"
        goes_on.set()
        await asyncio.gather(telling, doing)
    assert await told(ward) == {}


@pytest.mark.thorough
async def test_many_officers_and_tasks_cost_as_many_statements_as_one(ward: Ward) -> None:
    await ward.at_desk("Lan", office=OFFICE)
    await given(ward, "Việc một", FRIDAY)
    with counting(ward.storage) as counter:
        await loop_of(ward).step()
        one = counter.take()
        _tick(ward)
        await loop_of(ward).step()
        idle = counter.take()
    for number in range(12):
        await ward.at_desk(f"CB {number}", office=OFFICE)
    for number in range(40):
        await given(ward, f"Việc {number}", FRIDAY)
    _tick(ward)
    with counting(ward.storage) as counter:
        await loop_of(ward).step()
        assert counter.take() <= one + 2
        _tick(ward)
        await loop_of(ward).step()
        assert counter.take() <= idle + 1
    came = await ward.sent()
    assert len(came) == 13 and all("- và 36 việc nữa" in some[-1].text for path, some in came.items() if path != "Lan")
