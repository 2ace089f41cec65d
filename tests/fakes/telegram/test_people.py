"""People of the fake Telegram do what people do, and see what they would see."""

import asyncio
from typing import Any

import pytest
from telegram import MessageEntity

from tests.support.clock import FixedClock
from tests.support.telegram.asking import Asker
from tests.support.telegram.groups import Group
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

CARD = {"inline_keyboard": [[{"text": "Xem", "callback_data": "x"}, {"text": "Trang", "url": "https://a.vn"}]]}


async def newest(ask: Asker) -> dict[str, Any]:
    return (await ask.updates())[-1]


async def test_a_message_carries_who_where_and_when(ask: Asker, lan: Person, clock: FixedClock) -> None:
    lan.says("xin chào")
    assert (await newest(ask))["message"] == {
        "message_id": 1,
        "date": int(clock.now().timestamp()),
        "chat": {"id": lan.id, "type": "private", "first_name": "Lan", "last_name": "Trần"},
        "from": {"id": lan.id, "is_bot": False, "first_name": "Lan", "last_name": "Trần", "language_code": "vi"},
        "text": "xin chào",
    }


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("/start dak-cam", [("bot_command", 0, 6)]),
        ("🙏 /help@chungtay_bot", [("bot_command", 3, 18)]),
        ("và/hoặc 3/4 </b>", []),
        ("hỏi @chungtay_bot: https://a.vn/@ai?x=/y.", [("mention", 4, 13), ("url", 19, 21)]),
    ],
)
async def test_the_server_marks_what_it_knows(
    ask: Asker, lan: Person, text: str, marks: list[tuple[str, int, int]]
) -> None:
    lan.says(text)
    found = (await newest(ask))["message"].get("entities", [])
    assert [(one["type"], one["offset"], one["length"]) for one in found] == marks


async def test_no_app_sends_nothing_or_too_much(lan: Person) -> None:
    for text in ("", "🙏" * 2049):
        with pytest.raises(AssertionError, match="no app sends"):
            lan.says(text)


async def test_message_numbers_grow_chat_by_chat(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    minh = telegram.person()
    lan.says("một")
    minh.says("một")
    await ask("sendMessage", chat_id=lan.id, text="hai")
    lan.says("ba")
    updates = await ask.updates()
    assert [update["message"]["message_id"] for update in updates] == [1, 1, 3] and lan.last.message_id == 2


async def test_an_edit_is_the_same_message_with_other_words(ask: Asker, lan: Person, clock: FixedClock) -> None:
    lan.says("xin chao")
    clock.advance(seconds=5)
    lan.edits(1, "xin /chao")
    edited = (await newest(ask))["edited_message"]
    assert (edited["message_id"], edited["text"], edited["edit_date"] - edited["date"]) == (1, "xin /chao", 5)
    assert edited["entities"][0]["type"] == "bot_command"
    await ask("sendMessage", chat_id=lan.id, text="a")
    with pytest.raises(AssertionError, match="another's message"):
        lan.edits(2, "b")


async def test_replies_both_ways(ask: Asker, lan: Person) -> None:
    lan.says("hỏi")
    reply = await ask("sendMessage", chat_id=lan.id, text="đáp", reply_parameters={"message_id": 1})
    assert reply.result["reply_to_message"]["text"] == "hỏi" and lan.last.reply_to == 1
    lan.says("cảm ơn", reply_to=2)
    assert (await newest(ask))["message"]["reply_to_message"]["from"]["is_bot"]
    gone = {"message_id": 9, "allow_sending_without_reply": True}
    assert (await ask("sendMessage", chat_id=lan.id, text="a", reply_parameters=gone)).status == 200


async def test_pictures_come_in_sizes_and_everything_can_be_fetched(ask: Asker, lan: Person) -> None:
    lan.sends_photo(b"\xff\xd8 whole", "ảnh")
    message = (await newest(ask))["message"]
    small, whole = message["photo"]
    assert message["caption"] == "ảnh" and small["width"] < whole["width"]
    assert await fetched(ask, whole["file_id"]) == b"\xff\xd8 whole" != await fetched(ask, small["file_id"])
    lan.sends_document(b"%PDF", "đơn.pdf", "application/pdf")
    document = (await newest(ask))["message"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("đơn.pdf", "application/pdf", 4)
    assert await fetched(ask, document["file_id"]) == b"%PDF"
    for sends, kind in ((lan.sends_voice, "voice"), (lan.sends_audio, "audio"), (lan.sends_video, "video")):
        sends(kind.encode())
        assert await fetched(ask, (await newest(ask))["message"][kind]["file_id"]) == kind.encode()


async def fetched(ask: Asker, file_id: str) -> bytes:
    path = (await ask("getFile", file_id=file_id)).result["file_path"]
    async with ask.session.get(f"{ask.telegram.url}/file/bot{ask.telegram.token}/{path}") as response:
        return await response.read()


async def test_stickers_cards_places_and_others_words(ask: Asker, lan: Person) -> None:
    lan.sends_sticker("🙏")
    lan.sends_contact("+84900000001", lan.id)
    lan.sends_contact("+84900000002", first_name="Chị Hai")
    lan.sends_location(12.6, 108.0)
    lan.sends_location(12.6, 108.0, live=True)
    lan.forwards("tin đồn", origin_name="Ai đó")
    sticker, own, other, place, live, forward = (update["message"] for update in await ask.updates())
    assert sticker["sticker"]["emoji"] == "🙏"
    assert own["contact"] == {"phone_number": "+84900000001", "first_name": "Lan", "user_id": lan.id}
    assert other["contact"] == {"phone_number": "+84900000002", "first_name": "Chị Hai"}
    assert place["location"] == {"latitude": 12.6, "longitude": 108.0} and live["location"]["live_period"] == 900
    assert forward["text"] == "tin đồn" and forward["forward_origin"]["sender_user_name"] == "Ai đó"


async def test_a_press_finds_the_newest_button_and_wants_an_answer(
    telegram: FakeTelegram, ask: Asker, lan: Person, clock: FixedClock
) -> None:
    for text in ("cũ", "mới"):
        await ask("sendMessage", chat_id=lan.id, text=text, reply_markup=CARD)
    lan.presses("Xem")
    lan.presses(callback_data="x", message_id=1, inaccessible=True)
    first, second = (update["callback_query"] for update in await ask.updates())
    assert (first["data"], first["message"]["text"], first["message"]["reply_markup"]) == ("x", "mới", CARD)
    assert first["from"]["id"] == lan.id and first["chat_instance"]
    assert second["message"] == {"chat": first["message"]["chat"], "message_id": 1, "date": 0}
    assert lan.answered == [] and [press.data for press in lan.pressed] == ["x", "x"]
    clock.advance(seconds=2)
    answer = {"callback_query_id": first["id"], "text": "vâng", "show_alert": True}
    assert (await ask("answerCallbackQuery", **answer)).result is True
    (answered,) = lan.answered
    assert (answered.query_id, answered.text, answered.alert) == (first["id"], "vâng", True)
    assert answered.answered_at == clock.now()
    assert (await ask("answerCallbackQuery", callback_query_id=first["id"], text="lần nữa")).result is True
    assert answered.text == "vâng"
    clock.advance(seconds=149)
    late = await ask("answerCallbackQuery", callback_query_id=second["id"])
    text = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert late.refusal == (400, text) and len(lan.answered) == 1


async def test_what_cannot_be_pressed(ask: Asker, lan: Person) -> None:
    with pytest.raises(AssertionError, match="nothing to press that is 'Xem'"):
        lan.presses("Xem")
    await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=CARD)
    with pytest.raises(AssertionError, match=r"'Trang' only opens 'https://a.vn'"):
        lan.presses("Trang")
    await ask("deleteMessage", chat_id=lan.id, message_id=1)
    with pytest.raises(AssertionError, match="nothing to press"):
        lan.presses("Xem")


async def test_buttons_in_place_of_the_letters(ask: Asker, lan: Person) -> None:
    keys = {"keyboard": [["Có", {"text": "Gửi số", "request_contact": True}]]}
    await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=keys)
    await ask("sendMessage", chat_id=lan.id, text="b")  # they stay
    assert lan.presses("Có") and (await newest(ask))["message"]["text"] == "Có"
    with pytest.raises(AssertionError, match="use sends_contact"):
        lan.presses("Gửi số")
    await ask("sendMessage", chat_id=lan.id, text="c", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="nothing to press"):
        lan.presses("Có")
    assert (await ask("sendMessage", chat_id=lan.id, text="d", reply_markup={"force_reply": True})).status == 200


async def test_what_is_shown(ask: Asker, lan: Person, clock: FixedClock) -> None:
    html = "<b>Chào</b> &lt;bà con&gt;"
    await ask("sendMessage", chat_id=lan.id, text=html, parse_mode="HTML", reply_markup=CARD, protect_content=True)
    shown = lan.last
    assert (shown.message_id, shown.kind, shown.method) == (1, "text", "sendMessage")
    assert (shown.text, shown.caption, shown.file) == ("Chào <bà con>", "", None)
    assert shown.entities == [MessageEntity("bold", 0, 4)] and shown.at == clock.now()
    assert shown.buttons == [[("Xem", "x"), ("Trang", "https://a.vn")]] and shown.labels == ["Xem", "Trang"]
    assert (shown.silent, shown.protected) == (False, True)


async def test_a_place_from_the_bot(ask: Asker, lan: Person) -> None:
    assert (await ask("sendLocation", chat_id=lan.id, latitude=12.6, longitude=108.0)).status == 200
    assert (lan.last.kind, lan.last.text) == ("location", "12.6,108.0")
    for place in ({"latitude": 91, "longitude": 0}, {"latitude": 1}, {"latitude": "north", "longitude": 0}):
        assert (await ask("sendLocation", chat_id=lan.id, **place)).status == 400


async def test_blocking_and_coming_back_are_told(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    lan.blocks()
    with pytest.raises(AssertionError, match="writes nothing"):
        lan.says("a")
    lan.unblocks()
    lan.says("b")
    gone = telegram.person()
    gone.deactivates()
    left, back, said = await ask.updates()
    changes = [update["my_chat_member"] for update in (left, back)]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")] and said["message"]["text"] == "b"
    assert changes[0]["from"]["id"] == lan.id and changes[0]["new_chat_member"]["user"]["is_bot"]


async def test_who_can_be_looked_up(ask: Asker, lan: Person, group: Group) -> None:
    assert (await ask("getChat", chat_id=lan.id)).result["first_name"] == "Lan"
    lan.blocks()
    assert (await ask("getChat", chat_id=lan.id)).status == 200
    assert (await ask("getChat", chat_id=group.id)).result["title"] == "Tổ 3"
    assert (await ask("getChatMember", chat_id=group.id, user_id=lan.id)).result["status"] == "member"
    assert (await ask("getChatMember", chat_id=group.id, user_id=4242)).result["user"]["is_bot"]
    assert (await ask("getChatMember", chat_id=group.id, user_id=5)).status == 400
    group.kicks_bot(by=lan)
    assert (await ask("getChat", chat_id=group.id)).status == 403
    assert (await ask("leaveChat", chat_id=lan.id)).status == 403
    lan.unblocks()
    assert (await ask("leaveChat", chat_id=lan.id)).status == 400


async def test_two_people_never_share_a_number(telegram: FakeTelegram, lan: Person) -> None:
    for taken in (lan.id, 2**52):
        with pytest.raises(AssertionError, match="no such id"):
            telegram.person(id=taken)
    assert telegram.person().id > 2**32 and telegram.group("Tổ 3").id < -(2**31)


async def test_two_hundred_at_once(telegram: FakeTelegram, ask: Asker) -> None:
    people = [telegram.person() for _ in range(200)]
    for person in people:
        person.says("alo")
    assert len(await ask.updates()) == 100
    await asyncio.gather(*(ask("sendMessage", chat_id=person.id, text="chào") for person in people))
    assert all(person.texts == ["chào"] for person in people)
