"""What is typed for a button presses it, however it is typed; where a number is an answer it presses nothing."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from core.contacts import URN
from core.conversation import Conversation, Waiting
from core.messages import InboundMessage, OutboundMessage, QuickReply
from handlers.typed import CHOOSES, counts, pressed, spoken_number, with_numbers
from tests.support.clock import MORNING
from tests.support.golden import play, read_script
from tests.support.watching import of_one_address

pytestmark = pytest.mark.thorough

LABELS = ("Hỏi về hỗ trợ", "Tự kiểm tra", "Gặp cán bộ", "Việc đã gửi", "Nơi ở, dữ liệu")
BUTTONS = tuple(QuickReply(label=label, payload=f"p{number}") for number, label in enumerate(LABELS, 1))
TALK = Conversation(offered=BUTTONS)
NUMBERED = re.compile(r"(?m)^(\d+)\. (.+)$")


def press(text: str, talk: Conversation = TALK) -> str | None:
    message = InboundMessage(urn=URN(account="a.b", path="1"), external_id="1", received_at=MORNING, text=text)
    return pressed(message, talk).payload


SAYS_TWO = """2 | 2. | (2) | số 2 | so 2 | Số hai | hai | HAI | nút 2 | chọn số 2 | bấm 2 | em chọn nút số 2 | 2️⃣
| thứ 2 | number 2 | Tự kiểm tra | tu kiem tra | TỰ KIỂM TRA | 2. Tự kiểm tra | 2) tu kiem tra
| - Tự kiểm tra | [Tự kiểm tra] | chon 2 di | Số 2 nhé! | 2 ạ | chọn số hai đi"""
SAYS_NONE = """0 | 6 | số 6 | bà | 2 con | nhà có 2 người | 2-3 | 1,5 | 2 triệu | hai triệu | năm ngoái | 1 2 | số
| 2a | hai đi | 2 nhà | 2 đi 3 | hộ nghèo | 2 và 3 | thôn 2 | tổ 2 | 2 nghìn | 9. Tự kiểm"""


@pytest.mark.parametrize("text", [f" {one.strip()} " for one in SAYS_TWO.split("|")])
def test_a_number_or_a_label_is_a_press(text: str) -> None:
    assert press(text) == "p2"


@pytest.mark.parametrize("text", [one.strip() for one in SAYS_NONE.split("|")])
def test_what_says_more_or_names_no_button_is_none(text: str) -> None:
    assert press(text) is None


def test_more_than_nine_can_be_numbered() -> None:
    many = tuple(QuickReply(label=f"Nơi thứ {number}", payload=f"p{number}") for number in range(1, 21))
    talk = Conversation(offered=many)
    assert [press(text, talk) for text in ("10", "số mười hai", "20", "21")] == ["p10", "p12", "p20", None]


def test_numbers_are_of_the_last_buttons_and_labels_of_earlier_ones_too() -> None:
    talk = Conversation(offered=BUTTONS[:2], earlier=BUTTONS[2:])
    assert (press("3", talk), press("gap can bo", talk), press("3. Gặp cán bộ", talk)) == (None, "p3", "p3")


@pytest.mark.parametrize(
    ("state", "data", "expected"),
    [
        ("selfcheck.ask", {}, True),
        ("selfcheck.ask", CHOOSES, False),
        ("selfcheck.fix", {}, True),
        ("selfcheck.start", {}, False),
        ("selfcheck.result", {}, False),
        ("request.ask", {}, True),
        ("request.ask", CHOOSES, False),
        ("request.consent", {}, False),
        ("danger.more", {"told": []}, True),
        ("locality.choose", {"pending": None}, False),
        ("handover.confirm", {}, False),
    ],
)
def test_where_a_number_is_an_answer_it_presses_nothing(state: str, data: dict[str, object], expected: bool) -> None:
    talk = replace(TALK, waiting=Waiting(state=state, data=data))
    assert counts(talk.waiting) is expected
    assert press("2", talk) == press("hai", talk) == (None if expected else "p2")
    assert press("tu kiem tra", talk) == "p2"
    (bubble,) = with_numbers([OutboundMessage(text="?", quick_replies=BUTTONS)], talk)
    assert bubble.numbered is not expected


def test_of_several_bubbles_the_last_with_buttons_may_be_numbered() -> None:
    replies = [
        OutboundMessage(text="a", quick_replies=BUTTONS),
        OutboundMessage(text="b", quick_replies=BUTTONS[:1]),
        OutboundMessage(text="c"),
    ]
    assert [one.numbered for one in with_numbers(replies, TALK)] == [False, True, False]


def test_a_notice_is_not_numbered_and_the_mark_is_kept_in_storage() -> None:
    plain = OutboundMessage(text="a", quick_replies=BUTTONS)
    assert not plain.numbered and "numbered" not in plain.to_json()
    marked = replace(plain, numbered=True)
    assert OutboundMessage.from_json(marked.to_json()) == marked


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_let_pass(text: str) -> None:
    said = spoken_number(text)
    assert said is None or 0 <= said <= 99


async def test_a_list_in_a_text_and_the_numbers_of_its_buttons_never_disagree(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who types the number of a line gets what the line says: no button of another matter has that number."""
    seen: list[OutboundMessage] = []
    monkeypatch.setattr("tests.support.golden.said", lambda bubble: seen.append(bubble) or "<")
    for path in of_one_address():
        text = path.read_text("utf-8")
        if re.search(r"(?m)^  1\. ", text):
            await play(read_script(text), knowledge)
    listing = [one for one in seen if one.quick_replies and NUMBERED.search(one.text)]
    for one in (each for each in listing if each.numbered):
        for number, line in NUMBERED.findall(one.text):
            assert line.startswith(one.quick_replies[int(number) - 1].label), one.text
    assert {one.numbered for one in listing} == {True, False}, "the conversations show lists of both sorts"
