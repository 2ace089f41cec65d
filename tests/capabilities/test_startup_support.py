"""startup-support: what helps to start a business, with source and office; an idea is answered."""

import re

import pytest

from core.officers import Role
from tests.capabilities.asking import live, told
from tests.capabilities.office import Office
from tests.support.talk import Talk
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

QUESTIONS = (
    "hộ nghèo muốn mở quán bán hàng thì được hỗ trợ gì",
    "muốn khởi nghiệp thì xin hỗ trợ ở đâu",
    "phụ nữ khởi nghiệp được hỗ trợ gì không",
    "làm sao để đăng ký sản phẩm OCOP",
    "đăng ký hộ kinh doanh cá thể thế nào",
    "toi muon tu mo tiem tap hoa can von",
    "nhà em làm mắm ngon, muốn bán có nhãn mác thì hỏi ai",
    "thanh niên khởi nghiệp vay vốn ở đâu",
    "muốn tự làm ăn buôn bán nhỏ thì nhà nước giúp gì",
    "muốn tự bán hàng qua mạng thì xã giúp gì",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_with_a_source_and_the_office_is_a_press_away(talk: Talk, question: str) -> None:
    live(talk, "dak-cam")
    answer = told(talk, question)
    assert any(f"{topic}:" in answer or f"{topic}." in answer for topic in ("Tự mở làm ăn", "Vay vốn làm ăn")), answer
    place = talk.press("part:startup:where")
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in place, place


async def test_an_idea_gets_a_code_and_the_answer_comes_back(here: Office) -> None:
    visitor = Visitor(client_of(here.app.web))
    await visitor.open("/?at=dak-cam")
    await visitor.say("gửi ý tưởng")
    page = await visitor.say("Tôi muốn mở quán phở nhỏ trước nhà, còn thiếu nồi to.")
    assert "xin phép giữ" in page.answers[-1].text, "nothing goes before a yes"
    page = await visitor.say("đồng ý")
    said = page.answers[-1].text
    code = re.search(r"Mã của bà con: (\w{3} \w{3})", said)
    assert code is not None and "ý tưởng làm ăn" in said
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in said, "the office that the plan names"
    lan = await here.officer("Lan", Role.ANSWERER)
    assert code[1] not in (await lan.open("/console/questions?kind=call")).text
    assert code[1] in (await lan.open("/console/questions?kind=idea")).text
    await lan.open(next(href for text, href in lan.page.links.items() if "quán phở" in text))
    assert "Ý tưởng làm ăn" in lan.page.text, "the mark"
    await lan.send("/answer", "Trả lời", text="Hỏi vay vốn trước, phường hướng dẫn chị làm giấy.")
    page = await visitor.say("cảm ơn cán bộ")  # what was sent before stands above
    assert any("Hỏi vay vốn trước" in one.text for one in page.answers)
