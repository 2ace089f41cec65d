"""Who speaks here, and whoever cannot read: what is taken for asking that, and whom they are told to call."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.knowledge import Knowledge
from content.catalogue import Catalogue
from content.locality import Locality
from content.offices import telephone
from content.wording import wording
from core.text import fold
from handlers.who import CANNOT_READ, WHO
from tests.support.clock import FixedClock
from tests.support.talk import Talk, talking

TODAY = date(2026, 11, 20)
NINE = datetime(2026, 11, 20, 2, tzinfo=UTC)  # in the morning, where people live

ASKS_WHO = """chung tay là gì | chung tay la gi vay | may la ai | mày là ai | day la ai | đây là ai vậy | ai vay
| em là ai thế | ban la nguoi hay may | dang noi chuyen voi ai vay | trang nay la gi | who are you | cho hoi day la ai
| co phai nguoi that khong | bạn là người thật à"""
ASKS_SOMETHING_ELSE = """ai lo viec xet ho ngheo | chung tay vi nguoi ngheo la gi | ho ngheo la gi | ai duoc vay
| me toi la nguoi khuyet tat | tin nay la gi | phai lam gi | day la so dien thoai cua toi | ai do khong"""
SAYS_CANNOT_READ = """hong biet chu | khong biet chu | toi ko biet chu | tui hong biet doc chu | mù chữ | doc giup
| đọc giùm tôi | doc giup toi voi | doc cho toi nghe | khong doc duoc chu | gia roi mat kem khong doc duoc
| ba khong biet chu nghia gi | chua hoc chu | i can't read | read it to me"""
CAN_READ = """khong biet | khong biet lam don | minh khong biet chu, ai giup minh viet don kien | khong biet chup anh
| doc lai di | khong biet doc ten thuoc | lop xoa mu chu o dau | khong hieu | doc giup con toi bai nay cho no hoc"""


def cases(text: str) -> list[str]:
    return [fold(one.strip()) for one in text.split("|")]


@pytest.mark.parametrize("said", cases(ASKS_WHO))
def test_asks_who_speaks(said: str) -> None:
    assert WHO.fullmatch(said)


@pytest.mark.parametrize("said", cases(ASKS_SOMETHING_ELSE))
def test_asks_something_else(said: str) -> None:
    assert not WHO.fullmatch(said)


@pytest.mark.parametrize("said", cases(SAYS_CANNOT_READ))
def test_cannot_read(said: str) -> None:
    assert CANNOT_READ.fullmatch(said)


@pytest.mark.parametrize("said", cases(CAN_READ))
def test_says_nothing_of_reading(said: str) -> None:
    assert not CANNOT_READ.fullmatch(said)


# --- whom to call ---


def test_the_number_to_call(knowledge: Knowledge) -> None:
    place = knowledge.content.locality("dak-cam")
    assert telephone(place, TODAY, wording("vi")) is None, "no pack has a number that nobody confirmed"
    desk = with_a_telephone(place)
    number, office = telephone(desk, TODAY, wording("vi")) or ("", "")
    assert (number, office) == ("0260 3862 123", desk.offices[0].name.vi)
    duty = desk.model_copy(update={"duty_phone": "02603862999"})
    assert telephone(duty, TODAY, wording("vi")) == ("0260 3862 999", "")
    assert telephone(None, TODAY, wording("vi")) is None


def with_a_telephone(place: Locality) -> Locality:
    first, *others = place.offices
    return place.model_copy(update={"offices": (first.model_copy(update={"phone": "02603862123"}), *others)})


def test_who_cannot_read_is_told_the_number(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    found = ("0260 386 2123", "Phòng Kinh tế xã")
    monkeypatch.setattr(Catalogue, "telephone", lambda *_, **__: found)
    with talking(knowledge, FixedClock(NINE)) as talk:
        talk.press("start:dak-cam")
        assert "  Gọi: 0260 386 2123" in talk("khong biet chu").split("\n"), "alone on its line"
        assert "gọi Phòng Kinh tế xã." in talk("may la ai")
        monkeypatch.setattr(Catalogue, "telephone", lambda *_, **__: (found[0], ""))
        assert "gọi Ủy ban nhân dân phường Đăk Cấm." in talk("may la ai")


# --- in the middle of other things ---


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    with talking(knowledge, FixedClock(NINE)) as talk:
        talk.press("start:dak-cam")
        yield talk


def test_in_an_alarm_all_belongs_to_the_alarm(talk: Talk) -> None:
    talk("chong danh toi, cuu voi")
    assert "Đã ghi" in talk("may la ai")
    assert "Đã ghi" in talk("tui khong biet chu")
