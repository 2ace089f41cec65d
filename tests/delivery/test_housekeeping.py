"""Once an hour: what outlived its time goes, and files that nothing carries any more."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.files import LocalFiles
from bot.housekeeping import YOUNG_HOURS, Housekeeping
from core.messages import Attachment, attachment_to_json
from db.unit_of_work import SqlStorage
from handlers.context import Keeping
from tests.support.clock import FixedClock
from tests.support.rows import ACCOUNT, everything, make_account, new_delivery, new_update, queue, receive


@pytest.fixture
def files(tmp_path: Path, clock: FixedClock) -> LocalFiles:
    """Where files lie."""
    return LocalFiles(tmp_path / "files", b"k" * 32, clock)


@pytest.fixture
async def tidy(storage: SqlStorage, files: LocalFiles, clock: FixedClock) -> Housekeeping:
    """The job, without its hourly loop."""
    await make_account(storage)

    def fail(_: str, error: BaseException) -> None:
        raise error

    return Housekeeping(storage=storage, shelf=files, clock=clock, keeping=Keeping(messages=30), on_fault=fail)


async def put(files: LocalFiles, content: bytes) -> Attachment:
    return await files.put("giấy.png", "image/png", content)


async def test_a_file_goes_when_nothing_carries_it_and_not_before(
    tidy: Housekeeping, storage: SqlStorage, files: LocalFiles, clock: FixedClock
) -> None:
    kept, lone = await put(files, b"kept"), await put(files, b"lone")
    await queue(storage, new_delivery("1", attachments=(kept,)))
    clock.advance(seconds=YOUNG_HOURS * 3600 - 1)
    await tidy.tidy()
    assert await files.get(lone.sha256) == b"lone"
    clock.advance(seconds=2)
    await tidy.tidy()
    assert await files.get(lone.sha256) is None and await files.get(kept.sha256) == b"kept"


async def test_a_file_whose_update_waited_through_a_standstill_stays(
    tidy: Housekeeping, storage: SqlStorage, files: LocalFiles, clock: FixedClock
) -> None:
    sent = await put(files, b"sent")
    await receive(storage, new_update("1", attachments=[attachment_to_json(sent)]))
    clock.advance(days=3)
    await tidy.tidy()
    assert await files.get(sent.sha256) == b"sent"
    async with storage.write() as uow:
        await uow.inbox.finish([one.id for one in await uow.inbox.claim([ACCOUNT], 9, now=clock.now())], clock.now())
        await uow.commit()
    await tidy.tidy()
    assert await files.get(sent.sha256) is None


async def test_messages_are_kept_as_long_as_people_are_told(
    tidy: Housekeeping, storage: SqlStorage, clock: FixedClock
) -> None:
    await queue(storage, new_delivery("1"))
    async with storage.write() as uow:
        await uow.outbox.lease([ACCOUNT], worker="w", now=clock.now(), until=clock.now(), limit=9)
        await uow.outbox.rescue(now=clock.now() + timedelta(seconds=1))
        await uow.outbox.lease([ACCOUNT], worker="w", now=clock.now(), until=clock.now(), limit=9)
        await uow.outbox.rescue(now=clock.now() + timedelta(seconds=1))  # twice in doubt: it is over
        await uow.commit()
    clock.advance(days=30)
    await tidy.tidy()
    assert len((await everything(storage))["messages"]) == 1
    clock.advance(days=1)
    await tidy.tidy()
    assert (await everything(storage))["messages"] == []
