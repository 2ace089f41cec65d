"""plain-and-unaccented: whatever the spelling, the region or the keyboard, the right matter, in short sentences."""

import re

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

# How people type and speak, and the beginning of the card that they want.
ASKED = (
    ("TIEN DIEN HO NGHEO DUOC MAY DONG", "Tiền điện"),
    ("tieenf ddieenj hooj ngheof khi naof cos", "Tiền điện"),
    ("tie6n2 d9ie65n ho65 nghe2o khi na2o co1", "Tiền điện"),
    ("xinchothebaohiemyte ho ngheo o dau", "Thẻ bảo hiểm y tế"),
    ("lm mat the bhyt r, xin lai ntn ad", "Thẻ bảo hiểm y tế"),
    ("cái thẻ khám bệnh của tui mất tiêu rồi, mần lại chỗ mô rứa", "Thẻ bảo hiểm y tế"),
    ("hn dc mien hoc phi k a", "Tiền học phí"),
    ("con ho ngheo di hoc co pai dong hoc fi hok", "Tiền học phí"),
    ("nha dot wa, mun xin lop lai mai", "Làm nhà, sửa nhà"),
    ("nhaf doojt xin tieenf suwar nhaf", "Làm nhà, sửa nhà"),
    ("mượn ngân hàng chính sách ít vốn nuôi heo", "Vay vốn làm ăn"),
    ("vây vống nuôi bò", "Vay vốn làm ăn"),
    ("muon vay cho con di hoc dai hoc", "Vay cho con đi học"),
    ("bi kien ra toa ma k co tien thue luat xu", "Luật sư giúp"),
    ("muon hoc nghe xua xe co mat tien hong", "Học nghề"),
    ("mần răng vô được hộ nghèo", "Xét hộ nghèo"),
    ("giấy chứng nhận hộ ngèo bị rách đổi ở đâu", "Giấy hộ nghèo"),
    ("thu nhap bn 1 ng thi la hn", "Mức xét hộ nghèo"),
    ("mẹ tôi tám mươi tuổi hổng có lương hưu mỗi tháng được nhiêu", "Tiền nhận mỗi tháng"),
    ("quà têt hộ ngèo năm nay có hông", "Quà Tết"),
    ("nác giếng nhiễm phèn, nhà nước có cho cái bồn chi không", "Nước sạch"),
    ("đi nhật diện hộ nghèo được hổ chợ cái chi", "Làm ở nước ngoài"),
    ("How can a poor household get a health insurance card?", "Health insurance"),
)
MOST_WORDS = 30  # of a sentence that a person has to keep in mind


@pytest.mark.parametrize(("question", "card"), ASKED)
def test_the_right_matter_whatever_the_spelling(talk: Talk, question: str, card: str) -> None:
    talk.press("start:dak-cam")
    answer = told(talk, question, card)
    told_text = [line for line in answer.splitlines() if "Theo " not in line and "[" not in line]
    sentences = [piece for line in told_text for piece in re.split(r"[.?!;:](?:\s|$)", line)]
    assert max(len(sentence.split()) for sentence in sentences) <= MOST_WORDS, answer
