"""Job fairs in the chat: which ones come, signing up with one press, leaving, and what is kept."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import an_event
from tests.support.talk import Talk, receiving

FAIR = an_event(
    employers="Công ty May Sao Mai\nQuán Hai Lan", bring="căn cước", seats=2, latitude=14.35, longitude=108.0
)
LATER = an_event(
    title="Phiên giao dịch tháng 12", starts_at=MORNING + timedelta(days=20), ends_at=MORNING + timedelta(days=20.2)
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def somebody(knowledge: Knowledge, clock: FixedClock) -> Iterator[Callable[[str], Talk]]:
    with receiving(knowledge, clock) as somebody:

        def of_dak_cam(name: str, place: str = "dak-cam") -> Talk:
            talk = somebody(name)
            talk.press(f"start:{place}")
            return talk

        yield of_dak_cam


@pytest.fixture
def talk(somebody: Callable[[str], Talk]) -> Talk:
    return somebody("somebody")


@pytest.mark.parametrize(
    "words",
    [
        "ngày hội việc làm",
        "khi nao co ngay hoi viec lam",
        "phường mình có phiên giao dịch việc làm không",
        "tôi muốn đi hội chợ việc làm",
    ],
)
def test_it_is_asked_for_in_ones_own_words(talk: Talk, words: str) -> None:
    assert "Lúc này chưa có ngày hội" in talk(words)
    talk.announced(FAIR)
    assert "Ngày hội việc làm Đăk Cấm" in talk(words)


def test_it_is_told_in_english(talk: Talk) -> None:
    talk("english")
    talk.announced(FAIR)
    said = talk("is there a job fair")
    assert "When: 9.00 to 12.00, Friday, 27 November 2026." in said and "[Sign up]" in said


def test_what_is_told_and_in_which_order(talk: Talk) -> None:
    talk.announced(LATER, FAIR)
    said = talk("ngày hội việc làm")
    for line in (
        "Ngày hội việc làm Đăk Cấm",
        "Lúc: từ 9 giờ 00 đến 12 giờ 00, thứ Sáu, 27/11/2026.",
        "Ở: Nhà văn hóa phường.",
        "Nơi tuyển đến dự: Công ty May Sao Mai; Quán Hai Lan.",
        "Mang theo: căn cước.",
        "Hỏi: chị Hoa, 0912 000 345.",
        "Còn 2 chỗ.",
        "Không cần nói tên.",
        "Theo tin của Trung tâm Việc làm Mẫu. Cán bộ phường Đăk Cấm đã kiểm tra ngày 20/11/2026.",
        "[Đăng ký] [Thôi] [Ngày hội khác] [Tìm việc cho tôi] [Gặp cán bộ]",
    ):
        assert line in said, said
    assert "Ngày hội việc làm: Phiên giao dịch tháng 12" in talk("Ngày hội khác")


def test_a_draft_one_of_another_place_and_one_that_is_over_are_told_to_nobody(talk: Talk, clock: FixedClock) -> None:
    talk.announced(FAIR, locality="di-su")
    assert "chưa có ngày hội" in talk("ngày hội việc làm")
    talk.announced(FAIR)
    clock.advance(days=8)
    assert "chưa có ngày hội" in talk("ngày hội việc làm")


def test_signing_up_keeps_a_number_and_a_reminder_and_leaving_forgets_both(talk: Talk) -> None:
    talk.announced(FAIR)
    talk("ngày hội việc làm")
    said = talk("Đăng ký")
    assert "Đã đăng ký: Ngày hội việc làm Đăk Cấm. Số thứ tự: 1." in said and "Chiều hôm trước" in said
    assert talk.rows("event_seats") == talk.rows("reminders") == talk.rows("consents") == 1
    assert "Số thứ tự: 1." in talk.press("event-yes:1"), "pressed twice it is one seat"
    assert talk.rows("event_seats") == talk.rows("reminders") == 1
    assert "Đã đăng ký, số 1." in talk("ngày hội việc làm")
    assert "Số đăng ký ngày hội việc làm" in talk("dữ liệu của tôi")
    assert "ngày hội việc làm đã đăng ký" in talk("nhắc tôi")
    assert "Đã bỏ đăng ký" in talk.press("event-no:1")
    assert talk.rows("event_seats") == talk.rows("consents") == 0
    assert "Không ghi gì cả" in talk.press("event-no:1")
    assert "ngày hội việc làm đã đăng ký" not in talk("nhắc tôi")


def test_a_name_is_on_the_list_only_where_it_is_told(talk: Talk) -> None:
    talk.announced(FAIR)
    talk.press("event-yes:1")
    talk("Ghi tên")
    assert "Đã ghi tên: Y Hoa Niê." in talk("Y Hoa Niê") and talk.holds("Y Hoa Niê")
    talk.press("event-name:1")
    assert "Đã ghi tên" not in talk("mang theo giấy tờ gì khi đi khám bệnh vậy?")
    talk.press("event-name:99")
    assert "Việc này không còn" in talk("Y Hoa")


def test_there_are_as_many_seats_as_there_are_and_no_number_is_given_twice(somebody: Callable[[str], Talk]) -> None:
    first, second, third = (somebody(f"p{number}") for number in range(3))
    first.announced(FAIR)
    assert "Số thứ tự: 1." in first.press("event-yes:1") and "Số thứ tự: 2." in second.press("event-yes:1")
    assert "Đã đủ chỗ: Ngày hội việc làm Đăk Cấm." in third.press("event-yes:1")
    said = third("ngày hội việc làm")
    assert "Đã đủ chỗ." in said and "[Đăng ký]" not in said
    first.press("event-no:1")
    assert "Số thứ tự: 3." in third.press("event-yes:1"), "number 1 was somebody else's"


@pytest.mark.parametrize("said", ["event-yes:99", "event-yes:x", "event-yes:", "event-no:99", "events:99", "events:-1"])
def test_a_button_of_nothing_keeps_nothing(talk: Talk, said: str) -> None:
    assert talk.press(said)
    assert talk.rows("event_seats") == talk.rows("reminders") == talk.rows("consents") == 0


def test_one_of_another_place_is_not_signed_up_for(talk: Talk) -> None:
    talk.announced(FAIR, locality="di-su")
    assert "Việc này không còn" in talk.press("event-yes:1") and talk.rows("event_seats") == 0


def test_ones_own_copy_holds_it_and_erasing_takes_it_along(talk: Talk) -> None:
    talk.announced(FAIR)
    talk.press("event-yes:1")
    talk.press("export")
    (mine,) = json.loads(talk.file())["events"]
    assert (mine["title"], mine["number"], mine["came_at"]) == ("Ngày hội việc làm Đăk Cấm", 1, None)
    talk("xóa dữ liệu của tôi")
    talk.press("erase-now")
    assert talk.rows("event_seats") == talk.rows("reminders") == 0


def test_who_lives_nowhere_we_know_of_is_asked_where(knowledge: Knowledge, clock: FixedClock) -> None:
    with receiving(knowledge, clock) as somebody:
        assert "ở xã, phường nào" in somebody("new")("ngày hội việc làm")


def test_coming_and_staying_away_are_said_in_words_too(talk: Talk) -> None:
    talk.announced(FAIR)
    talk("ngay hoi viec lam")
    assert talk.rows("event_seats") == 0
    assert "Số thứ tự: 1." in talk("di chu")
    talk("tim viec")
    assert "Số thứ tự" not in talk("di chu"), "the fair is not what was shown last"


def test_a_no_in_words_takes_no_seat(talk: Talk) -> None:
    talk.announced(FAIR)
    talk("ngay hoi viec lam")
    talk("khong di dau")
    assert talk.rows("event_seats") == 0
    talk("ngay hoi viec lam")
    talk("u")
    assert talk.rows("event_seats") == 0, "it may only mean that it was read"


@pytest.mark.parametrize(
    "words",
    [
        *("thoi", "huy", "huy dang ky", "bo dang ky", "rut ten ra di", "rut", "ko di dc nua", "ban viec ko di dc"),
        *("thoi ko di nua", "mai bận không đi được", "không đi ngày hội nữa"),
    ],
)
def test_a_seat_goes_only_after_a_question_that_names_the_fair(talk: Talk, words: str) -> None:
    talk.announced(FAIR)
    talk("nhận tin tất cả")
    talk("ngày hội việc làm")
    talk("Đăng ký")
    assert "Bỏ đăng ký Ngày hội việc làm Đăk Cấm (27/11/2026) phải không?" in talk(words)
    assert talk.rows("event_seats") == 1
    assert "Vẫn giữ chỗ" in talk("khong")
    talk("khong di duoc nua")
    assert "Đã bỏ đăng ký" in talk("dong y")
    assert talk.rows("event_seats") == 0
    assert "có nhận" in talk("dữ liệu của tôi"), "notices are another matter"


def test_what_is_meant_is_asked_of_who_has_several(talk: Talk) -> None:
    talk.announced(FAIR)
    talk("nhận tin tất cả")
    talk("ngày hội việc làm")
    talk("Đăng ký")
    talk("tôi cần vay vốn")
    talk("đồng ý")
    said = talk("hủy đăng ký")
    assert "[Ngày hội việc làm] [Nhu cầu của tôi] [Dừng hết tin báo]" in said and "Chưa bỏ gì cả" in said
    assert talk.rows("event_seats") == 1 and "có nhận" in talk("dữ liệu của tôi")


def test_what_is_over_is_not_left(talk: Talk, clock: FixedClock) -> None:
    talk.announced(FAIR)
    talk("ngày hội việc làm")
    talk("Đăng ký")
    clock.advance(days=8)
    assert "Bỏ đăng ký" not in talk("thôi không đi nữa")
    assert "Việc này không còn" not in talk("rút tên")
