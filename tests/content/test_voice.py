"""The checks of the voice: what breaks a rule is found, what keeps it passes."""

import unicodedata

import pytest

from content.voice import check_buttons, check_text, sentence_words

BROKEN = [
    ("NFC", unicodedata.normalize("NFD", "Bà con hỏi cán bộ."), "sentence"),
    ("V4", "Đã nhận câu hỏi!", "sentence"),
    ("V4", "Đã nhận câu hỏi 🙂", "sentence"),
    ("V4", "Bà con CHÚ Ý.", "sentence"),
    ("V2", "Mình chưa hiểu ý bà con.", "sentence"),
    ("V2", "Để mình chuyển cho cán bộ.", "sentence"),
    ("V3", "Bạn cần gì?", "sentence"),
    ("W1", "Dành cho đối tượng này.", "sentence"),
    ("W1", "Người tàn tật được nhận.", "sentence"),
    ("W2", "Rất tiếc, nhà mình chưa được.", "sentence"),
    ("W2", "Chắc chắn được.", "sentence"),
    ("W3", "Sai cú pháp.", "sentence"),
    ("W3", "Bấm vào link này.", "sentence"),
    ("W3", "Chung Tay dùng AI.", "sentence"),
    ("W4", "Nộp ở UBND xã.", "sentence"),
    ("W4", "Thẻ BHYT mới", "button"),
    ("A1", "Chữ. " * 65, "message"),
    ("A1", "Được, " + "nếu nhà có giấy " * 6, "answer"),
    ("A3", "Bà con mang giấy tờ của nhà mình đến chỗ nhận giấy tờ rồi chờ cán bộ gọi tên nhé.", "line"),
    ("A5", "Có", "button"),
    ("A5", "Tiếp", "button"),
    ("A5", "Xem tất cả giấy cần mang", "button"),
    ("A8", "Được 500k một tháng.", "line"),
    ("A8", "Được 2tr5 một tháng.", "line"),
    ("A8", "Được 3,500,000 đồng.", "line"),
    ("A8", "Được 3500000 đồng.", "line"),
    ("A8", "Lương 300.000 VNĐ.", "line"),
    ("A8", "Thu nhập ≤ 2 triệu.", "line"),
    ("A8", "50.000 đồng/tháng", "line"),
    ("A9", "Trước ngày 5/1/2027.", "line"),
    ("A9", "Trước ngày 05/07/2027.", "line"),
    ("A9", "Trước ngày 05-07-2027.", "line"),
    ("A9", "Trả lời sớm nhất có thể.", "line"),
]


@pytest.mark.parametrize(("rule", "text", "kind"), BROKEN)
def test_a_broken_rule_is_found(rule: str, text: str, kind: str) -> None:
    assert rule in {finding.rule for finding in check_text(text, kind)}


GOOD = [
    "Được, nếu nhà có giấy hộ nghèo.",
    "Ai đòi tiền, báo Chung Tay.",  # "ai" is a word
    "Nhà mình có thể thuộc diện xét hộ nghèo.",
    "Nhà mình đã nộp giấy thì chờ.",
    "Hỏi Ủy ban nhân dân phường Đăk Cấm.",  # "ban" is in a name
    "3.500.000 đồng (ba triệu rưỡi) một tháng, từ ngày 05/7/2027.",
    "Theo Nghị định 188/2025/NĐ-CP, điểm a khoản 4 Điều 12.",
    "Theo Quyết định 1198/QĐ-MTTW-ĐCT.",
    "KHẨN. Bão vào xã khoảng 7 giờ 30.",
    "Chưa chắc, còn tùy nơi ở.",  # "chắc chắn" is not said
    "Người bệnh tâm thần được giúp.",
    "Gọi 113, 115, 111.",
    "Lãi 7,488% một năm.",
    "Mã của bà con: {code}",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_sentence_passes(text: str) -> None:
    assert check_text(text, "line") == []


def test_official_names_figures_and_places_count_as_one_word() -> None:
    assert sentence_words("Theo Nghị định 188/2025/NĐ-CP, Điều 12.") == 3  # the comma parts two names
    assert sentence_words("Hỏi Ủy ban nhân dân {place}.") == 3
    assert sentence_words("Được 3.500.000 đồng (ba triệu rưỡi) một người, một tháng.") == 2
    assert sentence_words("Hỏi Phòng Lúa gạo xã.", names=["Phòng Lúa gạo xã"]) == 2


def test_english_is_spared_the_vietnamese_rules() -> None:
    assert check_text("Ask the AI of the UBND.", "line", "en") == []
    assert [one.rule for one in check_text("Done!", "line", "en")] == ["V4"]


def test_labels_shown_together() -> None:
    assert check_buttons(["Gặp cán bộ", "Về đầu"]) == []
    assert [one.rule for one in check_buttons(["Về đầu", "về đầu"])] == ["A5"]
    assert check_buttons(f"Nút {n}" for n in range(6))[0].what == "6 buttons, at most 5"
