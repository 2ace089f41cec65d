""" "Mấy" asks how many and is no trade, though it is typed like "may", to sew."""

import pytest

from bot.knowledge import Knowledge
from content.trades import asks_how_many


@pytest.mark.parametrize(
    "text", ["may gio lam viec vay", "may nguoi", "lam may ngay", "mấy tiền một ngày", "may bua com"]
)
def test_how_many_is_no_sewing(text: str, knowledge: Knowledge) -> None:
    assert knowledge.content.trades.named_in(text) == []
    assert asks_how_many(text)


@pytest.mark.parametrize(
    ("text", "trade"),
    [("may", "sewing"), ("toi biet may", "sewing"), ("cong nhan may", "sewing"), ("may do", "tailoring")],
)
def test_sewing_is_still_one(text: str, trade: str, knowledge: Knowledge) -> None:
    assert knowledge.content.trades.named_in(text) == [trade]
    assert not asks_how_many(text)
