"""Small talk by kind, yes and no, and what says too little."""

import re
from pathlib import Path

import pytest

from content.understanding import Decision, Understanding
from content.understanding.assent import assent
from content.understanding.reading import NONE, TALKS
from core.text import fold

HERE = Path(__file__).parent
ANSWERS = {"yes": True, "no": False, "none": None}


def table(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(kind, text) for kind, text in (line.split("\t") for line in lines)]


def test_talk_table(understanding: Understanding) -> None:
    wrong = []
    for kind, text in table("talk.tsv"):
        reading = understanding.read(text)
        talk = (reading.decision, reading.labels, reading.best) == (Decision.SMALLTALK, (kind,), NONE)
        if not (reading.decision is not Decision.SMALLTALK if kind == "none" else talk):
            wrong.append((kind, text, reading.decision, reading.labels, reading.best))
    assert wrong == []


def test_the_table_has_every_kind() -> None:
    assert {kind for kind, _ in table("talk.tsv")} == {*TALKS, "none"}


@pytest.mark.parametrize("text", ["chào cán bộ", "cho mình hỏi tí", "không hiểu gì hết", "cảm ơn nhiều", "đồ ngu"])
def test_small_talk_in_any_spelling(understanding: Understanding, text: str) -> None:
    labels = understanding.read(text).labels
    for spelling in (fold(text), text.upper(), f"{text}!!!", f"{text} 🙏"):
        assert understanding.read(spelling).labels == labels


def test_what_was_not_understood_is_about_the_topic_before(understanding: Understanding) -> None:
    reading = understanding.read("nói đơn giản thôi", after="housing")
    assert (reading.decision, reading.labels, reading.best) == (Decision.SMALLTALK, ("again",), "housing")


def test_rude_words_around_a_question_do_not_hide_it(understanding: Understanding) -> None:
    reading = understanding.read("đm tiền điện hộ nghèo bao giờ mới có")
    assert (reading.decision, reading.labels) == (Decision.ANSWER, ("electricity",))


@pytest.mark.parametrize("text", ["5", "12 3", "0912345678", "👍", "a", "nh", "k", "hs", "1.", "?"])
def test_too_little_is_no_topic(understanding: Understanding, text: str) -> None:
    for after in (None, "housing"):
        reading = understanding.read(text, after=after)
        assert (reading.decision, reading.labels, reading.best) == (Decision.UNKNOWN, (), NONE)


def test_two_letters_that_ask_on_are_a_follow_up(understanding: Understanding) -> None:
    assert understanding.read("bn", after="housing").labels == ("housing",)
    assert understanding.read("bn").decision is Decision.UNKNOWN


def test_assent_table() -> None:
    rows = table("assent.tsv")
    assert [(kind, text) for kind, text in rows if assent(text) is not ANSWERS[kind]] == []
    bare = [row for row in rows if not re.search("đúng|đừng", row[1].lower())]
    assert [(kind, text) for kind, text in bare if assent(fold(text)) is not ANSWERS[kind] and "?" not in text] == []


def test_consent_is_never_read_out_of_a_long_message() -> None:
    assert assent("dong y " * 20) is None
    assert assent("có, mà cho tôi hỏi vay vốn nuôi bò thì lãi bao nhiêu") is None
    assert assent("x" * 1_000_000) is None
