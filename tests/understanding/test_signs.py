"""The notation of signs, addresses, and what a follow-up names."""

import time

import pytest

from content.understanding.danger import dangers
from content.understanding.followup import asks_on, matter
from content.understanding.links import strange_addresses, without_addresses
from content.understanding.signs.english import words
from content.understanding.signs.marks import no_lure, told_apart
from content.understanding.signs.notation import signs
from content.understanding.talk import smalltalk
from content.understanding.warnings import warnings
from content.understanding.windows import windows


def test_the_notation() -> None:
    found = signs("""
        # a reason
        nuoc .. (len|dang) san
        mot
        + |hai
        ba ... bon
        rat
        _ dai
    """)
    for text in ("nuoc len san", "nuoc lu dang dang san", "x mot y", "hai", "ba a b c d e bon", "rat dai"):
        assert found.search(text), text
    for text in ("nuoc a b c len san", "motor", "ba a b c d e f bon", "ratdai", "a reason"):
        assert not found.search(text), text


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("vào dichvucong.gov.vn đi", ()),
        ("https://xa.kontum.gov.vn/tin?a=1", ()),
        ("https://gov.vn.top/nhan", ("https://gov.vn.top/nhan",)),
        ("gov-vn.com", ("gov-vn.com",)),
        ("https://a@b.gov.vn", ("https://a@b.gov.vn",)),
        ("https://xa.gov.vn:8443/", ()),
        ("5.000.000 đồng, tp.hcm, v.v. ông Ba.Tư", ()),
        ("HTTP://QUA-TET.XYZ/1 với bit.ly/2", ("HTTP://QUA-TET.XYZ/1", "bit.ly/2")),
    ],
)
def test_addresses(text: str, strange: tuple[str, ...]) -> None:
    assert strange_addresses(text) == strange


def test_a_text_without_its_addresses() -> None:
    assert without_addresses("bấm https://a.top/x được không").split() == ["bấm", "được", "không"]


def test_typed_marks_tell_words_apart() -> None:
    assert told_apart("bỏ đói con bò") == "hanh ha con trau"
    assert told_apart("bị bạo hành, máy còn bảo hành") == "bị danh dap, máy còn zq"
    assert no_lure("giá nhà nước, người giả cán bộ") == "zx nhà nước, người giả cán bộ"


def test_english_words() -> None:
    assert words("He DON'T wake up… help!") == "he dont wake up help"


@pytest.mark.parametrize(
    ("folded", "named"),
    [
        ("the con sach vo thi sao", "sach vo"),
        ("the tien dien bao nhieu", "tien dien"),
        ("the mat bao lau", ""),
        ("con ho can ngheo thi sao", ""),
        ("the chau hoc lop 12 thi sao", ""),
    ],
)
def test_what_a_follow_up_names(folded: str, named: str) -> None:
    assert asks_on(folded)
    assert matter(folded) == named


@pytest.mark.parametrize("folded", ["toi co hai con bo", "con toi bi tat", "nha toi dong con lam", "me toi gia yeu"])
def test_a_tale_is_no_follow_up(folded: str) -> None:
    assert not asks_on(folded)


@pytest.mark.thorough
def test_floods_of_signs_take_no_time() -> None:
    """The patterns have gaps and repetitions: what nearly matches, many times over, must not blow up."""
    floods = (
        "danh " * 5_000,
        "nuoc len " * 3_000,
        "chuyen tien cho " * 2_000,
        "song lam gi " * 3_000,
        "an la " * 4_000,
        "thuong con muon chet " * 2_000,
        "nuoc vo nha con o trong " * 1_500,
        "they say pay and send " * 1_500,
        "no food not eat water comes up " * 1_000,
    )
    started = time.perf_counter()
    for flood in floods:
        dangers(windows(flood))
        warnings(flood, windows(flood))
    for word in ("alo", "da vang", "noi lai", "khong hieu", "cho toi hoi"):
        smalltalk(" ".join([word] * 8)[:60] + " x")
    assert time.perf_counter() - started < 20
