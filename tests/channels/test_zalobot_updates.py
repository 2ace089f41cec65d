"""Whatever the Bot Platform delivers is read or passed over: both shapes, both names of a picture, and nonsense."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalobot import media, updates
from bot.channels.zalobot.receiving import Webhook
from bot.channels.zalobot.updates import MalformedError
from core.messages import InboundMessage, Unread
from core.records import NewUpdate
from tests.support.clock import MORNING

ACCOUNT = "zalobot.main"
LAN = "6ede9afa66b88fe6d6a9"
BASE = "https://bot-api.zaloplatforms.com"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def update(event: str = "text", **content: Any) -> dict[str, Any]:
    """As in the documents."""
    message = {
        "from": {"id": LAN, "display_name": "Nguyễn Văn A", "is_bot": False},
        "chat": {"id": LAN, "chat_type": "PRIVATE"},
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
        **content,
    }
    return {"event_name": f"message.{event}.received", "message": message}


def stored(body: Any) -> NewUpdate | None:
    found = updates.unwrapped(body)
    assert found is not None
    return updates.new_update(ACCOUNT, found, MORNING)


def read(body: Any) -> InboundMessage | None:
    """As it is stored and then read; None where it is passed over."""
    new = stored(body)
    if new is None:
        return None
    return updates.parse(ACCOUNT, new.external_id, new.path, json.loads(json.dumps(new.raw)), MORNING)


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("kind", [{}, {"message_type": "CHAT_MESSAGE"}])
def test_both_shapes_say_the_same(wrapped: bool, kind: dict[str, str]) -> None:
    flat = update(text="Xin cha\u0300o", **kind)
    found = read({"ok": True, "result": flat} if wrapped else flat)
    assert found is not None and (found.text, found.urn.path) == ("Xin chào", LAN)
    assert found.external_id == "2d758cb5e222177a4e35"
    assert found.sent_at == datetime(2025, 6, 19, 6, 55, 31, 602000, UTC), "milliseconds"


@pytest.mark.parametrize("body", [None, 1, "a", [], {}, {"ok": True}, {"event_name": 5}, {"ok": True, "result": {}}])
def test_what_holds_no_update(body: Any) -> None:
    assert updates.unwrapped(body) is None


@pytest.mark.parametrize("name", ["photo", "photo_url"])
def test_both_names_of_a_picture(name: str) -> None:
    body = update("image", **{name: "https://photo-stal-1.zdn.vn/x.jpg"}, caption="Giấy này đúng không?")
    new = stored(body)
    assert new is not None and new.fetch
    assert updates.address_of(new.raw["event_name"], new.raw["message"]) == "https://photo-stal-1.zdn.vn/x.jpg"
    found = read(body)
    assert found is not None and found.text == "Giấy này đúng không?" and found.unread is None


@pytest.mark.parametrize(
    ("event", "content", "expected"),
    [
        ("voice", {"voice_url": "https://f2-voice-aac-dl.zdn.vn/x.aac"}, ("", None)),
        ("voice", {}, ("", Unread.FILE_LOST)),
        ("image", {"photo": 5, "caption": "giấy"}, ("giấy", Unread.FILE_LOST)),
        ("sticker", {"sticker": "0e078a2559bc9ee2c7ad", "url": "https://zalo-api.zadn.vn/x.png"}, ("", None)),
        ("unsupported", {}, ("", Unread.UNSEEN)),
        ("link", {"text": "xem giúp"}, ("xem giúp", Unread.UNSEEN)),
        ("text", {"text": 5}, ("", None)),
        ("text", {"text": "", "date": "yesterday"}, ("", None)),
    ],
)
def test_what_people_send(event: str, content: dict[str, Any], expected: tuple[str, Unread | None]) -> None:
    found = read(update(event, **content))
    assert found is not None and (found.text, found.unread) == expected


@pytest.mark.parametrize(
    "body",
    [
        {"event_name": "message.unsupported.received"},
        update("reaction"),
        update("dance", text="a"),
        {"event_name": "bot.deleted"},
        update(text="a", **{"from": {"id": LAN, "is_bot": True}}),
    ],
)
def test_what_is_of_nobody_or_no_use_is_passed_over(body: dict[str, Any]) -> None:
    assert read(body) is None


@pytest.mark.parametrize("chat", [{}, {"id": ""}, {"id": None}, {"id": "x" * 201}, "a"])
def test_a_message_of_nobody_is_told(chat: Any) -> None:
    with pytest.raises(MalformedError):
        read(update(text="a", chat=chat, **{"from": {}}))


def test_who_wrote_stands_in_for_a_chat_that_is_missing() -> None:
    found = read(update(text="a", chat={}))
    assert found is not None and found.urn.path == LAN


def test_a_group_hears_one_thing_and_nothing_of_it_is_kept() -> None:
    body = update(
        "image", chat={"id": "g1", "chat_type": "GROUP"}, photo="https://a.zdn.vn/x.jpg", caption="@Bot nhà tôi"
    )
    new, found = stored(body), read(body)
    assert new is not None and not new.fetch and found is not None
    assert (found.text, found.payload, found.urn.path, found.unread) == ("", "group", "g1", None)


@pytest.mark.parametrize("message_id", [None, "", "x" * 300, True])
def test_without_an_id_the_content_tells_a_repetition(message_id: Any) -> None:
    first, again = (stored(update(text="a", message_id=message_id)) for _ in range(2))
    other = stored(update(text="a", message_id=message_id, date=1750316131603))
    assert first is not None and again is not None and other is not None
    assert first.external_id == again.external_id != other.external_id and len(first.external_id) <= 200


@given(ANYTHING)
def test_anything_at_all_is_read_passed_over_or_told(body: Any) -> None:
    found = updates.unwrapped(body)
    if found is not None:
        try:
            new = updates.new_update(ACCOUNT, found, MORNING)
        except MalformedError:
            return
        if new is not None:
            updates.parse(ACCOUNT, new.external_id, new.path, new.raw, MORNING)


@given(
    event=st.sampled_from(["text", "image", "voice", "sticker", "unsupported", "link"]),
    content=st.dictionaries(
        st.sampled_from(["text", "photo", "photo_url", "voice_url", "caption", "chat", "from", "date", "message_id"]),
        ANYTHING,
    ),
)
def test_any_content_of_a_known_kind_is_read_or_told(event: str, content: dict[str, Any]) -> None:
    try:
        new = updates.new_update(ACCOUNT, update(event, **content), MORNING)
    except MalformedError:
        return
    if new is not None:
        assert 0 < len(new.external_id) <= 200 and 0 < len(new.path) <= 200
        updates.parse(ACCOUNT, new.external_id, new.path, {**new.raw, "files": content, "unread": 5}, MORNING)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://photo-stal-1.zdn.vn/x.jpg", True),
        ("https://zdn.vn/x.jpg", True),
        ("https://ZALO-API.zadn.vn./x.png", True),
        ("https://a.zdn.vn:443/x", True),
        (f"{BASE}/file/x.jpg", True),
        ("http://photo-stal-1.zdn.vn/x.jpg", False),
        ("https://a.zdn.vn:8443/x", False),
        ("https://zdn.vn.evil.example/x", False),
        ("https://evilzdn.vn/x", False),
        ("https://a.zdn.vn@evil.example/x", False),
        ("https://user@a.zdn.vn/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1/x", False),
        ("file:///etc/passwd", False),
        ("//a.zdn.vn/x", False),
        ("https://a.zdn.vn/\r\nHost: evil", False),
        ("", False),
    ],
)
def test_files_are_fetched_from_zalo_alone(address: str, expected: bool) -> None:
    assert media.allowed(address, BASE) is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-bot-api-secret-token": "a secret"}, True),
        ({"x-bot-api-secret-token": "A secret"}, False),
        ({"x-bot-api-secret-token": ""}, False),
        ({"x-bot-api-secret-token": "ä"}, False),
        ({}, False),
        ({"content-length": "0"}, True),
        ({"content-length": "00"}, False),
        ({"content-length": "0", "transfer-encoding": "chunked"}, False),
        ({"content-length": "0", "x-bot-api-secret-token": "wrong"}, False),
    ],
)
def test_who_is_believed(headers: dict[str, str], expected: bool) -> None:
    assert Webhook(None, "a secret").knows(headers) is expected  # type: ignore[arg-type]
