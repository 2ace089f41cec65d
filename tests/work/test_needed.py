"""Which trades need people here this quarter: counted from verified vacancies, with the day."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.rows import an_offer
from tests.support.talk import Talk, receiving


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def talk(knowledge: Knowledge, clock: FixedClock) -> Iterator[Talk]:
    with receiving(knowledge, clock) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        yield talk


@pytest.mark.parametrize(
    "words",
    [
        "nghề nào đang cần người",
        "nghe nao dang can nguoi",
        "bây giờ việc gì ở đây dễ xin",
        "ở phường mình nghề gì cần người vậy chung tay",
        "quý này ngành nào thiếu người",
    ],
)
def test_it_is_asked_in_ones_own_words(talk: Talk, words: str) -> None:
    assert "chưa có tin tuyển nào được kiểm tra" in talk(words)


def test_the_first_three_with_seats_and_days(talk: Talk, clock: FixedClock) -> None:
    talk.offers(
        an_offer(seats=30),
        an_offer(title="Thợ may", occupation="tailoring", seats=5),
        an_offer(title="Thợ xây", occupation="mason", seats=12),
        an_offer(title="Phụ bếp", occupation="kitchen-help"),
        an_offer(title="Hái cà phê", occupation="coffee", seats=40),
    )
    talk.offers(an_offer(title="Ở nơi khác", seats=900), locality="di-su")
    talk.offers(an_offer(title="Chưa duyệt", seats=900), verified=False)
    said = talk("nghề nào đang cần người")
    assert "Quý này ở phường Đăk Cấm cần người nhất:" in said
    lines = [line.strip() for line in said.splitlines() if "•" in line]
    assert lines == ["• làm nông, chăn nuôi, rừng: 40 chỗ", "• may mặc, da giày: 35 chỗ", "• xây dựng: 12 chỗ"]
    assert "Tính từ 5 tin tuyển đã kiểm tra, từ 01/10/2026 đến 20/11/2026." in said
    assert "[Tìm việc cho tôi] [Ngày hội việc làm] [Gặp cán bộ] [Về đầu]" in said
    clock.advance(days=60)
    assert "chưa có tin tuyển nào" in talk("nghề nào đang cần người"), "another quarter"
