"""Danger, fraud and the wish for a promise: found in any spelling, and not in ordinary talk."""

from pathlib import Path

import pytest

from content.understanding import Decision, Understanding
from content.understanding.corpus import CAUTION, FRAUD, Corpus, Utterance
from content.understanding.danger import dangers
from content.understanding.reading import DANGERS
from content.understanding.warnings import warnings
from content.understanding.windows import windows

HERE = Path(__file__).parent
QUESTIONS = HERE.parents[1] / "bench/understanding/questions-dev.tsv"


def table(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(kind, text) for kind, text in (line.split("\t") for line in lines)]


def test_danger_table() -> None:
    found = [(kind, text, dangers(windows(text))) for kind, text in table("danger.tsv")]
    assert [row for row in found if not (row[0] in row[2] if row[0] != "none" else not row[2])] == []


def test_warnings_table() -> None:
    wrong = []
    for kind, text in table("warnings.tsv"):
        found = warnings(text, windows(text))
        right = (found.fraud, found.verdict) == (kind in ("fraud", "paid"), kind == "caution")
        if not right or (kind == "paid" and not found.paid):
            wrong.append((kind, text, found))
    assert wrong == []


def is_danger(one: Utterance) -> bool:
    return one.label.startswith("danger:")


def listed(found: list[Utterance]) -> str:
    """The rows found, by label, for the message of a test."""
    return "\n".join(sorted(f"{one.label}: {one.text}" for one in found))


# Rows of the corpus, of which one is read: few are enough to notice a model that is broken.
EVERY = (pytest.param(8, marks=pytest.mark.thorough), 60)


@pytest.fixture(scope="module", params=EVERY)
def decided(
    request: pytest.FixtureRequest, corpus: Corpus, understanding: Understanding
) -> list[tuple[Utterance, Decision]]:
    """What was decided of some dangers, some lures and some of all the others."""
    kinds: dict[str, list[Utterance]] = {"danger": [], FRAUD: [], "other": []}
    for one in corpus.utterances:
        kinds["danger" if is_danger(one) else one.label if one.label == FRAUD else "other"].append(one)
    read = [one for rows in kinds.values() for one in rows[:: request.param]]
    return [(one, understanding.read(one.text).decision) for one in read]


def test_dangers_of_the_corpus_are_heard(decided: list[tuple[Utterance, Decision]]) -> None:
    """By rules and by what was learnt from these rows; how strangers' are heard is in docs/understanding.md."""
    read = [decision for one, decision in decided if is_danger(one)]
    assert read.count(Decision.DANGER) >= 0.95 * len(read) > 0


def test_little_else_of_the_corpus_is_danger(decided: list[tuple[Utterance, Decision]]) -> None:
    """People who ask for rice, a card or a lawyer and tell of hunger or blows: telephone numbers do them no harm."""
    read = [(one, decision) for one, decision in decided if not is_danger(one)]
    found = [one for one, decision in read if decision is Decision.DANGER]
    assert len(found) <= 0.015 * len(read), listed(found)


def test_fraud_of_the_corpus_is_heard_and_little_else(decided: list[tuple[Utterance, Decision]]) -> None:
    """The others are lures, or people asked for money first, that have the label of what they ask about."""
    lures = [decision for one, decision in decided if one.label == FRAUD]
    assert lures.count(Decision.FRAUD) >= 0.9 * len(lures) > 0
    others = [(one, decision) for one, decision in decided if not is_danger(one) and one.label != FRAUD]
    found = [one for one, decision in others if decision is Decision.FRAUD]
    assert len(found) <= 0.01 * len(others), listed(found)


@pytest.mark.thorough
def test_promises_of_the_corpus_are_found_and_little_else(corpus: Corpus) -> None:
    """The 2 others ask to be made a poor household, and for a plain word."""
    rows = [one for one in corpus.utterances if not is_danger(one) and one.label != FRAUD]
    missed = [one for one in rows if one.label == CAUTION and not warnings(one.text, windows(one.text)).verdict]
    assert not missed, listed(missed)
    found = [one for one in rows if one.label != CAUTION and warnings(one.text, windows(one.text)).verdict]
    assert len(found) <= 6, listed(found)


def test_danger_is_found_in_any_spelling(understanding: Understanding) -> None:
    spellings = (
        "nước ngập tới nóc nhà rồi cứu với",
        "NUOC NGAP TOI NOC NHA ROI CUU VOI",
        "nuoc ngap toi noc nhaaa cuu voiiii",
    )
    for text in spellings:
        reading = understanding.read(text)
        assert (reading.decision, reading.labels) == (Decision.DANGER, ("disaster",))
        assert reading.best == "emergency-relief"


def test_danger_comes_before_everything_else(understanding: Understanding) -> None:
    reading = understanding.read(
        "chào cán bộ, cho hỏi vay vốn ở đâu. Chồng tôi đang đánh tôi, cứu tôi với", after="housing"
    )
    assert reading.decision is Decision.DANGER
    assert "violence" in reading.labels


def test_everyday_work_is_no_danger(understanding: Understanding) -> None:
    """What people list when asked what they can do: a comma parts words that together would tell of blows or hunger."""
    told = (HERE / "everyday-work.txt").read_text(encoding="utf-8").splitlines()
    assert len(told) > 30
    assert [text for text in told if dangers(windows(text))] == []
    felt = [text for text in told if understanding.read(text).decision is Decision.DANGER]
    assert len(felt) <= 1, felt  # what is learnt lies near the cut for one or the other


def test_danger_at_the_end_of_a_very_long_text(understanding: Understanding) -> None:
    text = "tôi muốn hỏi vay vốn nuôi bò. " * 40_000 + "tôi không muốn sống nữa"
    assert understanding.read(text).labels == ("suicide",)


def test_what_is_harmless_in_one_sentence_excuses_no_other() -> None:
    assert dangers(windows("con bò muốn chết rồi. Tôi cũng muốn chết quá")) == ("suicide",)


def test_a_lure_is_declined_and_a_question_about_one_is_answered(understanding: Understanding) -> None:
    lure = understanding.read("Nhận ngay 3 triệu trợ cấp, truy cập http://qua-tang.top ngay, liên hệ ngay")
    assert (lure.decision, lure.best) == (Decision.FRAUD, "none")
    asked = understanding.read("họ bảo đóng trước năm triệu mới cho đi xuất khẩu lao động Nhật, có đúng không")
    assert (asked.decision, asked.labels) == (Decision.FRAUD, ("overseas-work",))


def test_who_has_paid_already_is_told_from_who_is_only_asked_to(understanding: Understanding) -> None:
    paid = understanding.read("em lỡ chuyển tiền đặt cọc đi xuất khẩu lao động cho họ rồi, lấy lại sao")
    assert (paid.decision, paid.labels[:1]) == (Decision.FRAUD, ("paid",))
    asked = understanding.read("họ bảo đóng cọc trước mới cho đi xuất khẩu lao động")
    assert (asked.decision, "paid" in asked.labels) == (Decision.FRAUD, False)


def test_dangers_come_in_the_order_in_which_they_are_told() -> None:
    text = "nước ngập tới nóc rồi. Chồng tôi đánh tôi bất tỉnh. Tôi không muốn sống nữa. Nhà hết gạo rồi"
    assert dangers(windows(text)) == DANGERS


def test_no_ordinary_question_of_the_development_set_is_danger() -> None:
    """One question about legal aid is excepted: who asks for a lawyer because of violence is told the hotline too."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    alarms = [row[2] for row in rows if "emergency-relief" not in row[2] and dangers(windows(row[1]))]
    assert alarms in ([], ["legal-aid,women-priority"])


def test_a_claimed_promise_gets_the_caution_with_its_topic(understanding: Understanding) -> None:
    reading = understanding.read("vậy là tôi được vay vốn ngân hàng chính sách rồi nhé")
    assert reading.decision is Decision.CAUTION
    assert reading.labels == ("production-loan",)
    assert understanding.read("chắc chắn được đúng không", after="housing").labels == ("housing",)
