"""An answer to another question of the market's form than the open one is noted where it belongs."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from handlers.market.crossing import price_in, priced_goods
from tests.support.clock import FixedClock
from tests.support.talk import Talk, receiving


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    with receiving(knowledge, FixedClock()) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        talk("Bỏ qua")
        yield talk


WHEN, WHERE, PRICE, NUMBER = "Bán lúc nào?", "ở thôn, tổ nào?", "Giá mong muốn?", "gọi số nào?"


@pytest.mark.parametrize("said", ["120k 1 kg", "120k/kg", "giá 120 ngàn một ký", "150.000đ"])
def test_a_price_is_no_day_and_is_not_asked_for_again(talk: Talk, said: str) -> None:
    talk("bán 50 kg măng khô")
    assert "Đã ghi giá: " in talk(said) and WHEN in talk.last
    assert WHERE in talk("sáng mai")
    assert NUMBER in talk("thôn 3") and PRICE not in talk.last
    assert "Giá: " in talk("Không cho số") and "Lúc nào: sáng mai." in talk.last


@pytest.mark.parametrize("said", ["mai lấy", "chiều chủ nhật", "ngày 5/12", "trong tuan nay"])
def test_a_day_is_no_place(talk: Talk, said: str) -> None:
    talk("bán 20 con gà")
    talk("Có ngay")
    assert f"Đã ghi lúc nào: {said}." in talk(said) and WHERE in talk.last
    assert PRICE in talk("thôn 3")
    talk("Giá thỏa thuận")
    assert f"Lúc nào: {said}." in talk("Không cho số") and "Ở đâu: thôn 3" in talk.last


def test_a_place_is_no_price_and_no_day(talk: Talk) -> None:
    talk("bán 20 con gà")
    assert "Đã ghi nơi lấy hàng: thôn 3." in talk("ở thôn 3") and WHEN in talk.last
    assert PRICE in talk("mai")
    assert "Đã ghi nơi lấy hàng: tổ 5." in talk("tổ 5") and PRICE in talk.last
    assert "Đã ghi số lượng: 30 con." in talk("30 con thôi") and PRICE in talk.last
    assert NUMBER in talk("150")


@pytest.mark.parametrize("said", ["bán 20 con gà 150k 1 con", "tui ban 20 con ga gia 150k/con"])
def test_a_price_of_the_first_sentence_is_known(talk: Talk, said: str) -> None:
    assert WHEN in talk(said)
    talk("Có ngay")
    assert NUMBER in talk("thôn 3")
    shown = talk("Không cho số")
    assert ("Bán: gà." in shown or "Bán: ga." in shown) and "Giá: 150k" in shown and "Bao nhiêu: 20 con." in shown


def test_two_answers_in_one_are_both_kept(talk: Talk) -> None:
    talk("bán măng khô")
    assert "Đã ghi giá: 200k một ký." in talk("20 kg 200k một ký") and WHEN in talk.last
    assert WHERE in talk("mai lấy 20 con"), "with a day it is an answer of when"


def test_thousands_that_are_counted_are_no_price() -> None:
    assert price_in("2 ngàn cây giống keo") == ("", "2 ngàn cây giống keo")
    assert priced_goods("bán 20 ngan") == ("", "bán 20 ngan"), "ducks"


def test_a_day_is_no_danger_where_one_is_asked_and_a_danger_is_one(talk: Talk) -> None:
    talk("bán 20 con gà")
    assert WHERE in talk("tối mai") and talk.rows("questions") == 0
    assert "115" in talk("mai tôi chết cho rồi") and talk.rows("questions") == 1
