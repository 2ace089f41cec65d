"""What Telegram answers, row by row: each answer leads to one decision, nothing is lost and nothing comes twice.

The rows are those of the Bot API server's own answers (github.com/tdlib/telegram-bot-api) and of what networks do.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.contacts import URN
from core.delivery import DeliveryStatus
from core.errors import SendError
from core.messages import OutboundMessage
from core.ports import ChannelState
from core.records import NewUpdate
from db.models import addresses, deliveries
from tests.support.clock import FixedClock
from tests.support.desks import TelegramDesk
from tests.support.rows import new_delivery, new_update
from tests.support.telegram import faults
from tests.support.telegram.faults import Fault
from tests.support.telegram.people import Person

pytestmark = [pytest.mark.thorough, pytest.mark.parametrize("way", ["polling"], indirect=True)]
GREETED = 1  # bubbles before the test begins


async def rows(desk: TelegramDesk) -> list[Any]:
    """The outbox after the greeting."""
    async with desk.app.storage.engine.connect() as connection:
        return list(await connection.execute(select(deliveries).order_by(deliveries.c.id)))[GREETED:]


async def refusal(desk: TelegramDesk, person: Person) -> str | None:
    """Why the person's address takes nothing from us."""
    async with desk.app.storage.engine.connect() as connection:
        found = await connection.execute(select(addresses.c.refusal).where(addresses.c.path == str(person.id)))
        return found.scalar_one()


async def after(desk: TelegramDesk, status: DeliveryStatus) -> Any:
    """The reply's row, once it is in this state."""
    await desk.until(lambda: _has(desk, status))
    return (await rows(desk))[0]


async def _has(desk: TelegramDesk, status: DeliveryStatus, attempt: int | None = None) -> bool:
    found = await rows(desk)
    if found and attempt not in (None, found[0].attempt):
        return False
    tried = bool(found) and (found[0].last_error is not None or found[0].status == DeliveryStatus.SENT)
    return tried and found[0].status == status


def told(desk: TelegramDesk) -> list[SendError]:
    """What an engineer heard."""
    return [error for _, error in desk.faults if isinstance(error, SendError)]


async def test_flood_control_stops_everybody_for_as_long_as_it_says(
    desk: TelegramDesk, lan: Person, clock: FixedClock
) -> None:
    desk.telegram.faults.add(faults.flood(30, method="sendMessage"))
    minh = desk.telegram.person(first_name="Minh")
    lan.says("menu")
    row = await after(desk, DeliveryStatus.QUEUED)
    assert row.available_at == clock.now() + timedelta(seconds=30) and row.attempt == 0
    minh.says("/start dak-cam")
    await desk.telegram.quiet()
    await desk.handled()
    assert len(desk.telegram.calls_of("sendMessage")) == 2 and minh.shown == []
    assert desk.condition().state is ChannelState.LIMITED
    clock.advance(seconds=31)
    desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 2 and len(minh.shown) == 1)
    await desk.settled()
    assert desk.condition().state is ChannelState.UP


@pytest.mark.parametrize(
    ("happen", "reason"),
    [
        (lambda person: person.blocks(), "blocked"),
        (lambda person: person.deactivates(), "gone"),
        (lambda person: person.never_starts(), "never_started"),
    ],
    ids=["blocked", "deactivated", "never started"],
)
async def test_who_cannot_be_reached_is_marked_with_the_reason_and_not_tried_again(
    desk: TelegramDesk, lan: Person, happen: Callable[[Person], object], reason: str
) -> None:
    desk.telegram.faults.add(hanging := faults.hang(method="sendMessage"))
    lan.says("menu")
    await desk.telegram.until(lambda: hanging.struck)
    happen(lan)
    hanging.release()
    row = await after(desk, DeliveryStatus.FAILED)
    assert row.last_error.startswith("contact_stopped 403") and row.attempt == 1
    await desk.settled()
    assert await refusal(desk, lan) == reason
    assert desk.condition().state is ChannelState.UP, "that a person cannot be reached is no trouble of the channel"


async def test_a_chat_that_does_not_exist_is_marked_invalid(desk: TelegramDesk, lan: Person) -> None:
    desk.telegram.faults.add(faults.error(400, "Bad Request: chat not found", method="sendMessage"))
    lan.says("menu")
    await after(desk, DeliveryStatus.FAILED)
    assert await refusal(desk, lan) == "invalid"
    lan.says("menu")  # who writes exists
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert await refusal(desk, lan) is None


async def test_a_fault_in_our_html_is_told_and_the_words_go_without_it(desk: TelegramDesk, lan: Person) -> None:
    broken = faults.error(400, "Bad Request: can't parse entities: Unsupported start tag", method="sendMessage")
    desk.telegram.faults.add(broken)
    lan.says("tien dien ho ngheo")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert lan.shown[1].text.startswith("Tiền điện: Được") and lan.shown[1].entities == []
    assert [(one.code, one.detail) for one in told(desk)] == [("400", "entities")]


async def test_what_is_refused_for_good_is_given_up_and_the_next_goes(desk: TelegramDesk, lan: Person) -> None:
    desk.telegram.faults.add(faults.error(400, "Bad Request: BUTTON_DATA_INVALID", method="sendMessage"))
    lan.says("menu")
    row = await after(desk, DeliveryStatus.FAILED)
    assert row.last_error == "rejected 400: button"
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == 2)


async def test_an_answer_to_an_old_press_is_passed_over(desk: TelegramDesk, lan: Person, clock: FixedClock) -> None:
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    desk.telegram.faults.add(faults.error(400, old, method="answerCallbackQuery"))
    lan.presses("Gặp cán bộ")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    await desk.settled()
    assert desk.faults == [] and lan.answered == []


async def _given_back(desk: TelegramDesk, clock: FixedClock) -> bool:
    """Whether the reply waits for a moment that is still to come: this refusal is written down, not one before."""
    found = await rows(desk)
    return bool(found) and found[0].status == DeliveryStatus.QUEUED and found[0].available_at > clock.now()


@pytest.mark.parametrize(
    ("code", "description"),
    [(401, "Unauthorized"), (404, "Not Found"), (409, "Conflict: terminated by other getUpdates request")],
)
async def test_a_token_that_is_refused_is_shown_and_nothing_that_waits_is_lost(
    desk: TelegramDesk, lan: Person, clock: FixedClock, code: int, description: str
) -> None:
    refused = desk.telegram.faults.add(faults.error(code, description, method="sendMessage", times=None))
    lan.says("menu")
    await desk.until(lambda: _given_back(desk, clock))
    assert desk.condition().state is ChannelState.REFUSED and desk.condition().code == str(code)
    for _ in range(45):  # more often than a message has attempts
        clock.advance(seconds=61)
        seen = len(refused.struck)
        desk.app.relay.work.wake()
        await desk.telegram.until(lambda seen=seen: len(refused.struck) > seen)  # type: ignore[misc]
        await desk.until(lambda: _given_back(desk, clock))
    desk.telegram.faults.clear()
    clock.advance(seconds=61)
    desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    await desk.settled()
    assert desk.condition().state is ChannelState.UP


@pytest.mark.parametrize(
    "trouble",
    [faults.server_error, faults.html_502, lambda **more: faults.error(503, "Service Unavailable", **more)],
    ids=["500 as JSON", "502 as a page", "503"],
)
async def test_trouble_at_telegram_is_waited_out(
    desk: TelegramDesk, lan: Person, clock: FixedClock, trouble: Callable[..., Fault]
) -> None:
    desk.telegram.faults.add(trouble(method="sendMessage", times=2))
    lan.says("menu")
    for attempt in (1, 2):
        await desk.until(lambda attempt=attempt: _has(desk, DeliveryStatus.RETRY, attempt))  # type: ignore[misc]
        (row,) = await rows(desk)
        assert clock.now() < row.available_at <= clock.now() + timedelta(seconds=6)
        clock.advance(seconds=7)
        desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert len(desk.telegram.calls_of("sendMessage")) == GREETED + 3


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_connection_that_is_cut_leaves_a_doubt_and_the_message_goes_once_more(
    desk: TelegramDesk, lan: Person, accepted: bool
) -> None:
    desk.telegram.faults.add(faults.cut(accepted=accepted, method="sendMessage"))
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == GREETED + 1 + accepted)
    await desk.settled()
    (row,) = await rows(desk)
    assert (row.status, row.doubts, row.attempt) == ("sent", 1, 2)


async def test_an_answer_that_breaks_off_is_a_doubt(desk: TelegramDesk, lan: Person) -> None:
    desk.telegram.faults.add(faults.half_written(method="sendMessage"))
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == GREETED + 2)
    await desk.settled()
    assert (await rows(desk))[0].doubts == 1


@pytest.mark.parametrize(
    "lost",
    [
        lambda **more: faults.error(504, "Gateway Timeout", **more),
        lambda **more: Fault("answer", status=200, body=b"<html>", content_type="text/html", **more),
        lambda **more: Fault("answer", status=200, body=b"[]", **more),
    ],
    ids=["504", "a page where JSON should be", "no answer of the API"],
)
async def test_an_answer_that_was_lost_on_the_way_is_a_doubt_and_not_forty_messages(
    desk: TelegramDesk, lan: Person, lost: Callable[..., Fault]
) -> None:
    desk.telegram.faults.add(lost(method="sendMessage", accepted=True))
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == GREETED + 2)
    await desk.settled()
    (row,) = await rows(desk)
    assert (row.status, row.doubts, row.attempt) == ("sent", 1, 2)


async def test_an_error_without_words_is_an_error_all_the_same(
    desk: TelegramDesk, lan: Person, clock: FixedClock
) -> None:
    desk.telegram.faults.add(Fault("answer", status=500, body=b'{"ok":false,"error_code":500}', method="sendMessage"))
    lan.says("menu")
    await after(desk, DeliveryStatus.RETRY)
    clock.advance(seconds=7)
    desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 2)


async def test_where_telegram_hangs_it_is_tried_by_one_message_at_a_time(
    desk: TelegramDesk, lan: Person, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outage must not burn what waits, nor take the places of the web chat."""
    monkeypatch.setattr(desk.app.relay, "_settings", replace(desk.app.relay._settings, send_within=0.05))
    people = [desk.telegram.person(first_name=f"P{number}") for number in range(60)]
    hanging = desk.telegram.faults.add(faults.hang(method="sendMessage", times=None))
    for one in people:
        one.says("/start dak-cam")
    await desk.handled()
    await desk.telegram.until(lambda: len(hanging.struck) >= 3)
    await desk.until(lambda: _nothing_leased(desk))
    tried = len(hanging.struck)
    assert tried <= 40, "never more than its share at once"
    for _ in range(3):
        seen = len(hanging.struck)
        clock.advance(seconds=61)
        desk.app.relay.work.wake()
        await desk.telegram.until(lambda seen=seen: len(hanging.struck) > seen)  # type: ignore[misc]
        await desk.until(lambda: _nothing_leased(desk))
    assert len(hanging.struck) <= tried + 3
    desk.telegram.faults.clear()
    monkeypatch.setattr(desk.app.relay, "_settings", replace(desk.app.relay._settings, send_within=20.0))
    for _ in range(3):
        clock.advance(seconds=61)
        desk.app.relay.work.wake()
        await desk.until(lambda: _nothing_leased(desk))
    # What was tried a second time in vain stays in doubt, for an officer: docs/decisions/0004.
    in_doubt = sum(one.doubts > 1 for one in await rows(desk))
    assert in_doubt < 10
    await desk.telegram.until(lambda: sum(bool(one.shown) for one in people) == len(people) - in_doubt)


async def _nothing_leased(desk: TelegramDesk) -> bool:
    return all(one.status != DeliveryStatus.LEASED for one in await rows(desk))


async def test_no_answer_at_all_is_a_doubt_and_holds_up_nobody_else(
    desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.app.relay, "_settings", replace(desk.app.relay._settings, send_within=0.2))
    hanging = desk.telegram.faults.add(faults.hang(method="sendMessage", when=lambda call: call.chat_id == str(lan.id)))
    minh = desk.telegram.person(first_name="Minh")
    lan.says("menu")
    await desk.telegram.until(lambda: hanging.struck)
    minh.says("/start dak-cam")
    await desk.telegram.until(lambda: minh.shown)
    await desk.telegram.until(lambda: len(lan.shown) == GREETED + 1)
    await desk.settled()
    assert (await rows(desk))[0].doubts == 1


async def test_without_a_connection_nothing_is_in_doubt(desk: TelegramDesk, lan: Person, clock: FixedClock) -> None:
    session = desk.app.relay._channels["telegram.main"]._api._session  # type: ignore[attr-defined]
    there = session.api
    session.api = there.from_base("http://127.0.0.1:9")  # nobody listens there
    async with desk.app.storage.write() as uow:
        await uow.inbox.add([_typed(lan)])
        await uow.commit()
    desk.app.intake.work.wake()
    row = await after(desk, DeliveryStatus.RETRY)
    assert (row.doubts, row.last_error) == (0, "unreachable network: no connection")
    session.api = there
    clock.advance(seconds=5)
    desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 2)


def _typed(person: Person) -> NewUpdate:
    raw = {"update_id": 1, "message": {"chat": {"id": person.id, "type": "private"}, "text": "menu", "date": 1}}
    return replace(new_update("1", str(person.id)), account="telegram.main", raw=raw)


async def test_a_picture_that_telegram_does_not_show_as_one_is_sent_to_the_next_person_too(
    desk: TelegramDesk, lan: Person, clock: FixedClock
) -> None:
    """It went as a document; its id is good for documents only."""
    minh = desk.telegram.person(first_name="Minh")
    minh.says("/start dak-cam")
    await desk.telegram.until(lambda: len(minh.shown) == 1)
    item = await desk.app.files.put("giấy.png", "image/png", b"\x89PNG\r\n\x1a\n no picture")
    for number, person in enumerate((lan, minh)):
        bubble = OutboundMessage(text="Giấy đây.", attachments=(item,))
        async with desk.app.storage.write() as uow:
            urn = URN(account="telegram.main", path=str(person.id))
            new = replace(new_delivery(f"file:{number}"), urn=urn, message=bubble, available_at=clock.now())
            await uow.outbox.add([new])
            await uow.commit()
        desk.app.relay.work.wake()
        await desk.telegram.until(lambda person=person: len(person.shown) == 2)  # type: ignore[misc]
        assert (person.shown[1].kind, person.shown[1].caption) == ("document", "Giấy đây.")


async def test_a_picture_refused_as_such_is_not_tried_so_again_when_its_upload_breaks_off(
    desk: TelegramDesk, lan: Person, clock: FixedClock
) -> None:
    """Two uploads in one attempt may take longer than an attempt has, and a second attempt would end the same way."""
    desk.telegram.faults.add(faults.server_error(method="sendDocument"))
    item = await desk.app.files.put("giấy.png", "image/png", b"\x89PNG\r\n\x1a\n no picture")
    async with desk.app.storage.write() as uow:
        urn = URN(account="telegram.main", path=str(lan.id))
        bubble = OutboundMessage(text="Giấy đây.", attachments=(item,))
        await uow.outbox.add([replace(new_delivery("file"), urn=urn, message=bubble, available_at=clock.now())])
        await uow.commit()
    desk.app.relay.work.wake()
    await after(desk, DeliveryStatus.RETRY)
    clock.advance(seconds=5)
    desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    asked = [call.method for call in desk.telegram.calls if call.method in ("sendPhoto", "sendDocument")]
    assert asked == ["sendPhoto", "sendDocument", "sendDocument"]


async def test_a_file_that_is_too_large_is_given_up(desk: TelegramDesk, lan: Person) -> None:
    desk.telegram.faults.add(faults.too_large(method="sendDocument"))
    lan.says("dữ liệu của tôi")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    lan.presses("Tải về")
    await desk.until(lambda: _failed(desk))
    (row,) = [one for one in await rows(desk) if one.status == DeliveryStatus.FAILED]
    assert row.last_error.startswith("rejected 413")


async def _failed(desk: TelegramDesk) -> bool:
    return any(one.status == DeliveryStatus.FAILED for one in await rows(desk))
