"""job-counselling: a short talk ends in what the place really has; a call back comes with time and code."""

import re

import pytest

from core.officers import Role
from core.work import OfferKind
from tests.capabilities.asking import live
from tests.capabilities.office import Office
from tests.support.rows import an_offer
from tests.support.talk import Talk
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

OFFERS = (
    an_offer(title="Công nhân may", occupation="sewing", employer="May Sao Mai"),
    an_offer(title="Phụ hồ", occupation="building-help", employer="Tổ thợ Hai Lúa"),
    an_offer(title="Phụ bếp", occupation="kitchen-help", employer="Quán Hai Lan"),
    an_offer(title="May ở xa", occupation="sewing", employer="May Xa", place="Bình Dương", away=True),
    an_offer(title="Cạo mủ", occupation="rubber", employer="Nông trường Xanh", age_from=18),
    an_offer(kind=OfferKind.COURSE, title="Lớp nấu ăn", occupation="cook", employer="Trường Ba Sao"),
    an_offer(kind=OfferKind.COURSE, title="Lớp may", occupation="sewing", employer="Trung tâm Bốn Mùa"),
)
TITLES = {one.title for one in OFFERS}
# What is answered in words or by a button; what must, and what must not be suggested.
PROFILES = (
    (("có việc sớm", "may", "nhẹ thôi", "con nhỏ", "gần nhà"), {"Công nhân may"}, {"Phụ hồ", "May ở xa"}),
    (("có việc sớm", "phụ hồ", "khỏe, làm được", "không", "sáng đi tối về"), {"Phụ hồ"}, {"May ở xa"}),
    (("có việc sớm", "may", "làm nặng được", "không vướng", "xa nhà cũng được"), {"May ở xa", "Công nhân may"}, set()),
    (("muốn học nghề", "nấu ăn", "nhẹ", "chăm mẹ già", "trong phường"), {"Lớp nấu ăn"}, {"Phụ hồ"}),
    (("học nghề", "may", "không làm nặng", "con nhỏ", "gần nhà"), {"Lớp may"}, {"Phụ hồ", "May ở xa"}),
    (("tự làm ăn", "nuôi gà", "nặng được", "không", "gần nhà"), set(), {"May ở xa"}),
    (("vừa học xong lớp 9", "cạo mủ", "khỏe", "không", "sáng đi tối về"), set(), {"Cạo mủ", "Phụ hồ"}),
    (("chưa biết", "chưa có nghề", "đau lưng, không làm nặng được", "con nhỏ", "gần nhà"), set(), {"Phụ hồ"}),
    (("đi làm", "phụ bếp", "được", "rảnh", "ở đây thôi"), {"Phụ bếp"}, {"May ở xa"}),
    (("có việc sớm", "cạo mủ", "làm được", "không", "đi về trong ngày"), {"Cạo mủ"}, {"May ở xa"}),
)


@pytest.mark.parametrize(("answers", "wanted", "unwanted"), PROFILES)
def test_every_profile_gets_what_the_place_has_and_nothing_else(
    talk: Talk, answers: tuple[str, ...], wanted: set[str], unwanted: set[str]
) -> None:
    live(talk, "dak-cam")
    talk.offers(*OFFERS)
    talk("tư vấn nghề")
    for answer in answers:
        said = talk(answer)
    shown = set(re.findall(r"• ([^,]+),", said))
    assert shown and shown <= TITLES, "nothing that no office has put in"
    assert wanted <= shown and not unwanted & shown, said
    assert "Cán bộ phường Đăk Cấm đã kiểm tra từng tin." in said and "[Nhờ cán bộ gọi lại]" in said
    assert talk.rows("work_profiles") == 0, "nothing is kept that nobody agreed to"


def test_where_nothing_is_open_nothing_is_made_up(talk: Talk) -> None:
    live(talk, "muong-lay")
    talk("không biết làm gì")
    for answer in ("có việc sớm", "may", "nhẹ", "con nhỏ", "gần nhà"):
        said = talk(answer)
    assert "•" not in said and "chưa có lớp hay tin tuyển nào đang mở" in said
    assert "[Nhờ cán bộ gọi lại]" in said


async def test_a_call_back_is_in_the_queue_with_time_code_and_the_words_that_were_seen(here: Office) -> None:
    visitor = Visitor(client_of(here.app.web))
    await visitor.open("/?at=dak-cam")
    for words in ("tư vấn nghề", "học nghề", "may", "nhẹ thôi", "con nhỏ", "gần nhà", "nhờ cán bộ gọi lại"):
        await visitor.say(words)
    await visitor.say("sau 5 giờ chiều")
    page = await visitor.say("0900 000 111")
    seen = page.answers[-1].text
    assert "sau 5 giờ chiều" in seen and "0900 000 111" in seen and "Chỉ làm nhẹ" in seen
    lan = await here.officer("Lan", Role.ANSWERER)
    assert "0900 000 111" not in (await lan.open("/console/questions?show=all")).text, "not before a yes"
    page = await visitor.say("đồng ý")
    code = re.search(r"Mã của bà con: (\w{3} \w{3})", page.answers[-1].text)
    assert code is not None
    page = await lan.open("/console/questions?kind=call")
    assert code[1] in page.text and "Nhờ gọi lại: sau 5 giờ chiều" in page.text
    await lan.open(next(href for text, href in page.links.items() if "sau 5 giờ chiều" in text))
    assert all(line in lan.page.text for line in seen.splitlines() if line), "word for word"
    assert code[1] not in (await lan.open("/console/questions?kind=idea")).text
