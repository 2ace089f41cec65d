"""Messages of the bot change, go and are copied in the fake Telegram."""

from tests.support.clock import FixedClock
from tests.support.telegram.asking import Asker
from tests.support.telegram.groups import Group
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

CARD = {"inline_keyboard": [[{"text": "Xem", "callback_data": "x"}, {"text": "Trang", "url": "https://a.vn"}]]}


async def test_edits_change_a_message_where_it_stands(ask: Asker, lan: Person) -> None:
    await ask("sendMessage", chat_id=lan.id, text="một", reply_markup=CARD)
    where = {"chat_id": lan.id, "message_id": 1}
    edited = await ask("editMessageText", **where, text="<i>hai</i>", parse_mode="HTML")
    assert edited.result["text"] == "hai" and "reply_markup" not in edited.result and "edit_date" in edited.result
    assert (lan.texts, lan.last.before, lan.last.buttons) == (["hai"], ["một"], [])
    same = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    assert (await ask("editMessageText", **where, text="<i>hai</i>", parse_mode="HTML")).refusal == (400, same)
    assert (await ask("editMessageText", **where, text="hai")).status == 200  # other marks are a change
    assert (await ask("editMessageReplyMarkup", **where, reply_markup=CARD)).result["reply_markup"] == CARD
    assert (await ask("editMessageReplyMarkup", **where, reply_markup=CARD)).refusal == (400, same)
    assert (await ask("editMessageReplyMarkup", **where, reply_markup={"inline_keyboard": []})).status == 200
    assert lan.last.buttons == [] and lan.last.text == "hai"


async def test_edits_that_are_refused(ask: Asker, lan: Person) -> None:
    lan.says("của Lan")
    await ask("sendMessage", chat_id=lan.id, text="một")
    await ask("sendDocument", chat_id=lan.id, document=b"a", caption="giấy")
    for message_id, text, why in (
        (9, "a", "message to edit not found"),
        (1, "a", "message can't be edited"),
        (2, " ", "message text is empty"),
        (2, "a" * 4097, "message is too long"),
        (3, "a", "there is no text in the message to edit"),
    ):
        reply = await ask("editMessageText", chat_id=lan.id, message_id=message_id, text=text)
        assert reply.refusal == (400, f"Bad Request: {why}")
    where = {"chat_id": lan.id, "message_id": 3}
    assert (await ask("editMessageCaption", **where, caption="giấy")).status == 400
    assert (await ask("editMessageCaption", **where, caption="a" * 1025)).status == 400
    assert (await ask("editMessageCaption", **where, caption="đơn")).result["caption"] == "đơn"
    assert (await ask("editMessageCaption", chat_id=lan.id, message_id=2, caption="a")).status == 400
    keys = {"keyboard": [["b"]]}
    assert (await ask("editMessageText", chat_id=lan.id, message_id=2, text="a", reply_markup=keys)).status == 400
    assert lan.texts == ["một", "đơn"] and lan.last.before == ["giấy"]


async def test_deleting(ask: Asker, lan: Person, group: Group, clock: FixedClock) -> None:
    lan.says("của Lan")
    group.says(lan, "của Lan")
    await ask("sendMessage", chat_id=lan.id, text="một")
    assert (await ask("deleteMessage", chat_id=lan.id, message_id=1)).result is True  # in a private chat
    assert (await ask("deleteMessage", chat_id=group.id, message_id=2)).status == 400
    assert (await ask("deleteMessage", chat_id=lan.id, message_id=2)).result is True
    assert lan.texts == [] and lan.last.deleted
    again = await ask("deleteMessage", chat_id=lan.id, message_id=2)
    assert again.refusal == (400, "Bad Request: message to delete not found")
    await ask("sendMessage", chat_id=lan.id, text="hai")
    clock.advance(seconds=48 * 3600 + 1)
    old = await ask("deleteMessage", chat_id=lan.id, message_id=3)
    assert old.refusal == (400, "Bad Request: message can't be deleted") and lan.texts == ["hai"]


async def test_copies_carry_no_word_of_where_they_come_from(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    minh = telegram.person()
    await ask("sendDocument", chat_id=lan.id, document=b"%PDF", caption="<b>đơn</b>", parse_mode="HTML")
    copied = await ask("copyMessage", chat_id=minh.id, from_chat_id=lan.id, message_id=1)
    assert copied.result == {"message_id": 1}
    assert (minh.last.caption, minh.last.file, minh.last.kind) == ("đơn", b"%PDF", "document")
    assert (await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=CARD)).status == 200
    assert (await ask("copyMessage", chat_id=minh.id, from_chat_id=lan.id, message_id=2)).status == 200
    assert (minh.last.text, minh.last.buttons, lan.last.buttons != []) == ("a", [], True)
    assert minh.last.method == "copyMessage" and "forward_origin" not in minh.messages[1]
    gone = await ask("copyMessage", chat_id=minh.id, from_chat_id=lan.id, message_id=7)
    assert gone.refusal == (400, "Bad Request: message to copy not found")
