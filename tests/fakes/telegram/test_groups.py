"""The bot in groups of the fake Telegram: it hears what is meant for it, and loses them as it would."""

from typing import Any

import pytest

from tests.support.telegram.asking import Asker
from tests.support.telegram.groups import Group
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

CARD = {"inline_keyboard": [[{"text": "Xem", "callback_data": "x"}, {"text": "Trang", "url": "https://a.vn"}]]}


async def newest(ask: Asker) -> dict[str, Any]:
    return (await ask.updates())[-1]


async def test_joining_a_group(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    group = telegram.group(title="Tổ 3")
    assert group.says(lan, "/help") is None  # before it was added, the bot hears nothing
    group.adds_bot(by=lan)
    member, joined = await ask.updates()
    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["username"] == "chungtay_bot"
    assert joined["message"]["chat"] == {"id": group.id, "type": "group", "title": "Tổ 3"}


async def test_a_group_tells_the_bot_only_what_is_meant_for_it(ask: Asker, lan: Person, group: Group) -> None:
    await ask("sendMessage", chat_id=group.id, text="Chào tổ")
    heard = {
        text: group.says(lan, text, reply_to=reply_to) is not None
        for text, reply_to in {
            "chào bà con": None,
            "/help": None,
            "/help@chungtay_bot": None,
            "/help@other_bot": None,
            "nhờ @ChungTay_bot xem": None,
            "nhờ @other_bot xem": None,
            "trả lời bot": group.last.message_id,
            "trả lời Lan": 3,
        }.items()
    }
    assert heard == {
        "chào bà con": False,
        "/help": True,
        "/help@chungtay_bot": True,
        "/help@other_bot": False,
        "nhờ @ChungTay_bot xem": True,
        "nhờ @other_bot xem": False,
        "trả lời bot": True,
        "trả lời Lan": False,
    }
    assert len(await ask.updates()) == 4


async def test_pressing_in_a_group(telegram: FakeTelegram, ask: Asker, lan: Person, group: Group) -> None:
    minh = telegram.person()
    with pytest.raises(AssertionError, match="nothing to press"):
        group.presses(minh, "Xem")
    await ask("sendMessage", chat_id=group.id, text="a", reply_markup=CARD)
    group.presses(minh, "Xem")
    query = (await newest(ask))["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (minh.id, group.id)
    assert len(minh.pressed) == 1 and lan.pressed == []
    await ask("deleteMessage", chat_id=group.id, message_id=group.last.message_id)
    with pytest.raises(AssertionError, match="nothing to press"):
        group.presses(minh, "Xem")


async def test_leaving_a_group(ask: Asker, lan: Person, group: Group) -> None:
    assert (await ask("leaveChat", chat_id=group.id)).result is True and group.left
    assert (await newest(ask))["my_chat_member"]["new_chat_member"]["status"] == "left"
    reply = await ask("sendMessage", chat_id=group.id, text="a")
    assert reply.refusal == (403, "Forbidden: bot is not a member of the group chat")
    group.adds_bot(by=lan)
    assert not group.left and (await ask("sendMessage", chat_id=group.id, text="a")).status == 200


async def test_a_group_that_grows_gets_another_number(ask: Asker, lan: Person, group: Group) -> None:
    new = group.becomes_supergroup()
    old_said, new_said = (update["message"] for update in await ask.updates())
    assert (old_said["chat"]["id"], old_said["migrate_to_chat_id"]) == (group.id, new.id)
    assert (new_said["chat"]["id"], new_said["migrate_from_chat_id"]) == (new.id, group.id)
    assert new_said["chat"]["type"] == "supergroup" and str(new.id).startswith("-100")
    reply = await ask("sendMessage", chat_id=group.id, text="a")
    assert reply.body["parameters"] == {"migrate_to_chat_id": new.id}
    assert reply.refusal == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert new.says(lan, "/help") is not None
    new.kicks_bot(by=lan)
    reply = await ask("sendMessage", chat_id=new.id, text="a")
    assert reply.refusal == (403, "Forbidden: bot was kicked from the supergroup chat")
