"""A lead in the chat: it begins with a yes, who may call is asked in one tap, and what becomes of it is kept."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from core.work import Paid
from tests.support.clock import FixedClock
from tests.support.rows import an_offer
from tests.support.talk import Talk, receiving
from tests.work.test_conversation import FACTORY, KITCHEN, told


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def talk(knowledge: Knowledge, clock: FixedClock) -> Iterator[Talk]:
    with receiving(knowledge, clock) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        yield talk


def interested(talk: Talk) -> int:
    (one, *_) = talk.offers(FACTORY, KITCHEN)
    told(talk)
    talk("Tôi quan tâm")
    return one


def test_who_may_call_is_asked_for_the_officer_and_then_for_the_employer(talk: Talk) -> None:
    interested(talk)
    assert "Hỏi thẳng: 0912 345 678." in talk.last and "Cho cán bộ phường Đăk Cấm biết số" in talk.last
    assert "[Cho cán bộ gọi] [Chỉ nhắn ở đây] [Xem việc khác] [Gặp cán bộ]" in talk.last
    assert "Gõ số điện thoại" in talk("Cho cán bộ gọi")
    assert "mười số" in talk("0912")
    assert "Cho nơi tuyển Công ty May Sao Mai biết số này" in talk("số của tôi 0987 654 321")
    assert "nơi tuyển được biết số" in talk("Cho nơi tuyển biết")
    (lead,) = talk.all("work_leads")
    assert (lead["phone"], lead["officer_may"], lead["employer_may"]) == ("0987654321", True, True)
    assert [one["act"] for one in talk.all("work_lead_steps")] == ["interested", "agreed", "employer_agreed"]
    assert not any("0987" in str(one["body"]) for one in talk.all("messages")), "the number stands in the lead alone"


def test_without_a_yes_the_officer_has_no_number(talk: Talk) -> None:
    interested(talk)
    one = talk.all("work_leads")[0]["offer_id"]
    talk("0987 654 321")
    talk.press(f"work-yes:{one}")
    assert "chỉ nhắn ở đây" in talk("không")
    (lead,) = talk.all("work_leads")
    assert (lead["phone"], lead["officer_may"], lead["employer_may"]) == ("", False, False)
    assert not talk.holds("0987654321"), "a number that was given before is taken back"


def test_the_same_yes_twice_is_one_lead(talk: Talk) -> None:
    one = interested(talk)
    talk.press(f"work-yes:{one}")
    assert talk.rows("work_leads") == 1 and talk.rows("reminders") == 2


def test_what_does_not_suit_after_all_is_given_up_and_can_be_taken_up_again(talk: Talk) -> None:
    one = interested(talk)
    talk.press(f"work-why:{one}:far")
    (lead,) = talk.all("work_leads")
    assert (lead["state"], lead["why"]) == ("gave_up", "far")
    assert {row["state"] for row in talk.all("reminders")} == {"cancelled"}
    talk.press(f"work-yes:{one}")
    (lead,) = talk.all("work_leads")
    assert lead["state"] == "interested" and lead["why"] is None


def test_what_was_given_up_is_not_proposed_again_unless_it_is_taken_up_again(talk: Talk) -> None:
    one = interested(talk)
    talk.offers(an_offer(title="Thợ may", employer="Tổ may Bà Tư", wage_from=5_000_000, paid=Paid.MONTH))
    assert "Việc 1: Thợ may" in talk("việc cho tôi"), "what they spoke for stands behind"
    assert "Việc 2: Công nhân may" in talk("Xem thêm")
    assert "Vì sao?" in talk.press(f"lead-stop:{one}")
    talk("thôi khỏi")
    after = talk("việc cho tôi")
    assert "Việc 1: Thợ may" in after and "Xem thêm" not in after, "also where no reason was told"
    talk.press(f"lead-why:{one}:wage")
    assert "Việc 1: Thợ may" in talk("việc cho tôi")
    talk.press(f"work-yes:{one}")
    assert "Xem thêm" in talk("việc cho tôi") and "Việc 2: Công nhân may" in talk("Xem thêm")


def test_why_something_was_given_up_weighs_like_why_something_does_not_suit(talk: Talk) -> None:
    (one, *_) = talk.offers(
        FACTORY,
        an_offer(title="May chăn", employer="Tổ may A", wage_from=6_900_000, paid=Paid.MONTH, hours="buổi sáng"),
        an_offer(title="May rèm", employer="Tổ may B", wage_from=9_000_000, paid=Paid.MONTH, place="xã khác"),
    )
    told(talk)
    talk.press(f"work-yes:{one}")
    talk.press(f"lead-stop:{one}")
    assert "Việc 1: May chăn" in talk("việc cho tôi")
    talk.press(f"lead-why:{one}:wage")
    assert "Việc 1: May rèm" in talk("việc cho tôi"), "what pays no more comes later"


def test_nobody_speaks_for_somebody_else(knowledge: Knowledge, clock: FixedClock) -> None:
    with receiving(knowledge, clock) as somebody:
        first, other = somebody("somebody"), somebody("another")
        for one in (first, other):
            one.press("start:dak-cam")
        number = interested(first)
        for payload in ("lead-began", "lead-stop", "lead-quiet", "lead-share", "lead-wait"):
            assert "không còn trong sổ" in other.press(f"{payload}:{number}") or payload == "lead-share"
        for payload in ("lead-began:", "lead-began:x", "lead-still:9:never", f"lead-why:{10**30}:far"):
            assert "không còn trong sổ" in first.press(payload)
        (lead,) = first.all("work_leads")
        assert lead["state"] == "interested" and lead["silent"] is False


def test_who_says_stop_looking_leaves_a_nameless_count(talk: Talk) -> None:
    interested(talk)
    talk("Cho cán bộ gọi")
    talk("0987654321")
    talk("thôi tìm việc")
    (lead,) = talk.all("work_leads")
    assert lead["contact_id"] is None and lead["phone"] == "" and lead["state"] == "interested"
    assert talk.rows("reminders") == 0 and not talk.holds("0987654321")


def test_a_lead_is_in_the_copy_and_gone_with_everything(talk: Talk) -> None:
    interested(talk)
    talk.press("export")
    assert '"title": "Công nhân may"' in talk.file() and '"act": "interested"' in talk.file()
    talk("xóa dữ liệu của tôi")
    talk.press("erase-now")
    assert talk.rows("reminders") == 0 and talk.traces() == []
