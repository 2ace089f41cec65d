"""An officer's own chat: bound by a code, told what waits, answering there by the rules of the console."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from core.console_storage import Once
from core.officers import Grant, Role
from db.unit_of_work import SqlStorage
from handlers import holding
from handlers.holding import Act
from handlers.officer_chats import binding
from tests.officers.chatting import WORDS, Ward, ward_on
from tests.support.clock import FixedClock
from tests.support.rows import everything

pytestmark = pytest.mark.either


@pytest.fixture
async def ward(storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Ward]:
    async with ward_on(storage, knowledge, clock, tmp_path) as opened:
        yield opened


async def test_a_code_makes_a_chat_a_desk_once_and_in_its_time(ward: Ward, clock: FixedClock) -> None:
    lan = await ward.officer("Lan")
    first = await ward.code(lan)
    second = await ward.code(lan)
    assert "không dùng được" in await ward.says("a", f"CB {first}"), "a newer one took its place"
    assert "bàn làm việc của Lan" in await ward.says("a", f"mã cb {str(second)[:4].lower()}-{second[4:]}")
    assert "không dùng được" in await ward.says("b", f"CB {second}"), "good once"
    late = await ward.code(lan)
    clock.advance(seconds=15 * 60)
    assert "không dùng được" in await ward.says("b", f"CB {late}")
    unused = await ward.code(lan)
    rows = await everything(ward.storage)
    assert [row["officer_id"] for row in rows["officer_chats"]] == [lan.id]
    assert str(unused) not in str(rows), "kept as a keyed hash only"
    assert await ward.acts("chat.bound") == ["officer:Lan"]


async def test_who_guesses_codes_is_soon_stopped(ward: Ward) -> None:
    lan = await ward.officer("Lan")
    for number in range(5):
        assert "không dùng được" in await ward.says("a", f"CB K7M4 PXR{number + 2}")
    assert "Thử nhiều mã quá" in await ward.says("a", f"CB {await ward.code(lan)}")
    assert (await everything(ward.storage))["officer_chats"] == []


async def test_five_codes_an_hour(ward: Ward, clock: FixedClock) -> None:
    lan = await ward.officer("Lan")
    assert None not in [await ward.code(lan) for _ in range(5)]
    assert await ward.code(lan) is None
    clock.advance(seconds=3600)
    at_once = await asyncio.gather(*(ward.code(lan) for _ in range(8)))
    assert sum(one is not None for one in at_once) == 5


async def test_codes_are_forgotten_after_a_day(ward: Ward, clock: FixedClock) -> None:
    await ward.code(await ward.officer("Lan"))
    now = clock.advance(days=1, seconds=1)
    async with ward.storage.write() as uow:
        await uow.upkeep.drop_old(messages_before=now, questions_before=now, ledger_before=now, now=now)
        await uow.commit()
    assert (await everything(ward.storage))["officer_chat_codes"] == []


async def test_a_phone_that_is_joined_to_another_becomes_no_desk(ward: Ward) -> None:
    code = (await ward.says("page", "nối máy")).partition("Mã nối máy: ")[2][:9]
    await ward.says("phone", code)
    await ward.says("phone", "có")
    lan = await ward.officer("Lan")
    assert "đang nối chung" in await ward.says("phone", f"CB {await ward.code(lan)}")
    assert (await everything(ward.storage))["officer_chats"] == []


async def test_a_question_goes_to_those_who_may_answer_it_and_to_nobody_else(ward: Ward) -> None:
    await ward.at_desk("Lan")
    await ward.at_desk("Tâm", Role.VIEWER)
    await ward.at_desk("Minh", Role.ANSWERER, "di-su")
    await ward.at_desk("Bách", Role.ANSWERER, "dak-cam", "no-such-office")
    await ward.at_desk("Hoa", Role.ADMINISTRATOR, "")
    await ward.asks()
    told = {path for path, message in ward.post.said if WORDS in message.text and "Câu hỏi mới" in message.text}
    assert told == {"Lan", "Hoa"}


async def test_it_is_told_with_what_the_console_shows_and_no_more(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    (text,) = [message.text for path, message in ward.post.said if path == "Lan" and WORDS in message.text]
    assert text.splitlines() == [
        f"Câu hỏi mới {code} · Làm nhà, sửa nhà",
        "Phường Đăk Cấm",
        "Hạn trả lời: 17 giờ 00, thứ Tư, 25/11/2026",
        f"“{WORDS}”",
        f"Nhắn trả lời đúng tin này, hoặc gõ: {code.replace(' ', '')}: lời trả lời",
    ]


async def test_an_answer_is_looked_at_and_then_goes_out_once(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    look = await ward.says("Lan", f"{code}: Mời bà con đến Phòng Kinh tế.")
    assert look.startswith(f"Chưa gửi. Người hỏi {code} sẽ đọc như sau:") and "Mời bà con đến" in look
    assert await ward.answers() == []
    await ward.wrote("Lan", "Gửi")
    await ward.hand.handle_all()
    came = await ward.sent()
    assert "Mời bà con đến Phòng Kinh tế." in came["citizen"][0].text
    assert came["Lan"][0].text == f"Đã gửi câu trả lời cho {code}. Không còn câu nào chờ."
    await ward.presses("Lan", "Gửi")
    assert await ward.answers() == ["Mời bà con đến Phòng Kinh tế."]
    assert await ward.acts("question.answered") == ["officer:Lan"]
    own = [row["body"]["text"] for row in (await everything(ward.storage))["messages"] if row["direction"] == "in"]
    assert not any("Phòng Kinh tế" in text for text in own), "the words are kept once, in the question"


async def test_a_reply_is_the_answer_to_that_question_whatever_else_was_begun(ward: Ward) -> None:
    await ward.at_desk("Lan")
    first, second = await ward.asks("one", "Nhà dột"), await ward.asks("two", "Học phí bao nhiêu?")
    rows = (await everything(ward.storage))["deliveries"]
    told = [row["external_id"] for row in rows if row["dedup_key"].startswith("officer:q")]
    await ward.says("Lan", f"Trả lời {second}")
    assert f"Người hỏi {first} sẽ đọc" in await ward.says("Lan", "Mời đến phường.", reply_to=told[0])


async def test_nothing_is_an_answer_to_nobody_knows_what(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    assert "chưa gửi đi đâu" in await ward.says("Lan", "Mời bà con đến phường.")
    assert "Mời bà con đến phường." in await ward.presses("Lan", f"Trả lời {code}"), "nothing typed is lost"
    assert await ward.answers() == []


async def test_what_a_colleague_did_meanwhile_is_named_and_nothing_goes_twice(ward: Ward) -> None:
    for name in ("Lan", "Minh"):
        await ward.at_desk(name)
    code = await ward.asks()
    for name in ("Lan", "Minh"):
        await ward.says(name, f"{code}: Của {name}.")
    await ward.presses("Minh", "Gửi")
    assert f"Minh đã trả lời {code} lúc 9 giờ 00" in await ward.presses("Lan", "Gửi")
    assert await ward.answers() == ["Của Minh."]


async def test_what_a_colleague_has_in_hands_is_not_answered_from_a_chat(ward: Ward) -> None:
    await ward.at_desk("Lan")
    await ward.officer("Minh")
    code = await ward.asks()
    await ward.says("Lan", f"{code}: Của Lan.")
    act = Act(key="1", officer="Minh", seen=0, once=Once(officer_id=2, nonce="x"), now=ward.now)
    await holding.hold(ward.storage, act, "Minh")
    said = await ward.presses("Lan", "Gửi")
    assert f"{code} đang ở tay Minh" in said and "https://chungtay.example/console/questions/1" in said
    assert await ward.answers() == []


async def test_further_words_go_to_its_holder_alone(ward: Ward) -> None:
    for name in ("Lan", "Minh"):
        await ward.at_desk(name)
    code = await ward.asks()
    act = Act(key="1", officer="Lan", seen=0, once=Once(officer_id=1, nonce="x"), now=ward.now)
    await holding.hold(ward.storage, act, "Lan")
    await ward.presses("citizen", "Viết thêm")
    await ward.says("citizen", "Nhà tôi ở cuối thôn.")
    told = [path for path, message in ward.post.said if f"Người hỏi {code} viết thêm" in message.text]
    assert told == ["Lan"]


async def test_words_that_came_since_are_seen_before_an_answer_goes(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    await ward.says("Lan", f"{code}: Mời đến phường.")
    await ward.presses("citizen", "Viết thêm")
    await ward.says("citizen", "Nhà tôi ở cuối thôn.")
    again = await ward.presses("Lan", "Gửi")
    assert "Người hỏi vừa viết thêm: “Nhà tôi ở cuối thôn.”" in again and "Mời đến phường." in again
    assert await ward.answers() == []
    await ward.presses("Lan", "Gửi")
    assert await ward.answers() == ["Mời đến phường."]


async def test_whose_right_was_taken_away_cannot_send_what_stands_there(ward: Ward) -> None:
    lan = await ward.at_desk("Lan")
    code = await ward.asks()
    await ward.says("Lan", f"{code}: Mời đến phường.")
    async with ward.storage.write() as uow:
        await uow.officers.revoke(lan.id, lan.grants)
        await uow.commit()
    assert "không thuộc quyền của bàn này" in await ward.presses("Lan", "Gửi")
    assert WORDS not in await ward.says("Lan", code) and WORDS not in await ward.says("Lan", "việc")
    assert await ward.answers() == [] and "officer:Lan" in await ward.acts("refused")
    await ward.asks("another")
    assert not [message for path, message in ward.post.said[-3:] if path == "Lan"]


@pytest.mark.parametrize("ended", [False, True], ids=["a role", "all of it"])
async def test_what_waits_for_the_morning_goes_to_nobody_whose_right_ended(
    ward: Ward, clock: FixedClock, ended: bool
) -> None:
    lan, minh = await ward.at_desk("Lan"), await ward.at_desk("Minh")
    clock.advance(seconds=13 * 3600)  # ten in the evening
    await ward.asks()
    async with ward.storage.write() as uow:
        await (uow.officers.retire(lan.id, ward.now) if ended else uow.officers.revoke(lan.id, lan.grants))
        await uow.commit()
    clock.advance(seconds=10 * 3600)
    assert set(await ward.sent()) == {"Minh"}
    chats = [row["officer_id"] for row in (await everything(ward.storage))["officer_chats"]]
    assert chats == ([minh.id] if ended else [lan.id, minh.id])


async def test_what_is_handed_to_another_office_is_told_to_the_first_no_more(
    ward: Ward, clock: FixedClock, knowledge: Knowledge
) -> None:
    lan = await ward.at_desk("Lan")
    clock.advance(seconds=13 * 3600)
    await ward.asks()
    async with ward.storage.write() as uow:
        found = await uow.questions.get("1")
        assert found is not None
        await uow.officers.grant(lan.id, [Grant(role=Role.ANSWERER, locality="dak-cam", office=found.office or "")])
        await uow.officers.revoke(lan.id, [Grant(role=Role.ANSWERER, locality="dak-cam")])
        await uow.commit()
    await ward.officer("Hoa", Role.ADMINISTRATOR, "")
    offices = [one.id for one in knowledge.content.locality("dak-cam").offices if one.id != found.office]
    act = Act(key="1", officer="Hoa", seen=found.version, once=Once(officer_id=2, nonce="x"), now=ward.now)
    await holding.hand_over(ward.storage, knowledge.content, act, office=offices[0], note="")
    clock.advance(seconds=10 * 3600)
    assert await ward.sent() == {}


async def test_danger_comes_in_the_night_and_the_rest_at_seven(ward: Ward, clock: FixedClock) -> None:
    await ward.at_desk("Lan")
    clock.advance(seconds=13 * 3600)
    await ward.asks()
    await ward.says("another", payload="start:dak-cam")
    await ward.says("another", "chồng tôi đánh tôi, cứu tôi với")
    came = [message.text for path, message in ward.post.said if path == "Lan"][1:]
    assert len(came) == 1 and came[0].startswith("■ KHẨN")
    clock.advance(seconds=9 * 3600)
    assert WORDS in (await ward.sent())["Lan"][0].text


async def test_by_the_setting_all_of_it_comes_in_the_night(
    storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path
) -> None:
    clock.advance(seconds=13 * 3600)
    async with ward_on(storage, knowledge, clock, tmp_path, at_night=True) as ward:
        await ward.at_desk("Lan")
        await ward.asks()
        assert [message for path, message in ward.post.said if path == "Lan" and WORDS in message.text]


async def test_a_desk_is_left_by_a_word_and_from_the_console(ward: Ward) -> None:
    lan = await ward.at_desk("Lan")
    assert "Đã rời bàn" in await ward.says("Lan", "rời bàn")
    assert "đang ở xã, phường nào" in await ward.says("Lan", "chào")
    assert "bàn làm việc của Lan" in await ward.says("second", f"CB {await ward.code(lan)}")
    (chat,) = await binding.chats_of(ward.storage, lan)
    minh = await ward.officer("Minh")
    assert not await binding.end(ward.storage, minh, chat.address_id, now=ward.now), "another's is not there"
    assert await binding.end(ward.storage, lan, chat.address_id, now=ward.now)
    assert "thôi là bàn cán bộ" in (await ward.sent())["second"][0].text
    await ward.asks()
    assert not [message for path, message in ward.post.said if WORDS in message.text and path != "citizen"]
    assert await ward.acts("chat.unbound") == ["officer:Lan", "officer:Lan"]


async def test_a_button_of_a_desk_that_is_none_any_more_does_nothing(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    await ward.says("Lan", f"{code}: Mời đến phường.")
    await ward.says("Lan", "rời bàn")
    assert "không còn là bàn cán bộ" in await ward.presses("Lan", "Gửi")
    assert await ward.answers() == []


@pytest.mark.thorough
async def test_who_is_erased_has_no_desk(ward: Ward) -> None:
    await ward.at_desk("Lan")
    (chat,) = (await everything(ward.storage))["addresses"]
    async with ward.storage.write() as uow:
        await uow.people.erase(chat["contact_id"], [], ward.now)
        await uow.commit()
    assert (await everything(ward.storage))["officer_chats"] == []


@pytest.mark.thorough
async def test_a_picture_goes_along_with_the_answer(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    picture = await ward.hand.files.put("giay.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 a picture")
    await ward.says("Lan", f"Trả lời {code}")
    assert "Viết câu trả lời" in await ward.says("Lan", files=(picture,))
    await ward.says("Lan", "Mang giấy như ảnh.", files=(picture,))
    await ward.presses("Lan", "Gửi")
    sent = [message for path, message in ward.post.said if path == "citizen"][-1]
    assert [one.name for one in sent.attachments] == ["giay.jpg"]


@pytest.mark.thorough
async def test_a_desk_speaks_english_where_that_was_chosen(ward: Ward) -> None:
    lan = await ward.officer("Lan")
    await ward.says("Lan", payload="lang:en")
    assert "is the desk of Lan" in await ward.says("Lan", f"CB {await ward.code(lan)}")
    code = await ward.asks()
    assert any(f"New question {code}" in message.text for path, message in ward.post.said if path == "Lan")
    assert "It is not sent at once" in await ward.says("Lan", f"answer {code}")
    assert "Not sent yet." in await ward.says("Lan", "Mời đến phường.")
    await ward.says("Lan", "Send")
    assert await ward.answers() == ["Mời đến phường."]


@pytest.mark.thorough
async def test_what_a_citizen_erases_goes_from_officers_chats_too(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    await ward.says("Lan", f"{code}: Mời đến phường.")
    await ward.says("Lan", code)
    await ward.says("citizen", "xóa dữ liệu của tôi")
    await ward.says("citizen", "Xóa hết dữ liệu")
    rows = await everything(ward.storage)
    assert not any(WORDS in str(row) for row in rows["messages"])
    assert "đã rút lại" in await ward.presses("Lan", "Gửi") or await ward.answers() == []


async def test_a_danger_word_in_an_answer_raises_no_alarm(ward: Ward) -> None:
    await ward.at_desk("Lan")
    code = await ward.asks()
    look = await ward.says("Lan", f"{code}: Nhà cháy thì gọi 114, có người bị đánh thì gọi 113.")
    assert look.startswith("Chưa gửi.") and len((await everything(ward.storage))["questions"]) == 1
