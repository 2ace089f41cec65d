"""What is asked of a job fair below it is answered by its announcement; another matter is another matter."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.rows import an_event
from tests.support.talk import Talk, receiving


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    with receiving(knowledge, FixedClock()) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        talk.announced(an_event(bring="căn cước, đơn xin việc"))
        talk("ngày hội việc làm")
        talk("Đăng ký")
        yield talk


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("mang gì đi", "Mang theo: căn cước, đơn xin việc."),
        ("may gio bat dau", "Lúc: từ 9 giờ 00 đến 12 giờ 00"),
        ("ở đâu", "Ở: Nhà văn hóa phường."),
        ("số điện thoại ở đó là gì", "Hỏi: chị Hoa, 0912 000 345."),
        ("có mất tiền không", "thông báo không ghi rõ"),
        ("công ty nào tuyển", "Hỏi: chị Hoa"),
    ],
)
def test_the_announcement_answers_and_the_buttons_stay(talk: Talk, said: str, answer: str) -> None:
    assert answer in talk(said) and "Ngày hội việc làm Đăk Cấm" in talk.last
    assert "[Ghi tên] [Không đi được]" in talk.last and "Trung tâm Việc làm Mẫu" in talk.last
    assert answer in talk(said), "and once more"


def test_a_question_is_no_name(talk: Talk) -> None:
    talk("Ghi tên")
    assert "Mang theo" in talk("mang gì đi")
    assert "Đã ghi tên: Hà Thị Mai" in talk("Hà Thị Mai"), "the name is still awaited"


def test_who_cannot_come_is_asked_and_leaves(talk: Talk) -> None:
    talk("mang gì đi")
    assert "phải không?" in talk("bận rồi không đi được")
    assert "Đã bỏ đăng ký" in talk("đồng ý") and talk.rows("event_seats") == 0


@pytest.mark.parametrize("said", ["vay vốn ở đâu", "hộ nghèo cần giấy gì", "xin giấy ở phường mấy giờ"])
def test_another_matter_is_another_matter(talk: Talk, said: str) -> None:
    assert "Ngày hội việc làm Đăk Cấm" not in talk(said)
