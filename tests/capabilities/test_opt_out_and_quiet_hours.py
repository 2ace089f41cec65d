"""opt-out-and-quiet-hours: "dừng" stops all in any spelling, or one theme; at night only what is urgent comes."""

from collections.abc import AsyncIterator, Callable

import pytest

from content.loader import load_catalogue
from tests.capabilities.ward import Neighbour, Ward, times, ward
from tests.support.talk import Talk

FILE = """
kind = "notice"
title = "Tin"
source = "Ủy ban nhân dân phường"
{topics}
text.vi = "{text}"
[audience]
localities = ["dak-cam"]
hamlets = ["{hamlet}"]
[sending]
urgent = {urgent}
hold_back_seconds = 0
"""
SPELLINGS = [
    *("dừng", "DỪNG", "dung", "Dừng!!!", "duwngf", "dừg", "dưng", "dừng lại", "ngừng", "ngưng", "stop", "STOP"),
    *("đừng gửi nữa", "đừng nhắn tin cho tôi nữa", "k nhan tin nua", "hok nhận tin nữa đâu", "huỷ đăng ký"),
    *("tắt thông báo đi", "phiền quá đừng nhắn nữa", "làm ơn đừng gửi tin cho nhà tôi nữa", "bỏ theo dõi"),
]


@pytest.fixture
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ward]:
    """A ward whose clock is turned."""
    async with ward(tmp_path_factory.mktemp("ward")) as made:
        yield made


def notice(text: str, hamlet: str, *, topic: str = "", urgent: bool = False) -> str:
    """To the people of a hamlet."""
    topics = f'topics = ["{topic}"]' if topic else ""
    return FILE.format(text=text, hamlet=hamlet, topics=topics, urgent=str(urgent).lower())


@pytest.mark.thorough
async def test_what_is_approved_at_night_waits_for_seven_unless_it_is_urgent(here: Ward) -> None:
    here.clock_shows(23)
    await here.started()
    calm, warned = here.phones(2)
    await here.listed([Neighbour(phone=calm, hamlet="Thôn 1"), Neighbour(phone=warned, hamlet="Thôn 2")])
    waits = await here.approved(notice("Họp thôn ngày mai.", "Thôn 1"))
    urgent = await here.approved(notice("Nước lên nhanh, lên chỗ cao.", "Thôn 2", urgent=True))
    await here.comes_to(urgent, "finished")
    assert times(warned, "Nước lên nhanh") == 1 and calm.shown == []
    here.clock_shows(6, days=1)
    warned.says("menu")  # once it is answered, all that was due went before
    await here.until(lambda: len(warned.shown) > 1)
    assert calm.shown == [] and (await here.status(waits))["state"] == "sending"
    here.clock_shows(7, days=1)
    await here.comes_to(waits, "finished")
    assert times(calm, "Họp thôn ngày mai.") == 1


@pytest.mark.thorough
async def test_a_button_stops_the_theme_of_its_notice_and_dung_stops_all(here: Ward) -> None:
    here.clock_shows(9)
    await here.started()
    one, other = here.phones(2)
    await here.listed([Neighbour(phone=one, hamlet="Thôn 1"), Neighbour(phone=other, hamlet="Thôn 1")])
    await here.comes_to(await here.approved(notice("Tuyển thợ may.", "Thôn 1", topic="job-connection")), "finished")
    assert times(one, "Tuyển thợ may.") == times(other, "Tuyển thợ may.") == 1
    one.presses("Dừng tin này")
    other.says("dung")
    await here.until(lambda: any("Đã dừng" in each.text for each in other.shown))
    await here.until(lambda: any("Đã dừng tin việc làm" in each.text for each in one.shown))
    here.clock_shows(9, days=2)
    work = await here.approved(notice("Tuyển thợ xây.", "Thôn 1", topic="overseas-work"))
    school = await here.approved(notice("Trường phát sách.", "Thôn 1", topic="tuition"))
    await here.comes_to(work, "finished")
    await here.comes_to(school, "finished")
    assert (times(one, "Tuyển thợ xây."), times(one, "Trường phát sách.")) == (0, 1)
    assert (times(other, "Tuyển thợ xây."), times(other, "Trường phát sách.")) == (0, 0)
    storm = await here.approved(notice("Bão vào đêm nay.", "Thôn 1", urgent=True))
    await here.comes_to(storm, "finished")
    assert (times(one, "Bão vào đêm nay."), times(other, "Bão vào đêm nay.")) == (1, 0)


@pytest.mark.thorough
def test_dung_in_many_spellings(room: Callable[[str], Talk]) -> None:
    assert len(SPELLINGS) >= 20
    for number, typed in enumerate(SPELLINGS):
        citizen = room(f"stops-{number}")
        citizen.press("start:dak-cam")
        assert "nhận mọi tin" in citizen("nhận tin tất cả")
        assert "Đã dừng." in citizen(typed), typed
        assert "muốn nhận tin gì" in citizen("tin của tôi"), typed


def test_dung_works_in_every_theme(room: Callable[[str], Talk]) -> None:
    for theme in load_catalogue().themes.values():
        citizen = room(f"theme-{theme.id}")
        citizen.press("start:dak-cam")
        citizen("nhận tin tất cả")
        assert f"Đã dừng tin {theme.title.vi}" in citizen(f"dừng tin {theme.words.vi[-1]}"), theme.id
        assert f"trừ tin {theme.title.vi}" in citizen("tin của tôi"), theme.id


def test_a_rest_of_a_month(talk: Talk) -> None:
    talk.press("start:dak-cam")
    talk("nhận tin tất cả")
    assert "Nghỉ tin báo đến hết ngày 20/12/2026" in talk("tạm dừng một tháng")
    assert "Đang nghỉ đến hết ngày 20/12/2026" in talk("tin của tôi")
    assert "nhận lại tin" in talk("Nhận lại tin")
