"""A notice that waits for approval, in an approver's own chat; and what a crash or a second process may do."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.knowledge import Knowledge
from core.campaigns import Campaign, CampaignState, read_notice
from core.errors import StorageError
from core.officers import Role
from db.inbox import SqlInbox
from db.models import officers
from db.unit_of_work import SqlStorage
from handlers import campaigning
from handlers.officer_chats.desk import ChatDesk
from tests.db.test_joining import somebody_waits
from tests.officers.chatting import NOTICE, Ward, ward_on
from tests.support.clock import FixedClock
from tests.support.rows import enrol, everything, listed

pytestmark = [pytest.mark.either, pytest.mark.thorough]


@pytest.fixture
async def ward(storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Ward]:
    async with ward_on(storage, knowledge, clock, tmp_path) as opened:
        yield opened


async def state(ward: Ward, number: int = 1) -> CampaignState:
    return (await campaigning.find(ward.storage, str(number))).state


async def rewritten(ward: Ward, one: Campaign, text: str) -> None:
    """It is changed and submitted again while somebody reads."""
    async with ward.storage.write() as uow:
        assert await uow.notices.reword(one.id, read_notice({**NOTICE, "text": {"vi": text}}))
        await uow.campaigns.step(one.id, CampaignState.DRAFT, CampaignState.SUBMITTED, submitted_by="Thu")
        await uow.commit()


async def test_it_comes_in_full_to_those_who_may_approve_and_never_to_its_author(ward: Ward) -> None:
    await ward.at_desk("Thu", Role.ADMINISTRATOR, "")
    await ward.at_desk("Duy", Role.APPROVER)
    await ward.at_desk("Lan", Role.ANSWERER)
    await ward.at_desk("Minh", Role.APPROVER, "di-su")
    await ward.submitted(text={"vi": "Mở lớp may sáng thứ Hai.", "en": "A sewing course."})
    came = await ward.sent()
    assert set(came) == {"Duy"}
    assert came["Duy"][0].text.splitlines() == [
        "Tin 1 chờ duyệt: Lớp may",
        "Người gửi duyệt: Thu",
        "Tiếng Việt:",
        "Mở lớp may sáng thứ Hai.",
        "Tiếng Anh:",
        "A sewing course.",
        "Nguồn: Thông báo 12/TB-UBND",
        "Nơi: phường Đăk Cấm",
        "Chọn 0 người, sẽ gửi cho 0 người.",
    ]
    assert [one.label for one in came["Duy"][0].quick_replies] == ["Duyệt tin 1", "Trả lại tin 1", "Trang của tin 1"]
    assert "Tin đang chờ duyệt: 0" in await ward.says("Thu", "việc")
    assert "Ai soạn hay sửa tin thì không duyệt tin đó" in await ward.says("Thu", "đọc tin 1")


async def test_a_document_that_does_not_hold_is_named(ward: Ward) -> None:
    await ward.at_desk("Duy", Role.APPROVER)
    await ward.submitted(source="Nghị định 999/2011/NĐ-CP")
    (told,) = (await ward.sent())["Duy"]
    source = told.text.splitlines().index("Nguồn: Nghị định 999/2011/NĐ-CP")
    assert "999/2011/NĐ-CP" in told.text.splitlines()[source + 1]


async def test_it_is_approved_after_a_second_yes_and_only_as_it_was_read(ward: Ward) -> None:
    await ward.at_desk("Duy", Role.APPROVER)
    one = await ward.submitted()
    await ward.sent()
    assert await ward.presses("Duy", "Duyệt tin 1") == "Duyệt “Lớp may”, gửi cho 0 người?"
    await rewritten(ward, one, "Mở lớp may sáng thứ Ba.")
    again = await ward.presses("Duy", "Duyệt gửi tin 1")
    assert again.startswith("Tin đã đổi từ lúc đọc ở đây") and "thứ Ba" in again
    assert await state(ward) is CampaignState.SUBMITTED
    await ward.presses("Duy", "Duyệt tin 1")
    assert "Đã duyệt “Lớp may”" in await ward.presses("Duy", "Duyệt gửi tin 1")
    assert await state(ward) is CampaignState.APPROVED
    assert await ward.acts("campaign.approve") == ["officer:Duy"]


async def test_what_is_not_held_back_is_told_as_sent_at_once(ward: Ward) -> None:
    await ward.at_desk("Duy", Role.APPROVER)
    await ward.submitted(sending={"hold_back_seconds": 0})
    await ward.sent()
    await ward.presses("Duy", "Duyệt tin 1")
    assert "Đã duyệt “Lớp may”. Tin được gửi ngay." in await ward.presses("Duy", "Duyệt gửi tin 1")


async def test_an_old_bubble_approves_nothing_that_was_changed_since(ward: Ward) -> None:
    await ward.at_desk("Duy", Role.APPROVER)
    one = await ward.submitted()
    await ward.sent()
    await rewritten(ward, one, "Mở lớp may sáng thứ Ba.")
    assert (await ward.presses("Duy", "Duyệt tin 1")).startswith("Tin đã đổi từ lúc đọc ở đây")


async def test_what_was_never_shown_here_is_shown_before_it_is_approved(ward: Ward) -> None:
    await ward.submitted()
    await ward.at_desk("Duy", Role.APPROVER)
    assert "Mở lớp may sáng thứ Hai." in await ward.says("Duy", "duyệt tin 1")
    assert await ward.says("Duy", "duyet tin 1") == "Duyệt “Lớp may”, gửi cho 0 người?"


async def test_a_press_that_names_no_words_shows_them_first(ward: Ward) -> None:
    """Anybody can type what a button gives back."""
    await ward.at_desk("Duy", Role.APPROVER)
    await ward.submitted()
    for payload in ("officer-approve:1", "officer-approve:1:", "officer-return:1"):
        assert "Mở lớp may sáng thứ Hai." in await ward.says("Duy", payload=payload)
    assert "Nút này đã cũ" in await ward.says("Duy", payload="officer-yes:1:")
    assert await state(ward) is CampaignState.SUBMITTED


async def test_from_many_people_on_their_number_is_typed(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.officer_chats.approving.MANY", 2)
    await enrol(ward.storage, [listed(f"p{n}", "terminal.main") for n in range(3)], ward.now)
    await ward.at_desk("Duy", Role.APPROVER)
    await ward.submitted()
    await ward.sent()
    assert "Gõ lại số người nhận: 3" in await ward.presses("Duy", "Duyệt tin 1")
    assert "Gõ lại số người nhận: 3" in await ward.says("Duy", "1")
    assert await state(ward) is CampaignState.SUBMITTED
    assert "Đã duyệt" in await ward.says("Duy", "3")


async def test_it_is_returned_with_the_next_words_as_the_reason(ward: Ward) -> None:
    await ward.at_desk("Duy", Role.APPROVER)
    await ward.submitted()
    await ward.sent()
    await ward.presses("Duy", "Trả lại tin 1")
    assert "Đã trả lại “Lớp may” để sửa." in await ward.says("Duy", "2")
    async with ward.storage.read() as uow:
        assert [(one.officer, one.why) for one in (await uow.notices.history(1))[-1:]] == [("Duy", "2")]
    assert "Việc gần nhất: Duy, trả lại để sửa." in await ward.presses("Duy", "Duyệt tin 1")


async def test_whose_right_was_taken_away_approves_nothing(ward: Ward, clock: FixedClock) -> None:
    duy = await ward.at_desk("Duy", Role.APPROVER)
    await ward.submitted()
    await ward.sent()
    await ward.presses("Duy", "Duyệt tin 1")
    async with ward.storage.write() as uow:
        await uow.officers.revoke(duy.id, duy.grants)
        await uow.commit()
    assert "không thuộc quyền của bàn này" in await ward.presses("Duy", "Duyệt gửi tin 1")
    assert await state(ward) is CampaignState.SUBMITTED
    await ward.submitted()
    assert await ward.sent() == {}


async def test_what_another_approved_in_the_evening_is_not_told_in_the_morning(ward: Ward, clock: FixedClock) -> None:
    await ward.at_desk("Duy", Role.APPROVER)
    await ward.at_desk("Bách", Role.APPROVER)
    clock.advance(seconds=13 * 3600)
    await ward.submitted()
    assert await ward.sent() == {}
    await ward.says("Bách", "đọc tin 1")
    await ward.presses("Bách", "Duyệt tin 1")
    await ward.presses("Bách", "Duyệt gửi tin 1")
    clock.advance(seconds=10 * 3600)
    assert await ward.sent() == {}


async def test_who_dies_after_the_act_finds_it_done_and_says_so_once(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    await ward.says("Lan", f"{code}: Mời đến phường.")
    whole = ChatDesk._write

    async def dies(*_: Any) -> None:
        raise StorageError("the process is gone")

    monkeypatch.setattr(ChatDesk, "_write", dies)
    with pytest.raises(StorageError):
        await ward.says("Lan", "Gửi")
    assert await ward.answers() == ["Mời đến phường."]
    monkeypatch.setattr(ChatDesk, "_write", whole)
    await ward.hand.handle_all()
    came = await ward.sent()
    assert [one.text for one in came["Lan"]] == [f"Đã gửi câu trả lời cho {code}. Không còn câu nào chờ."]
    assert len(came["citizen"]) == 1 and await ward.answers() == ["Mời đến phường."]


async def test_a_question_and_what_is_told_of_it_are_one_transaction(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ward.at_desk("Lan")
    await ward.says("citizen", payload="start:dak-cam")
    await ward.says("citizen", "gặp cán bộ")
    await ward.says("citizen", "Nhà tôi dột.")
    whole = SqlInbox.finish

    async def dies(*_: Any) -> None:
        raise StorageError("the process is gone")

    monkeypatch.setattr(SqlInbox, "finish", dies)
    with pytest.raises(StorageError):
        await ward.says("citizen", "đồng ý")
    rows = await everything(ward.storage)
    assert rows["questions"] == [] and not [row for row in rows["deliveries"] if ":q" in row["dedup_key"]]
    monkeypatch.setattr(SqlInbox, "finish", whole)
    await ward.hand.handle_all()
    assert ["Nhà tôi dột." in one.text for one in (await ward.sent())["Lan"]] == [True]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_whose_right_is_taken_away_at_that_moment_is_told_nothing(ward: Ward) -> None:
    lan = await ward.at_desk("Lan")

    async def revoke() -> None:
        async with ward.storage.write() as uow:
            await uow.officers.revoke(lan.id, lan.grants)
            await uow.commit()

    async with ward.storage.write() as telling:
        assert len(await telling.chats.listeners()) == 1
        waits = asyncio.create_task(revoke())
        await somebody_waits(ward.storage)
        assert not waits.done(), "it waits for what is being told"
    await waits
    async with ward.storage.write() as uow:
        (one,) = await uow.chats.listeners()
        assert one.officer.grants == ()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_two_processes_do_it_once(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    await ward.says("Lan", f"{code}: Mời đến phường.")
    await ward.wrote("Lan", "Gửi")
    await asyncio.gather(*[ward.hand.service.handle_waiting() for _ in range(3)])
    await ward.hand.handle_all()
    came = await ward.sent()
    assert len(came["citizen"]) == 1 and len(came["Lan"]) == 1 and await ward.answers() == ["Mời đến phường."]


async def test_what_cannot_be_written_stands_in_nobodys_way(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    await ward.at_desk("Lan")

    async def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    faults: list[str] = []
    monkeypatch.setattr(ChatDesk, "_write", breaks)
    object.__setattr__(ward.hand.service._chats, "on_fault", lambda where, _: faults.append(where))
    await ward.wrote("Lan", "việc")
    assert "Chung Tay" in await ward.says("citizen", "chào") and faults == ["officer chat"]
    assert None not in [row["handled_at"] for row in (await everything(ward.storage))["inbound_updates"]]


async def test_a_desk_whose_officer_is_gone_is_a_citizens_chat(ward: Ward) -> None:
    lan = await ward.at_desk("Lan")
    async with ward.storage.engine.begin() as connection:  # as a backup of another day may bring it back
        await connection.execute(update(officers).where(officers.c.id == lan.id).values(retired_at=ward.now))
    assert "Đây là Chung Tay" in await ward.says("Lan", "chào")


async def test_a_fault_is_told_and_the_chat_goes_on(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    await ward.at_desk("Lan")

    async def breaks(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    faults: list[str] = []
    monkeypatch.setattr("handlers.officer_chats.answering.waits", breaks)
    object.__setattr__(ward.hand.service._chats, "on_fault", lambda where, _: faults.append(where))
    assert "Máy gặp trục trặc" in await ward.says("Lan", "việc")
    assert faults == ["officer chat"]
    assert (await everything(ward.storage))["inbound_updates"][-1]["handled_at"] is not None
