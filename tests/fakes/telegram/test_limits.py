"""The fake Telegram keeps the limits of messages, buttons, HTML and commands."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import MessageEntity

from tests.support.telegram.asking import Asker
from tests.support.telegram.errors import ApiError
from tests.support.telegram.html import read_html
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
def lan(telegram: FakeTelegram) -> Person:
    return telegram.person(first_name="Lan")


def marked(html: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, entities = read_html(html)
    return text, [(entity.type, entity.offset, entity.length) for entity in entities]


@pytest.mark.parametrize(
    ("html", "text", "marks"),
    [
        ("chào", "chào", []),
        ("<b>Thẻ</b> bảo hiểm", "Thẻ bảo hiểm", [("bold", 0, 3)]),
        ("<B>a</b><strong>b</STRONG>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("🙏<i>a</i>", "🙏a", [("italic", 2, 1)]),  # an emoji is two units
        ("<b>1 <i>2</i></b>", "1 2", [("bold", 0, 3), ("italic", 2, 1)]),
        (
            "<u>a</u><s>b</s><tg-spoiler>c</tg-spoiler>",
            "abc",
            [("underline", 0, 1), ("strikethrough", 1, 1), ("spoiler", 2, 1)],
        ),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ('<a href="https://a.vn/?x=1&amp;y=2">a</a>', "a", [("text_link", 0, 1)]),
        ("<a href='https://a.vn'>a</a><a href=tel:115 >b</a>", "ab", [("text_link", 0, 1), ("text_link", 1, 1)]),
        ("<code>a</code> <pre>b</pre>", "a b", [("code", 0, 1), ("pre", 2, 1)]),
        ('<pre><code class="language-python">a</code></pre>', "a", [("pre", 0, 1)]),
        ("<blockquote><b>a</b></blockquote>", "a", [("blockquote", 0, 1), ("bold", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ('<tg-time unix="1790000000" format="r">mai</tg-time>', "mai", [("date_time", 0, 3)]),
        ("&lt;&gt;&amp;&quot;&#39;&#x27;&#128591;", "<>&\"''🙏", []),
        ("<b></b>a", "a", []),
        ("\n <b>a</b> bc", "a bc", [("bold", 0, 1)]),
        ("  <b> a </b>\n", "a", [("bold", 0, 1)]),
    ],
)
def test_html_as_documented(html: str, text: str, marks: list[tuple[str, int, int]]) -> None:
    assert marked(html) == (text, marks)


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("đ<br>", 'Unsupported start tag "br" at byte offset 2'),  # bytes, not letters
        ("<br/>", 'Unsupported start tag "br" at byte offset 0'),
        ("<b/>", 'Unsupported start tag "b" at byte offset 0'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("a > b", 'Character ">" must be written as "&gt;" at byte offset 2'),
        ("a & b", 'Character "&" must be written as "&amp;" at byte offset 2'),
        ("a&nbsp;b", 'Character "&" must be written as "&amp;" at byte offset 1'),
        ("a&lt b", 'Character "&" must be written as "&amp;" at byte offset 1'),
        ("&#0;", 'Character "&" must be written as "&amp;" at byte offset 0'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<code><b>a</b></code>", 'Tag "b" can\'t be inside of tag "code" at byte offset 6'),
        ("<pre>x<i>a</i></pre>", 'Tag "i" can\'t be inside of tag "pre" at byte offset 6'),
        ("<b><code>a</code></b>", 'Tag "code" can\'t be inside of tag "b" at byte offset 3'),
        ("<blockquote><blockquote>a</blockquote></blockquote>", 'Tag "blockquote" can\'t be nested at byte offset 12'),
        ("<a>x</a>", 'Tag "a" must have attribute "href" at byte offset 0'),
        ('<a href="chungtay">x</a>', "Wrong URL at byte offset 0"),
        (
            '<a href="https://a.vn" href="https://b.vn">x</a>',
            'Attribute of the tag "a" is not understood at byte offset 0',
        ),
        ("<span>a</span>", 'Tag "span" must have attribute "class" at byte offset 0'),
        ('<b class="x">a</b>', 'Attribute of the tag "b" is not understood at byte offset 0'),
        ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-time unix="soon">a</tg-time>', "Invalid date specified at byte offset 0"),
    ],
)
def test_html_that_is_refused(html: str, why: str) -> None:
    with pytest.raises(ApiError) as caught:
        read_html(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


def test_what_marks_carry_beside_their_place() -> None:
    html = (
        '<a href="https://a.vn/?x=1&amp;y=2">a</a><pre><code class="language-python">b</code></pre>'
        '<tg-time unix="1790000000" format="r">c</tg-time>'
    )
    link, code, moment = read_html(html)[1]
    assert (link.url, code.language, moment.date_time_format) == ("https://a.vn/?x=1&y=2", "python", "r")


async def test_only_the_first_hundred_marks_are_shown(ask: Asker, lan: Person) -> None:
    await ask("sendMessage", chat_id=lan.id, text="<b>a</b> " * 101, parse_mode="HTML")
    assert len(lan.last.entities) == 100 and lan.last.text.count("a") == 101


BEYOND = {"type": "bold", "offset": 0, "length": 2}


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "🙏" * 2049}, "message is too long"),
        ({"text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "a", "entities": "[{"}, "can't parse entities JSON object"),
        ({"text": "a", "entities": [BEYOND]}, "can't parse entities: an entity is out of the text"),
        ({"text": "a", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "a", "reply_markup": "5"}, "object expected as reply markup"),
        ({"text": "a", "link_preview_options": "{"}, "can't parse link_preview_options JSON object"),
        (
            {"text": "a", "reply_parameters": {"message_id": 1, "quote_position": "x"}},
            "message to be replied not found",
        ),
    ],
)
async def test_texts_that_are_refused(ask: Asker, lan: Person, parameters: dict[str, Any], why: str) -> None:
    assert (await ask("sendMessage", chat_id=lan.id, **parameters)).refusal == (400, f"Bad Request: {why}")
    assert lan.shown == []


async def test_marks_and_modes_that_make_no_sense(ask: Asker, lan: Person) -> None:
    outside = ([{"type": "bold", "offset": begin, "length": length}] for begin, length in ((-1, 1), (0, 0), (1, 1)))
    for marks in ([{"offset": 0, "length": 1}], 5, ["bold"], *outside):
        code, why = (await ask("sendMessage", chat_id=lan.id, text="a", entities=marks)).refusal
        assert code == 400 and why.startswith("Bad Request: can't parse entities: ")
    for mode in ("Markdown", "MarkdownV2"):
        reply = await ask("sendMessage", chat_id=lan.id, text="a", parse_mode=mode)
        assert reply.refusal == (501, "Not Implemented: this server reads HTML only")
    number = await ask("editMessageText", chat_id=lan.id, message_id="first", text="a")
    assert number.refusal == (400, "Bad Request: invalid message_id specified")


async def test_texts_are_counted_as_they_are_read(ask: Asker, lan: Person) -> None:
    """After parsing, in UTF-16 units."""
    html = "<b>" + "&lt;" * 4095 + "</b>đ"
    assert (await ask("sendMessage", chat_id=lan.id, text=html, parse_mode="HTML")).status == 200
    assert (await ask("sendMessage", chat_id=lan.id, text="🙏" * 2048)).status == 200
    assert [len(shown.text) for shown in lan.shown] == [4096, 2048]


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


DATA = {"text": "a", "callback_data": "b"}
TOO_MANY = {"inline_keyboard": [[DATA] * 9]}
LONG_HINT = {"keyboard": [["a"]], "input_field_placeholder": "a" * 65}
BUTTON = "can't parse inline keyboard button"
NO_TYPE = f"{BUTTON}: Text buttons are unallowed in the inline keyboard"


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (inline({"text": "a", "callback_data": "đ" * 33}), "BUTTON_DATA_INVALID"),
        (inline({"text": "", "callback_data": "a"}), f"{BUTTON}: button text must be non-empty"),
        (inline({"text": "a"}), NO_TYPE),
        (inline({"text": "a", "callback_data": ""}), NO_TYPE),
        (inline(DATA | {"url": "https://a.vn"}), f"{BUTTON}: it cannot do url and callback_data"),
        (inline({"text": "a", "url": "a.vn"}), "inline keyboard button URL 'a.vn' is invalid: Wrong HTTP URL"),
        (inline({"text": "a", "copy_text": {"text": "a" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
        (TOO_MANY, "REPLY_MARKUP_TOO_LONG"),
        (inline(*[DATA] * 101), "REPLY_MARKUP_TOO_LONG"),
        (LONG_HINT, "input field placeholder must be 1 to 64 characters long"),
        ({"buttons": []}, "can't parse reply keyboard markup: no known kind of keyboard"),
    ],
)
async def test_keyboards_that_are_refused(ask: Asker, lan: Person, markup: dict[str, Any], why: str) -> None:
    reply = await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=markup)
    assert reply.refusal == (400, f"Bad Request: {why}") and lan.shown == []


async def test_keyboards_that_are_not_what_they_should_be(ask: Asker, lan: Person) -> None:
    for markup in ({"inline_keyboard": 5}, {"inline_keyboard": [[{"callback_data": "a"}]]}, {"keyboard": [[7]]}):
        code, why = (await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=markup)).refusal
        assert code == 400 and why.startswith("Bad Request: can't parse")


async def test_callback_data_of_sixty_four_bytes_and_every_kind_of_button(ask: Asker, lan: Person) -> None:
    markup = inline(
        {"text": "dữ liệu", "callback_data": "đ" * 32},
        {"text": "trang", "url": "https://a.vn", "style": "primary"},
        {"text": "chép", "copy_text": {"text": "1"}},
    )
    assert (await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=markup)).result["reply_markup"] == markup
    assert lan.last.buttons == [[("dữ liệu", "đ" * 32)], [("trang", "https://a.vn")], [("chép", "1")]]


async def test_a_phone_number_is_asked_for_in_private_only(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    group = telegram.group("Tổ 3")
    group.adds_bot(by=lan)
    for wish, what in (("request_contact", "phone number"), ("request_location", "location")):
        keyboard = {"keyboard": [[{"text": "Gửi", wish: True}]]}
        assert (await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=keyboard)).status == 200
        reply = await ask("sendMessage", chat_id=group.id, text="a", reply_markup=keyboard)
        assert reply.refusal == (400, f"Bad Request: {what} can be requested in private chats only")


async def test_answers_to_presses_are_short(ask: Asker, lan: Person) -> None:
    await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=inline(DATA))
    lan.presses("a")
    press = lan.pressed[0].query_id
    reply = await ask("answerCallbackQuery", callback_query_id=press, text="a" * 201)
    assert reply.refusal == (400, "Bad Request: MESSAGE_TOO_LONG") and lan.answered == []
    assert (await ask("answerCallbackQuery", callback_query_id=press, text="a" * 200)).result is True
    assert [answered.alert for answered in lan.answered] == [False]


START = {"command": "start", "description": "Bắt đầu"}


@pytest.mark.parametrize(
    ("commands", "why"),
    [
        ([START | {"command": "Start"}], "BOT_COMMAND_INVALID"),
        ([START | {"command": "/start"}], "BOT_COMMAND_INVALID"),
        ([START | {"command": "a" * 33}], "BOT_COMMAND_INVALID"),
        ([START | {"command": ""}], "BOT_COMMAND_INVALID"),
        ([START | {"description": ""}], "command description must be non-empty"),
        ([START | {"description": "a" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([START] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "start"}], "can't parse BotCommand"),
        ({"command": "start"}, "expected an Array of BotCommand"),
        ("[", "can't parse commands JSON object"),
    ],
)
async def test_commands_that_are_refused(telegram: FakeTelegram, ask: Asker, commands: Any, why: str) -> None:
    assert (await ask("setMyCommands", commands=commands)).refusal == (400, f"Bad Request: {why}")
    assert telegram.commands == {}


async def test_commands_by_scope_and_language(telegram: FakeTelegram, ask: Asker) -> None:
    await ask("setMyCommands", commands=[START])
    private = {"type": "all_private_chats"}
    english = [{"command": "start", "description": "Begin"}]
    await ask("setMyCommands", commands=english, scope=private, language_code="en")
    await ask("setMyCommands", commands=[START], scope={"type": "chat", "chat_id": 7})
    assert telegram.commands == {
        ("default", ""): [("start", "Bắt đầu")],
        ("all_private_chats", "en"): [("start", "Begin")],
        ("chat:7", ""): [("start", "Bắt đầu")],
    }
    assert (await ask("getMyCommands", scope=private, language_code="en")).result == english
    assert (await ask("getMyCommands", scope=private)).result == []
    await ask("deleteMyCommands", scope=private, language_code="en")
    assert ("all_private_chats", "en") not in telegram.commands
    for wrong in ({"type": "ward"}, "{", {}):
        assert (await ask("setMyCommands", commands=[START], scope=wrong)).status == 400
    assert (await ask("setMyCommands", commands=[START], language_code="vie")).status == 400


async def test_the_bots_name_and_descriptions(telegram: FakeTelegram, ask: Asker) -> None:
    for method, name, most in (
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ):
        assert (await ask(method, **{name: "a" * (most + 1)})).status == 400
        assert (await ask(method, **{name: "a" * most}, language_code="vi")).result is True
        read = method.replace("set", "get", 1)
        assert (await ask(read, language_code="vi")).result == {name: "a" * most}
        assert (await ask(read, language_code="en")).result == {name: ""}, "nor one for everybody"
    assert sorted(telegram.profile.texts) == [("description", "vi"), ("name", "vi"), ("short_description", "vi")]


async def test_a_parameter_nobody_looks_at_is_noticed(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    """Telegram says nothing to a misspelt name; a test can."""
    await ask("sendMessage", chat_id=lan.id, text="a", disable_notification=True, protect_contents=True)
    assert telegram.ignored == [("sendMessage", "protect_contents")]
    assert (lan.last.silent, lan.last.protected) == (True, False)


async def test_all_ways_of_sending_a_call(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    body = {"chat_id": lan.id, "text": "chào", "reply_markup": inline({"text": "a", "callback_data": "b"})}
    flat = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    async with ask.session.get(url, params=flat) as response:
        assert response.status == 200
    for how in ({"json": body}, {"data": flat}):
        async with ask.session.post(url, **how) as response:
            assert response.status == 200
    await ask("sendMessage", **body, photo=b"makes it multipart")
    assert [call.sent_as for call in telegram.calls] == ["query", "json", "form", "multipart"]
    assert {str(shown.buttons) for shown in lan.shown} == {"[[('a', 'b')]]"} and len(lan.shown) == 4
    for how in ({"data": b"{", "headers": {"Content-Type": "application/json"}}, {"json": [1]}, {"data": b"x"}):
        async with ask.session.post(url, **how) as response:
            assert response.status == 400 and not (await response.json())["ok"]


async def test_marks_told_apart_from_the_text(ask: Asker, lan: Person) -> None:
    marks = [{"type": "bold", "offset": 1, "length": 4}]
    await ask("sendMessage", chat_id=lan.id, text=" chào ", entities=marks)
    assert lan.last.text == "chào" and lan.last.entities == [MessageEntity("bold", 0, 4)]
