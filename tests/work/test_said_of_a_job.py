"""What somebody says of a job in their own words moves their lead as a press would."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from core.leads import LeadState, Why
from core.text import fold
from handlers.work.progress import Progress, progress_in
from tests.support.clock import FixedClock
from tests.support.rows import an_offer
from tests.support.talk import Talk, receiving
from tests.work.test_conversation import FACTORY, told

UNPAID = "rồi, đi làm 3 bữa mà nghỉ rồi tại chủ không trả tiền"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def talk(knowledge: Knowledge, clock: FixedClock) -> Iterator[Talk]:
    with receiving(knowledge, clock) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        talk.offers(FACTORY)
        told(talk)
        yield talk


def interested(talk: Talk) -> None:
    talk("quan tâm")
    talk("Chỉ nhắn ở đây")


@pytest.mark.parametrize("said", ["họ nhận rồi, mai đi làm", "cong ty nhan em roi", "được nhận vào làm rồi"])
def test_who_was_hired_has_begun(talk: Talk, said: str) -> None:
    interested(talk)
    assert "Mừng cho" in talk(said)
    assert talk.all("work_leads")[0]["state"] == LeadState.STARTED
    assert "đã ghi trước rồi" in talk(said), "said twice it is known"


def test_who_is_still_there_is_asked_no_more_for_that_month(talk: Talk, clock: FixedClock) -> None:
    interested(talk)
    assert "đã nhận việc" in talk("vẫn đang làm") and "[Đã nhận việc]" in talk.last, "nobody was told that it began"
    talk("Đã nhận việc")
    assert "Đến kỳ" in talk("vẫn đang làm")
    assert talk.all("work_leads")[0]["state"] == LeadState.STARTED
    clock.advance(days=40)
    assert "tháng thứ ba" in talk("dạ em vẫn đang làm ở đó")
    clock.advance(days=60)
    assert "không hỏi thêm" in talk("vẫn còn làm")
    assert talk.all("work_leads")[0]["state"] == LeadState.QUARTER


def test_who_was_not_paid_may_pass_these_words_on(talk: Talk) -> None:
    interested(talk)
    assert "vì chưa được trả tiền" in talk(UNPAID) and "[Luật sư giúp]" in talk.last
    (lead,) = talk.all("work_leads")
    assert (lead["state"], lead["why"]) == (LeadState.GAVE_UP, Why.UNPAID)
    assert talk.rows("questions") == 0, "nothing goes without a press"
    talk("Gặp cán bộ")
    talk("đồng ý")
    assert talk.holds(UNPAID) and talk.rows("questions") == 1


def test_the_same_below_our_question(talk: Talk) -> None:
    interested(talk)
    talk("vẫn đang làm")
    assert "vì chưa được trả tiền" in talk(UNPAID)


def test_of_several_it_is_asked_which(talk: Talk) -> None:
    interested(talk)
    talk.offers(an_offer(title="Thợ may mẫu", occupation="sewing", employer="Xưởng Hai"))
    talk("tìm việc")
    for _ in range(2):
        if "Xưởng Hai" not in talk.last:
            talk("Xem thêm")
    talk("quan tâm")
    talk("Chỉ nhắn ở đây")
    assert "nói về việc nào?" in talk("họ nhận rồi, mai đi làm") and "[Việc 1] [Việc 2]" in talk.last
    assert "Mừng cho" in talk("2")
    assert sorted(one["state"] for one in talk.all("work_leads")) == [LeadState.INTERESTED, LeadState.STARTED]


def test_where_there_is_no_lead_it_is_said(talk: Talk) -> None:
    assert "chưa có việc nào" in talk("vẫn đang làm")
    assert talk.rows("work_leads") == 0


@pytest.mark.parametrize(
    "said",
    [
        "nộp hồ sơ họ nhận rồi",
        "con nghỉ học rồi",
        "họ chưa nhận",
        "mai không đi làm",
        "nhà tôi được nhận gạo",
        "nghỉ việc có được bảo hiểm không",
        "tôi nghỉ việc rồi muốn tìm việc khác",
        "chưa trả tiền điện",
    ],
)
def test_other_words_are_none_of_a_job(said: str) -> None:
    assert progress_in(fold(said)) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("làm được một tháng nghỉ rồi vì xa quá", Why.FAR),
        ("nghỉ việc rồi, lương thấp quá", Why.WAGE),
        ("tui bo viec roi nang qua", Why.HARD),
        ("đi làm nửa tháng họ quỵt lương", Why.UNPAID),
        ("bị đuổi rồi", Why.REFUSED),
    ],
)
def test_why_somebody_left_is_heard(said: str, why: Why) -> None:
    heard = progress_in(fold(said))
    assert heard is not None and (heard.progress, heard.why) == (Progress.LEFT, why)


def test_what_they_spoke_for_stands_behind_the_others_and_says_so(talk: Talk) -> None:
    interested(talk)
    shown = talk("tìm việc")
    assert "đã báo quan tâm việc này ngày 20/11/2026" in shown and "[Tôi quan tâm]" not in shown
    assert "[Đã nhận việc] [Thôi việc này]" in shown and talk.rows("work_leads") == 1
    assert "Lương: " in talk("lương nhiêu"), "its advert is asked as before"
    talk.offers(an_offer(title="Thợ may mẫu", occupation="sewing", employer="Xưởng Hai"))
    assert "Xưởng Hai" in talk("tìm việc") and "[Tôi quan tâm]" in talk.last
    assert "đã báo quan tâm" in talk("Xem thêm")
    assert "Mừng cho" in talk("Đã nhận việc")
    talk("tìm việc")
    assert "đã nhận việc này" in talk("Xem thêm") and "[Nghỉ rồi]" in talk.last
