"""The fake Official Account takes and refuses messages as the reference says."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.clock import FixedClock
from tests.support.zalo.asking import CS, Asker, buttons, media
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo

PNG = b"\x89PNG\r\n\x1a\n a picture"
SHOW = {"title": "Lệ phí", "type": "oa.query.show", "payload": "Lệ phí cấp CCCD"}
HIDE = {"title": "Hồ sơ", "type": "oa.query.hide", "payload": "v1:docs:cccd"}
OPEN = {"title": "Cổng", "type": "oa.open.url", "payload": {"url": "https://dichvucong.gov.vn"}}
CALL = {"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "84123456789"}}
SMS = {"title": "Nhắn", "type": "oa.open.sms", "payload": {"content": "HOTRO", "phone_code": "84123456789"}}


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    async with FakeZalo(clock=clock, hurry=100_000) as zalo:
        zalo.issue_tokens()
        yield zalo


async def test_a_text_is_shown_and_answered_in_strings(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    reply = await ask.text(lan.id, "Xin chào\nanh/chị")
    assert reply.status == 200 and lan.texts == ["Xin chào\nanh/chị"]
    data = reply.data
    assert set(data) == {"message_id", "user_id", "sent_time", "quota"}
    assert data["user_id"] == lan.id and data["message_id"] == lan.last.message_id
    assert data["sent_time"] == str(int(zalo.state.clock.now().timestamp() * 1000))
    assert [shown.message_id for shown in zalo.sent[lan.id]] == [data["message_id"]]
    assert not zalo.ignored


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001, None, 7, "\ud83d"])
async def test_a_text_that_is_none(ask: Asker, lan: Person, text: Any) -> None:
    assert (await ask.text(lan.id, text)).refusal == (-201, "text is invalid!")
    assert not lan.shown


async def test_the_longest_text(ask: Asker, lan: Person) -> None:
    assert (await ask.text(lan.id, "ế" * 2000)).data


async def test_buttons_and_what_a_tap_does(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    assert (await ask.says(lan.id, buttons("Mục nào?", HIDE, SHOW, OPEN, CALL, SMS))).data
    assert lan.last.labels == ["Hồ sơ", "Lệ phí", "Cổng", "Gọi", "Nhắn"]
    tapped = [lan.taps(label) for label in lan.last.labels]
    said = [event.body["message"]["text"] for event in tapped if event]
    assert said == ["v1:docs:cccd", "Lệ phí cấp CCCD"]
    assert {event.name for event in tapped if event} == {"user_send_text"}
    assert lan.opened == ["https://dichvucong.gov.vn", "84123456789", "84123456789: HOTRO"]
    assert not zalo.ignored
    with pytest.raises(AssertionError, match="nothing to tap"):
        lan.taps("Không có")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ([SHOW] * 6, "buttons"),
        ([], "buttons"),
        ([HIDE | {"payload": "x" * 1001}], "payload"),
        ([HIDE | {"payload": {"data": "x"}}], "payload"),
        ([HIDE | {"title": ""}], "title"),
        ([HIDE | {"type": "oa.callback"}], "type"),
        ([OPEN | {"payload": "https://dichvucong.gov.vn"}], "url"),
        ([CALL | {"payload": {"phone_code": "+84 1"}}], "phone_code"),
        ([SMS | {"payload": {"phone_code": "84123456789"}}], "content"),
    ],
)
async def test_buttons_that_cannot_be(ask: Asker, lan: Person, given: list[Any], field: str) -> None:
    assert (await ask.says(lan.id, buttons("Mục nào?", *given))).refusal == (-201, f"{field} is invalid!")
    assert not lan.shown


async def test_buttons_need_a_text(ask: Asker, lan: Person) -> None:
    assert (await ask.says(lan.id, buttons("", SHOW))).refusal == (-201, "text is invalid!")


async def test_pictures_by_address_and_by_upload(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    uploaded = (await ask.upload("image", "map.png", PNG)).data["attachment_id"]
    one = {"text": "Sơ đồ", "attachment": media(media_type="image", attachment_id=uploaded)}
    assert (await ask.says(lan.id, one)).data
    assert (lan.last.kind, lan.last.text, lan.last.file, lan.last.file_name) == ("image", "Sơ đồ", PNG, "map.png")
    assert (await ask.says(lan.id, {"attachment": media(media_type="image", url="https://a.vn/b.jpg")})).data
    assert lan.last.url == "https://a.vn/b.jpg"
    sticker = media(media_type="sticker", attachment_id="c09965c25987b0d9e996")
    assert (await ask.says(lan.id, {"attachment": sticker})).data
    assert not zalo.ignored


@pytest.mark.parametrize(
    "element",
    [
        {"media_type": "image"},
        {"media_type": "image", "url": "https://a.vn/b.jpg", "attachment_id": "x"},
        {"media_type": "image", "attachment_id": "unknown"},
        {"media_type": "image", "url": "/b.jpg"},
        {"media_type": "gif", "url": "https://a.vn/b.gif"},
        {"media_type": "film", "url": "https://a.vn/b.mp4"},
    ],
)
async def test_pictures_that_cannot_be(ask: Asker, lan: Person, element: dict[str, Any]) -> None:
    assert (await ask.says(lan.id, {"attachment": media(**element)})).code == -201


async def test_a_file_is_uploaded_first(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    token = (await ask.upload("file", "don.pdf", b"%PDF-1.7")).data["token"]
    attachment = {"type": "file", "payload": {"token": token}}
    assert (await ask.says(lan.id, {"attachment": attachment})).data
    assert (lan.last.kind, lan.last.file, lan.last.file_name) == ("file", b"%PDF-1.7", "don.pdf")
    assert not zalo.ignored
    assert (await ask.says(lan.id, {"attachment": attachment, "text": "Đơn đây"})).data
    assert lan.last.text == "" and zalo.ignored == [(CS, "message.text")]


async def test_uploads_have_kinds_limits_and_a_week(zalo: FakeZalo, ask: Asker, lan: Person, clock: FixedClock) -> None:
    refused = [
        ("image", "a.png", b"text", -201),
        ("image", "a.gif", PNG, -201),
        ("image", "a.png", PNG + bytes(2**20), -210),
        ("file", "a.exe", b"MZ", -201),
        ("file", "a.pdf", b"%PDF" + bytes(5 * 2**20), -210),
        ("gif", "a.gif", PNG, -201),
    ]
    for kind, name, data, code in refused:
        assert (await ask.upload(kind, name, data)).code == code
    assert (await ask.upload("image", "a.png", PNG, field="image")).refusal == (-201, "file is invalid!")
    word = (await ask.upload("image", "a.png", PNG)).data["attachment_id"]
    message = {"attachment": media(media_type="image", attachment_id=word)}
    clock.advance(days=6.9)
    zalo.issue_tokens()
    lan.interacts()
    assert (await ask.says(lan.id, message)).data
    clock.advance(days=0.2)
    zalo.issue_tokens()
    assert (await ask.says(lan.id, message)).refusal == (-100, "attachment_id was expired")


async def test_template_types_of_unreliable_write_ups(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    for kind in ("button", "generic"):
        attachment = {"type": "template", "payload": {"template_type": kind, "elements": [{"title": "x"}]}}
        assert (await ask.says(lan.id, {"text": "x", "attachment": attachment})).code == -233
    attachment = {"type": "template", "payload": {"template_type": "list", "elements": [{"title": "Thủ tục"}]}}
    assert (await ask.says(lan.id, {"attachment": attachment})).data
    zalo.state.lists = False
    assert (await ask.says(lan.id, {"attachment": attachment})).code == -233


async def test_details_are_asked_for(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    element = {"title": "Cho phép", "subtitle": "Để cán bộ liên hệ", "image_url": "https://a.vn/c.jpg"}
    attachment = {"type": "template", "payload": {"template_type": "request_user_info", "elements": [element]}}
    assert (await ask.says(lan.id, {"attachment": attachment})).data
    assert lan.last.kind == "request_user_info" and not zalo.ignored
    element["subtitle"] = "x" * 501
    assert (await ask.says(lan.id, {"attachment": attachment})).refusal == (-201, "subtitle is invalid!")


async def test_an_answer_quotes_a_message(ask: Asker, lan: Person) -> None:
    asked = lan.says("Phải không?").body["message"]["msg_id"]
    await ask.says(lan.id, {"text": "Vâng", "quote_message_id": asked})
    assert lan.last.quoted == asked


async def test_fields_nobody_knows_are_written_down(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    await ask.says(lan.id, {"text": "x", "parse_mode": "HTML", "react_message_id": "1"})
    assert zalo.ignored == [(CS, "message.parse_mode"), (CS, "message.react_message_id")]
    assert (await ask.post("/v3.0/oa/message/edit", {})).status == 404
    assert zalo.ignored[-1] == ("/v3.0/oa/message/edit", "POST")


async def test_whom_nobody_knows(zalo: FakeZalo, ask: Asker) -> None:
    assert (await ask.text("1234567890123456789")).refusal == (-213, "User has not followed OA")
    zalo.state.unknown_user = -201
    assert (await ask.text("1234567890123456789")).refusal == (-201, "user_id is invalid!")
    number = {"recipient": {"user_id": 1234567890123456789}, "message": {"text": "x"}}
    assert (await ask.post(CS, number)).refusal == (-201, "user_id is invalid!")


async def test_a_person_may_refuse(ask: Asker, lan: Person) -> None:
    lan.refusal = -217
    assert (await ask.text(lan.id)).refusal == (-217, "User has blocked invitation from OA")


async def test_the_older_path(zalo: FakeZalo, ask: Asker, lan: Person, clock: FixedClock) -> None:
    path, recipient = "/v2.0/oa/message", {"recipient": {"user_id": lan.id}}
    assert (await ask.post(path, recipient | {"message": {"text": "x"}})).code == -240
    said = lan.says("chào").body["message"]["msg_id"]
    action = {"react_icon": "/-heart", "react_message_id": said}
    assert (await ask.post(path, recipient | {"sender_action": action})).data
    assert lan.reactions == [(said, "/-heart")]
    visitor = {"recipient": {"anonymous_id": "A1", "conversation_id": "C1"}, "message": {"text": "x"}}
    assert (await ask.post(path, visitor)).data["message_id"]
    article = {"recipient": {"target": {}}, "message": {"attachment": media(media_type="article", attachment_id="b")}}
    article["message"]["attachment"]["payload"]["template_type"] = "media"
    lan.follows()
    assert set((await ask.post(path, article)).data) == {"message_id"}
    assert lan.last.kind == "article"
    clock.advance(seconds=13 * 3600)  # ten in the evening
    assert (await ask.post(path, article)).code == -234
    assert (await ask.text(lan.id)).data, "a consultation may be sent at any hour"


@pytest.mark.parametrize("kind", ["promotion", "transaction"])
async def test_ways_that_ended(ask: Asker, lan: Person, kind: str) -> None:
    body = {"recipient": {"user_id": lan.id}, "message": {"attachment": media(type="text", content="x")}}
    assert (await ask.post(f"/v3.0/oa/message/{kind}", body)).code == -233
