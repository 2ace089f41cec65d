"""Whatever a browser sends: a kind reply or a kind page, and the conversation goes on."""

import asyncio
import unicodedata
from pathlib import Path

import pytest
from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from bot.app import App
from core.cleaning import MAX_TEXT
from core.contacts import URN
from core.records import Direction
from tests.web.conftest import client_of, waiting
from tests.web.test_chat import QUESTION, rows
from tests.web.visiting import Page, Visitor
from web.forms import MAX_BODY_BYTES
from web.talk import position
from web.visitor import path_of


async def test_decomposed_letters_are_read_like_composed_ones(app: App, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say(unicodedata.normalize("NFD", QUESTION))
    assert page.own[-1].text == QUESTION
    async with client_of(app.web) as other:
        composed = Visitor(other)
        await composed.open("/?at=dak-cam")
        assert [one.text for one in (await composed.say(QUESTION)).answers] == [one.text for one in page.answers]


@pytest.mark.parametrize("text", ["👍", "👨‍👩‍👧", "", " \n\t ", "?", "0" * 200])
async def test_a_message_without_words_gets_a_kind_reply(visitor: Visitor, text: str) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say(text)
    assert page.answers
    assert page.answers[-1].buttons
    assert len((await visitor.say(QUESTION)).answers) > len(page.answers)


@pytest.mark.thorough
async def test_a_megabyte_of_text_is_cut_and_answered(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say("ộ" * 350_000)  # three bytes each
    assert page.own[-1].text == "ộ" * MAX_TEXT
    assert page.answers


@pytest.mark.parametrize("multipart", [False, True])
async def test_control_and_direction_signs_are_dropped(visitor: Visitor, *, multipart: bool) -> None:
    await visitor.open("/?at=dak-cam")
    text = "thẻ\x00 bảo\x07 \u202ehiểm\u2066\u200f\x1b[2J y\u200b tế\ufeff"
    page = await visitor.say(text, files=[("", b"")] if multipart else [])
    assert page.own[-1].text == "thẻ bảo hiểm[2J y tế"


@pytest.mark.parametrize("count", [10, pytest.param(50, marks=pytest.mark.thorough)])
async def test_many_messages_at_once_are_all_answered(app: App, visitor: Visitor, count: int) -> None:
    await visitor.open("/?at=dak-cam")
    await visitor.say("menu")
    fields = visitor.page.fields
    posts = [{**fields, "nonce": f"burst-{number:03}", "text": f"thẻ bảo hiểm {number}"} for number in range(count)]
    answers = await asyncio.gather(*(visitor.client.post("/messages", data=post) for post in posts))
    assert {one.status_code for one in answers} == {303}
    async with asyncio.timeout(60):
        while await waiting(app.storage):  # noqa: ASYNC110 -- the database tells nobody by itself
            await asyncio.sleep(0.02)  # looking, or opening the page, without end would itself be most of the work
    page = await visitor.open()
    assert page.answers[-1].buttons
    assert "waiting" not in page.texts
    urn = URN(account="webchat.main", path=path_of(visitor.client.cookies["chungtay"]))
    async with app.storage.read() as work:
        history = await work.messages.history(urn, limit=1000)
    said = [one.message.text for one in history if one.direction is Direction.IN]
    assert sorted(said[2:]) == sorted(post["text"] for post in posts)
    assert sum(one.direction is Direction.OUT for one in history) > count  # the place is learnt without a word
    updates, people = await rows(app)
    assert (updates, people) == (count + 2, 1)  # the place, "menu", and the others


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"text=%FF%FE&payload=%C3"),
        ("application/x-www-form-urlencoded", b"text=\xff\xfe\xe1\xbb"),
        ("application/x-www-form-urlencoded", b"&&&===;;"),
        ("application/x-www-form-urlencoded", b""),
        ("application/x-www-form-urlencoded", b"text=a&text=b&nonce=%00&seen=%E2%82%AC&at=nowhere&lang=xx"),
        ("application/json", b'{"text": "x"}'),
        ("text/plain; charset=nonsense", b"\x00\x01"),
        ("", b"text=x"),
        ("multipart/form-data; boundary=x", b"--x--\r\n"),
        (
            "multipart/form-data; charset=utf-7; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--x--\r\n',
        ),
    ],
)
async def test_odd_bytes_are_an_odd_message(visitor: Visitor, content_type: str, body: bytes) -> None:
    await visitor.open("/?at=dak-cam")
    headers = {"Content-Type": content_type}
    answer = await visitor.client.post("/messages", content=body, headers=headers, follow_redirects=True)
    assert answer.status_code == 200
    assert Page(answer.text).answers
    assert (await visitor.say(QUESTION)).answers


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"text"),
        ("multipart/form-data; boundary=x", b"no boundary here"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition form-data\r\n\r\n"),
        ("application/x-www-form-urlencoded", b"a=1&" * 300),
    ],
)
async def test_a_broken_form_gets_a_kind_page(app: App, visitor: Visitor, content_type: str, body: bytes) -> None:
    await visitor.open()
    answer = await visitor.client.post("/messages", content=body, headers={"Content-Type": content_type})
    assert answer.status_code == 400
    assert "gửi lại" in answer.text
    assert await rows(app) == (0, 0)


@pytest.mark.parametrize(
    "payload", ["nonsense", "topic:", "topic:'; DROP TABLE", "start:nowhere", ":", "😀" * 10, "x" * 65]
)
async def test_an_unknown_press_is_answered(visitor: Visitor, payload: str) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.post({"payload": payload})
    assert visitor.response is not None
    assert visitor.response.status_code == 200
    assert page.answers


async def test_what_is_too_large_is_refused_and_not_stored(app: App, visitor: Visitor, tmp_path: Path) -> None:
    await visitor.open()
    photo = b"\xff\xd8\xff" + bytes(MAX_BODY_BYTES)
    page = await visitor.say("ảnh đây", files=[("a.jpg", photo)])
    assert visitor.response is not None
    assert visitor.response.status_code == 413
    assert "nặng quá" in page.html
    assert await rows(app) == (0, 0)
    assert list((tmp_path / "files").rglob("*.*")) == []
    script = await visitor.client.post("/messages", content=photo, headers={"X-Requested-With": "fetch"})
    assert (script.status_code, "nặng quá" in script.text, "<" in script.text) == (413, True, False)


async def test_a_small_form_has_a_small_limit(client: AsyncClient) -> None:
    for address in ("/seen", "/look"):
        assert (await client.post(address, data={"set": "x" * 20_000})).status_code == 413


async def test_markup_in_a_message_is_text(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    typed = '<script>alert(1)</script><img src=x onerror=alert(1)> & "quoted"'
    page = await visitor.say(typed)
    assert page.own[-1].text == typed
    assert "<script>alert" not in page.html
    assert Page(page.html).own[-1].links == {}


@given(st.text())
def test_a_position_is_always_a_number_both_databases_take(text: str) -> None:
    assert 0 <= position(text) <= 2**53
