"""What a conversation leaves behind for those who teach the machine, and what it does not."""

from collections.abc import Sequence

import pytest

from bot.knowledge import Knowledge
from bot.rooms import Room, open_room
from core.misreadings import WORDS
from core.text import fold
from handlers.not_meant import says_so
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.rows import everything

NOBODY_KNOWS = "cái kia hôm bữa á"
GOLD = "giá vàng hôm nay bao nhiêu"
ROOF = "mái nhà dột quá xin sửa ở đâu"


async def said(knowledge: Knowledge, *lines: str, payload: str = "start:dak-cam") -> list[tuple[str, str, str | None]]:
    """Why, words and reading of what was kept after these messages."""
    async with open_room(knowledge, clock=FixedClock(), chance=SeededChance(7)) as room:
        await room.hear(payload=payload)
        for line in lines:
            await room.hear(line)
        return await kept(room)


async def kept(room: Room) -> list[tuple[str, str, str | None]]:
    rows = (await everything(room.storage))["misreadings"]
    assert {row["locality"] for row in rows} <= {"dak-cam"}
    return [(row["why"], row["text"], row["read_as"]) for row in rows]


async def test_what_is_not_understood_or_declined(knowledge: Knowledge) -> None:
    found = await said(knowledge, NOBODY_KNOWS, "menu", GOLD, "menu", NOBODY_KNOWS.upper())
    assert found == [("unknown", NOBODY_KNOWS, None), ("declined", GOLD, None)]


@pytest.mark.parametrize(
    "lines",
    [
        ("chào cán bộ", "cảm ơn nhé", "12", "k", "👍", "menu", "hủy"),
        (ROOF, "giấy tờ gì", "Mang giấy gì"),
        ("chồng em đánh em gãy tay rồi",),
        ("có người gọi bảo chuyển tiền phí để nhận hỗ trợ hộ nghèo",),
        ("gặp cán bộ", NOBODY_KNOWS, NOBODY_KNOWS),
        ("không đúng ý tôi",),
    ],
    ids=["small talk", "understood", "danger", "fraud", "for an officer", "nothing before it"],
)
async def test_what_is_never_kept(knowledge: Knowledge, lines: Sequence[str]) -> None:
    assert await said(knowledge, *lines) == []


async def test_words_that_wait_for_an_officer_are_not_kept(knowledge: Knowledge) -> None:
    found = await said(knowledge, NOBODY_KNOWS, "cái đó đó", "thì cái đó chứ cái gì")
    assert [text for _, text, _ in found] == [NOBODY_KNOWS, "cái đó đó"]


async def test_what_was_answered_and_not_meant(knowledge: Knowledge) -> None:
    assert await said(knowledge, ROOF, "ko phai cai tui hoi") == [("not_meant", ROOF, "housing")]
    assert await said(knowledge, ROOF, "sai rồi", "sai rồi", "không đúng ý tôi") == [("not_meant", ROOF, "housing")]


async def test_the_words_before_the_place_was_known(knowledge: Knowledge) -> None:
    found = await said(knowledge, ROOF, "Đăk Cấm", "trả lời sai rồi", payload="lang:vi")
    assert found == [("not_meant", ROOF, "housing")]


async def test_the_topic_is_forgotten_with_what_was_not_meant(knowledge: Knowledge) -> None:
    async with open_room(knowledge, clock=FixedClock(), chance=SeededChance(7)) as room:
        for line in ("Đăk Cấm", "thôn 3", ROOF):
            await room.hear(line)
        assert (await state(room)) == ("housing", {"text": ROOF, "labels": ["housing"]})
        await room.hear("không đúng ý tôi")
        assert (await state(room)) == (None, None)


async def test_words_are_not_remembered_longer_than_the_conversation(knowledge: Knowledge) -> None:
    clock = FixedClock()
    async with open_room(knowledge, clock=clock, chance=SeededChance(7)) as room:
        await room.hear(payload="start:dak-cam")
        await room.hear(ROOF)
        clock.advance(seconds=8 * 24 * 3600)
        await room.hear("không đúng ý tôi")
        assert await kept(room) == []


async def state(room: Room) -> tuple[object, object]:
    (row,) = (await everything(room.storage))["conversations"]
    return row["topic"], row["heard"]


async def test_no_more_words_than_a_row_of_the_corpus_has(knowledge: Knowledge) -> None:
    ((_, text, _),) = await said(knowledge, "blah hừm ờ " * 100)
    assert len(text) == WORDS


MEANS_IT = [
    *("không đúng ý tôi", "ko phải cái tui hỏi", "k dung y t", "trl sai r", "hiểu sai ý", "tôi không hỏi cái đó"),
    *("hông phải ý tui", "đâu có hỏi cái đó", "ý em là cái khác", "ủa đâu phải cái này tôi hỏi", "lạc đề rồi"),
    *("that's not what I asked", "wrong answer", "you misunderstood me", "i didn't ask that"),
]
MEANS_SOMETHING_ELSE = [
    *("không đúng tuyến thì bảo hiểm trả bao nhiêu", "hỏi việc khác", "tôi hỏi cái khác được không", "không hiểu"),
    *("cán bộ trả lời sai luật thì khiếu nại ở đâu", "tôi không biết cái đó", "cô nói cái đó", "sai rồi", "không"),
]


@pytest.mark.parametrize("text", MEANS_IT)
def test_ways_to_say_it(text: str) -> None:
    assert says_so(fold(text))


@pytest.mark.parametrize("text", MEANS_SOMETHING_ELSE)
def test_what_says_something_else(text: str) -> None:
    assert not says_so(fold(text))


@pytest.mark.parametrize("text", ["sai rồi", "nhầm rồi", "ko đúng", "không phải đâu em"])
def test_in_short_right_after_an_answer(text: str) -> None:
    assert says_so(fold(text), after_answer=True)


@pytest.mark.parametrize("text", ["không", "thôi", "không phải hộ nghèo", "đúng rồi"])
def test_what_says_something_else_even_then(text: str) -> None:
    assert not says_so(fold(text), after_answer=True)
