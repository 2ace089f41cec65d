"""The normaliser: what must hold for any text at all."""

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import clean, fold, is_syllable, same_words
from core.text.characters import MARKS_AT_MOST, RUN_OF_MARKS, fewer_marks
from core.text.keys import without_vni
from core.text.regions import MARKERS, PHRASES
from core.text.shorthand import AS_THEY_ARE, SHORT_WORDS
from tests.support.examples import examples

# Letters, marks, spaces, digits and short words that really meet in a chat, besides anything at all.
typed = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aăâeêioôơuưyđ ĐHOSFRXJWZ sfrxjw0123456789\u0300\u0301\u0303\u0309\u0323\u200b\u202e.,_\n"),
    ),
    max_size=60,
)
chat = st.lists(
    st.sampled_from(
        [
            *SHORT_WORDS,
            *map(" ".join, [*PHRASES, *PHRASES.values()]),
            *sorted(MARKERS),
            *sorted(AS_THEY_ARE),
            *("lam", "com", "vn", "www", "toimuonvaytien", "nha2", "ngheo2", "thang1", "d9u7o7c5", "hongheo"),
        ]
    ),
    max_size=8,
).map(" ".join)


@given(st.one_of(typed, chat))
@settings(max_examples=examples(500), deadline=None)
def test_the_key_is_lower_case_words_with_single_spaces_and_its_own_key(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert key == " ".join(key.split())
    assert key == key.lower()
    assert all(sign.isalnum() or sign == " " for sign in key)


@given(typed)
@settings(max_examples=examples(300), deadline=None)
def test_no_digit_is_lost_but_behind_letters_of_a_syllable(text: str) -> None:
    """What may go are digits from 1 to 9 of a word that begins with a letter and is a syllable without them."""
    for word in fold(text).split():
        assert not any(sign.isdecimal() and not sign.isascii() for sign in word)
    kept = iter(fold(text))
    for word in bare_words(text):
        letters = word.rstrip("123456789") if "0" not in word else word
        maybe_keys = word[:1].isalpha() and is_syllable("".join(sign for sign in letters if not sign.isdecimal()))
        if not maybe_keys:
            assert all(digit in kept for digit in word if digit.isdecimal())


def bare_words(text: str) -> list[str]:
    """The words of a text with plain digits; marks and unseen signs are no ends of words."""
    text = unicodedata.normalize("NFKD", RUN_OF_MARKS.sub(fewer_marks, text.replace("\ufdfa", " ")))
    signs = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return "".join(sign if sign.isalnum() else " " if sign.isspace() else "" for sign in signs).lower().split()


NUMBERED = ["lop", "quy", "so", "to", "khu", "thon", "thang", "ngay", "nha", "con", "ap", "dieu"]


@given(st.sampled_from(NUMBERED), st.integers(1, 99))
def test_numbers_behind_what_is_numbered_stay(word: str, number: int) -> None:
    assert fold(f"{word}{number}") == f"{word}{number}"


@pytest.mark.parametrize(
    "text", ["thang1 ngay2", "con2 nha2", "K7M 4PX", "2tr5", "12a", "lop5 quy3 so2", "h5n1", "co2"]
)
def test_what_may_be_numbers_stays(text: str) -> None:
    assert without_vni(text) == text


def test_one_word_that_is_surely_keys_decides_for_the_message() -> None:
    assert without_vni("nha2 ngheo2") == "nha ngheo"
    assert without_vni("nha2 4 nguo7i2") == "nha 4 nguoi"
    assert without_vni("thang1 5 ho5c lop71 3") == "thang 5 hoc lop 3"
    assert without_vni("lop5 d9o1ng tie62n") == "lop5 dong tien"


syllable = st.builds(
    str.__add__,
    st.sampled_from(
        ["", "b", "c", "ch", "đ", "g", "h", "kh", "l", "m", "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x"]
    ),
    st.sampled_from(
        ["ạ", "ấy", "ền", "ệnh", "iếu", "oà", "oán", "ước", "ương", "uyện", "ỏ", "ữ", "ởi", "uý", "ích", "ăng"]
    ),
)


@given(st.lists(syllable, min_size=1, max_size=12).map(" ".join))
@settings(deadline=None)
def test_with_marks_without_marks_and_decomposed_are_one_key(text: str) -> None:
    bare = "".join(s for s in unicodedata.normalize("NFD", text) if not unicodedata.combining(s)).replace("đ", "d")
    assert fold(text) == fold(bare) == fold(unicodedata.normalize("NFD", text)) == fold(text.upper())


@given(typed)
@settings(max_examples=examples(300), deadline=None)
def test_clean_is_nfc_stable_and_keeps_what_is_seen(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(sign) == "Cc" and sign != "\n" for sign in cleaned)
    assert "  " not in cleaned


def test_clean_keeps_words_lines_and_emoji() -> None:
    assert clean("  Nhà\ttôi \r\n\r\n\r\n\r\nở  bản  👋 \u202edột\u202c ") == "Nhà tôi\n\nở bản 👋 dột"


@pytest.mark.parametrize("word", ["nghieng", "khuyu", "quyen", "gi", "giuong", "yeu", "oanh", "uoc", "quynh", "thuo"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hooj", "ddien", "zalo", "", "bhyt", "ngheof", "abc", "khoong"])
def test_other_letters_are_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_what_short_forms_stand_for_needs_no_folding() -> None:
    for full in (*SHORT_WORDS.values(), *map(" ".join, PHRASES.values())):
        assert fold(full) == full


def test_every_phrase_loses_a_marker() -> None:
    """Then replacing comes to an end, and a text without markers needs no look at the phrases."""
    for phrase, standard in PHRASES.items():
        assert phrase == standard or MARKERS.intersection(phrase)
        assert not MARKERS.intersection(standard) or phrase == standard


def test_labels_typed_with_or_without_marks() -> None:
    assert same_words("Gặp cán bộ", "gap can bo")
    assert same_words("GẶP CÁN BỘ!", " gặp  cán bộ ")
    assert not same_words("Gặp cán bộ", "gặp cán")
    assert not same_words("", "")
    assert not same_words("👋", "!!")


FLOODS = {
    "words": "Nhà tôi không có thẻ bảo hiểm y tế, hooj ngheof ko bít lm j ",
    "marks": "\u0327\u0301",  # the library alone would sort these in square time
    "one letter": "x",
    "short forms": "k ",
    "emoji": "👋🏽",
    "spaces": " \n",
    "expanding": "\ufdfa",
    "digits": "7",
    "telex": "ddieenj ",
    "vni": "d9u7o7c5 ",
    "joined": "toimuonvaytien ",
    "one run": "toimuonvaytien",
    "regional": "o mo rua man chi ",
}


@pytest.mark.thorough
@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_folded_and_folded_again_to_the_same(flood: str) -> None:
    """How long it takes is a figure of bench/understanding/speed.py; that it is linear follows from the next test."""
    text = FLOODS[flood] * (262_144 // len(FLOODS[flood]))
    key = fold(text)
    assert len(key) <= 3 * len(text)
    assert fold(key) == key
    assert len(clean(text)) <= len(text)


@given(st.lists(st.sampled_from("\u0301\u0327\u0323\u05b0\u064b\u3099👋…"), min_size=9, max_size=300).map("".join))
@settings(deadline=None)
def test_the_library_never_sorts_a_long_run_of_marks(run: str) -> None:
    """Sorting marks is the one step that is not linear: a run handed to it is never longer than eight."""
    longest = length = 0
    for sign in RUN_OF_MARKS.sub(fewer_marks, run):
        length = length + 1 if unicodedata.combining(sign) else 0
        longest = max(longest, length)
    assert longest <= MARKS_AT_MOST


def test_letters_of_the_key_are_plain() -> None:
    assert set(fold("Đường sửa chữa ở Nghệ An, thuỷ lợi – ưu tiên!")) <= set(string.ascii_lowercase + " ")
