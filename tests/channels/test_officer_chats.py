"""An officer's own chat on Telegram, on Zalo and on a Zalo bot without buttons: the same handlers for each."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import App
from bot.knowledge import Knowledge
from core.campaigns import CampaignState, Step, read_notice
from core.console_storage import Once
from core.officers import Grant, Officer, Role
from handlers import campaigning
from handlers.campaigning import Doing
from handlers.officer_chats import binding
from handlers.officer_chats.code import spoken_chat_code
from tests.officers.chatting import NOTICE, WORDS
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.desks import TelegramDesk
from tests.support.telegram.server import FakeTelegram
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_desks import ZaloDesk, desk_on_zalo
from tests.support.zalobot.server import FakeZaloBot
from tests.support.zalobot_desks import ZaloBotDesk
from web.console.parts import Console

ANSWER = "Mời bà con đến Phòng Kinh tế sáng thứ Hai."


async def officer(app: App, name: str, role: Role) -> Officer:
    """Somebody who acts in Đăk Cấm."""
    async with app.storage.write() as uow:
        number = await uow.officers.add(name, app.clock.now())
        await uow.officers.grant(number, [Grant(role=role, locality="dak-cam")])
        await uow.commit()
        found = await uow.officers.get(number)
    assert found is not None
    return found


async def code_of(app: App, name: str = "Lan", role: Role = Role.ANSWERER) -> str:
    """What this officer sends from their own chat."""
    console = app.web.state.site.console
    assert isinstance(console, Console)
    once, now = Once(officer_id=1, nonce=name), app.clock.now()
    made = await officer(app, name, role)
    hashed = console.gate.keyed_hash
    code = await binding.new_code(app.storage, hashed, SeededChance(made.id), made, once=once, now=now)
    assert code is not None
    return spoken_chat_code(code)


async def submit(app: App, knowledge: Knowledge, **fields: Any) -> None:
    """Thu submits a notice."""
    await officer(app, "Thu", Role.EDITOR)
    async with app.storage.write() as uow:
        number = await uow.campaigns.add(read_notice({**NOTICE, **fields}), by="Thu", now=app.clock.now())
        await uow.commit()
    one = await campaigning.find(app.storage, str(number))
    doing = Doing(officer="Thu", now=app.clock.now())
    await campaigning.take(app.storage, one, Step.SUBMIT, doing, content=knowledge.content)
    app.relay.work.wake()


async def answers(app: App) -> list[str | None]:
    """Who answered the first question."""
    async with app.storage.read() as uow:
        found = await uow.questions.get("1")
    assert found is not None
    return [one.officer for one in found.thread if one.officer]


async def test_on_telegram_a_reply_is_the_answer_and_buttons_send_it(
    desk: TelegramDesk, telegram: FakeTelegram
) -> None:
    lan, citizen = telegram.person("Lan"), telegram.person("Ba")
    lan.says(await code_of(desk.app))
    await desk.settled()
    assert "bàn làm việc của Lan" in lan.last.text
    for said in ("/start dak-cam", "gặp cán bộ", WORDS, "đồng ý"):
        citizen.says(said)
        await desk.settled()
    asked = lan.last
    assert WORDS in asked.text and len(asked.labels) == 2 and asked.labels[0].startswith("Trả lời")
    lan.says(ANSWER, reply_to=asked.message_id)
    await desk.settled()
    assert lan.last.labels == ["Gửi", "Sửa", "Thôi"] and ANSWER in lan.last.text
    lan.presses("Gửi")
    await desk.settled()
    assert any(ANSWER in one.text for one in citizen.shown)
    assert await answers(desk.app) == ["Lan"]
    assert desk.faults == [] and telegram.ignored == []


@pytest.fixture
async def account(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    async with FakeZalo(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture
async def on_zalo(
    account: FakeZalo,
    knowledge: Knowledge,
    one_database: str,
    clock: FixedClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[ZaloDesk]:
    async with desk_on_zalo(
        account,
        knowledge=knowledge,
        database_url=one_database,
        data_dir=tmp_path_factory.mktemp("desk"),
        clock=clock,
        chance=SeededChance(7),
        zalo_locality="dak-cam",
        public_url="https://ward.example.vn",
    ) as running:
        yield running


@pytest.mark.thorough
async def test_on_zalo_a_quote_is_the_answer_and_a_notice_is_approved_by_buttons(
    on_zalo: ZaloDesk, account: FakeZalo, knowledge: Knowledge
) -> None:
    lan, duy, citizen = account.person("Lan"), account.person("Duy"), account.person("Ba")
    for person, code in ((lan, await code_of(on_zalo.app)), (duy, await code_of(on_zalo.app, "Duy", Role.APPROVER))):
        person.says(code)
        await on_zalo.settled()
    for said in ("gặp cán bộ", WORDS, "đồng ý"):
        citizen.says(said)
        await on_zalo.settled()
    lan.says(ANSWER, quotes=lan.last.message_id)
    await on_zalo.settled()
    lan.taps("Gửi")
    await on_zalo.settled()
    assert any(ANSWER in one for one in citizen.texts) and await answers(on_zalo.app) == ["Lan"]
    await submit(on_zalo.app, knowledge)
    await on_zalo.settled()
    assert NOTICE["text"]["vi"] in duy.last.text and duy.last.labels[0] == "Duyệt tin 1"
    duy.taps("Duyệt tin 1")
    await on_zalo.settled()
    duy.taps("Duyệt gửi tin 1")
    await on_zalo.settled()
    assert (await campaigning.find(on_zalo.app.storage, "1")).state is not CampaignState.SUBMITTED
    assert on_zalo.faults == [] and account.ignored == []


@pytest.mark.thorough
async def test_where_nothing_can_be_pressed_what_stands_there_is_typed(
    zalo_desk: ZaloBotDesk, zalo: FakeZaloBot, knowledge: Knowledge
) -> None:
    desk = zalo_desk
    lan, duy, citizen = zalo.person("Lan"), zalo.person("Duy"), zalo.person("Ba")
    for person, code in ((lan, await code_of(desk.app)), (duy, await code_of(desk.app, "Duy", Role.APPROVER))):
        person.says(code)
        await desk.settled()
    for said in ("Đăk Cấm", "gặp cán bộ", WORDS, "đồng ý"):
        citizen.says(said)
        await desk.settled()
    (line,) = [one for one in lan.texts[-1].splitlines() if one.startswith("– Trả lời ")]
    assert "1. " not in lan.texts[-1], "a number below what came by itself could press something else"
    lan.says(line)
    await desk.settled()
    lan.says("1")
    await desk.settled()
    assert '"1"' in lan.texts[-1], "where words are waited for a number is words"
    lan.says("2")
    await desk.settled()
    lan.says(ANSWER)
    await desk.settled()
    lan.says("Gửi")
    await desk.settled()
    assert any(ANSWER in one for one in citizen.texts) and await answers(desk.app) == ["Lan"]
    await submit(desk.app, knowledge)
    await desk.settled()
    duy.says("Duyệt tin 1")
    await desk.settled()
    duy.says("1")
    await desk.settled()
    assert "Đã duyệt “Lớp may”" in duy.texts[-1]
    assert desk.faults == []
