"""Presses that no button offers: each gets an answer, and nothing is done that was not meant."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from content.loader import load_catalogue
from content.wording import wording
from core.caps import CAPS
from core.rhythm import HOUR
from tests.support.clock import FixedClock
from tests.support.talk import Talk, receiving

ANSWERED = [
    ("remind:escaped:9999-12-31", "từ ngày nào"),
    ("remind:escaped:0001-01-01", "từ ngày nào"),
    ("remind:escaped:2030-01-01", "từ ngày nào"),
    ("remind-off:nothing", "không nhắc"),
    ("themes:99999999999", "muốn nhận tin gì"),
    ("theme:nothing", "muốn nhận tin gì"),
    ("theme-stop:nothing", "không có gì phải dừng"),
    ("rest:999", "đến hết ngày 18/02/2027"),  # three months at most
    ("rhythm:never", "lúc nào"),
    ("notice_channel:nowhere", "một nơi"),
    ("notices-stop:nothing", "chưa đổi gì"),
    ("course-yes:999999", "Đã ghi"),
    ("course-no:x", "Đã ghi"),
]


@pytest.fixture(scope="module")
def subscribed(knowledge: Knowledge) -> Iterator[Talk]:
    """Somebody who wants all news."""
    with receiving(knowledge, FixedClock()) as somebody:
        talk = somebody("presses")
        talk.press("start:dak-cam")
        talk("nhận tin tất cả")
        yield talk


@pytest.mark.parametrize(("payload", "answer"), ANSWERED)
def test_each_press_has_an_answer(subscribed: Talk, payload: str, answer: str) -> None:
    assert answer in subscribed.press(payload)


@pytest.mark.parametrize("typed", ["31/12/9999", "31/12/2500", "1/1/1"])
def test_a_day_that_no_paper_has_is_asked_for_again(subscribed: Talk, typed: str) -> None:
    subscribed("nhắc tôi giấy hộ nghèo")
    assert "chưa đọc được ngày" in subscribed(typed)


def test_whatever_a_post_is_about_its_button_stops_a_theme_and_not_all() -> None:
    content = load_catalogue()
    for series in content.series(locality="dak-cam").values():
        for post in series.posts:
            assert any(post.topic in theme.topics for theme in content.themes.values()), (series.id, post.id)


def test_what_is_said_of_rhythms_is_what_is_done() -> None:
    """Hours and caps stand in sentences and in code."""
    a_week = next(most for most, within in CAPS if within.days == 7)
    for lang, hour in (("vi", f"{HOUR.hour} giờ"), ("en", f"{HOUR.hour}:00")):
        words = wording(lang)
        for name in ("rhythm.daily", "rhythm.weekly", "rhythm_chosen.daily", "rhythm_chosen.weekly"):
            assert hour in words.text(f"wishes.{name}"), (lang, name)
        for name in ("rhythm.at-once", "rhythm_chosen.at-once"):
            assert str(a_week) in words.text(f"wishes.{name}"), (lang, name)
