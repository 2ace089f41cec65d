"""scam-safety: lures are warned of by what gives them away; we ourselves ask for no money, code, account or number."""

import re

import pytest

from tests.support.talk import Talk

LURES = (
    "Tuyển gấp việc nhẹ lương cao 25 triệu, không cần kinh nghiệm, ib em",
    "viec nhe luong cao o nha, ngay 500k co that khong",
    "Cần CTV chốt đơn, nạp 200k nhận lại 260k trong 5 phút",
    "lam nhiem vu thich video, nap tien moi rut duoc",
    "có người rủ con tôi sang Campuchia làm casino lương nghìn đô",
    "ho moi qua Myanmar lam may lanh, luong 30 trieu, khong can ho chieu",
    "họ bảo đưa căn cước cho họ giữ rồi mới cho đi làm",
    "môi giới cầm hộ chiếu của tôi, đòi thêm 10 triệu mới trả",
    "công ty bảo đóng 500 nghìn tiền đồng phục trước mới nhận",
    "trung tam gioi thieu viec bat dat coc 1 trieu",
    "app vay tiền bắt nộp 2 triệu mới giải ngân",
    "vay online phai dong phi bao hiem khoan vay truoc",
    "ngân hàng gọi bảo chuyển tiền chứng minh thu nhập rồi mới cho vay",
    "có người xưng cán bộ xã thu 300 nghìn làm sổ hộ nghèo",
    "ho noi la can bo phuong, nop 200k phi ho so ho ngheo",
    "công an gọi điện bảo đọc mã OTP để nâng cấp VNeID",
    "so la goi xung cong an bat chuyen tien vao tai khoan an toan",
    "điện lực gọi bảo không chuyển tiền là cắt điện",
    "nhân viên ngân hàng giả hỏi mật khẩu thẻ của tôi",
    "họ gửi link bảo bấm vào nhận tiền hỗ trợ hộ nghèo",
    "http://nhan-tro-cap.top",
    "Chúc mừng bạn trúng xe máy, nộp thuế 3 triệu để nhận",
    "tu thien tang qua ma bat dong 50k phi ship",
    "đầu tư tiền ảo lãi 30% một tháng",
    "đưa ông cò 5 triệu là lo xong giấy hộ nghèo",
    "bao đậu vay vốn ngân hàng chính sách, phí 2 triệu",
    "đặt cọc 30 triệu trước đi Nhật, chưa có hợp đồng",
    "di Han khong can giay to, coc 20 trieu giu suat",
)
IN_ENGLISH = (
    "they want me to pay 2 million deposit before the job starts",
    "easy job in Cambodia, 1500 dollars, no experience",
)
SEEN = "có dấu hiệu lừa đảo: "
VERDICT = re.compile(r"\b(?:là lừa đảo|chắc chắn lừa|kẻ lừa đảo này|it is a scam|this is a scam)\b", re.IGNORECASE)


@pytest.mark.parametrize("words", LURES)
def test_a_lure_is_answered_with_the_warning(talk: Talk, words: str) -> None:
    talk.press("start:dak-cam")
    answer = talk(words)
    assert "gọi 113" in answer and "Đừng chuyển tiền, đừng gửi giấy tờ, đừng đọc mã" in answer
    assert "[Báo tin này]" in answer and "[Đã lỡ chuyển tiền]" in answer
    assert not VERDICT.search(answer)


@pytest.mark.parametrize("words", IN_ENGLISH)
def test_a_lure_in_english_is_answered_so(talk: Talk, words: str) -> None:
    talk.press("start:dak-cam")
    talk("english")
    answer = talk(words)
    assert "There are signs of a scam: " in answer and "call 113" in answer and "[Report this]" in answer


def test_there_are_thirty_and_nearly_all_are_told_what_gives_them_away(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told = [words for words in LURES if SEEN in talk(words)]
    assert len(LURES) + len(IN_ENGLISH) == 30
    assert len(told) >= 26, set(LURES) - set(told)


def test_the_warning_names_what_was_seen_and_is_passed_on_with_a_press(talk: Talk) -> None:
    talk.press("start:dak-cam")
    answer = talk("công ty bảo đưa căn cước cho họ giữ, dẫn qua cửa khẩu làm bên Campuchia")
    assert "dấu hiệu lừa đảo: đòi giữ hoặc gửi giấy tờ; rủ đi làm qua biên giới." in answer
    assert "Ai xem: cán bộ phường Đăk Cấm" in talk("Báo tin này")
    assert "Mã của bà con: " in talk("đồng ý")
    assert talk.holds("dẫn qua cửa khẩu làm bên Campuchia")


def test_somebody_who_is_held_is_an_alarm_with_the_words_before_it(talk: Talk) -> None:
    talk.press("start:dak-cam")
    talk("họ hẹn đón ở cửa khẩu, đưa căn cước cho họ giữ rồi qua bên kia làm")
    before = talk.rows("questions")
    answer = talk("Có người đang bị giữ")
    assert answer.startswith("< Đang nguy hiểm: gọi 113 ngay.") and "Đã báo cán bộ phụ trách" in answer
    assert talk.rows("questions") == before + 1
    assert talk.holds("họ hẹn đón ở cửa khẩu")


def test_honest_offers_and_warnings_of_the_ward_are_left_alone(talk: Talk) -> None:
    talk.press("start:dak-cam")
    assert SEEN in talk("Công ty may tuyển 50 công nhân, nộp trước 500 nghìn tiền hồ sơ mới nhận")
    for words in (
        "Công ty may tuyển 50 công nhân, lương 7 đến 9 triệu, nộp hồ sơ tại phòng nhân sự",
        "Bà con cảnh giác với kẻ giả công an đòi chuyển tiền, không đọc mã OTP cho ai",
        "muốn đi làm ở Nhật cần gì",
        "vay vốn có phải đóng phí không",
    ):
        answer = talk(words)
        assert SEEN not in answer and "Coi chừng bị lừa" not in answer, words
