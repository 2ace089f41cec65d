"""What the Bot Platform answers: each answer leads to one decision, nothing is lost, and the token stands nowhere."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientConnectorError, ConnectionTimeoutError, ServerDisconnectedError
from sqlalchemy import select

from bot.channels.watch import Watch
from bot.channels.zalobot.account import Account
from bot.channels.zalobot.api import Api
from bot.channels.zalobot.refusals import connection_refusal, refusal_of
from bot.channels.zalobot.silence import FIRST, LONGEST, Silence
from bot.logs import report_fault, set_up
from content.wording import wording
from core.contacts import URN, Refusal
from core.delivery import DeliveryStatus
from core.errors import SendError, SendErrorKind
from core.ports import ChannelState
from db.models import addresses, deliveries
from tests.support.clock import FixedClock
from tests.support.rows import new_delivery, queue
from tests.support.zalobot import faults
from tests.support.zalobot.faults import Fault
from tests.support.zalobot.people import Person
from tests.support.zalobot.server import TOKEN, FakeZaloBot
from tests.support.zalobot_desks import ZaloBotDesk
from web.health import Check, State, detail_text

pytestmark = pytest.mark.thorough

POLLING = pytest.mark.parametrize("way", ["polling"], indirect=True)
K = SendErrorKind


def no(code: int, description: str = "") -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description}


@pytest.mark.parametrize(
    ("status", "told", "about_person", "kind", "code"),
    [
        (200, no(400), True, K.REJECTED, "400"),
        (400, no(400), False, K.REJECTED, "400"),
        (200, no(400, "Bad Request: chat not found"), True, K.CONTACT_STOPPED, "400"),
        (200, no(401, "Unauthorized"), True, K.MISCONFIGURED, "401"),
        (401, {}, True, K.MISCONFIGURED, "401"),
        (404, {}, True, K.MISCONFIGURED, "404"),
        (200, no(404), True, K.MISCONFIGURED, "404"),
        (200, no(403), True, K.CONTACT_STOPPED, "403"),
        (200, no(403), False, K.MISCONFIGURED, "403"),
        (409, no(409), False, K.MISCONFIGURED, "409"),
        (200, no(408, "Request timeout"), False, K.IN_DOUBT, "408"),
        (413, {}, True, K.REJECTED, "413"),
        (200, no(429, "Quota exceeded"), True, K.THROTTLED, "quota"),
        (429, no(429, "Too many requests"), True, K.THROTTLED, "429"),
        (429, {}, True, K.THROTTLED, "429"),
        (500, no(500), True, K.UNREACHABLE, "5xx"),
        (502, {}, True, K.UNREACHABLE, "5xx"),
        (504, {}, True, K.IN_DOUBT, "504"),
        (200, {}, True, K.IN_DOUBT, "200"),
        (302, {}, True, K.IN_DOUBT, "302"),
        (200, {"ok": "yes"}, True, K.IN_DOUBT, "200"),
        (200, no(-216), True, K.REJECTED, "-216"),
        (200, {"ok": False, "error_code": "429"}, True, K.REJECTED, "200"),
        (200, {"ok": False, "error_code": True, "description": 5}, True, K.REJECTED, "200"),
    ],
)
def test_each_answer_is_one_decision(
    status: int, told: dict[str, Any], about_person: bool, kind: SendErrorKind, code: str
) -> None:
    found = refusal_of(status, told, about_person=about_person)
    assert (found.kind, found.code) == (kind, code)
    assert (found.refusal is not None) == (kind is K.CONTACT_STOPPED)


def test_who_is_unknown_and_who_sent_us_away_are_told_apart_where_that_is_said() -> None:
    assert refusal_of(200, no(403), about_person=True).refusal is Refusal.BLOCKED
    assert refusal_of(200, no(400, "invalid chat_id"), about_person=True).refusal is Refusal.INVALID


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConnectionTimeoutError(), K.UNREACHABLE),
        (ClientConnectorError(None, OSError()), K.UNREACHABLE),  # type: ignore[arg-type]
        (ServerDisconnectedError(), K.IN_DOUBT),
        (TimeoutError(), K.IN_DOUBT),
    ],
)
def test_what_never_left_is_no_doubt(error: Exception, kind: SendErrorKind) -> None:
    assert connection_refusal(error).kind is kind


def test_silence_is_longer_each_time_and_never_long(clock: FixedClock) -> None:
    silence, quota = Silence(clock), SendError(K.THROTTLED, code="quota")
    asked = []
    for _ in range(9):
        asked.append(silence.kept(quota).retry_after)
        assert silence.left() == asked[-1] and silence.kept(quota).retry_after == asked[-1]
        clock.advance(seconds=asked[-1] or 0)
        assert silence.left() == 0
    assert asked[:3] == [FIRST, 2 * FIRST, 4 * FIRST] and asked[-1] == LONGEST
    silence.kept(quota)
    clock.advance(days=-1)
    assert silence.left() == 0, "the clock was set back"
    silence.over()
    assert silence.kept(quota).retry_after == FIRST
    assert silence.kept(SendError(K.REJECTED)).retry_after is None


# --- through the whole product ---


async def row_of(desk: ZaloBotDesk, status: DeliveryStatus, *, sent_before: int) -> Any:
    """The first reply after the greeting, once it was tried and is in this state."""
    found: list[Any] = []

    async def has() -> bool:
        async with desk.app.storage.engine.connect() as connection:
            found[:] = list(await connection.execute(select(deliveries).order_by(deliveries.c.id)))[sent_before:]
        tried = bool(found) and (found[0].last_error is not None or status == DeliveryStatus.SENT)
        return tried and found[0].status == status

    await desk.until(has)
    return found[0]


@pytest.fixture
async def lan(zalo_desk: ZaloBotDesk) -> Person:
    """Somebody in Đăk Cấm."""
    return await zalo_desk.greeted()


@POLLING
async def test_a_quota_keeps_us_silent_tells_the_plan_and_loses_nothing(
    zalo_desk: ZaloBotDesk, lan: Person, clock: FixedClock
) -> None:
    zalo, before = zalo_desk.zalo, len(lan.shown)
    zalo.faults.add(faults.error(429, "Quota exceeded"))
    lan.says("menu")
    row = await row_of(zalo_desk, DeliveryStatus.QUEUED, sent_before=before)
    assert row.available_at == clock.now() + timedelta(seconds=FIRST) and row.attempt == 0
    condition = zalo_desk.condition()
    assert (condition.state, condition.code) == (ChannelState.LIMITED, "quota")
    check = Check(name="zalobot.main", state=State.SLOW, detail=condition.code, condition=condition.state)
    assert "3.000 tin mỗi tháng, 50 người" in detail_text(check, wording("vi"))
    calls = len(zalo.calls_of("sendMessage"))
    lan.says("gặp cán bộ")
    await zalo_desk.handled()
    assert len(zalo.calls_of("sendMessage")) == calls, "nothing is asked in the meantime"
    clock.advance(seconds=FIRST)
    zalo_desk.app.relay.work.wake()
    await zalo.until(lambda: len(lan.shown) == before + 2)
    await zalo_desk.settled()
    assert zalo_desk.condition().state is ChannelState.UP


@POLLING
@pytest.mark.parametrize("fault", [faults.errors(401), faults.errors(404)], ids=["401", "404"])
async def test_a_token_that_is_refused_keeps_everything(
    zalo_desk: ZaloBotDesk, lan: Person, clock: FixedClock, fault: Fault
) -> None:
    before = len(lan.shown)
    zalo_desk.zalo.faults.add(fault)
    lan.says("menu")
    row = await row_of(zalo_desk, DeliveryStatus.QUEUED, sent_before=before)
    assert row.attempt == 0 and zalo_desk.condition().state is ChannelState.REFUSED
    zalo_desk.zalo.faults.clear()
    clock.advance(seconds=61)
    zalo_desk.app.relay.work.wake()
    await zalo_desk.zalo.until(lambda: len(lan.shown) == before + 1)
    await zalo_desk.settled()
    assert zalo_desk.condition().state is ChannelState.UP


@POLLING
async def test_who_takes_nothing_from_us_is_marked(zalo_desk: ZaloBotDesk, lan: Person) -> None:
    before = len(lan.shown)
    zalo_desk.zalo.faults.add(faults.error(403, "Forbidden"))
    lan.says("menu")
    row = await row_of(zalo_desk, DeliveryStatus.FAILED, sent_before=before)
    assert row.last_error.startswith("contact_stopped 403")
    await zalo_desk.settled()
    async with zalo_desk.app.storage.engine.connect() as connection:
        refused = (await connection.execute(select(addresses.c.refusal).where(addresses.c.path == lan.id))).scalar_one()
    assert refused == "blocked" and zalo_desk.condition().state is ChannelState.UP


@POLLING
async def test_what_is_refused_for_what_it_is_is_given_up(zalo_desk: ZaloBotDesk, lan: Person) -> None:
    before = len(lan.shown)
    zalo_desk.zalo.faults.add(faults.error(400, "Bad Request: text"))
    lan.says("menu")
    row = await row_of(zalo_desk, DeliveryStatus.FAILED, sent_before=before)
    assert row.last_error.startswith("rejected 400") and row.attempt == 1


@POLLING
@pytest.mark.parametrize("fault", [faults.page(502), faults.error(500, status=500)], ids=["502 page", "500"])
async def test_trouble_at_zalo_is_waited_out(
    zalo_desk: ZaloBotDesk, lan: Person, clock: FixedClock, fault: Fault
) -> None:
    before = len(lan.shown)
    zalo_desk.zalo.faults.add(fault)
    lan.says("menu")
    row = await row_of(zalo_desk, DeliveryStatus.RETRY, sent_before=before)
    assert (row.doubts, row.last_error) == (0, "unreachable 5xx: trouble at Zalo")
    clock.advance(seconds=7)
    zalo_desk.app.relay.work.wake()
    await zalo_desk.zalo.until(lambda: len(lan.shown) == before + 1)
    await zalo_desk.settled()


@POLLING
@pytest.mark.parametrize(
    "fault",
    [
        lambda: faults.page(200),
        lambda: faults.page(504),
        lambda: faults.cut(accepted=True),
        lambda: faults.cut(accepted=False),
        faults.half,
        lambda: faults.answer(b"\xff\xfe{"),
        lambda: faults.answer(b"[" * 90_000),
    ],
    ids=["200 page", "504 page", "cut after", "cut before", "half an answer", "no text", "deep"],
)
async def test_what_may_have_arrived_is_a_doubt_and_goes_once_more(
    zalo_desk: ZaloBotDesk, lan: Person, fault: Callable[[], Fault]
) -> None:
    before = len(lan.shown)
    laid = zalo_desk.zalo.faults.add(fault())
    lan.says("menu")
    await zalo_desk.zalo.until(lambda: len(lan.shown) == before + 1 + laid.accepted)
    await zalo_desk.settled()
    row = await row_of(zalo_desk, DeliveryStatus.SENT, sent_before=before)
    assert (row.doubts, row.attempt) == (1, 2)


@POLLING
async def test_an_answer_without_an_id_is_a_message_that_was_sent(zalo_desk: ZaloBotDesk, lan: Person) -> None:
    before = len(lan.shown)
    zalo_desk.zalo.faults.add(faults.answer(b'{"ok": true}', accepted=True))
    lan.says("menu")
    await row_of(zalo_desk, DeliveryStatus.SENT, sent_before=before)
    assert len(lan.shown) == before + 1


@POLLING
async def test_of_a_text_in_pieces_only_the_piece_that_failed_goes_again(
    zalo_desk: ZaloBotDesk, lan: Person, clock: FixedClock
) -> None:
    zalo, before, text = zalo_desk.zalo, len(lan.shown), "Câu này có tám chữ cả thảy nhé. " * 100
    hanging = zalo.faults.add(faults.hang())
    told = replace(new_delivery("long", text=text), urn=URN(account="zalobot.main", path=lan.id))
    await queue(zalo_desk.app.storage, told)
    zalo_desk.app.relay.work.wake()
    await zalo.until(lambda: hanging.struck)
    refused = zalo.faults.add(faults.error(500, status=500))  # the next one
    hanging.release()
    await zalo.until(lambda: refused.struck)
    await row_of(zalo_desk, DeliveryStatus.RETRY, sent_before=before)
    assert len(lan.shown) == before + 1
    clock.advance(seconds=60)
    zalo_desk.app.relay.work.wake()
    await zalo.until(lambda: len(lan.shown) == before + 2)
    assert " ".join(lan.texts[before:]) == text.strip() and all(len(one) <= 2000 for one in lan.texts)


# --- the token ---


@pytest.fixture
async def closed_port() -> str:
    """An address at which nobody listens."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return f"http://127.0.0.1:{port}"


async def test_the_token_stands_in_no_error_and_no_log(
    closed_port: str, clock: FixedClock, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    set_up("debug")
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    async with FakeZaloBot(clock=clock) as zalo:
        laid = [faults.cut(accepted=False), faults.half(), faults.page(502), faults.error(400, zalo.token)]
        for one in laid:
            zalo.faults.add(one)
        for base, times in ((zalo.url, len(laid)), (closed_port, 1), ("http://[bad", 1)):
            api = Api(TOKEN, base, clock)
            for _ in range(times):
                with pytest.raises(SendError) as raised:
                    await api.call("sendMessage", Watch(clock), chat_id="1", text="a")
                report_fault("zalobot", raised.value)
                said += [str(raised.value), repr(raised.value)]
            await api.close()
    account = Account(name="zalobot.main", token=TOKEN, api_base="https://a.vn", webhook_secret="a-secret-of-ours")
    told = "\n".join([*said, repr(account), *capsys.readouterr(), caplog.text])
    assert "zalobot" in told
    assert TOKEN not in told and TOKEN.partition(":")[2] not in told and "a-secret-of-ours" not in told
