"""The history of a conversation."""

from dataclasses import replace

from core.delivery import DeliveryStatus, Outcome
from core.messages import OutboundMessage, QuickReply, Table
from core.records import Direction, HistoryMessage, NewMessage
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import FILE, lease, make_person, new_delivery, queue, urn


async def hear(storage: SqlStorage, *texts: str, path: str = "somebody") -> None:
    person = await make_person(storage, path)
    async with storage.write() as uow:
        await uow.messages.add(
            [
                NewMessage(urn=urn(path), contact_id=person.contact.id, at=MORNING, external_id=text, text=text)
                for text in texts
            ]
        )
        await uow.commit()


async def finish(storage: SqlStorage, status: DeliveryStatus) -> None:
    taken = await lease(storage)
    async with storage.write() as uow:
        outcomes = [Outcome(delivery_id=one.id, status=status) for one in taken]
        await uow.outbox.record(outcomes, worker="one", now=MORNING)
        await uow.commit()


async def history(storage: SqlStorage, path: str = "somebody", *, after: int = 0, limit: int = 200) -> list[str]:
    async with storage.read() as uow:
        return [one.message.text for one in await uow.messages.history(urn(path), after=after, limit=limit)]


async def test_what_came_in_is_there_at_once_and_what_goes_out_when_it_was_sent(store: SqlStorage) -> None:
    await hear(store, "hỏi")
    await queue(store, new_delivery("1", text="đáp"))
    assert await history(store) == ["hỏi"]
    await finish(store, DeliveryStatus.SENT)
    assert await history(store) == ["hỏi", "đáp"]


async def test_what_failed_or_is_in_doubt_is_not_shown_as_said(store: SqlStorage) -> None:
    for number, status in enumerate([DeliveryStatus.FAILED, DeliveryStatus.SKIPPED, DeliveryStatus.IN_DOUBT]):
        await queue(store, new_delivery(str(number), path=f"p{number}"))
        await finish(store, status)
        assert await history(store, f"p{number}") == []


async def test_oldest_first_after_a_position_and_of_much_the_newest(store: SqlStorage) -> None:
    await hear(store, *"abcdef")
    assert await history(store) == list("abcdef")
    assert await history(store, after=2) == list("cdef")
    assert await history(store, limit=2) == ["e", "f"]


async def test_what_came_in_keeps_the_id_its_channel_gave_it(store: SqlStorage) -> None:
    await hear(store, "hỏi")
    await queue(store, new_delivery("1", text="đáp"))
    await finish(store, DeliveryStatus.SENT)
    async with store.read() as uow:
        assert [one.external_id for one in await uow.messages.history(urn())] == ["hỏi", None]


async def test_one_conversation_shows_nothing_of_another(store: SqlStorage) -> None:
    await hear(store, "của tôi", path="a")
    await hear(store, "của người khác", path="b")
    assert await history(store, "a") == ["của tôi"]


async def test_a_bubble_comes_back_whole(store: SqlStorage) -> None:
    message = OutboundMessage(
        text="đáp",
        source="Theo 1/2026, Điều 2",
        quick_replies=(QuickReply(label="Nữa", payload="more:1"),),
        attachments=(FILE,),
        table=Table(head=("Năm", "Hộ nghèo"), rows=(("2024", "21 hộ"),)),
    )
    await queue(store, replace(new_delivery("1"), message=message))
    await finish(store, DeliveryStatus.DELIVERED)
    async with store.read() as uow:
        (one,) = await uow.messages.history(urn())
        assert one == HistoryMessage(id=one.id, direction=Direction.OUT, at=MORNING, message=message)
        assert await uow.messages.find_file(FILE.sha256) == FILE
        assert await uow.messages.find_file("cd" * 32) is None
