"""essential-information: short news by theme, chosen in the chat; who chose one gets that and no other, with source."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.capabilities.ward import Ward, times, ward
from tests.support.talk import Talk
from tests.support.telegram.people import Person

FILE = """
kind = "notice"
title = "Tin {topic}"
source = "Trạm khuyến nông, 20/11/2026"
topics = ["{topic}"]
text.vi = "{text}"
[audience]
localities = ["dak-cam"]
[sending]
hold_back_seconds = 0
"""
FARMING, SCHOOL = "Lợn nái sắp đẻ: giữ chuồng khô, ấm.", "Trường phát sách mượn cho học sinh."


@pytest.fixture
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ward]:
    """A ward at nine in the morning."""
    async with ward(tmp_path_factory.mktemp("ward")) as made:
        made.clock_shows(9)
        await made.started()
        yield made


async def chooses(here: Ward, phone: Person, words: str, answer: str) -> None:
    """Somebody says where they live, and what they want to be told, and hears that it is noted."""
    phone.says("/start dak-cam")
    await here.until(lambda: any("Đây là Chung Tay" in one.text for one in phone.shown))
    phone.says(words)
    await here.until(lambda: any(answer in one.text for one in phone.shown))


@pytest.mark.thorough
async def test_each_subscriber_gets_the_theme_they_chose_and_no_other(here: Ward) -> None:
    farmer, mother, neighbour = here.phones(3)
    await chooses(here, farmer, "nhan tin chan nuoi", "nhận tin vay vốn, làm ăn")
    await chooses(here, mother, "cho tôi nhận tin học phí", "nhận tin học hành của con")
    await chooses(here, neighbour, "nhận tin tất cả", "nhận mọi tin")
    for topic, text in (("farm-production", FARMING), ("tuition", SCHOOL)):
        number = await here.approved(FILE.format(topic=topic, text=text))
        await here.comes_to(number, "sending" if topic == "tuition" else "finished")
    await here.until(lambda: times(mother, SCHOOL))
    assert (times(farmer, FARMING), times(farmer, SCHOOL)) == (1, 0)
    assert (times(mother, FARMING), times(mother, SCHOOL)) == (0, 1)
    shown = next(one.text for one in farmer.shown if FARMING in one.text)
    assert "Trạm khuyến nông, 20/11/2026" in shown and "Mã tin" in shown
    reasons = [row["reason"] for row in await here.table("ledger", number)]
    assert reasons.count("theme") == 1, "who gets nothing stands in the ledger with the reason"


def test_every_theme_may_be_chosen_and_is_shown(talk: Talk) -> None:
    talk.press("start:dak-cam")
    first = talk("đăng ký nhận tin")
    themes = {button for button in first.split("[") if "]" in button}
    while "[Chủ đề khác]" in talk.last and len(themes) < 40:
        before = len(themes)
        themes |= {button for button in talk("Chủ đề khác").split("[") if "]" in button}
        if len(themes) == before:
            break
    assert len(themes) >= 10
    talk("nhận tin nước sạch")
    assert "nhà ở, điện, nước" in talk("tin của tôi")


def test_on_request_the_same_matters_are_answered_with_source_and_day(room: Callable[[str], Talk]) -> None:
    """Knowledge on farming, health, schooling and law is there without a subscription too."""
    for asked in ("nuôi lợn được hỗ trợ giống không", "học phí của con", "luật sư giúp không mất tiền"):
        citizen = room(f"asks-{asked}"[:40])
        citizen.press("start:dak-cam")
        answer = citizen(asked)
        assert "Theo " in answer and "Tính đến ngày" in answer, answer
    assert "Chọn chủ đề" in citizen("tin của tôi") or "muốn nhận tin gì" in citizen.last
