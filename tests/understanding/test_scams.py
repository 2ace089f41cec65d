"""Lures as people paste and tell them: warned of, each by what gives it away; honest words and our own are not."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.catalogue import Catalogue
from content.understanding import Decision, Understanding
from content.understanding.danger import dangers
from content.understanding.signs.tells import TELLS
from content.understanding.warnings import tells, warnings
from content.understanding.windows import windows

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
WARNED = (Decision.FRAUD, Decision.DANGER)  # who is blackmailed, or led over the border, is in danger as well


def lures() -> list[tuple[frozenset[str], str]]:
    """What gives a lure away, and the lure."""
    lines = (HERE / "scams.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [(frozenset(names.split(",")) - {"other"}, text) for names, text in rows]


def honest() -> list[str]:
    return (HERE / "no-scams.tsv").read_text("utf-8").splitlines()


def test_lures_are_warned_of(understanding: Understanding) -> None:
    missed = [text for _, text in lures() if understanding.read(text).decision not in WARNED]
    assert missed == []
    in_danger = [text for _, text in lures() if understanding.read(text).decision is Decision.DANGER]
    assert len(in_danger) <= 2


def test_what_gives_a_lure_away_is_named() -> None:
    assert {name for names, _ in lures() for name in names} == set(TELLS)
    found = [(names, tells(text, windows(text)), text) for names, text in lures()]
    assert [row for row in found if not row[0] <= set(row[1])] == []
    assert max(len(told) for _, told, _ in found) <= 3


def without_marks(text: str) -> str:
    """The letters below their marks; "đ" is a letter of its own."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


SPELLINGS = {
    "without marks": without_marks,
    "capitals": str.upper,
    "loose accents": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_lures_are_warned_of_in_any_spelling(understanding: Understanding, spelling: str) -> None:
    spelt = [SPELLINGS[spelling](text) for _, text in lures()]
    missed = [text for text in spelt if understanding.read(text).decision not in WARNED]
    assert len(missed) <= 1, missed  # bare addresses and "zalo" in capitals are the same; letters kept apart may not be


@pytest.mark.parametrize(
    "kept_apart", ["v.i.ệ.c n.h.ẹ lương cao ở Lào", "v-i-ệ-c n-h-ẹ lương cao", "việc nhẹ 💰 lương cao"]
)
def test_letters_kept_apart_hide_nothing(kept_apart: str) -> None:
    assert warnings(kept_apart, windows(kept_apart)).fraud


def test_honest_words_raise_no_warning(understanding: Understanding) -> None:
    found = [text for text in honest() if understanding.read(text).decision is Decision.FRAUD]
    assert found == []


def test_who_warns_of_lures_is_no_lure_but_a_lure_that_begins_so_is() -> None:
    warning = "Cảnh báo: có kẻ giả công an gọi điện. Bà con không đọc mã cho ai."
    assert not warnings(warning, windows(warning)).fraud
    lure = "Cảnh báo: kẻ xấu giả mạo nhiều. Tài khoản của bạn bị khóa, bấm link đọc mã OTP để mở."
    assert warnings(lure, windows(lure)).fraud
    told = "họ bảo đừng chuyển tiền cho ai khác, chuyển cho họ hai triệu trước mới được vay"
    assert warnings(told, windows(told)).fraud
    threat = "không chuyển tiền là công an bắt"
    assert warnings(threat, windows(threat)).fraud


def our_texts(content: Catalogue, place: str, lang: str) -> set[str]:
    """What every card, part, detail and post says in a place."""
    found: set[str] = set()
    for topic in content.topics:
        card = content.card(topic, locality=place, on=TODAY, lang=lang)
        if card is not None:
            parts = (*card.sections.values(), *card.details)
            found |= {card.short, *(f"{part.title}: {part.text}" for part in parts)}
    for series in content.series(locality=place).values():
        told = [content.post(series.id, post.id, locality=place, on=TODAY, lang=lang) for post in series.posts]
        found |= {one.text for one in told if one is not None}
    return found


OTHERS = ("di-su", "hong-linh", "muong-lay", "phan-rang")


@pytest.mark.thorough
@pytest.mark.parametrize("place", ["dak-cam", *OTHERS])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_text_of_ours_raises_a_warning(knowledge: Knowledge, place: str, lang: str) -> None:
    """Whoever pastes what a card or a notice says is not told that it is a fraud."""
    texts = our_texts(knowledge.content, place, lang)
    assert len(texts) > 400
    found = [text for text in texts if knowledge.understanding.read(text).decision is Decision.FRAUD]
    assert found == []


HELD = (
    "em trai tôi đang bị giữ ở Campuchia không cho về",
    "chau toi sang campuchia lam gio ho doi tien chuoc",
    "con toi di lam ben bavet bi danh, doi 100 trieu moi cho ve",
    "nó gọi về khóc nói bị bán sang công ty khác, đòi 80 triệu mới thả",
    "con trai tôi bị giữ giấy tờ bên Lào không về được",
    "con gai toi di lam ben do mat lien lac 2 thang",
)


@pytest.mark.parametrize("text", HELD)
def test_who_is_held_already_is_in_danger(text: str) -> None:
    assert "violence" in dangers(windows(text))
