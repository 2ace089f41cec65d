"""What a place says itself, as a citizen hears it in the chat: below the card, under its own source."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge import Knowledge
from core.local_content import Change, ChangeState, Fields, Place
from tests.console.changes import ANSWER, DESK, LAWYER, OFFICE
from tests.support.clock import MORNING, FixedClock
from tests.support.talk import Talk, receiving


@pytest.fixture
def laid(knowledge: Knowledge) -> Knowledge:
    """Our packs with two things in force over them in Đăk Cấm."""
    content = knowledge.content.apart()

    def change(number: int, about: Place, after: Fields) -> Change:
        return Change(
            id=number,
            about=about,
            before={},
            after=after,
            ground=content.packed.ground(about),
            state=ChangeState.IN_FORCE,
            proposed_by="Thu",
            proposed_at=MORNING,
            settled_by="Duy",
            settled_at=MORNING,
        )

    content.lay([change(1, LAWYER, ANSWER), change(2, DESK, OFFICE)])
    return replace(knowledge, content=content)


@pytest.fixture
def room(laid: Knowledge) -> Iterator[Callable[[str], Talk]]:
    with receiving(laid, FixedClock()) as somebody:
        yield somebody


def at_home(room: Callable[[str], Talk], place: str) -> Talk:
    talk = room(place)
    talk("xin chào")
    talk(place)
    return talk


def test_who_asks_hears_the_card_and_then_the_place(room: Callable[[str], Talk]) -> None:
    said = at_home(room, "Đăk Cấm")("trợ giúp pháp lý miễn phí")
    card, _, own = said.partition("Phường Đăk Cấm trả lời:")
    assert "Theo Luật Trợ giúp pháp lý 11/2017/QH14" in card and "thứ Bảy" not in card
    assert "Có luật sư ở phường vào thứ Bảy không?\n" in own and "Có. Sáng thứ Bảy tuần đầu tháng" in own
    source = "Theo Thông báo 12/TB-UBND, mục 2, ngày 18/11/2026. Phòng Văn hóa - Xã hội phường trả lời ngày 20/11/2026."
    assert source in own and own.count("[Gặp cán bộ]") == 1 and "[Gặp cán bộ]" not in card


def test_who_asks_for_a_part_hears_the_place_as_well(room: Callable[[str], Talk]) -> None:
    said = at_home(room, "Đăk Cấm")("trợ giúp pháp lý cần mang giấy gì")
    assert said.index("Phường Đăk Cấm trả lời:") < said.rindex("Mang")


def test_another_place_hears_nothing_of_it(room: Callable[[str], Talk]) -> None:
    assert "thứ Bảy" not in at_home(room, "Dị Sử")("trợ giúp pháp lý miễn phí")


def test_the_telephone_of_an_office_comes_with_its_document(laid: Knowledge) -> None:
    content, on = laid.content, date(2026, 11, 20)
    place = content.localities["dak-cam"]
    topic = next(one.topic for one in place.who if one.lead[0] == DESK.subject and one.basis != "reading")
    for lang, said in (("vi", "Theo Thông báo 12/TB-UBND, mục 2, ngày 18/11/2026."), ("en", "By Thông báo 12/TB-UBND")):
        text = content.office(topic, locality="dak-cam", on=on, lang=lang).text
        assert "0260 3862 111" in text and said in text
    assert "0260" not in content.office(topic, locality="di-su", on=on).text


def test_the_packs_themselves_stay_as_they_are(knowledge: Knowledge, laid: Knowledge) -> None:
    """Whoever else reads the same packs in this process is told nothing of it."""
    on = date(2026, 11, 20)
    assert knowledge.content.local_answer("legal-aid", locality="dak-cam", on=on) is None
    assert all(one.phone is None for one in knowledge.content.localities["dak-cam"].offices)
    unchanged = (content.card("housing", locality="di-su", on=on) for content in (knowledge.content, laid.content))
    assert next(unchanged) == next(unchanged)
    laid.content.lay(())
    assert laid.content.card("housing", locality="dak-cam", on=on) is knowledge.content.card(
        "housing", locality="dak-cam", on=on
    ), "and their cards are made once for all"
