"""household-review-help: the official request, filled in, ready to sign; where to hand it in; and to the officers."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.capabilities.asking import live
from tests.support.talk import Talk

FIELDS = (
    "làm giấy đề nghị",
    "Điền giúp",
    "lò văn páo",
    "nam",
    "5/1/1980",
    "Thái",
    "012345678901",
    "3/4/2021",
    "Đúng chỗ này",
    "Cùng chỗ đó",
    "lò văn páo, nam, 1980, chủ hộ, làm ruộng; lò thị ửng, nữ, 12/3/1985, vợ, làm ruộng",
    "Đủ người rồi",
    "mái nhà dột, chồng mất việc",
)
TYPED = (
    "GIẤY ĐỀ NGHỊ",
    "Chủ tịch Ủy ban nhân dân phường Đăk Cấm",
    "Lò Văn Páo",
    "05/01/1980",
    "012345678901",
    "Lò Thị Ửng",
    "mái nhà dột, chồng mất việc",
    "ngày 20 tháng 11 năm 2026",
)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_request_is_filled_in_and_ready_to_sign(talk: Talk) -> None:
    live(talk, "dak-cam")
    answer = [talk(one) for one in FIELDS][-1]
    assert talk.files() == ["giay-de-nghi-ra-soat.pdf"]
    assert "Nộp tại Ủy ban nhân dân phường Đăk Cấm. Không mất tiền." in answer
    paper = text_of(talk.content())
    assert [one for one in TYPED if one not in paper] == []


def test_the_paper_can_be_had_as_word(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in FIELDS:
        talk(one)
    talk("Lấy bản Word")
    assert talk.files() == ["giay-de-nghi-ra-soat.docx"]
    assert talk.content().startswith(b"PK")


def test_what_was_typed_for_the_paper_is_in_no_message(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in FIELDS[:8]:
        talk(one)
    assert "Thẻ căn cước cấp ngày nào?" in talk.last or "Nơi thường trú" in talk.last
    assert not talk.holds("012345678901")


def test_nothing_goes_to_officers_without_a_yes(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in FIELDS:
        talk(one)
    before = talk.rows("questions")
    assert "xin phép" in talk("Gửi cán bộ")
    talk("không")
    assert talk.rows("questions") == before


def test_the_code_tells_the_state_to_whom_it_is_and_guessing_is_stopped(room: Callable[[str], Talk]) -> None:
    first, other = room("first"), room("other")
    live(first, "dak-cam")
    live(other, "dak-cam")
    for one in (*FIELDS, "Gửi cán bộ"):
        first(one)
    assert "xin phép gửi giấy này" in first.last
    code = first("đồng ý").split("Mã của bà con: ")[1][:7]
    assert "đang chờ cán bộ" in first(code)
    assert other(code).replace(code, "K7M 4PX") == other("K7M4PX"), "nobody else learns that there is one"
    for guess in ("K7M4PC", "K7M4PN", "K7M4PT"):
        assert "Chưa tìm thấy mã" in other(guess)
    assert "Thử nhiều mã quá" in other(code)


def test_with_a_yes_it_gets_a_code(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in FIELDS:
        talk(one)
    before = talk.rows("questions")
    assert "xin phép gửi giấy này" in talk("Gửi cán bộ")
    answer = talk("đồng ý")
    assert "Mã của bà con: " in answer
    assert talk.rows("questions") == before + 1
    code = answer.split("Mã của bà con: ")[1][:7]
    assert "đang chờ cán bộ" in talk(code)


def test_the_officer_gets_the_very_paper_and_gets_it_once(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in FIELDS:
        talk(one)
    before = talk.rows("entry_files")
    talk("gửi giấy cho cán bộ đi")
    code = talk("đồng ý").split("Mã của bà con: ")[1][:7]
    assert talk.rows("entry_files") == before + 1
    questions = talk.rows("questions")
    assert f"Giấy này đã gửi rồi. Mã: {code}" in talk("Gửi cán bộ")
    assert talk.rows("questions") == questions
    assert "đang chờ cán bộ" in talk(f"việc {code.lower()} tới đâu rồi em")


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Nguyễn Thị Bẫy, nữ, 1979, chủ hộ, làm thuê", "Nguyễn Thị Bẫy, Nữ, 1979, chủ hộ, làm thuê"),
        ("lò văn an, con gái, bỏ học", "Lò Văn An, Nữ, con, bỏ học"),
        ("Trần Văn Tư, bố chồng, không làm việc", "Trần Văn Tư, Nam, bố chồng, không làm việc"),
        ("Trần Văn Tư, già yếu, cậu ruột, 1950", "Trần Văn Tư, 1950, cậu ruột, già yếu"),
    ],
)
def test_nothing_that_is_said_of_a_member_takes_the_place_of_something_else(talk: Talk, line: str, person: str) -> None:
    live(talk, "dak-cam")
    for one in FIELDS[:10]:
        talk(one)
    assert f"1. {person}" in talk(line)
    talk("viết lại từ đầu")


@pytest.mark.parametrize("question", ["muốn xin xét hộ nghèo thì nộp đơn ở đâu", "khi nào xét hộ nghèo"])
def test_when_and_where_is_told(talk: Talk, question: str) -> None:
    live(talk, "dak-cam")
    answer = talk(question)
    assert "Ủy ban nhân dân" in answer or "14/12" in answer
    assert "[Điền giúp]" in talk("Làm giấy đề nghị")


def test_the_form_ends_with_its_decision(talk: Talk) -> None:
    live(talk, "dak-cam")
    answer = talk("làm giấy đề nghị")
    assert "Theo Quyết định 24/2021/QĐ-TTg" in answer
    assert "[Điền giúp]" in answer
