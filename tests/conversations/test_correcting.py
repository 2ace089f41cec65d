"""What is taken for a wish to mend the words that wait to be sent."""

from core.text import fold
from handlers.correcting import TAKE_OUT
from handlers.not_meant import says_so


def test_what_takes_a_shared_number_out_again() -> None:
    out = ("bo ra", "bo so ra", "thoi bo so dien thoai do ra di", "xoa vi tri", "khong gui so", "take out")
    kept = ("bo", "bo di", "xoa", "bo so ho ngheo", "so cua toi la 0912 345 678", "khong gui")
    assert [one for one in out if not TAKE_OUT.fullmatch(one)] == []
    assert [one for one in kept if TAKE_OUT.fullmatch(one)] == []


def test_what_says_that_words_were_wrong() -> None:
    assert all(says_so(fold(one), after_answer=True) for one in ("nhầm", "nham roi", "sai rồi", "sai roi", "lộn"))
    assert not any(says_so(fold(one), after_answer=True) for one in ("sai tên trong giấy", "tên sai", "nhầm ngày sinh"))
