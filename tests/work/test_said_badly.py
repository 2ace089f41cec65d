"""Typed badly, said to the telephone or changed on the way: heard all the same."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from handlers.work.calling import number_in
from handlers.work.leads import read_phone
from tests.support.clock import FixedClock
from tests.support.rows import an_offer
from tests.support.talk import Talk, receiving
from tests.work.test_conversation import COURSE, FACTORY, told


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    with receiving(knowledge, FixedClock()) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        yield talk


def test_a_number_may_be_said_in_words(talk: Talk) -> None:
    said = "số em là không chín không năm một hai ba bốn năm sáu"
    assert read_phone(said) == number_in(said) == "0905123456"
    assert read_phone("nhà có năm người, ba con") == "" and number_in("không không không") is None
    talk.offers(FACTORY)
    told(talk)
    talk("quan tâm")
    talk("Cho cán bộ gọi")
    assert "biết số này luôn không" in talk(said)
    assert talk.all("work_leads")[0]["phone"] == "0905123456"


def test_signing_up_below_one_course_is_for_that_course(talk: Talk) -> None:
    talk.offers(COURSE)
    talk("có lớp nấu ăn không")
    assert "Lớp Nấu ăn" in talk("dang ky") and "[Đồng ý, ghi tên]" in talk.last


def test_below_several_it_is_asked_which(talk: Talk) -> None:
    talk.offers(COURSE, an_offer(kind=COURSE.kind, title="May", occupation="sewing", employer="Trường nghề Ba Sao"))
    talk("đăng ký học")
    assert "Học lớp nào?" in talk("toi muon hoc") and "[Lớp 1] [Lớp 2]" in talk.last
    assert "[Đồng ý, ghi tên]" in talk("2")


@pytest.mark.parametrize(
    ("said", "wanted"), [("doi thanh phu ho", "building-help"), ("nau an chu ko phai may", "cook")]
)
def test_another_trade_is_wanted_now(talk: Talk, said: str, wanted: str) -> None:
    talk.offers(FACTORY)
    told(talk)
    assert "Đã ghi: " in talk(said) and "Câu 1" in talk.last
    assert talk.all("work_profiles")[0]["profile"]["wants"] == ["sewing"], "until the last question is answered"
    for answer in ("không", "gần nhà", "ban ngày", "không"):
        talk(answer)
    assert talk.all("work_profiles")[0]["profile"]["wants"] == [wanted]


def test_what_is_sold_without_marks_is_no_hamlet(talk: Talk) -> None:
    assert "Đã ghi: ban 3" in talk("ban 3")
    assert "Bán lúc nào" in talk("ban 20 con ga")


def test_who_does_not_know_what_to_do_for_a_living_is_counselled(talk: Talk) -> None:
    assert "Nhà mình mong điều gì nhất?" in talk("em khong biet lam nghe gi")
    assert talk.rows("questions") == 0, "no officer is called to a danger"


@pytest.mark.parametrize(
    "said",
    ["tôi muốn tìm việc", "kiem viec lam", "xin việc", "em dang kiem viec gan nha", "có việc nào hợp với tôi không"],
)
def test_a_plain_wish_for_work_is_heard_as_the_button(talk: Talk, said: str) -> None:
    assert "[Cho giữ, tìm việc]" in talk(said)


def test_work_of_a_trade_is_looked_for_in_one_sentence(talk: Talk) -> None:
    talk.offers(an_offer(title="Phụ hồ", occupation="building-help"), an_offer(title="May rèm"))
    assert "Việc 1: May rèm" in talk("tìm việc may công nghiệp")
    assert "Việc 1: Phụ hồ" in talk("mẹ em 55 tuổi muốn kiếm việc phụ hồ gần nhà")
    assert "Việc 1" not in talk("không tìm việc phụ hồ nữa") and "Việc 1" not in talk("tìm việc cho con trai")


def test_a_trade_in_place_of_a_yes_shows_its_vacancies_and_is_no_yes(talk: Talk) -> None:
    talk.offers(an_offer(title="May rèm"))
    talk("tìm việc")
    assert "Việc 1: May rèm" in talk("may")
    assert "Câu 1, có 5 câu" not in talk("đồng ý"), "what would be kept does not stand right above"
    assert "[Cho giữ, tìm việc]" in talk("tìm việc")
    assert "Câu 1, có 5 câu" in talk("đồng ý")
    assert talk.all("work_profiles") == []
