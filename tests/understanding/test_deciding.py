"""A yes and a no below a question whether something is to be done, in the words of the act itself."""

import pytest

from content.understanding.deciding import DEEDS, decided

SAID = [
    *(
        ("erase", words, True)
        for words in ("đồng ý", "co", "xóa đi", "xoa het", "ok", "dong y xoa", "yes", "delete it")
    ),
    *(("erase", words, False) for words in ("không", "thoi", "giữ lại", "cu giu", "đừng xóa", "dung xoa", "keep it")),
    *(
        ("erase", words, None)
        for words in ("uh", "ờ", "xoa", "thoi xoa het", "vay von", "xóa có mất tiền không", "gửi đi")
    ),
    *(("leave-course", words, True) for words in ("uh", "đồng ý", "bo hoc", "thoi khong hoc nua", "leave")),
    *(("leave-course", words, False) for words in ("thoi", "ko", "van hoc", "giu cho", "đừng bỏ", "stay")),
    *(("leave-course", words, None) for words in ("thôi học", "lớp ở đâu", "đăng ký")),
    *(
        ("leave-fair", words, True)
        for words in ("uh", "ko di dc nua", "rut ten", "huy", "ban viec ko di dc", "bo dang ky")
    ),
    *(("leave-fair", words, False) for words in ("ko", "thoi", "van di", "thoi van di", "co di", "khong bo", "di chu")),
    *(("leave-fair", words, None) for words in ("dang ky", "ngay hoi o dau")),
]


@pytest.mark.parametrize(("deed", "words", "answer"), SAID)
def test_what_is_decided(deed: str, words: str, answer: bool | None) -> None:
    assert decided(words, deed) is answer


@pytest.mark.parametrize("words", ["uh", "ừ", "dạ"])
def test_what_cannot_be_taken_back_needs_a_faint_yes_twice(words: str) -> None:
    assert decided(words, "erase") is None
    assert decided(words, "erase", asked_again=True) is True


@pytest.mark.parametrize("deed", DEEDS)
def test_no_other_yes_is_one_here(deed: str) -> None:
    for words in ("chuyển cho cán bộ", "cho giữ", "ghi đi", "nhận tin", "gọi đi", "có không?"):
        assert decided(words, deed) is not True, words
