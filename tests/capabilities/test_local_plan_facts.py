"""local-plan-facts: figures, goals, projects and money of the own place, with year and section; silence is said."""

import pytest

from tests.capabilities.asking import live
from tests.support.talk import Talk

ASKED = (
    ("dak-cam", "năm nay phường mình giảm bao nhiêu hộ nghèo", ("không nêu số của riêng năm 2026", "21 hộ", "12 hộ")),
    ("dak-cam", "có mấy thôn", ("24",)),
    ("phan-rang", "tỷ lệ hộ nghèo bao nhiêu", ("0,72 phần trăm", "Chung Tay chưa có kế hoạch năm 2026")),
    ("phan-rang", "chỉ tiêu về nhà ở", ("10 căn nhà",)),
    ("hong-linh", "kế hoạch có nói tới internet không", ("98 phần trăm",)),
    ("hong-linh", "khẩu hiệu là gì", ("Hồng Lĩnh chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",)),
    ("muong-lay", "tổng kinh phí của kế hoạch", ("7.645.000.000 đồng", "7.538.000.000 đồng", "107.000.000 đồng")),
    ("muong-lay", "xã mình còn bao nhiêu hộ nghèo", ("không nêu số hộ nghèo, tỷ lệ hộ nghèo",)),
    ("di-su", "ty le ho ngheo cua phuong", ("0,31 phần trăm", "không nêu số hộ cận nghèo")),
    ("di-su", "dự án 2 bao nhiêu tiền", ("không đánh số dự án", "Kế hoạch không nêu số tiền")),
    ("phan-rang", "dự án 2 bao nhiêu tiền", ("Kế hoạch không nêu số tiền",)),
)


@pytest.mark.parametrize(("locality", "question", "words"), ASKED)
def test_the_plans_own_figure_with_its_year_and_section(
    talk: Talk, locality: str, question: str, words: tuple[str, ...]
) -> None:
    live(talk, locality)
    answer = talk(question)
    assert [one for one in words if one not in answer] == [], answer
    assert "Theo Kế hoạch giảm nghèo" in answer and "Tính đến ngày 20/11/2026." in answer


def test_the_eight_amounts_of_muong_lay(talk: Talk) -> None:
    live(talk, "muong-lay")
    said = talk("kế hoạch có những dự án nào")
    while "[Xem tiếp phần này]" in talk.last:
        said += talk("Xem tiếp phần này")
    assert said.count("Số tiền: ") == 8


def test_the_next_place_has_other_figures(talk: Talk) -> None:
    live(talk, "dak-cam")
    first = talk("tỷ lệ hộ nghèo bao nhiêu")
    live(talk, "phan-rang")
    second = talk("tỷ lệ hộ nghèo bao nhiêu")
    assert "Đăk Cấm" in first and "Đăk Cấm" not in second and "0,27" not in second
