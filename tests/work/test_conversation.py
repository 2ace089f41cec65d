"""Work for somebody in the chat: asked by consent, told with reasons and a source, forgotten."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.knowledge import Knowledge
from core.work import OfferKind, Paid
from tests.support.clock import FixedClock
from tests.support.rows import an_offer
from tests.support.talk import Talk, receiving

FACTORY = an_offer(
    seats=20,
    wage_from=7_000_000,
    wage_to=9_000_000,
    paid=Paid.MONTH,
    hours="7 giờ đến 16 giờ",
    contact="0912 345 678",
    no_degree=True,
    deadline=date(2026, 11, 30),
)
KITCHEN = an_offer(title="Phụ bếp", occupation="kitchen-help", employer="Quán Hai Lan", place="xã Ngọk Bay")
FAR = an_offer(title="May ở xa", employer="Công ty Xa", place="tỉnh Bình Dương", away=True, lodging="có nhà ở")
COURSE = an_offer(
    kind=OfferKind.COURSE,
    title="Nấu ăn",
    occupation="cook",
    employer="Trường nghề Ba Sao",
    support="tiền ăn",
    priority="hộ nghèo",
    opens=date(2026, 12, 15),
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def talk(knowledge: Knowledge, clock: FixedClock) -> Iterator[Talk]:
    with receiving(knowledge, clock) as somebody:
        talk = somebody("somebody")
        talk.press("start:dak-cam")
        yield talk


def told(talk: Talk, *answers: str) -> str:
    """All questions answered; gives what comes behind the last answer."""
    talk("tìm việc")
    talk("đồng ý")
    for answer in answers or ("may", "may", "Sáng đi, tối về", "Chỉ ban ngày", "Có con nhỏ"):
        said = talk(answer)
    return said


def test_nothing_is_kept_before_a_yes_and_the_last_answer(talk: Talk) -> None:
    asked = talk("tìm việc")
    assert "Giữ lại: biết làm gì, muốn làm gì" in asked and "Giữ 365 ngày rồi xóa" in asked
    assert "Không giữ gì cả" in talk("không")
    assert talk.rows("work_profiles") == talk.rows("consents") == 0
    talk("việc cho tôi")
    assert "Câu 1, có 5 câu" in talk("Cho giữ, tìm việc")
    for answer, following in (("phụ hồ", "Câu 2"), ("may", "Câu 3"), ("gần nhà", "Câu 4"), ("ban ngày", "Câu 5")):
        assert following in talk(answer)
        assert talk.rows("work_profiles") == 0
    talk("nuôi con nhỏ, chưa có xe đi làm")
    assert talk.rows("work_profiles") == talk.rows("consents") == 1
    assert not talk.holds("nuôi con nhỏ"), "what holds somebody back is not kept among the messages"


def test_what_suits_is_told_with_reasons_wage_and_whose_word_it_is(talk: Talk) -> None:
    talk.offers(FACTORY, KITCHEN, FAR)
    said = told(talk)
    for line in (
        "Đã ghi, giữ đến hết ngày 20/11/2027.",
        "Việc 1: Công nhân may. Nơi tuyển: Công ty May Sao Mai.",
        "Lương: từ 7.000.000 đến 9.000.000 đồng một tháng (bảy triệu đến chín triệu).",
        "Còn 20 chỗ, nhận đến hết ngày 30/11/2026.",
        "Hợp vì: đúng nghề nhà mình muốn; ở ngay trong xã, phường; không làm đêm; không đòi bằng cấp.",
        "Theo tin của Công ty May Sao Mai. Cán bộ phường Đăk Cấm đã kiểm tra ngày 20/11/2026.",
    ):
        assert line in said
    assert "[Xem thêm]" not in said, "nothing else suits: another trade, and too far"
    assert "km" not in said


def test_one_after_the_other_and_what_was_refused_does_not_come_back(talk: Talk) -> None:
    other = an_offer(title="Thợ may", employer="Tổ may Bà Tư", place="xã khác")
    talk.offers(FACTORY, other)
    assert "Việc 1: Công nhân may" in told(talk)
    assert "Việc 2: Thợ may" in talk("Xem thêm")
    assert "Không hợp ở chỗ nào?" in talk("Không hợp")
    after = talk("Xa quá")
    assert "Đã nhớ: xa quá" in after and "Công nhân may" not in after  # that one was seen already
    assert "Không còn việc nào mới" in after
    again = talk("Xem lại việc")
    assert "Việc 1: Công nhân may" in again and "Thợ may" not in again and "Xem thêm" not in again
    talk("Không hợp")
    none = talk("Lương thấp")
    assert "chưa có thêm việc nào hợp" in none and "Xem lại việc" not in none, "both were refused"
    assert talk.rows("work_answers") == 2
    assert "chưa có thêm việc nào hợp" in talk("tìm việc")


def test_whom_to_ask_is_told_to_who_is_interested(talk: Talk) -> None:
    talk.offers(FACTORY, KITCHEN)
    told(talk)
    said = talk("Tôi quan tâm")
    assert "Đã ghi: bà con quan tâm Công nhân may, Công ty May Sao Mai." in said
    assert "Hỏi thẳng: 0912 345 678." in said and "đóng tiền trước" in said and "[Gặp cán bộ]" in said


def test_what_is_not_verified_over_or_full_is_never_shown(talk: Talk, clock: FixedClock) -> None:
    talk.offers(FACTORY, verified=False)
    assert "chưa có thêm việc nào" in told(talk)
    (one,) = talk.offers(an_offer(title="Thợ may", deadline=date(2026, 11, 21)))
    assert "Việc 1: Thợ may" in talk("tìm việc"), "as soon as somebody verified it"
    clock.advance(seconds=2 * 86_400)
    assert "chưa có thêm việc nào" in talk("tìm việc")
    assert "Tin này không còn nữa" in talk.press(f"work-yes:{one}")
    assert talk.rows("work_answers") == 0


def test_what_officers_change_is_shown_with_the_next_question(talk: Talk) -> None:
    first, _ = talk.offers(an_offer(title="Thợ may", seats=2), FACTORY)
    assert "Việc 1" in told(talk) and "Việc 2" in talk("Xem thêm")
    for seats, shown in ((2, False), (1, True), (2, False)):
        talk.filled(first, seats)
        everything = talk("tìm việc") + talk("Xem thêm")
        assert ("Thợ may" in everything) is shown and "Công nhân may" in everything
    talk.offers(an_offer(title="Thợ may giỏi"))
    assert "Thợ may giỏi" in talk("tìm việc") + talk("Xem thêm")


def test_courses_are_a_list_of_their_own(talk: Talk) -> None:
    talk.offers(FACTORY, COURSE)
    told(talk, "nấu ăn", "nấu ăn", "trong phường", "lúc nào cũng được", "Không vướng gì")
    said = talk("tìm lớp nghề")
    for line in ("Lớp 1: Nấu ăn. Nơi dạy: Trường nghề Ba Sao.", "Bắt đầu: 15/12/2026.", "Được hỗ trợ: tiền ăn."):
        assert line in said
    assert "Ai được nhận trước: hộ nghèo." in said and "Lương" not in said


def test_it_can_be_changed_seen_and_forgotten(talk: Talk) -> None:
    talk.offers(FACTORY, KITCHEN)
    told(talk)
    talk("Tôi quan tâm")
    talk("sửa điều đã kể")
    for answer in ("nấu ăn", "phụ bếp", "xa nhà cũng được", "lúc nào cũng được", "không"):
        said = talk(answer)
    assert "Việc 1: Phụ bếp" in said
    assert "kể để tìm việc, giữ đến hết ngày 20/11/2027" in talk("dữ liệu của tôi")
    talk("tải dữ liệu của tôi")
    assert '"kitchen-help"' in talk.file()
    assert "Đã xóa điều nhà mình kể" in talk("thôi tìm việc")
    assert talk.rows("work_profiles") == talk.rows("work_answers") == talk.rows("consents") == 0
    assert "Giữ lại: biết làm gì" in talk("tìm việc")
    assert "tìm việc" not in talk("dữ liệu của tôi")


def test_erasing_everything_leaves_no_trace(talk: Talk) -> None:
    talk.offers(FACTORY)
    told(talk)
    talk("Tôi quan tâm")
    talk("xóa dữ liệu của tôi")
    talk.press("erase-now")
    assert talk.rows("work_profiles") == talk.rows("work_answers") == 0 and talk.traces() == []


def test_buttons_are_as_good_as_words_and_old_ones_do_no_harm(talk: Talk) -> None:
    talk.offers(FACTORY)
    talk("tìm việc")
    talk.press("work-agree")
    assert "Làm nông, rừng" in talk.press("work-say:can=page1"), "the next groups"
    for press in ("can=sewing-group", "wants=none", "reach=here", "times=any", "held=none"):
        said = talk.press(f"work-say:{press}")
    assert "Việc 1: Công nhân may" in said
    for payload in (
        "work-say:can=sewing-group",
        "work-say:nothing",
        "work-agree",
        "work-list:nothing:99999",
        "work-list:vacancy:-1",
        "work-no:99999999999999999999",
        "work-why:1:nothing",
        "work-yes:x",
        "work-yes:999",
    ):
        assert talk.press(payload), payload
    assert talk.rows("work_answers") == 0


def test_another_wards_offer_is_none_of_ours(talk: Talk) -> None:
    (one,) = talk.offers(FACTORY, locality="di-su")
    assert "chưa có thêm việc nào" in told(talk)
    talk.press(f"work-yes:{one}")
    assert "0912" not in talk.last and talk.rows("work_answers") == 0


def test_a_question_in_between_is_answered(talk: Talk) -> None:
    talk("tìm việc")
    talk("đồng ý")
    assert "Chung Tay chưa rõ câu vừa rồi" in talk("blo bla")
    answer = talk("hộ nghèo được khám bệnh miễn phí không, phải mang giấy tờ gì đến bệnh viện vậy?")
    assert "bảo hiểm y tế" in answer
    assert answer.index("bảo hiểm y tế") < answer.index("Câu 1")  # the question that waits comes again
    assert "Câu 2" in talk("may")


def test_what_holds_somebody_back_is_heard_before_it_is_asked(talk: Talk) -> None:
    talk("tìm việc")
    talk("đồng ý")
    assert "Đã ghi: không có xe." in talk("khong co bang cap gi, co xe dau ma di")
    assert "Câu 4" in talk("lam gi cung dc mien gan nha, phu ho, rua chen")
    assert "có con nhỏ" in talk("con nho phai don con luc 4h")
    assert "Đã ghi, giữ đến hết ngày" in talk("ban ngay thoi")


def test_the_card_on_finding_work_leads_here(talk: Talk) -> None:
    assert "[Tìm việc cho tôi]" in talk.press("topic:job-connection")
    assert "năm câu ngắn" in talk("Tìm việc cho tôi")


def test_who_lives_elsewhere_is_told_so(talk: Talk) -> None:
    talk.press("start:elsewhere")
    talk("nơi khác")
    assert talk("tìm việc")
    assert talk.rows("work_profiles") == 0


def test_in_english(talk: Talk) -> None:
    talk.offers(FACTORY)
    talk.press("lang:en")
    talk("find work")
    talk("Keep it, find work")
    for answer in ("sewing in a factory", "Any work", "near", "Home every evening", "By day only", "Nothing"):
        said = talk(answer)
        if "Question 5" in said:
            said = talk("Nothing")
            break
    assert "Work 1: Công nhân may" in said and "no certificate is asked for" in said
    assert "from 7,000,000 to 9,000,000 đồng a month" in said


def test_who_tells_nothing_sees_what_is_open_and_nothing_is_kept(talk: Talk, clock: FixedClock) -> None:
    talk.offers(FACTORY)
    clock.advance(seconds=60)
    talk.offers(KITCHEN, FAR, COURSE)
    talk.offers(an_offer(title="Đã đóng"), verified=False)
    assert "[Cho giữ, tìm việc] [Chỉ xem việc] [Không giữ]" in talk("có việc gì không")
    first = talk("Chỉ xem việc")
    assert "Việc 1: Công nhân may" in first and "Hỏi thẳng: 0912 345 678." in first, "what is in the ward first"
    assert "Cán bộ phường Đăk Cấm đã kiểm tra" in first and "[Tôi quan tâm]" not in first
    assert "Việc 2: May ở xa" in talk("Xem thêm"), "then the newest"
    last = talk("Xem thêm")
    assert "Việc 3: Phụ bếp" in last and "[Xem thêm]" not in last
    assert "năm câu ngắn" in talk("Tìm việc hợp hơn")
    refused = talk("Không giữ")
    assert "Không giữ gì cả" in refused and "Việc 1: Công nhân may" in refused
    assert "Lớp 1: Nấu ăn" in talk.press("work-browse:course:0")
    assert "Việc 1" in talk.press("work-browse:nothing:x") and "chưa có tin tuyển" in talk.press(
        "work-browse:vacancy:9"
    )
    assert talk.rows("work_profiles") == talk.rows("work_told") == talk.rows("consents") == 0


def test_what_somebody_saw_is_noted_once_and_goes_with_the_rest(talk: Talk) -> None:
    talk.offers(FACTORY, an_offer(title="Thợ may"))
    told(talk)
    talk("Xem thêm")
    talk("tìm việc")
    assert talk.rows("work_told") == 2
    assert "Việc 1" in talk("chỉ xem việc"), "who told what they look for gets their own list"
    talk("tải dữ liệu của tôi")
    assert '"seen"' in talk.file()
    talk("thôi tìm việc")
    assert talk.rows("work_told") == 0


def test_news_are_switched_on_and_off(talk: Talk) -> None:
    told(talk)
    assert "[Báo tôi việc mới]" in talk.last
    assert "việc, lớp nghề mới hợp thì Chung Tay báo" in talk("Báo tôi việc mới")
    assert "việc làm" in talk("tin của tôi") and talk.rows("consents") == 2
    assert "[Báo tôi việc mới]" not in talk("tìm việc")
    assert "Đã dừng tin việc làm" in talk("dừng tin việc làm")
    assert "[Báo tôi việc mới]" in talk("tìm việc")
    talk("dừng tất cả")
    assert "[Báo tôi việc mới]" in talk("tìm việc")
    assert "Chung Tay báo" in talk("có việc mới thì báo tôi")


def test_news_need_to_know_what_somebody_looks_for(talk: Talk) -> None:
    assert "năm câu ngắn" in talk("báo tôi việc mới")
    assert talk.rows("consents") == 0


def test_where_and_when_are_heard_as_people_say_them(talk: Talk) -> None:
    talk("tìm việc")
    for said in ("đồng ý", "may", "may"):
        talk(said)
    assert "Câu 4" in talk("đi xa được")
    assert "Câu 5" in talk("sang den chieu ve")
    talk("khong")
    (profile,) = talk.all("work_profiles")
    assert (profile["profile"]["reach"], profile["profile"]["times"]) == ("anywhere", "daytime")


def test_who_looks_no_more_is_asked_whether_all_is_to_be_deleted(talk: Talk) -> None:
    talk.offers(FACTORY)
    told(talk)
    assert "xóa điều nhà mình đã kể" in talk("ko tim nua") and talk.rows("work_profiles") == 1
    talk("Xóa điều đã kể")
    assert talk.rows("work_profiles") == 0


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("luong nhieu vay", "Lương: từ 7.000.000"),
        ("làm ở chỗ nào", "Làm ở: phường Đăk Cấm."),
        ("may gio vo lam ha", "Giờ làm: 7 giờ đến 16 giờ."),
        ("ko co bang cap ho co nhan ko", "Không đòi bằng cấp."),
        ("con nhan nguoi ko", "Còn 20 chỗ"),
        ("sdt cua ho la may", "Hỏi thẳng: 0912 345 678."),
    ],
)
def test_what_is_asked_of_a_vacancy_is_answered_by_its_advert(talk: Talk, asked: str, answer: str) -> None:
    talk.offers(FACTORY, an_offer(title="Thợ may", employer="Tổ may Bà Tư", place="xã khác", hours="ca đêm"))
    told(talk)
    said = talk(asked)
    assert answer in said and "Theo tin của Công ty May Sao Mai." in said and "Việc 1" not in said
    assert "Đã ghi: bà con quan tâm Công nhân may" in talk("quan tam"), "its buttons stay"


def test_what_the_advert_does_not_say_is_said_with_whom_to_ask(talk: Talk) -> None:
    talk.offers(FACTORY)
    told(talk)
    said = talk("ho co bao com khong v")
    assert "tin tuyển không ghi rõ" in said and "Hỏi thẳng: 0912 345 678." in said
    talk("Tôi quan tâm")
    assert "tin tuyển không ghi rõ" in talk("co hop dong ko") and "Cho cán bộ gọi" in talk.last
    assert "Cho nơi tuyển Công ty May Sao Mai biết số này" in talk("0987 654 321"), "what was awaited still is"


def test_who_only_looks_may_ask_as_well(talk: Talk) -> None:
    talk.offers(FACTORY, an_offer(title="Thợ may", employer="Tổ may Bà Tư", hours="ca đêm"))
    first = talk("chỉ xem việc")
    hours = "Giờ làm: 7 giờ đến 16 giờ." if "Công nhân may" in first else "Giờ làm: ca đêm."
    assert hours in talk("may gio lam") and "[Xem thêm]" in talk.last


def test_another_matter_below_a_vacancy_is_answered_as_anywhere(talk: Talk) -> None:
    talk.offers(FACTORY)
    told(talk)
    assert "Vay vốn" in talk("vay von duoc bao nhieu") and "Tin tuyển" not in talk.last
    talk("việc cho tôi")
    assert "Không còn việc" in talk("luong thap qua") or "Đã nhớ" in talk.last


def test_a_vacancy_that_is_full_meanwhile_is_told_as_that(talk: Talk) -> None:
    (one,) = talk.offers(FACTORY)
    told(talk)
    talk.filled(one, 20)
    assert "không còn nhận người" in talk("luong bao nhieu")


@pytest.mark.parametrize(
    "said", ["ok quan tam", "viec nay duoc do, toi muon lam", "chị Hoa quan tâm", "da em thich nha"]
)
def test_a_yes_to_a_vacancy_in_ones_own_words(talk: Talk, said: str) -> None:
    talk.offers(FACTORY)
    told(talk)
    assert "Đã ghi: bà con quan tâm Công nhân may" in talk(said)


@pytest.mark.parametrize("said", ["ok", "chị Hoa không quan tâm", "em chưa thích lắm"])
def test_what_is_no_clear_yes_begins_nothing(talk: Talk, said: str) -> None:
    talk.offers(FACTORY)
    told(talk)
    talk(said)
    assert talk.rows("work_leads") == 0


def test_work_that_is_too_hard_does_not_suit(talk: Talk) -> None:
    talk.offers(FACTORY)
    told(talk)
    assert "Đã nhớ: " in talk("nang qua lam ko noi") and talk.all("work_answers")[0]["answer"] == "not_fit"


@pytest.mark.parametrize("asked", ["co viec phu bep ko", "ai thuê phụ bếp vậy", "quan nao can phu bep k a"])
def test_work_of_a_trade_is_shown_and_nothing_else_and_nothing_is_kept(talk: Talk, asked: str) -> None:
    talk.offers(FACTORY, KITCHEN, an_offer(title="Rửa chén", occupation="kitchen-help", employer="Quán Ba Mai"))
    first = talk(asked)
    assert "Nơi tuyển: Quán" in first and "[Xem thêm]" in first
    assert "Lương: " in talk("luong bao nhieu") and "Tin tuyển " in talk.last
    second = talk("xem nua")
    assert "Việc 2: " in second and "Công nhân may" not in first + second
    assert "[Xem việc khác]" in second and "Công nhân may" in talk("Xem việc khác") + talk("xem them") + talk(
        "xem them"
    )
    assert talk.rows("work_profiles") == talk.rows("consents") == talk.rows("work_told") == 0


def test_who_keeps_a_profile_may_be_interested_in_work_of_another_trade(talk: Talk) -> None:
    talk.offers(FACTORY, KITCHEN)
    told(talk)
    assert "Việc 1: Phụ bếp" in talk("co viec phu bep ko") and "[Tôi quan tâm] [Không hợp] [Xem việc khác]" in talk.last
    assert "Đã ghi: bà con quan tâm Phụ bếp" in talk("quan tâm")


def test_that_there_is_no_work_of_a_trade_is_said(talk: Talk) -> None:
    talk.offers(FACTORY)
    assert "chưa có tin tuyển về: phụ hồ" in talk("co viec phu ho ko") and "[Báo tôi việc mới]" in talk.last


@pytest.mark.parametrize("other", ["có lớp học may không", "có việc gì không", "vay vốn nuôi bò được không"])
def test_other_questions_with_a_trade_in_them_stay_what_they_are(talk: Talk, other: str) -> None:
    talk.offers(FACTORY)
    assert "Việc 1" not in talk(other) and "chưa có tin tuyển về" not in talk.last
