"""A place in a course: asked for by consent, a seat or a number, and left again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge import Knowledge
from core.work import OfferKind
from tests.support.clock import FixedClock
from tests.support.rows import an_offer
from tests.support.talk import Talk, receiving

SEWING = an_offer(
    kind=OfferKind.COURSE,
    title="May công nghiệp",
    employer="Trường nghề Ba Sao",
    place="Nhà văn hóa thôn 3",
    opens=date(2026, 12, 15),
    deadline=date(2026, 12, 10),
    seats=2,
)
NAME = "Nguyễn Thị Thử"
ANSWERS = (NAME, "0912 345 678", "thôn 3", "Hộ nghèo")
PERSONS = iter(range(10_000))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def somebody(knowledge: Knowledge, clock: FixedClock) -> Iterator[Callable[[], Talk]]:
    with receiving(knowledge, clock) as room:

        def new() -> Talk:
            talk = room(f"learner-{next(PERSONS)}")
            talk.press("start:dak-cam")
            return talk

        yield new


def joins(talk: Talk, course: int, *answers: str) -> str:
    talk.press(f"course-join:{course}")
    talk("đồng ý")
    for answer in answers or ANSWERS:
        talk(answer)
    return talk.last


def test_a_yes_four_questions_and_a_seat(somebody: Callable[[], Talk]) -> None:
    talk = somebody()
    talk.offers(SEWING)
    said = talk("đăng ký học nghề")
    assert "1. May công nghiệp. Bắt đầu: 15/12/2026. Học ở: Nhà văn hóa thôn 3. Còn 2 chỗ." in said
    said = talk("Lớp 1")
    assert "Giữ 365 ngày rồi xóa" in said and "Đồng ý không?" in said
    assert "Câu 1, có 4 câu" in talk("Đồng ý, ghi tên")
    assert "Câu 2" in talk(NAME)
    assert "chưa đủ số" in talk("0912"), "what is no number is asked once more"
    assert "Câu 3" in talk("Nhắn ở đây")
    assert "Câu 4" in talk("thôn 3")
    assert talk.rows("enrolments") == talk.rows("consents") == 0, "nothing is kept before the last answer"
    said = talk("Hộ cận nghèo")
    assert "Đã có tên trong lớp May công nghiệp. Mã: " in said and "Bắt đầu: 15/12/2026." in said
    assert talk.rows("enrolments") == talk.rows("consents") == 1
    assert "Đã có tên" in talk.press("course-join:1"), "who is enrolled is told so, and asked nothing"
    assert "giữ đến hết ngày 20/11/2027" in talk("dữ liệu của tôi")
    talk("tải dữ liệu của tôi")
    assert NAME in talk.file() and '"near-poor"' in talk.file()


def test_a_no_keeps_nothing_and_old_buttons_do_no_harm(somebody: Callable[[], Talk]) -> None:
    talk = somebody()
    (course,) = talk.offers(SEWING)
    talk.press(f"course-join:{course}")
    assert "Không giữ gì cả" in talk("không")
    assert "Lớp nghề đang nhận người" in talk.press("course-agree")
    assert "Lớp nghề đang nhận người" in talk.press("course-say:household=poor")
    for odd in ("course-join:x", "course-join:99", "course-leave:7", "course-out:7", "course-out:x", "course-list:x"):
        assert talk.press(odd)
    talk.press(f"course-join:{course}")
    talk("đồng ý")
    for odd in ("household=poor", "name=x", "phone=09", "nothing"):
        assert "Câu 1" in talk.press(f"course-say:{odd}"), "only the button of the question counts"
    assert talk.rows("enrolments") == 0


def test_the_list_after_the_seats_is_one_of_waiting_and_has_numbers(somebody: Callable[[], Talk]) -> None:
    first, second, third, fourth = (somebody() for _ in range(4))
    (course,) = first.offers(SEWING)
    for talk in (first, second):
        assert "Đã có tên" in joins(talk, course)
    assert "Hết chỗ, ghi tên chờ được." in third("đăng ký học")
    assert "Bà con chờ ở số 1." in joins(third, course)
    assert "chờ ở số 2." in joins(fourth, course)
    third("thôi học")
    third("Thôi chờ")
    assert "Đã bỏ tên" in third("Thôi học lớp này")
    assert "chờ ở số 1." in fourth("lớp của tôi")
    assert "chờ ở số 2." in joins(third, course), "who comes back stands at the end"


def test_who_waits_goes_before_who_comes_later_when_a_seat_is_free(somebody: Callable[[], Talk]) -> None:
    first, second, third, late = (somebody() for _ in range(4))
    (course,) = first.offers(SEWING)
    for talk in (first, second, third):
        joins(talk, course)
    first("thôi học")
    first("Thôi học")
    assert "Chưa ghi tên" in first("thôi học") or "Đã bỏ tên" in first("Thôi học lớp này")
    assert "chờ ở số" in joins(late, course)


def test_what_is_over_closed_or_elsewhere_takes_nobody(somebody: Callable[[], Talk], clock: FixedClock) -> None:
    talk = somebody()
    (course,) = talk.offers(replace(SEWING, deadline=date(2026, 11, 21)))
    (elsewhere,) = talk.offers(SEWING, locality="di-su")
    (draft,) = talk.offers(an_offer(kind=OfferKind.COURSE, title="Nháp"), verified=False)
    (vacancy,) = talk.offers(an_offer())
    for number in (elsewhere, draft, vacancy):
        assert "không nhận người nữa" in talk.press(f"course-join:{number}")
    talk.press(f"course-join:{course}")
    talk("đồng ý")
    for answer in ANSWERS[:-1]:
        talk(answer)
    clock.advance(days=2)
    assert "không nhận người nữa" in talk(ANSWERS[-1]), "it was over when the last answer came"
    assert talk.rows("enrolments") == 0


def test_names_are_not_kept_among_messages_and_everything_can_be_erased(somebody: Callable[[], Talk]) -> None:
    talk, other = somebody(), somebody()
    (course,) = talk.offers(an_offer(kind=OfferKind.COURSE, title="Nấu ăn", seats=1))
    joins(talk, course)
    assert "chờ ở số 1" in joins(other, course)
    talk("xóa dữ liệu của tôi")
    talk.press("erase-now")
    assert talk.rows("enrolments") == 1 and "chờ ở số 1" in other("lớp của tôi"), "moved up by the scheduler"


def test_in_english(somebody: Callable[[], Talk]) -> None:
    talk = somebody()
    talk.offers(SEWING)
    talk("english")
    assert "May công nghiệp. Begins: 15 December 2026." in talk("courses")
    talk("Course 1")
    talk("yes")
    for answer in (NAME, "here", "skip"):
        talk(answer)
    assert "You are enrolled" in talk("near poor")
