"""The normaliser: one table, and what must hold for any text at all."""

import csv
import string
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import text as normaliser
from core.text import clean, fold, is_syllable, same_words

TABLE = Path(__file__).with_name("table.tsv")
KINDS = {
    *("marks", "nfd", "tone", "look-alike", "teencode", "abbreviation", "capitals", "stretched", "telex"),
    *("punctuation", "emoji", "control", "digits", "regional", "foreign"),
}


def rows() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(table)
        return [(kind, seen(text), seen(key)) for kind, text, key in table]


def seen(cell: str) -> str:
    """Escapes of signs that an editor would hide or mend."""
    parts = cell.split("\\\\")
    return "\\".join("".join(_read(piece, number) for number, piece in enumerate(part.split("\\"))) for part in parts)


def _read(piece: str, number: int) -> str:
    if number == 0 or not piece:
        return piece
    length = {"x": 2, "u": 4, "U": 8}[piece[0]]
    return chr(int(piece[1 : 1 + length], 16)) + piece[1 + length :]


@pytest.mark.parametrize(("kind", "text", "key"), rows())
def test_table(kind: str, text: str, key: str) -> None:
    assert fold(text) == key


def test_the_table_is_long_and_covers_every_kind() -> None:
    counts = Counter(kind for kind, _, _ in rows())
    assert set(counts) == KINDS
    assert min(counts.values()) >= 8
    assert sum(counts.values()) >= 200


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
        [*normaliser._WORDS, *normaliser._PHRASES, *normaliser._PHRASES.values(), "mo", "rang", "lam", "bh"]
    ),
    max_size=8,
).map(" ".join)


@given(st.one_of(typed, chat))
@settings(max_examples=1500, deadline=None)
def test_the_key_is_lower_case_words_with_single_spaces_and_its_own_key(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert key == " ".join(key.split())
    assert key == key.lower()
    assert all(sign.isalnum() or sign == " " for sign in key)


@given(typed)
@settings(max_examples=800, deadline=None)
def test_no_digit_is_lost(text: str) -> None:
    digits = [str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal()]
    folded = iter(fold(text))
    assert all(digit in folded for digit in digits)


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
@settings(max_examples=800, deadline=None)
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
    for full in (*normaliser._WORDS.values(), *normaliser._PHRASES.values()):
        assert fold(full) == full


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
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_megabyte_is_folded_and_folded_again_to_the_same(flood: str) -> None:
    """How long it takes is a figure of bench/understanding/speed.py; that it is linear follows from the next test."""
    text = FLOODS[flood] * (1_048_576 // len(FLOODS[flood]))
    key = fold(text)
    assert len(key) <= 3 * len(text)
    assert fold(key) == key
    assert len(clean(text)) <= len(text)


@given(st.lists(st.sampled_from("\u0301\u0327\u0323\u05b0\u064b\u3099👋…"), min_size=9, max_size=300).map("".join))
@settings(deadline=None)
def test_the_library_never_sorts_a_long_run_of_marks(run: str) -> None:
    """Sorting marks is the one step that is not linear: a run handed to it is never longer than eight."""
    longest = length = 0
    for sign in normaliser._RUN_OF_MARKS.sub(normaliser._fewer_marks, run):
        length = length + 1 if unicodedata.combining(sign) else 0
        longest = max(longest, length)
    assert longest <= normaliser.MARKS_AT_MOST


def test_letters_of_the_key_are_plain() -> None:
    assert set(fold("Đường sửa chữa ở Nghệ An, thuỷ lợi – ưu tiên!")) <= set(string.ascii_lowercase + " ")
