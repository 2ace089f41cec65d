"""overseas-work-info: what is paid, the loan, the office, a firm by its day; always the warning of brokers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.loader import PACKS_DIR, load_catalogue
from tests.capabilities.asking import live, told
from tests.support.clock import FixedClock
from tests.support.talk import Talk, receiving

WARNS = "đừng đưa tiền"
OFFICES = {
    "dak-cam": "Ủy ban nhân dân phường Đăk Cấm. Kế hoạch 2025-2030 không nêu phòng nào",
    "hong-linh": "Phòng Lao động",
}
FIRMS = """\
- name: "Công ty TNHH Nhân lực Mẫu Sao Mai"
  also: ["SAMACO"]
  licence: "00/GP-MAU"
  from: 2024-01-15
  to: 2029-01-14
  source: "Công văn mẫu 00/SNV-VL của Sở Nội vụ"
  checked: 2026-11-01
- name: "Công ty Cổ phần Mẫu Hoa Cau"
  licence: "01/GP-MAU"
  from: 2019-01-15
  to: 2026-01-14
  source: "Công văn mẫu 00/SNV-VL của Sở Nội vụ"
  checked: 2026-11-01
- name: "Công ty Cổ phần Mẫu Hạt Lúa"
  licence: "02/GP-MAU"
  from: 2027-01-01
  source: "Công văn mẫu 01/SNV-VL của Sở Nội vụ"
  checked: 2026-11-10
"""


@pytest.mark.parametrize(
    "question", ["muốn đi Hàn cần gì", "muon di nhat lam viec can gi", "đi xuất khẩu lao động được hỗ trợ gì"]
)
def test_what_is_needed_is_sourced_and_warns(talk: Talk, question: str) -> None:
    talk.press("start:dak-cam")
    told(talk, question, WARNS)


@pytest.mark.parametrize("question", ["vay tiền đi xuất khẩu lao động", "vay von di nhat"])
def test_the_loan_is_sourced_and_warns(talk: Talk, question: str) -> None:
    talk.press("start:dak-cam")
    told(talk, question, "Ngân hàng Chính sách xã hội", "338/2025", WARNS)


def test_every_part_and_detail_of_the_card_warns(talk: Talk, knowledge: Knowledge) -> None:
    talk.press("start:dak-cam")
    card = knowledge.content.card("overseas-work", locality="dak-cam", on=FixedClock().now().date(), lang="vi")
    assert card is not None and len(card.details) >= 8
    paths = [f"part:overseas-work:{name}" for name in card.sections]
    for payload in (*paths, *(f"more:overseas-work:{number}" for number in range(len(card.details)))):
        answer = talk.press(payload)
        assert WARNS in answer.lower() or WARNS in answer, payload


def test_the_office_differs_by_locality(talk: Talk) -> None:
    answers = {}
    for locality in OFFICES:
        live(talk, locality)
        told(talk, "muốn đi làm ở Nhật cần gì", WARNS)
        answers[locality] = talk("đi làm việc ở nước ngoài ai lo")
    assert [place for place, office in OFFICES.items() if office not in answers[place]] == [], answers


def test_without_a_list_nobody_is_said_to_be_allowed(talk: Talk) -> None:
    talk.press("start:dak-cam")
    for question in ("công ty Sao Mai có được phép đưa người đi Nhật không", "cty nay co giay phep khong"):
        answer = talk(question)
        assert "chưa có danh sách" in answer and "Trung tâm Dịch vụ việc làm của tỉnh" in answer and WARNS in answer
        assert "[Gặp cán bộ]" in answer
    assert "Ai xem: cán bộ phường Đăk Cấm" in talk("Gặp cán bộ")


@pytest.fixture(scope="module")
def listing(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Talk]]:
    """A desk whose office has entered three firms."""
    folder: Path = tmp_path_factory.mktemp("own")
    (folder / "vn").mkdir()
    (folder / "vn" / "licensed-firms.yaml").write_text(FIRMS, "utf-8")
    own = Knowledge(content=load_catalogue(PACKS_DIR, folder), understanding=knowledge.understanding)
    with receiving(own, FixedClock()) as somebody:
        yield somebody


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "công ty Mẫu Sao Mai có được phép không",
            ("Giấy phép số 00/GP-MAU, từ 15/01/2024 đến hết 14/01/2029", "mượn tên công ty thật"),
        ),
        ("cty samaco co giay phep k", ("Giấy phép số 00/GP-MAU", "Công văn mẫu 00/SNV-VL", "Tính đến ngày 01/11/2026")),
        ("công ty Mẫu Hoa Cau có hợp pháp không", ("hết hạn ngày 14/01/2026", "Chung Tay không biết")),
        ("công ty mẫu hạt lúa có giấy phép chưa", ("có từ 01/01/2027, chưa đến ngày",)),
        ("công ty Trời Xanh có được phép không", ("không có trong danh sách", "10/11/2026", "không nói được")),
        ("công ty này có giấy phép không", ("Gõ lại câu hỏi với đúng tên công ty",)),
        ("is company Samaco licensed", ("00/GP-MAU",)),
    ],
)
def test_a_firm_is_looked_up_with_its_day(
    listing: Callable[[str], Talk], question: str, words: tuple[str, ...]
) -> None:
    talk = listing(f"who asks {question}")
    talk.press("start:dak-cam")
    answer = talk(question)
    assert [one for one in words if one not in answer] == [], answer
    if "Gõ lại" not in answer:
        assert "Trung tâm Dịch vụ việc làm của tỉnh hoặc Ủy ban nhân dân phường Đăk Cấm" in answer and WARNS in answer


def test_another_licence_is_another_matter(listing: Callable[[str], Talk]) -> None:
    talk = listing("builder")
    talk.press("start:dak-cam")
    assert "có trong danh sách" in talk("công ty Mẫu Sao Mai có giấy phép không")
    assert "danh sách" not in talk("công ty xây dựng làm nhà có cần giấy phép không")
