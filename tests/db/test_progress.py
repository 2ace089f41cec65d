"""Figures of a place and tasks of its offices, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from core.progress import NewReported, Standing
from core.tasks import NewTask, TaskAct, TaskCounts, TaskEntry, TaskShow, TaskState
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING

TODAY = MORNING.date()
WATER = NewReported(
    locality="dak-cam",
    subject="target:clean-water.share",
    numbers={"share": Decimal("97.50")},
    as_of=date(2026, 6, 30),
    document="Báo cáo 12/BC-UBND",
    document_day=date(2026, 7, 5),
)
TASK = NewTask(locality="dak-cam", office="kinh-te", helper="van-hoa", text="Rà soát", duty="kinh-te.1", due=TODAY)


async def test_what_is_published_is_the_approved_one_of_the_latest_day(store: SqlStorage) -> None:
    async with store.write() as uow:
        numbers = [
            await uow.progress.add(one, "Thu", MORNING, after=nth)
            for nth, one in enumerate(
                [
                    WATER,
                    replace(WATER, as_of=date(2026, 9, 30), numbers={"share": Decimal(98)}),
                    replace(WATER, as_of=date(2026, 3, 31), numbers={"share": Decimal(96)}),  # entered late
                    replace(WATER, as_of=date(2026, 10, 31), numbers={"share": Decimal(50)}),
                ]
            )
        ]
        assert None not in numbers
        for number in numbers[:3]:
            assert await uow.progress.step(number or 0, Standing.APPROVED, "Duy", MORNING)
        published = await uow.progress.published("dak-cam")
        assert [(one.numbers, one.checked_by) for one in published] == [({"share": Decimal(98)}, "Duy")]
        assert [one.nth for one in await uow.progress.newest("dak-cam")] == [2, 4], "officers see what waits as well"
        assert [one.nth for one in await uow.progress.history("dak-cam", WATER.subject, 10)] == [4, 3, 2, 1]
        assert await uow.progress.published("di-su") == []
        assert [one.nth for one in await uow.progress.waiting(["dak-cam"], 9)] == [4]
        assert await uow.progress.waiting(["di-su"], 9) == [] != await uow.progress.waiting([""], 9)
        first = await uow.progress.get(numbers[0] or 0)
        assert first is not None and first.document_day == WATER.document_day
        assert str(first.numbers["share"]) == "97.50", "as it was typed"
        await uow.commit()


async def test_who_comes_second_adds_nothing_and_checks_nothing(store: SqlStorage) -> None:
    async with store.write() as uow:
        number = await uow.progress.add(WATER, "Thu", MORNING, after=0)
        assert number is not None
        assert await uow.progress.add(WATER, "Lan", MORNING, after=0) is None
        assert await uow.progress.step(number, Standing.RETURNED, "Duy", MORNING, why="Sai năm.")
        assert not await uow.progress.step(number, Standing.APPROVED, "Duy", MORNING)
        await uow.commit()
    async with store.read() as uow:
        one = await uow.progress.get(number)
    assert one is not None and (one.standing, one.why) == (Standing.RETURNED, "Sai năm.")


async def test_tasks_by_place_office_and_day(store: SqlStorage) -> None:
    everywhere = [("", "")]
    async with store.write() as uow:
        first = await uow.tasks.add(TASK, "Thu", MORNING)
        assert first is not None and await uow.tasks.add(TASK, "Thu", MORNING) is None, "a duty once for a day"
        free = replace(TASK, duty="", helper="", due=TODAY + timedelta(days=5))
        assert await uow.tasks.add(free, "Thu", MORNING) and await uow.tasks.add(free, "Thu", MORNING)
        late = replace(TASK, duty="", office="van-hoa", helper="", due=TODAY - timedelta(days=1))
        assert await uow.tasks.add(late, "Thu", MORNING)
        assert await uow.tasks.add(replace(late, locality="di-su"), "Thu", MORNING)
        found, many = await uow.tasks.page(everywhere, TaskShow.OPEN, locality="dak-cam", limit=2)
        assert ([one.due for one in found], many) == ([late.due, TODAY], 4)
        helped, _ = await uow.tasks.page([("dak-cam", "van-hoa")], TaskShow.OPEN, limit=9)
        assert [one.office for one in helped] == ["van-hoa", "kinh-te"], "their own, and what they help with"
        assert (await uow.tasks.page([], TaskShow.ALL, limit=9)) == ([], 0)
        soon = TODAY + timedelta(days=5)
        assert await uow.tasks.counts(everywhere, TODAY, soon, locality="dak-cam") == TaskCounts(late=1, soon=3, open=4)
        pressing = await uow.tasks.due([("dak-cam", "")], TODAY, 9)
        assert [one.due for one in pressing] == [late.due, TODAY]
        assert await uow.tasks.duties("dak-cam") == [("kinh-te.1", TODAY)]
        task = await uow.tasks.get(first)
        assert task is not None and await uow.tasks.step(task, TaskState.DONE)
        assert not await uow.tasks.step(task, TaskState.HELP), "it is not as it was seen"
        entry = TaskEntry(officer="Lan", at=MORNING, act=TaskAct.DONE, text="Xong", document="12/BC-UBND")
        await uow.tasks.note(first, entry)
        assert await uow.tasks.history(first) == [entry]
        assert (await uow.tasks.counts(everywhere, TODAY, soon, locality="dak-cam")).done == 1
        await uow.commit()
