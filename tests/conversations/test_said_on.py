"""What is said on after a warning of fraud: answered, kept for the report alone, and nothing else is taken for it."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.talk import Talk, receiving

LURE = "nguoi ta keu dong 2tr tien coc roi moi cho di lam"


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    with receiving(knowledge, FixedClock()) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        talk(LURE)
        yield talk


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("gio sao lay lai dc tien", "Gọi ngay ngân hàng"),
        ("báo công an ở đâu", "công an xã, phường"),
        ("no cu goi hoai doi tien", "đừng chuyển thêm"),
        ("sdt cua no la 0912 345 678", "chưa gửi cho ai"),
    ],
)
def test_it_is_answered_and_can_still_be_reported(talk: Talk, said: str, answer: str) -> None:
    assert answer in talk(said) and "[Báo tin này]" in talk.last
    assert talk.rows("questions") == 0


def test_who_they_are_goes_with_the_report_and_only_with_it(talk: Talk) -> None:
    talk("ten no la Tuan sdt 0912345678")
    talk("Báo tin này")
    talk("đồng ý")
    (question,) = talk.all("questions")
    assert talk.rows("questions") == 1 and question["state"] == "open"
    assert talk.holds("0912345678") and talk.holds(LURE)


def test_who_has_paid_does_not_read_the_same_twice(talk: Talk) -> None:
    first = talk("lo chuyen roi")
    assert "Gọi ngay ngân hàng" in first and talk("gio lam sao") != first
    assert "Báo càng sớm" in talk.last


@pytest.mark.parametrize("said", ["ho ngheo vay them duoc khong", "hoc nghe o dau", "cảm ơn"])
def test_another_matter_is_another_matter(talk: Talk, said: str) -> None:
    talk(said)
    assert "chưa gửi cho ai" not in talk.last and "ngân hàng, nói" not in talk.last and "chặn số" not in talk.last
