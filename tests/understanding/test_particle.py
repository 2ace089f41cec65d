""" "Vay" typed for "vậy", and "vay" that is to borrow."""

import pytest

from content.understanding import Understanding
from content.understanding.particle import without_particle
from core.text import fold, typed_words

LOANS = ("production-loan", "job-loan", "student-loan", "water-sanitation-loan")
PARTICLE = (
    "vay co di dc ko",
    "vay co nen di ko",
    "vay nen di ko",
    "vay thi sao",
    "vay sao",
    "vay co that ko",
    "vay lam sao",
    "vay di dc ko",
    "vậy có đi được không ạ",
    "z co nen lam ko",
    "di dau vay",
    "đi đâu vậy",
    "lam sao vay",
    "may gio lam viec vay",
    "dung ko vay",
    "bao lau vay",
    "gi vay",
)
LOAN = (
    "vay dc ko",
    "vay duoc khong",
    "vay the nao",
    "muon vay",
    "toi muon vay",
    "vay bao nhieu",
    "vay co mat lai ko",
    "vay co can giay to gi ko",
    "vay thi can the chap gi",
    "vay co phai tra hang thang ko",
    "vay tien nuoi bo",
    "vay có được không ạ",
    "ho ngheo co duoc vay",
    "lam sao de vay",
    "vay di nuoc ngoai",
)


def read(text: str) -> tuple[str, str]:
    return without_particle(fold(text), typed_words(text))


@pytest.mark.parametrize("text", PARTICLE)
def test_a_particle_is_no_loan(text: str, understanding: Understanding) -> None:
    assert "vay" not in read(text)[0].split()
    assert understanding.read(text).labels[:1] not in [(one,) for one in LOANS]


@pytest.mark.parametrize("text", LOAN)
def test_a_loan_stays_one(text: str) -> None:
    assert read(text) == (fold(text), typed_words(text))


def test_a_loan_is_answered_with_one(understanding: Understanding) -> None:
    read_ = {text: understanding.read(text).labels for text in ("vay dc ko", "muon vay", "vay co mat lai ko")}
    assert {text: set(labels) for text, labels in read_.items() if not set(labels) <= set(LOANS) or not labels} == {}
