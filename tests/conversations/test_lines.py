"""Where nothing can be pressed, no text of ours speaks of pressing: it says what to type."""

import re

import pytest

from content.voice import check_text
from content.wording import LANGUAGES, wording
from handlers.lines import as_lines, to_type

# Read by officers or operators, on pages that have buttons, or about another thing than a button of ours.
ELSEWHERE = ("public.", "console.", "web.", "card.", "doctor.", "telegram.", "group.", "zalo.")
NOT_A_BUTTON = re.compile(r"[Đđ]ừng bấm|bấm giữ|Press nothing")
PRESSES = {"vi": re.compile(r"\b[Bb]ấm\b|\bnút\b"), "en": re.compile(r"\b[Pp]ress\b|\bbuttons?\b")}


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_speaks_of_pressing(lang: str, numbered: bool) -> None:
    words = wording(lang)
    said = {one: words.template(one) for one in words.ids() if not one.startswith(ELSEWHERE)}
    assert sum(PRESSES[lang].search(one) is not None for one in said.values()) > 30
    typed = {one: NOT_A_BUTTON.sub("", to_type(text, lang, numbered=numbered)) for one, text in said.items()}
    assert {one: text for one, text in typed.items() if PRESSES[lang].search(text)} == {}


@pytest.mark.parametrize("numbered", [True, False])
def test_what_is_said_instead_keeps_the_voice(numbered: bool) -> None:
    words = wording("vi")
    changed = {
        one: typed
        for one in words.ids()
        if not one.startswith((*ELSEWHERE, "paper."))
        and (typed := to_type(words.template(one), "vi", numbered=numbered)) != words.template(one)
    }
    faults = {one: check_text(typed, "message") for one, typed in changed.items()}
    assert len(changed) > 30 and {one: found for one, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    ("text", "numbered", "typed"),
    [
        ("Bấm một nút, gõ một số, hoặc viết.", True, "Gõ một số, hoặc viết."),
        ("Muốn gửi thì bấm nút, hoặc gõ: đồng ý.", True, "Muốn gửi thì gõ số ở dưới, hoặc gõ: đồng ý."),
        ("Đủ rồi thì bấm nút.", False, "Đủ rồi thì gõ dòng chữ ở dưới."),
        ("Bấm Gặp cán bộ.", True, "Gõ: Gặp cán bộ."),
        ("Đừng bấm đường dẫn.", True, "Đừng bấm đường dẫn."),
        ("Không có nút số 9.", True, "Không có số 9."),
        ("Cán bộ: “Bấm nút Gửi.” Bấm nút.", True, "Cán bộ: “Bấm nút Gửi.” Gõ số ở dưới."),
    ],
)  # fmt: skip
def test_each_way_of_saying_it(text: str, numbered: bool, typed: str) -> None:
    assert to_type(text, "vi", numbered=numbered) == typed


def test_nothing_to_change_is_left_alone() -> None:
    assert as_lines((), "vi") == ()
    assert to_type("Bấm nút.", "fr", numbered=True) == "Bấm nút."
