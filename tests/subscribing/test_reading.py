"""What people write to stop notices, or a theme of them, to rest and to have them gathered."""

from datetime import timedelta

import pytest

from content.loader import load_catalogue
from content.schema import Theme
from core.rhythm import Rhythm
from handlers.subscribing import reading

THEMES = list(load_catalogue().themes.values())
STOPS = [
    *("dừng", "DỪNG", "dung", "Dừng!", "duwngf", "dừg", "dưng", "dừng lại", "ngừng", "ngưng", "stop", "STOP"),
    *("đừng gửi nữa", "đừng nhắn tin cho tôi nữa", "thôi đừng gửi tin nữa", "không nhận tin nữa", "ko nhận tin nữa"),
    *("k nhan tin nua", "hok nhận tin nữa đâu", "hủy đăng ký", "huỷ nhận tin", "tắt thông báo", "tat tin di"),
    *("bỏ theo dõi", "xin dừng nhận tin giúp", "em không muốn nhận tin nhắn nữa ạ", "phiền quá đừng nhắn nữa"),
    *("unsubscribe", "dungnhantin", "dừng hết tin đi", "làm ơn đừng gửi tin cho nhà tôi nữa", "ngung gui tin"),
]
OTHERWISE = [
    *("đúng", "Đúng rồi", "đúng vậy", "dùng", "dùng nước giếng", "thôi", "hủy", "sao tôi không nhận được tin"),
    *("không gửi được tin", "tôi không nhận được tin gì", "dừng tin việc làm", "nhà dừng làm", "ngừng học"),
    *("tôi dừng việc từ tháng trước", "không biết chữ", "họ dừng trợ cấp của mẹ tôi", "tin này có thật không"),
]
CHOSEN = [
    ("dừng tin việc làm", False, "jobs"),
    ("dung tin viec lam", False, "jobs"),
    ("đừng gửi tin vay vốn nữa", False, "business"),
    ("không nhận tin học nghề nữa", False, "training"),
    ("thôi tin nhà ở", False, "home"),
    ("bỏ tin quà tết", False, "for-the-poor"),
    ("dừng tin rà soát", False, "review"),
    ("tôi muốn nhận tin việc làm", True, "jobs"),
    ("đăng ký nhận tin học nghề", True, "training"),
    ("cho em nhận tin bảo hiểm", True, "health"),
    ("khi nào có tin việc làm thì báo tôi", True, "jobs"),
    ("nhận tin tất cả", True, None),
]
NOTHING_CHOSEN = [
    *("tôi không biết thông tin việc làm ở đâu", "cho tôi thông tin việc làm", "có tin tuyển dụng không"),
    *("tôi có nhận tin vay vốn mà không hiểu", "tin vay vốn là sao", "tin việc làm này thật không", "nhận tin"),
]


@pytest.mark.parametrize("text", STOPS)
def test_dung_in_any_spelling(text: str) -> None:
    assert reading.stops_all(text)


@pytest.mark.parametrize("text", OTHERWISE)
def test_what_only_looks_like_it(text: str) -> None:
    assert not reading.stops_all(text)


@pytest.mark.parametrize(("text", "wanted", "theme"), CHOSEN)
def test_a_theme_by_what_people_call_it(text: str, wanted: bool, theme: str | None) -> None:
    assert reading.chosen(text, THEMES) == reading.Chosen(wanted, theme)


@pytest.mark.parametrize("text", NOTHING_CHOSEN)
def test_a_question_is_no_choice(text: str) -> None:
    assert reading.chosen(text, THEMES) is None


@pytest.mark.parametrize("theme", THEMES, ids=lambda one: one.id)
def test_every_theme_is_wanted_and_stopped_by_each_of_its_words(theme: Theme) -> None:
    for word in theme.words.vi:
        assert reading.chosen(f"nhận tin {word}", THEMES) == reading.Chosen(True, theme.id), word
        assert reading.chosen(f"dừng tin {word}", THEMES) == reading.Chosen(False, theme.id), word
        assert reading.bare_theme(reading.fold(word), THEMES) == theme.id, word


@pytest.mark.parametrize(
    ("text", "days"),
    [("tạm dừng một tháng", 30), ("tạm ngưng tin 2 tuần", 14), ("nghỉ nhận tin 1 tháng", 30), ("tam dung", 30)],
)
def test_a_rest(text: str, days: int) -> None:
    assert reading.rest(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["nghỉ làm một tháng rồi", "một tháng nữa", "con tôi nghỉ học 1 tuần", "dừng"])
def test_no_rest(text: str) -> None:
    assert reading.rest(text) is None


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("gom tin mỗi tuần một lần", Rhythm.WEEKLY),
        ("gom lại hàng tuần", Rhythm.WEEKLY),
        ("mỗi ngày một tin thôi", Rhythm.DAILY),
        ("có tin thì gửi ngay", Rhythm.AT_ONCE),
        ("mỗi ngày uống thuốc một lần", None),
    ],
)
def test_a_rhythm(text: str, rhythm: Rhythm | None) -> None:
    assert reading.rhythm(text) == rhythm
