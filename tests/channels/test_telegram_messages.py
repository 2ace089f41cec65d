"""Whatever a citizen can send on Telegram is answered, and whatever we send arrives whole."""

import asyncio
from pathlib import Path

from sqlalchemy import select

from bot.channels.telegram.profile import settings
from bot.knowledge import Knowledge
from core.messages import Attachment
from db.engine import sqlite_url
from db.models import messages
from handlers.answers import answer_question
from tests.support.clock import FixedClock
from tests.support.desks import TelegramDesk, desk_on
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

PICTURE = b"\xff\xd8\xff\xe0 a picture"


async def answer(desk: TelegramDesk, person: Person, *, bubbles: int = 1) -> str:
    """What is said next, all bubbles together."""
    before = len(person.shown)
    await desk.telegram.until(lambda: len(person.shown) >= before + bubbles)
    return "\n".join(one.text or one.caption for one in person.shown[before:])


async def test_a_deep_link_chooses_the_place(desk: TelegramDesk, lan: Person) -> None:
    assert "Chung Tay của phường Đăk Cấm" in lan.shown[0].text
    assert desk.faults == []


async def test_a_question_is_answered_with_its_source_and_a_press_is_confirmed(desk: TelegramDesk, lan: Person) -> None:
    lan.says("tien dien ho ngheo")
    told = await answer(desk, lan)
    assert "59.520 đồng" in told and "Theo Quyết định 28/2014/QĐ-TTg" in told
    source = lan.shown[-1].entities[-1]
    assert source.type == "italic", "the source is set apart"
    lan.presses("Mang giấy gì")
    assert "Mang theo" in await answer(desk, lan)
    await desk.telegram.until(lambda: len(lan.answered) == 1)
    assert desk.faults == []


async def test_the_menu_of_commands_stands_in_both_languages_and_each_answers(desk: TelegramDesk, lan: Person) -> None:
    await desk.telegram.until(lambda: len(desk.telegram.commands) == 2)
    vietnamese = desk.telegram.commands["all_private_chats", ""]
    english = desk.telegram.commands["all_private_chats", "en"]
    assert [name for name, _ in vietnamese] == [name for name, _ in english]
    said = {}
    for name, _ in vietnamese:
        lan.says(f"/{name}")
        said[name] = await answer(desk, lan)
    assert "Bà con cần việc nào" in said["menu"] and "hỏi cán bộ việc gì" in said["canbo"]
    assert "Chung Tay đang giữ" in said["dulieu"] and len(set(said.values())) == len(said)


async def test_a_profile_that_is_right_is_left_alone(
    telegram: FakeTelegram, knowledge: Knowledge, clock: FixedClock, tmp_path: Path
) -> None:
    def called(beginning: str) -> int:
        return sum(call.method.startswith(beginning) for call in telegram.calls)

    async def start() -> None:
        looks = called("getMy") + len(list(settings()))
        url = sqlite_url(tmp_path / "one.db")
        async with desk_on(telegram, knowledge=knowledge, database_url=url, data_dir=tmp_path, clock=clock):
            await telegram.until(lambda: called("getMy") == looks and telegram.profile.texts == wanted)

    wanted = {
        (name, method.language_code or ""): text
        for method in (one.write for one in settings())
        for name, text in method.model_dump().items()
        if name.endswith("description")
    }
    await start()
    assert called("setMy") == len(list(settings()))
    await start()
    assert called("setMy") == len(list(settings()))
    telegram.profile.texts["description", "en"] = "something old"
    await start()
    assert called("setMy") == len(list(settings())) + 1


async def test_an_unknown_command_is_words(desk: TelegramDesk, lan: Person) -> None:
    lan.says("/tien_dien_ho_ngheo")
    assert "59.520 đồng" in await answer(desk, lan)


async def test_what_was_mended_is_answered_again(desk: TelegramDesk, lan: Person) -> None:
    lan.says("tien dein ho ngheo 😭")
    await answer(desk, lan)
    mine = [number for number, message in lan.messages.items() if message["from"]["id"] == lan.id]
    lan.edits(mine[-1], "thẻ bảo hiểm y tế hộ nghèo")
    assert "Thẻ bảo hiểm y tế" in await answer(desk, lan)


async def test_a_sticker_is_the_emoji_it_stands_for(desk: TelegramDesk, lan: Person) -> None:
    lan.sends_sticker("🙏")
    assert await answer(desk, lan)


async def test_an_album_is_one_message_with_all_its_pictures(desk: TelegramDesk, lan: Person) -> None:
    lan.sends_album([PICTURE + bytes([number]) for number in range(4)], "giấy này là giấy gì")
    assert "Ảnh thì Chung Tay không xem được" in await answer(desk, lan)
    await desk.settled()
    assert len(lan.shown) == 2, "one answer for all"
    lan.presses("Chuyển cho cán bộ")
    assert "Đã chuyển" in await answer(desk, lan)
    async with desk.app.storage.read() as uow:
        question = await uow.questions.get("1")
    assert question is not None and question.thread[0].text == "giấy này là giấy gì"
    kept = [await desk.app.files.get(one.sha256) for one in question.thread[0].attachments]
    assert kept == [PICTURE + bytes([number]) for number in range(4)]
    assert desk.faults == []


async def test_a_long_story_goes_to_an_officer_whole(desk: TelegramDesk, lan: Person) -> None:
    story = "Nhà tôi có bốn người, chồng ốm đã lâu. " * 100
    lan.says(story.strip())
    assert "Tin này dài quá" in await answer(desk, lan)
    lan.presses("Chuyển cho cán bộ")
    assert "Đã chuyển" in await answer(desk, lan)
    async with desk.app.storage.read() as uow:
        question = await uow.questions.get("1")
    assert question is not None and question.thread[0].text == story.strip()


async def test_a_picture_reaches_the_officer_and_the_officers_file_comes_back(desk: TelegramDesk, lan: Person) -> None:
    lan.sends_photo(PICTURE)
    assert "không xem được ảnh" in await answer(desk, lan)
    lan.presses("Chuyển cho cán bộ")
    assert "Đã chuyển" in await answer(desk, lan)
    async with desk.app.storage.read() as uow:
        question = await uow.questions.get("1")
    assert question is not None
    (sent,) = question.thread[0].attachments
    assert await desk.app.files.get(sent.sha256) == PICTURE
    form: Attachment = await desk.app.files.put("mẫu đơn.pdf", "application/pdf", b"%PDF-1.7 a form")
    now = desk.app.clock.now()
    await answer_question(
        desk.app.storage,
        desk.app.knowledge.content,
        key="1",
        text="Mời bà con điền mẫu này.",
        officer="lan",
        now=now,
        attachments=(form,),
    )
    desk.app.relay.work.wake()
    assert "Mời bà con điền mẫu này" in await answer(desk, lan)
    assert (lan.shown[-1].file, lan.shown[-1].file_name) == (b"%PDF-1.7 a form", "mẫu đơn.pdf")
    assert "Rõ rồi" in lan.shown[-1].labels


async def test_voice_document_and_film(desk: TelegramDesk, lan: Person) -> None:
    lan.sends_voice(b"OggS a voice")
    assert "không nghe được tin thoại" in await answer(desk, lan)
    lan.says("hủy")
    await answer(desk, lan)
    lan.sends_document(b"%PDF-1.7 a paper", "giấy.pdf", "application/pdf")
    assert "không đọc được tệp" in await answer(desk, lan)
    lan.says("hủy")
    await answer(desk, lan)
    lan.sends_document(b"MZ a program", "giay.exe", "application/octet-stream")
    assert "chưa mở được tệp này" in await answer(desk, lan)
    lan.sends_document(b"%PDF" + bytes(6_000_000), "lon.pdf", "application/pdf")
    assert "lớn quá" in await answer(desk, lan)
    lan.sends_video(b"a film")
    assert "chưa xem được video" in await answer(desk, lan)


async def test_ones_own_number_is_told_apart_from_anothers(desk: TelegramDesk, lan: Person) -> None:
    lan.says("gặp cán bộ")
    await answer(desk, lan)
    lan.sends_contact("+84912345678", user_id=lan.id)
    await answer(desk, lan)
    lan.presses("Chuyển cho cán bộ")
    await answer(desk, lan)
    lan.presses("Viết thêm")
    await answer(desk, lan)
    lan.sends_contact("+84987654321", user_id=None, first_name="An")
    await answer(desk, lan)
    async with desk.app.storage.read() as uow:
        question = await uow.questions.get("1")
    assert question is not None
    assert [one.text for one in question.thread] == [
        "Điện thoại của tôi: +84912345678",
        "Điện thoại của An: +84987654321",
    ]


async def test_a_place_that_moves_is_heard_once(desk: TelegramDesk, lan: Person) -> None:
    lan.sends_location(14.35123, 108.01234, live=True)
    assert "Đã nhận vị trí" in await answer(desk, lan)


async def test_forwarded_words_are_read_as_words(desk: TelegramDesk, lan: Person) -> None:
    lan.forwards("Tuyển việc nhẹ lương cao, đóng trước 500 nghìn tiền cọc", origin_name="Người lạ")
    assert "lừa đảo" in await answer(desk, lan)


async def test_a_group_is_declined_and_nothing_said_there_is_kept(
    desk: TelegramDesk, lan: Person, clock: FixedClock
) -> None:
    group = desk.telegram.group(title="Tổ 3")
    group.adds_bot(by=lan)
    await desk.telegram.until(lambda: len(group.shown) == 1)
    assert "chỉ trò chuyện riêng" in group.shown[0].text
    assert group.says(lan, "nhà tôi là hộ nghèo") is None
    group.says(lan, "@chungtay_bot hộ nghèo được gì")
    await desk.settled()
    assert len(group.shown) == 1, "once an hour is enough"
    clock.advance(seconds=3600)
    group.says(lan, "@chungtay_bot nhà tôi là hộ nghèo thì được gì")
    await desk.telegram.until(lambda: len(group.shown) == 2)
    assert group.shown[1].text == group.shown[0].text
    async with desk.app.storage.engine.connect() as connection:
        kept = (await connection.execute(select(messages.c.body).where(messages.c.path == str(group.id)))).scalars()
        assert not [body for body in kept if "hộ nghèo" in body["text"] and "việc của từng nhà" not in body["text"]]


async def test_a_group_that_grew_is_answered_under_its_new_number(
    desk: TelegramDesk, lan: Person, clock: FixedClock
) -> None:
    group = desk.telegram.group(title="Tổ 3")
    group.adds_bot(by=lan)
    await desk.telegram.until(lambda: len(group.shown) == 1)
    clock.advance(seconds=3600)
    async with asyncio.timeout(10):
        group.says(lan, "/help@chungtay_bot")
        grown = group.becomes_supergroup()
        await desk.telegram.until(lambda: len(group.shown) + len(grown.shown) == 2)


async def test_blocking_is_noted_and_what_was_missed_comes_when_it_ends(desk: TelegramDesk, lan: Person) -> None:
    lan.says("gặp cán bộ")
    await answer(desk, lan)
    lan.says("Mái nhà tôi dột.")
    await answer(desk, lan)
    lan.presses("Chuyển cho cán bộ")
    await answer(desk, lan)
    lan.blocks()
    await desk.telegram.quiet()
    await answer_question(
        desk.app.storage,
        desk.app.knowledge.content,
        key="1",
        text="Mai cán bộ đến xem nhà.",
        officer="lan",
        now=desk.app.clock.now(),
    )
    desk.app.relay.work.wake()
    await desk.settled()
    before = len(lan.shown)
    lan.unblocks()
    await desk.telegram.until(lambda: len(lan.shown) > before)
    assert "Mai cán bộ đến xem nhà." in lan.shown[-1].text
    assert [one.text for one in lan.shown[before:]] == [lan.shown[-1].text], "no greeting of its own"


async def test_kinds_that_nobody_knows_are_passed_over(desk: TelegramDesk, lan: Person) -> None:
    desk.telegram.unknown_update({"a_new_kind": {"chat": {"id": lan.id}}})
    desk.telegram.unknown_update({"message": "not a message"})
    desk.telegram.unknown_update({"message": {"chat": {"id": "x"}, "text": 5}})
    lan.says("menu")
    assert "Bà con cần việc nào" in await answer(desk, lan)
    await desk.telegram.quiet()
    assert desk.faults == []


async def test_a_name_full_of_signs_breaks_nothing(desk: TelegramDesk) -> None:
    person = desk.telegram.person(first_name='</b><script>&amp;"', last_name="<i>")
    person.says("/start dak-cam")
    await desk.telegram.until(lambda: len(person.shown) == 1)
    person.presses("Gặp cán bộ")
    await desk.telegram.until(lambda: len(person.shown) == 2)
    person.says('thôn <b>3</b> & "tổ" </i>')
    await desk.telegram.until(lambda: len(person.shown) == 3)
    assert desk.faults == []


async def test_a_text_over_the_limit_arrives_whole_in_pieces(desk: TelegramDesk, lan: Person) -> None:
    lan.says("gặp cán bộ")
    await answer(desk, lan)
    lan.says("Mái nhà tôi dột.")
    await answer(desk, lan)
    lan.presses("Chuyển cho cán bộ")
    await answer(desk, lan)
    long = "Bà con mang giấy này đến nhé. " * 133
    await answer_question(
        desk.app.storage,
        desk.app.knowledge.content,
        key="1",
        text=long,
        officer="lan",
        now=desk.app.clock.now(),
    )
    desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 6)
    await desk.settled()
    first, second = lan.shown[4:]
    assert first.text.endswith("đã rõ chưa?") and not first.labels and "Rõ rồi" in second.labels
    assert "".join(long.split()) in "".join(f"{first.text}{second.text}".split())
    assert all(len(one.text) <= 4096 for one in (first, second))
