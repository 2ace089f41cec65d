"""Whatever is delivered is read or passed over, and never breaks what came with it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import updates
from bot.channels.telegram.updates import Bot, MalformedError
from core.messages import InboundMessage
from tests.support.clock import MORNING

ACCOUNT = "telegram.main"
BOT = Bot(id=4242, username="chungtay_bot")
PRIVATE = {"id": 5, "type": "private"}
GROUP = {"id": -5, "type": "group"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"chat": PRIVATE, "from": {"id": 5}, "date": 1_700_000_000, **content}}


def read(raw: dict[str, Any]) -> InboundMessage | None:
    """As it is stored and then read; None where it is passed over."""
    new = updates.new_update(ACCOUNT, raw, MORNING, BOT)
    if new is None:
        return None
    return updates.parse(ACCOUNT, new.external_id, new.path, json.loads(json.dumps(new.raw)), MORNING)


def said(raw: dict[str, Any]) -> tuple[str, str | None] | None:
    found = read(raw)
    return None if found is None else (found.text, found.payload)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "tie\u0302\u0300n \u202eđiện"}, ("tiền điện", None)),
        ({"text": "/start"}, ("", "start:")),
        ({"text": "/start dak-cam"}, ("", "start:dak-cam")),
        ({"text": "/START@chungtay_bot dak-cam"}, ("", "start:dak-cam")),
        ({"text": "/canbo"}, ("", "officer")),
        ({"text": "/help"}, ("", "menu")),
        ({"text": "/vay_von"}, ("vay von", None)),
        ({"text": "/"}, ("", None)),
        ({"caption": "giấy này", "photo": [{"file_id": "a"}]}, ("giấy này", None)),
        ({"sticker": {"emoji": "🙏"}}, ("🙏", None)),
        ({"dice": {"emoji": "🎲", "value": 3}}, ("🎲", None)),
        ({"poll": {"question": "?"}}, ("", None)),
        ({"text": 5}, ("", None)),
        ({"pinned_message": {}}, None),
        ({"message_auto_delete_timer_changed": {}}, None),
        ({"contact": {"phone_number": "09", "user_id": 5}}, ("Điện thoại của tôi: 09", None)),
        ({"contact": {"phone_number": "09", "user_id": 6, "first_name": "An"}}, ("Điện thoại của An: 09", None)),
        ({"location": {"latitude": 14.5, "longitude": 108}}, ("Vị trí: 14.50000, 108.00000", None)),
        ({"location": {"latitude": "x"}}, ("", None)),
    ],
)
def test_what_a_person_sends(content: dict[str, Any], expected: tuple[str, str | None] | None) -> None:
    assert said(message(**content)) == expected


def test_a_named_place_keeps_its_name() -> None:
    place = {"latitude": 1, "longitude": 2}
    raw = message(location=place, venue={"title": "Nhà văn hóa", "address": "Thôn 3", "location": place})
    assert said(raw) == ("Vị trí: 1.00000, 2.00000 Nhà văn hóa, Thôn 3", None)


def test_when_it_was_said_is_told_apart_from_when_it_came() -> None:
    found = read(message(text="a"))
    assert found is not None and found.sent_at is not None
    assert found.sent_at.timestamp() == 1_700_000_000 and found.received_at == MORNING


@pytest.mark.parametrize(
    ("chat", "change", "expected"),
    [
        (PRIVATE, ("member", "kicked"), ("", "reach:blocked")),
        (PRIVATE, ("kicked", "member"), ("", "reach:open")),
        (GROUP, ("left", "member"), ("", "group")),
        (GROUP, ("member", "administrator"), None),
        (GROUP, ("member", "kicked"), ("", "reach:blocked")),
        ({"id": -1, "type": "channel"}, ("left", "administrator"), None),
    ],
)
def test_who_lets_us_in_or_out(chat: dict[str, Any], change: tuple[str, str], expected: tuple[str, str] | None) -> None:
    before, after = change
    raw = {
        "update_id": 1,
        "my_chat_member": {
            "chat": chat,
            "old_chat_member": {"status": before},
            "new_chat_member": {"status": after},
        },
    }
    assert said(raw) == expected


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ({"text": "/help"}, True),
        ({"text": "/help@chungtay_bot"}, True),
        ({"text": "/help@another_bot"}, False),
        ({"text": "chào @ChungTay_Bot"}, True),
        ({"text": "nhà tôi nghèo"}, False),
        ({"text": "cảm ơn", "reply_to_message": {"from": {"id": 4242}}}, True),
        ({"text": "cảm ơn", "reply_to_message": {"from": {"id": 6}}}, False),
        ({"new_chat_members": [{"id": 4242}]}, False),
    ],
)
def test_in_a_group_only_who_calls_us_is_heard_and_nothing_they_said(content: dict[str, Any], heard: bool) -> None:
    raw = {"update_id": 1, "message": {"chat": GROUP, "from": {"id": 5}, **content}}
    assert said(raw) == (("", "group") if heard else None)


def test_a_press_says_what_its_button_said() -> None:
    keyboard = {"inline_keyboard": [[{"text": "Mang giấy gì", "callback_data": "part:a:bring"}]]}
    press: dict[str, Any] = {"id": "1", "from": {"id": 5}, "data": "part:a:bring"}
    whole = {**press, "message": {"chat": PRIVATE, "reply_markup": keyboard}}
    assert said({"update_id": 1, "callback_query": whole}) == ("Mang giấy gì", "part:a:bring")
    gone = {**press, "message": {"chat": PRIVATE, "date": 0}}
    assert said({"update_id": 1, "callback_query": gone}) == ("", "part:a:bring")
    assert said({"update_id": 1, "callback_query": press}) == ("", "part:a:bring")


def test_the_largest_picture_is_fetched_and_a_moving_one_is_none() -> None:
    sizes = [{"file_id": "small"}, {"file_id": "large"}]
    assert updates.file_of({"photo": sizes}) == ("photo", {"file_id": "large"})
    assert updates.file_of({"animation": {}, "document": {"file_id": "a"}}) is None
    new = updates.new_update(ACCOUNT, message(photo=sizes), MORNING, BOT)
    assert new is not None and new.fetch


@pytest.mark.parametrize("raw", [None, [], {}, {"update_id": "1"}, {"message": {}}, "x"])
def test_what_is_no_update_is_told(raw: Any) -> None:
    with pytest.raises(MalformedError):
        updates.new_update(ACCOUNT, raw, MORNING, BOT)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["chat", "id", "type", "text", "from", "message", "photo", "location", "contact", "data"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
KINDS = st.sampled_from([*updates.KINDS, "poll", "a_new_kind"])


@given(raw=st.dictionaries(KINDS, JSON, max_size=3), chat=st.sampled_from([PRIVATE, GROUP]), inside=JSON)
def test_nothing_that_can_be_delivered_breaks_it(raw: dict[str, Any], chat: dict[str, Any], inside: Any) -> None:
    read({"update_id": 1, **raw})
    content = inside if isinstance(inside, dict) else {"text": inside}
    for kind in updates.KINDS:
        read({"update_id": 1, kind: {**content, "chat": chat}})


def test_what_was_sent_together_is_told_but_an_edit_stands_alone() -> None:
    sent = read(message(photo=[{"file_id": "a"}], media_group_id="7"))
    assert sent is not None and sent.album == "7"
    raw = message(photo=[{"file_id": "a"}], media_group_id="7", caption="khác")
    edited = read({"update_id": 2, "edited_message": raw["message"]})
    assert edited is not None and edited.album is None and edited.text == "khác"
