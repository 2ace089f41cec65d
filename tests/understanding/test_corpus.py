"""The corpus: enough of it, of our own, in many hands, and a fault in it is told with its place."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.knowledge import Knowledge
from content.understanding.corpus import ACTIONS, Corpus, load_corpus, utterance_files
from content.understanding.reading import DANGERS, TALKS
from content.understanding.table import read_rows
from core.errors import ContentError
from core.text import fold

QUESTIONS = Path(__file__).parents[2] / "bench/understanding/questions-dev.tsv"
# Of what was asked for, each at least so often.
LEAST = {
    **{f"action:{action}": 60 for action in ACTIONS},
    **{f"danger:{kind}": 15 for kind in DANGERS},
    "fraud": 25,
    "caution": 25,
    "none": 800,
    "unclear": 100,
    **{f"smalltalk:{talk}": 10 for talk in TALKS},
}
PAIRS = (
    ("production-loan", "water-sanitation-loan"),
    ("production-loan", "student-loan"),
    ("production-loan", "job-loan"),
    ("clean-water", "water-sanitation-loan"),
    ("electricity", "social-allowance"),
    ("feedback", "household-review"),
    ("health-insurance", "medical-costs"),
    ("emergency-relief", "housing"),
    ("tuition", "study-costs"),
    ("newly-escaped", "escape-registration"),
    ("action:subscribe", "action:unsubscribe"),
)
MARKS = 512
ALIKE = 0.7  # of the trigrams of two texts together: more in common, and one is a copy of the other


@pytest.mark.thorough
def test_every_label_has_enough_examples(corpus: Corpus, knowledge: Knowledge) -> None:
    counts = Counter(one.label for one in corpus.utterances if one.manner != "english")
    least = {**dict.fromkeys(knowledge.content.topics, 60), **LEAST}
    assert {label: counts[label] for label in least if counts[label] < least[label]} == {}
    assert set(counts) == set(least)
    assert min(Counter(one.label for one in corpus.utterances if one.manner == "english").values()) >= 3


@pytest.mark.thorough
def test_the_corpus_is_written_in_many_hands_and_all_manners(corpus: Corpus, knowledge: Knowledge) -> None:
    manners: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    for one in corpus.utterances:
        people[one.label].add(one.who)
        manners[one.label].add(one.manner or "")
    for label in (*knowledge.content.topics, *(f"action:{action}" for action in ACTIONS)):
        assert len(people[label]) >= 25, label
        assert manners[label] >= {"standard", "no-diacritics", "typo", "teencode", "regional", "short", "story"}, label


@pytest.mark.thorough
def test_confusable_pairs_are_told_apart(corpus: Corpus) -> None:
    told = Counter(tuple(sorted((one.label, one.beside))) for one in corpus.utterances if one.beside is not None)
    assert {pair: told[tuple(sorted(pair))] for pair in PAIRS if told[tuple(sorted(pair))] < 30} == {}
    assert min(told.values()) >= 30


@pytest.mark.thorough
def test_follow_ups_have_their_turn_before(corpus: Corpus, knowledge: Knowledge) -> None:
    after = Counter(one.after for one in corpus.followups if one.after is not None)
    assert set(after) == set(knowledge.content.topics)
    assert sum(after.values()) >= 150
    stays = sum(one.leads is None for one in corpus.followups)
    assert 0.4 < stays / len(corpus.followups) < 0.8


def trigrams(text: str) -> frozenset[str]:
    framed = f" {fold(text)} "
    return frozenset(framed[at : at + 3] for at in range(len(framed) - 2))


def near(texts: list[frozenset[str]], others: list[frozenset[str]], most: float) -> Iterator[tuple[int, int]]:
    """Which text shares more than this of the trigrams of both with which other one."""
    ordered = sorted(range(len(others)), key=lambda number: len(others[number]))
    lengths = np.array([len(others[number]) for number in ordered])
    free = ~_marks([others[number] for number in ordered])
    rank = {number: at for at, number in enumerate(ordered)} if texts is others else {}  # each two only once
    for place, (mine, mask) in enumerate(zip(texts, _marks(texts), strict=True)):
        # What is much shorter or longer cannot have so much in common.
        low, high = np.searchsorted(lengths, (most * len(mine), len(mine) / most + 1))
        low = max(low, rank.get(place, -1) + 1)
        # Nor can what lacks many of its marks: each of them is a trigram that does not stand in both.
        at_most = len(mine) - np.bitwise_count(free[low:high] & mask).sum(axis=1, dtype=np.int64)
        for found in np.flatnonzero(at_most > most * (len(mine) + lengths[low:high] - at_most)).tolist():
            other = ordered[low + found]
            both = len(mine & others[other])
            if both > most * (len(mine) + len(others[other]) - both):
                yield place, other


def _marks(texts: list[frozenset[str]]) -> NDArray[np.uint64]:
    """A few hundred bits for each text: a trigram sets one, which others may share."""
    rows = bytearray()
    for text in texts:
        row = 0
        for trigram in text:
            row |= 1 << crc32(trigram.encode()) % MARKS
        rows += row.to_bytes(MARKS // 8, "little")
    return np.frombuffer(bytes(rows), np.uint64).reshape(len(texts), MARKS // 64)


@pytest.fixture(scope="module")
def shared(corpus: Corpus) -> dict[str, frozenset[str]]:
    """The trigrams of every example."""
    return {one.text: trigrams(one.text) for one in (*corpus.utterances, *corpus.followups)}


@pytest.mark.thorough
def test_no_example_is_half_a_development_question(shared: dict[str, frozenset[str]]) -> None:
    """Of all trigrams of an example and a question together, at most half stand in both.

    Counted against the example alone the measure would say nothing: written by different people about different
    topics, Vietnamese questions without marks hold 58 % of each other's trigrams (median of the nearest of 472).
    """
    questions = [trigrams(row.text) for row in read_rows("dev", QUESTIONS.read_bytes())]
    texts = list(shared)
    assert [texts[place] for place, _ in near(list(shared.values()), questions, 0.5)] == []


@pytest.mark.thorough
def test_no_two_examples_are_alike(corpus: Corpus, shared: dict[str, frozenset[str]]) -> None:
    texts = [one.text for one in corpus.utterances]
    read = [shared[text] for text in texts]
    assert [(texts[one], texts[other]) for one, other in near(read, read, ALIKE)] == []


@pytest.mark.thorough
def test_the_measure_finds_a_copy(corpus: Corpus) -> None:
    text = corpus.utterances[0].text
    assert list(near([trigrams(text.upper() + " ạ")], [trigrams(text)], 0.5)) == [(0, 0)]


def pack(folder: Path, text: str, name: str = "housing.yaml") -> Path:
    place = folder / "vn" / "utterances"
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> Corpus:
    return load_corpus(utterance_files([folder]), ["housing", "tuition"])


TOPIC = "topic: housing\nutterances:\n"
ROW = '  - {text: "nhà dột quá", who: "chị Ba"}\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{TOPIC}{ROW}  - {{text: hai, whom: x}}\n",
            r"vn/utterances/housing\.yaml:4: utterances\[1\]",
        ),
        (
            f"{TOPIC}{ROW}  - {{text: '?!', who: x}}\n",
            r"housing\.yaml:4: utterances\[1\]\.text: has no words",
        ),
        (
            f"{TOPIC}{ROW}  - {{text: NHA DOT QUA, who: x}}\n",
            r":4: .*the same words stand in .*yaml:3",
        ),
        (f"{TOPIC}  - {{text: một hai, who: x, register: loud}}\n", r":3: utterances\[0\]\.register"),
        (f"{TOPIC}  - {{text: một hai, who: x, also: [roofing]}}\n", r':3: .*also\[0\]: unknown label "roofing"'),
        (
            "groups:\n  - label: action:fly\n    utterances:\n    - {text: a, who: b}\n",
            r':2: groups\[0\]\.label: unknown label "action:fly"',
        ),
        (
            "pairs:\n  - pair: [housing, tuition]\n    utterances:\n    - {label: none, text: a b, who: b}\n",
            r':4: pairs\[0\]\.utterances\[0\]\.label: "none" is none of the pair -- housing or tuition',
        ),
        (
            "followups:\n  - {after: roofing, text: bao nhiêu, who: x, leads: stays}\n",
            r':2: followups\[0\]\.after: unknown label "roofing"',
        ),
        ("topic: Housing\nutterances: []\n", r"housing\.yaml:1: topic"),
        ("topic: roofing\nutterances:\n  - {text: a, who: b}\n", r'housing\.yaml:1: topic: unknown label "roofing"'),
        ("topic: housing\nutterances: [\n", r"housing\.yaml:\d+: broken YAML"),
        ("topic: housing\n", r"utterances: field required"),
    ],
)
def test_a_fault_names_file_line_and_field(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        read(pack(tmp_path, text))


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    folder = pack(tmp_path, f"{TOPIC}{ROW}")
    (folder / "vn/utterances/b.yaml").write_bytes(b"topic: housing\nutterances:\n  - {text: \xff, who: x}\n")
    with pytest.raises(ContentError, match=r"b\.yaml:3: is not UTF-8"):
        read(folder)


def test_a_later_folder_adds_files_and_replaces_those_of_the_same_name(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "own"
    pack(ours, f"{TOPIC}{ROW}")
    pack(ours, "topic: tuition\nutterances:\n  - {text: học phí, who: x}\n", "tuition.yaml")
    pack(own, f"{TOPIC}  - {{text: mái bay rồi, who: x}}\n")
    corpus = load_corpus(utterance_files([ours, own]))
    assert [one.text for one in corpus.utterances] == ["mái bay rồi", "học phí"]
