"""consent-and-erasure: what is kept and why is said; nothing goes on without a yes; one word shows or deletes all."""

import re
from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.talk import Talk, talking

QUESTION = "Nhà tôi cháy bếp, xin giúp thì gặp ai?"


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    """The only one who ever wrote: every row is theirs."""
    with talking(knowledge, FixedClock()) as one:
        yield one


def test_nothing_is_kept_for_an_officer_without_a_yes(talk: Talk) -> None:
    talk.press("start:dak-cam")
    talk("gặp cán bộ")
    notice = talk(QUESTION)
    assert "Ai xem: cán bộ phường Đăk Cấm" in notice and "giữ 365 ngày rồi xóa" in notice
    talk("Không chuyển")
    assert talk.rows("questions") == 0 and talk.rows("consents") == 0


def test_with_a_yes_it_is_kept_and_shown(talk: Talk) -> None:
    talk.press("start:dak-cam")
    talk("gặp cán bộ")
    talk(QUESTION)
    assert re.search(r"Mã của bà con: [2-9CHKMNPRTVX]{3} [2-9CHKMNPRTVX]{3}", talk("Chuyển cho cán bộ"))
    shown = talk("xem dữ liệu của tôi")
    assert "phường Đăk Cấm" in shown and "1 việc" in shown and "giữ đến hết ngày" in shown
    assert talk.rows("questions") == talk.rows("consents") == 1


def test_one_word_deletes_everything(talk: Talk) -> None:
    talk.press("start:dak-cam")
    talk("gặp cán bộ")
    talk(QUESTION)
    talk("Chuyển cho cán bộ")
    assert "Không lấy lại được" in talk("xóa dữ liệu của tôi")
    assert "Đã xóa xong" in talk("Xóa hết dữ liệu")
    assert talk.traces() == []
    assert talk.rows("questions") == 1  # the count of a need stays, without words and without a person


@pytest.mark.parametrize("yes", ["đồng ý", "dong y", "co", "xóa đi", "xoa het", "ok"])
def test_a_clear_yes_in_words_deletes_everything(talk: Talk, yes: str) -> None:
    talk.press("start:dak-cam")
    talk("xoa")
    assert "Đã xóa xong" in talk(yes)
    assert talk.traces() == []


@pytest.mark.parametrize("words", ["uh", "xoa", "giu lai", "khong", "thoi", "vay von", "thoi xoa het", "đừng xóa"])
def test_anything_else_says_that_nothing_was_deleted(talk: Talk, words: str) -> None:
    talk.press("start:dak-cam")
    talk("xoa")
    said = talk(words)
    assert "Chưa xóa gì cả" in said or "không xóa gì cả" in said
    assert talk.traces() != []


def test_the_files_go_with_the_person(knowledge: Knowledge) -> None:
    clock = FixedClock()
    with talking(knowledge, clock) as talk:
        talk.press("start:dak-cam")
        talk.press("request-empty")
        assert talk.files() == ["giay-de-nghi-ra-soat.pdf"] and talk.stored() == 1
        clock.advance(seconds=60)
        talk("xóa dữ liệu của tôi")
        talk("Xóa hết dữ liệu")
        assert talk.stored() == 0


def test_notices_are_stopped_and_wanted_again_with_a_word(talk: Talk) -> None:
    talk.press("start:dak-cam")
    assert "Đã dừng." in talk("dừng nhận tin")
    assert "Tin báo của phường Đăk Cấm: đã dừng" in talk("dữ liệu của tôi")
    assert "nhận lại tin báo" in talk("Nhận lại tin")
    assert talk.rows("consents") == 1
    assert "Tin báo của phường Đăk Cấm: có nhận" in talk("dữ liệu của tôi")
    talk("dừng nhận tin")
    assert talk.rows("consents") == 0


def test_a_copy_of_everything_can_be_had(talk: Talk) -> None:
    talk.press("start:dak-cam")
    talk("tôi muốn hỏi tiền điện")
    talk("xem dữ liệu của tôi")
    assert "(/files/" in talk("Tải về")
    assert "tôi muốn hỏi tiền điện" in talk.file()
