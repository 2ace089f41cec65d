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
    *(
        "stop ik",
        "dg gửi nx",
        "tắt noti",
        "hủy đk",
        "tin không muốn",
        "bà đừng gửi tin nữa con ơi",
        "đừng nhận tin nữa",
    ),
    *("please stop", "stop sending me messages", "please don't send me anything", "no more messages", "stop all news"),
    *("unsubscribe", "dungnhantin", "dừng hết tin đi", "làm ơn đừng gửi tin cho nhà tôi nữa", "ngung gui tin"),
]
OTHERWISE = [
    *("đúng", "Đúng rồi", "đúng vậy", "dùng", "dùng nước giếng", "thôi", "hủy", "sao tôi không nhận được tin"),
    *("không gửi được tin", "tôi không nhận được tin gì", "dừng tin việc làm", "nhà dừng làm", "ngừng học"),
    *("xã không gửi tin cho tôi", "phường không gửi thông báo", "tôi không nhận tin", "không nhận được tin nữa"),
    *("đừng tin", "đừng tin nó", "hủy đăng ký vay vốn", "dừng học", "dừng thuốc", "dừng nhận trợ cấp", "tin nữa"),
    *("tháng này đừng gửi tin", "stop smoking", "I want a job", "hết tin rồi à", "xã dừng gửi tin rồi à"),
    *("tôi dừng việc từ tháng trước", "không biết chữ", "họ dừng trợ cấp của mẹ tôi", "tin này có thật không"),
]
CHOSEN = [
    ("dừng tin việc làm", False, "jobs"),
    ("dung tin viec lam", False, "jobs"),
    *((words, False, "jobs") for words in ("dung bao viec moi", "thoi dung bao viec nua", "dung gui viec moi")),
    *(
        (words, False, "jobs")
        for words in ("đừng báo việc cho tôi nữa", "thôi không báo việc nữa", "dừng báo việc làm")
    ),
    ("stop telling me of new jobs", False, "jobs"),
    ("đừng báo học nghề nữa", False, "training"),
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
    ("cho tui nhan tin hoc nge", True, "training"),
    ("tôi bỏ việc rồi, có tin việc làm thì báo cho tôi", True, "jobs"),
    ("t mún nhận tin vc lm", True, "jobs"),
    ("nhận tin vl", True, "jobs"),
    ("stop tin vl", False, "jobs"),
    ("báo cho tôi tin phân bón", True, "business"),
    ("ko nhận tin vay vốn nx đâu nhe", False, "business"),
    ("ba gia roi khong can tin viec lam", False, "jobs"),
    ("I want news about jobs", True, "jobs"),
    ("subscribe to health", True, "health"),
    ("stop job news", False, "jobs"),
    ("unsubscribe me from loans", False, "business"),
]
NOTHING_CHOSEN = [
    *("tôi không biết thông tin việc làm ở đâu", "cho tôi thông tin việc làm", "có tin tuyển dụng không"),
    *("tôi bỏ việc rồi có tin việc làm nào không", "nhà tôi dừng nuôi heo có tin vay vốn gì không"),
    *("nhà tôi dừng nuôi heo rồi, xem tin vay vốn", "xã không gửi thông báo vay vốn cho nhà tôi"),
    *("không nhận được tin việc làm", "tôi không nhận thông báo nào về bảo hiểm y tế cả", "hết tin việc làm rồi à"),
    *("tôi muốn hỏi tin việc làm", "muốn biết tin tuyển dụng", "em muốn gửi tin tuyển dụng", "muốn tìm việc làm"),
    *("báo tin nước sạch hỏng cho xã", "muốn hủy đăng ký vay vốn", "I want a job", "give me work", "stop the loan"),
    *(
        "nhận tin có bị trừ tiền điện thoại không",
        "mình muốn nhận tin của xã, có gì mới thì gửi vào điện thoại mình",
        "sim mới mua mà toàn nhận tin hộ nghèo, hủy giùm em",
        "học phí có tin mới gửi mình",
        "đk nhận tin hàng tuần thế vậy",
        "nhận tin là được nhắn",
        "có tin tuyển dụng thì bao giờ họ nhận",
        "tôi có nhận tin vay vốn mà không hiểu",
        "tin vay vốn là sao",
        "tin việc làm này thật không",
        "nhận tin",
    ),
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
    # As people are told to type it once they chose it.
    assert reading.chosen(f"dừng tin {theme.title.vi}", THEMES) == reading.Chosen(False, theme.id)
    assert reading.chosen(f"stop news of {theme.title.en}", THEMES) == reading.Chosen(False, theme.id)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tạm dừng một tháng", 30),
        ("tạm ngưng tin 2 tuần", 14),
        ("nghỉ nhận tin 1 tháng", 30),
        ("tam dung", 30),
        ("nghi mot thang nhe con", 30),
        ("thang sau hay gui", 30),
        ("tháng này đừng gửi tin", 30),
        ("mute 1 thag", 30),
        ("pause messages for 2 weeks", 14),
        ("tuần này đừng nhắn tin nữa", 7),
    ],
)
def test_a_rest(text: str, days: int) -> None:
    assert reading.rest(text) == timedelta(days=days)


@pytest.mark.parametrize(
    "text",
    [
        *("nghỉ làm một tháng rồi", "một tháng nữa", "con tôi nghỉ học 1 tuần", "dừng", "xin nghỉ một tháng"),
        *("nghỉ việc 1 tháng", "tháng sau gửi giấy", "tháng này không nhận lương"),
    ],
)
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
        ("1 tuần gửi 1 lần thui", Rhythm.WEEKLY),
        ("có gì thì gom lại rồi một tuần gửi cho tôi một lần thôi chứ gửi nhiều tôi không đọc hết đâu", Rhythm.WEEKLY),
        ("only once a week please", Rhythm.WEEKLY),
        ("he comes weekly", None),
    ],
)
def test_a_rhythm(text: str, rhythm: Rhythm | None) -> None:
    assert reading.rhythm(text) == rhythm


@pytest.mark.parametrize("text", ["nhieu tin qua doc khong het", "gửi ít lại đi", "bớt tin đi", "too many messages"])
def test_too_many_is_not_none(text: str) -> None:
    assert reading.fewer(text) and not reading.stops_all(text)


@pytest.mark.parametrize("text", ["ít tin quá", "nhà tôi nhiều người quá", "gửi tiền ít lắm", "tin nhiều không"])
def test_not_too_many(text: str) -> None:
    assert not reading.fewer(text)


@pytest.mark.parametrize("text", ["tin của bà", "tin cua t", "cho em xem tin của em", "mình muốn tin"])
def test_ones_own_settings_whatever_one_calls_oneself(text: str) -> None:
    assert reading.mine(text)


@pytest.mark.parametrize("text", ["tin của phường", "tin của ai", "muốn tin ai"])
def test_not_ones_own(text: str) -> None:
    assert not reading.mine(text)


@pytest.mark.parametrize(
    "text", ["ba nhan tin lai", "nhận lại tin ik", "muốn lại tin", "i want messages again", "resume"]
)
def test_again(text: str) -> None:
    assert reading.again(text)


@pytest.mark.parametrize("text", ["nhắn lại sau", "nhận lại tiền", "gửi lại đơn", "nhận tin việc làm", "try again"])
def test_not_again(text: str) -> None:
    assert not reading.again(text)


@pytest.mark.parametrize(
    ("text", "clearly"),
    [
        ("thôi cho tôi xin là từ nay đừng có nhắn tin nhắn tung gì cho tôi nữa tôi bận lắm", True),
        ("đừng có gửi tin cho tôi ban ngày gửi buổi tối thôi nhé", False),
        ("tháng này tôi đi viện đừng gửi tin nữa", False),
        ("tin cua t", False),
        ("dừng học luôn", False),
        ("Tắt thông báo giúp tôi", True),
        ("gỡ tôi khỏi danh sách nhận tin", True),
        ("nút tắt thông báo làm thế nào", False),
        ("tắt tin tới hết tháng ở cữ nha ad", False),
    ],
)
def test_what_the_understanding_takes_for_a_stop_must_say_so_itself(text: str, clearly: bool) -> None:
    assert reading.clearly_stops(text) is clearly


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("đừng gửi chỗ tuyển người cho tôi nữa, tin khác thì cứ để", "jobs"),
        ("muốn hủy đăng ký vay vốn", "business"),
        ("điện thoại mình đầy rồi, đừng nhắn tin cho mình nữa", None),
        ("hủy giùm tôi việc nhận tin", None),
        ("thôi là từ nay đừng nhắn nữa", None),
        ("tắt tin điện thoại", "news"),
    ],
)
def test_a_theme_named_among_other_words(text: str, theme: str | None) -> None:
    assert reading.theme_meant(text, THEMES) == theme
