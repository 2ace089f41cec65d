"""What places say besides the packs, on SQLite and on PostgreSQL: one waits, one is told, and two processes agree."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

import bot.following
from bot.app import App
from bot.following import following
from core.errors import ConflictError, StorageError
from core.local_content import ChangeState, Settled
from db.unit_of_work import SqlStorage
from handlers import local_content
from tests.console.changes import ANSWER, LAWYER, in_force, proposed
from tests.console.desk import Desk, console_of
from tests.support.rows import everything

pytestmark = pytest.mark.thorough


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


async def test_from_a_proposal_to_every_process(app: App, thu: Desk, duy: Desk) -> None:
    other = console_of(app).content.apart()
    await thu.open("/console/content/dak-cam/answer/legal-aid")
    await thu.send("/legal-aid", "Đề nghị duyệt", **{**ANSWER, "dated": "18/11/2026"})
    assert not await local_content.follow(app.storage, other), "nothing is in force yet"
    await duy.open("/console/content/changes/1")
    await duy.send("/approve", "Duyệt và dùng ngay")
    today = app.clock.now().date()
    assert console_of(app).content.local_answer("legal-aid", locality="dak-cam", on=today) is not None
    assert await local_content.follow(app.storage, other), "another process looks"
    assert other.local_answer("legal-aid", locality="dak-cam", on=today) is not None
    async with app.storage.read() as uow:
        assert (await uow.audit.verify()).broken_at is None


async def test_of_a_thing_one_waits_and_one_is_told(app: App) -> None:
    await in_force(app)
    await proposed(app)
    with pytest.raises(ConflictError):
        await proposed(app, by="Lan")
    await proposed(app, replace(LAWYER, locality="di-su"))
    end = Settled(state=ChangeState.IN_FORCE, officer="Duy", at=app.clock.now())

    async def settle() -> bool:
        async with app.storage.write() as uow:
            done = await uow.local.settle(2, end)
            await uow.commit()
            return done

    assert sorted(await asyncio.gather(settle(), settle())) == [False, True]
    rows = {row["id"]: row["state"] for row in (await everything(app.storage))["content_changes"]}
    assert (rows[1], rows[2], rows[max(rows)]) == ("replaced", "in_force", "proposed")


async def test_two_who_propose_in_the_same_moment(app: App, thu: Desk, lan: Desk) -> None:
    for desk in (thu, lan):
        await desk.open("/console/content/dak-cam/answer/legal-aid")
    sent = {**ANSWER, "dated": "18/11/2026"}
    pages = await asyncio.gather(*[desk.send("/legal-aid", "Đề nghị duyệt", **sent) for desk in (thu, lan)])
    assert sorted(page.status for page in pages) == [200, 409]
    assert len((await everything(app.storage))["content_changes"]) == 1


async def test_history_is_kept_as_long_as_the_ledger(app: App) -> None:
    await in_force(app)
    await in_force(app, after={**ANSWER, "answer_vi": "Có, buổi sáng."})
    now = app.clock.now() + timedelta(days=1)
    async with app.storage.write() as uow:
        await uow.upkeep.drop_old(messages_before=now, questions_before=now, ledger_before=now, now=now)
        await uow.commit()
    assert [row["state"] for row in (await everything(app.storage))["content_changes"]] == ["in_force"]


async def test_a_process_beside_it_looks_by_itself(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others live on the same database; and trouble with it is told and outlived."""
    monkeypatch.setattr(bot.following, "LOOK_EVERY", 0)
    other, faults = console_of(app).content.apart(), asyncio.Queue[str]()
    # A way to the database of its own: what the product does besides reads on.
    beside = SqlStorage(app.storage.engine)
    parts = Sharing(storage=beside, shared=True, on_fault=lambda where, error: faults.put_nowait(f"{where}: {error}"))
    (run,) = following(parts, other)  # type: ignore[arg-type]
    assert following(replace(parts, shared=False), other) == ()  # type: ignore[arg-type]
    task = asyncio.create_task(run())
    await in_force(app)
    while not other.overlay.marks:  # noqa: ASYNC110 -- a look has no event
        await asyncio.sleep(0)
    monkeypatch.setattr(beside, "read", broken)
    assert await faults.get() == "local content: away"
    monkeypatch.undo()
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def broken() -> None:
    raise StorageError("away")


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Of the parts of a process what the look takes."""

    storage: SqlStorage
    shared: bool
    on_fault: Callable[[str, BaseException], None]
