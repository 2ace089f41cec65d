"""What each place adds to the ready-made posts: the words of its own plan, with where they stand, and no more."""

import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.catalogue import Catalogue
from content.loader import PACKS_DIR, check_packs
from content.series.proposing import propose
from content.series.schema import OwnLine, Post, Room
from content.series.telling import lacking
from core.schedules import NewOccurrence

DAY = date(2026, 12, 3)
# The plans' own words, letter by letter, with the section in which they stand.
MOVEMENTS = {
    "dak-cam": ("Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau", "mục V.1"),
    "hong-linh": ("Hồng Lĩnh chung tay vì người nghèo - Không để ai bị bỏ lại phía sau", "mục II.4.b"),
    "muong-lay": ("Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau", "mục III.4.2.a"),
    "phan-rang": ("Vì người nghèo - Không để ai bị bỏ lại phía sau", "mục II.3.1.d, mục IV.12"),
}
# By place and post: the words of the plan that the line rests on, and its section.
SAID = {
    ("dak-cam", "weekly", "ask-about-the-plan"): ("năm 2030", "mục II.2"),
    ("dak-cam", "weekly", "hear-the-news"): ("“Phong trào chung tay giảm nghèo”", "mục V.2"),
    ("dak-cam", "weekly", "group-joining"): ("Phòng Kinh tế, Hạ tầng và Đô thị", "mục III.2.1"),
    ("dak-cam", "weekly", "before-building-a-toilet"): ("ít nhất 90 phần trăm", "mục II.3.b"),
    ("dak-cam", "review-season", "begins"): ("Phòng Kinh tế, Hạ tầng và Đô thị", "mục VI.1"),
    ("dak-cam", "course", "enrol"): ("Phòng Văn hóa - Xã hội", "mục VI.2"),
    ("di-su", "peak-month", "opening"): ("Mặt trận, đoàn thể, tổ dân phố", "mục V.4"),
    ("di-su", "weekly", "ask-about-the-plan"): ("từ 0,44 xuống 0,31 phần trăm", "mục I.2.a"),
    ("di-su", "weekly", "hear-the-news"): ("Ban văn hóa – Đài truyền thanh phường", "mục V.6"),
    ("di-su", "weekly", "before-building-a-toilet"): ("Trạm Y tế", "mục V.5"),
    ("di-su", "course", "enrol"): ("hộ nghèo, hộ cận nghèo", "mục III.4.a"),
    ("hong-linh", "weekly", "ask-about-the-plan"): ("giảm một nửa", "mục I.3.a"),
    ("hong-linh", "weekly", "hear-the-news"): ("Phòng Văn hóa - Thông tin", "mục IV.6"),
    ("hong-linh", "weekly", "before-building-a-toilet"): ("100 phần trăm", "mục I.3.b"),
    ("hong-linh", "course", "enrol"): ("Phòng Lao động - Thương binh và Xã hội", "mục IV.1"),
    ("muong-lay", "weekly", "ask-about-the-plan"): ("nhà dột", "mục II"),
    ("muong-lay", "weekly", "hear-the-news"): ("Giảm nghèo đa chiều", "mục III.4.2.a"),
    ("muong-lay", "weekly", "group-joining"): ("Ủy ban xã, phường", "mục III.1.c"),
    ("muong-lay", "course", "enrol"): (
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên",
        "mục VI.7",
    ),
    ("phan-rang", "weekly", "ask-about-the-plan"): ("0,72 phần trăm", "mục II.2.a"),
    ("phan-rang", "weekly", "hear-the-news"): ("loa ở phường, xã", "mục IV.4"),
    ("phan-rang", "weekly", "group-joining"): ("Ủy ban phường, xã", "mục II.3.1.a"),
    ("phan-rang", "weekly", "before-building-a-toilet"): ("vay làm nhà vệ sinh", "mục II.3.2.đ"),
    ("phan-rang", "course", "enrol"): ("Phòng Lao động - Thương binh và Xã hội", "mục II.3.1.c"),
}
# The plan of each place as a source names it, and the years of which its words may speak.
PLANS = {
    "dak-cam": ("Kế hoạch giảm nghèo 2025-2030 của phường", "2025-2030"),
    "di-su": ("Kế hoạch giảm nghèo 2024 của phường", "2024"),
    "hong-linh": ("Kế hoạch giảm nghèo 2022-2025 của thị xã", "2022-2025"),
    "muong-lay": ("Kế hoạch giảm nghèo 2024 của thị xã", "2024"),
    "phan-rang": ("Kế hoạch giảm nghèo 2024 của thành phố", "2024"),
}
OVER = ("hong-linh", "muong-lay", "phan-rang")  # towns and a city that ended with their offices on 30 June 2025
OF_A_TOWN = re.compile(r"Phòng |Trung tâm ")


@pytest.fixture(scope="module")
def content(knowledge: Knowledge) -> Catalogue:
    return knowledge.content


@cache
def own(content: Catalogue, place: str, series: str, post: str) -> tuple[str, str]:
    """The line of a place in a post, and the source of the notice."""
    told = content.post(series, post, locality=place, on=DAY)
    assert told is not None
    return told.text.rpartition("\n")[2], told.source


@pytest.mark.parametrize("place", MOVEMENTS)
def test_slogans_and_movements_are_the_words_of_the_plan(content: Catalogue, place: str) -> None:
    words, section = MOVEMENTS[place]
    here = content.localities[place]
    assert here.slogan is not None and here.slogan.text == words
    assert (here.movement[0].name, here.movement[0].section) == (words, section)
    told = content.post("peak-month", "opening", locality=place, on=date(2027, 10, 17))
    assert told is not None and f"“{words}”" in told.text


def test_where_the_plan_words_no_slogan_none_is_told(content: Catalogue) -> None:
    assert content.localities["di-su"].slogan is None and not content.localities["di-su"].movement
    told = content.post("peak-month", "opening", locality="di-su", on=date(2027, 10, 17))
    assert told is not None and "Phong trào ở đây" not in told.text and "movement" in told.lacks


@pytest.mark.parametrize(("place", "series", "post"), SAID)
def test_each_line_has_the_words_of_its_section(content: Catalogue, place: str, series: str, post: str) -> None:
    words, section = SAID[place, series, post]
    line, source = own(content, place, series, post)
    assert words in line
    assert source.endswith(f"{PLANS[place][0]}, {section}")


def test_no_line_is_without_its_words_here(content: Catalogue) -> None:
    """A line that is added says here what it rests on."""
    found = {
        (place, series.id, post.id)
        for place in content.localities
        for series in content.series(locality=place).values()
        for post in series.posts
        if (told := content.post(series.id, post.id, locality=place, on=DAY)) and "Kế hoạch giảm nghèo" in told.source
    }
    assert found == set(SAID)


@pytest.mark.parametrize(("place", "series", "post"), SAID)
def test_what_is_over_is_told_as_of_its_year(content: Catalogue, place: str, series: str, post: str) -> None:
    line, _ = own(content, place, series, post)
    if place != "dak-cam":
        assert PLANS[place][1] in line or "Kế hoạch cũ" in line
    if place in OVER and OF_A_TOWN.search(line):
        assert "01/7/2025 không còn" in line


@pytest.mark.parametrize(("place", "series", "post"), SAID)
def test_what_a_plan_says_takes_the_place_of_nothing_that_the_ward_must_fill_in(
    content: Catalogue, place: str, series: str, post: str
) -> None:
    """Where, when and with whom this very course is: no plan says it, and the ward is still asked for it."""
    told = content.post(series, post, locality=place, on=DAY)
    room = content.series(locality=place)[series].post(post).room
    assert told is not None and (room is Room.NONE or room.value in told.lacks)


def test_a_line_fills_the_room_unless_it_says_that_it_does_not() -> None:
    post = Post.model_validate(
        {
            "id": "a",
            "topic": "contact",
            "title": {"vi": "A", "en": "A"},
            "text": {"vi": "A.", "en": "A."},
            "room": "place",
        }
    )
    line = {"series": "s", "post": "a", "text": {"vi": "B.", "en": "B."}, "source": "C"}
    assert post.room is Room.PLACE
    assert lacking(post, None, {}) == ("place",)
    assert lacking(post, OwnLine.model_validate(line), {}) == ()
    assert lacking(post, OwnLine.model_validate({**line, "fills": False}), {}) == ("place",)


def test_advice_is_told_with_the_source_of_the_line_and_a_fact_with_both(content: Catalogue) -> None:
    assert own(content, "dak-cam", "course", "enrol")[1] == "Kế hoạch giảm nghèo 2025-2030 của phường, mục VI.2"
    fact = own(content, "di-su", "peak-month", "opening")[1]
    assert fact.startswith("Thông lệ hằng năm") and fact.endswith("Kế hoạch giảm nghèo 2024 của phường, mục V.4")


def test_a_place_gets_no_other_places_line(content: Catalogue) -> None:
    def said(place: str) -> list[NewOccurrence]:
        return propose(content, content.series(locality=place)["weekly"], place, DAY, date(2027, 12, 31))[0]

    for place in content.localities:
        others = {PLANS[one][0] for one in PLANS} - {PLANS[place][0]}
        sources = " ".join(one.notice.source for one in said(place))
        assert PLANS[place][0] in sources and not any(other in sources for other in others)


@pytest.mark.thorough
def test_a_line_that_is_too_long_for_its_post_is_a_fault(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(PACKS_DIR, packs, ignore=shutil.ignore_patterns(".models", "utterances"))
    file = packs / "dak-cam" / "series.yaml"
    words = "Kế hoạch muốn đến năm 2030 phường không còn hộ nghèo."
    file.write_text(file.read_text("utf-8").replace(words, "Thôn có thêm một buổi họp. " * 4 + words), "utf-8")
    found = [fault for fault in check_packs(DAY, packs).faults if "with its post" in fault.what]
    assert [(fault.line, fault.what) for fault in found] == [(5, "with its post 348 characters, at most 320")]
