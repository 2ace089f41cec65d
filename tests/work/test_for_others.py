"""Who looks for work for somebody else is asked whose it is, and nothing of that person is kept."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.talk import Talk, receiving


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    with receiving(knowledge, FixedClock()) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        talk("Bỏ qua")
        yield talk


@pytest.mark.parametrize(
    "said",
    [
        "tìm việc cho chị Sáu hàng xóm",
        "ghi giúp bà Năm",
        "tim viec giup ong Tu",
        "kiếm việc giùm cho một người trong xóm",
        "đăng ký tìm việc giúp anh Tuấn",
    ],
)
def test_it_is_asked_for_whom_and_an_officer_writes_it_down(talk: Talk, said: str) -> None:
    assert "[Cho nhà mình] [Giúp người khác]" in talk(said)
    assert "khi người đó đồng ý" in talk("Giúp người khác") and "[Gặp cán bộ]" in talk.last
    assert "Muốn gặp người" in talk.last or "Gọi" in talk.last
    assert talk.rows("work_profiles") == 0 and not talk.holds(said)


def test_the_answer_may_be_said(talk: Talk) -> None:
    talk("tìm việc cho chị Sáu hàng xóm")
    assert "khi người đó đồng ý" in talk("giúp chị hàng xóm")
    talk("ghi giúp bà Năm")
    assert "khi người đó đồng ý" in talk("cho người khác")
    talk("ghi giúp bà Năm")
    assert "Cho giữ, tìm việc" in talk("cho nhà mình")


@pytest.mark.parametrize(
    "said",
    ["tìm việc cho con trai", "kiếm việc cho thằng con", "tìm việc cho mẹ", "tìm việc cho chị", "tìm việc cho tôi"],
)
def test_a_family_goes_on_as_before(talk: Talk, said: str) -> None:
    assert "Giúp người khác" not in talk(said)


@pytest.mark.parametrize("said", ["M biết gì về tui", "chung tay đang giữ gì của tôi", "may luu nhung gi ve em vay"])
def test_what_is_kept_is_asked_in_everyday_words(talk: Talk, said: str) -> None:
    assert "Chung Tay đang giữ:" in talk(said)


@pytest.mark.parametrize("said", ["tôi không biết gì về luật", "can bo biet gi ve vay von"])
def test_other_knowledge_is_another_matter(talk: Talk, said: str) -> None:
    assert "Chung Tay đang giữ:" not in talk(said)
