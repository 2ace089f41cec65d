"""The corpus: enough of it, of our own, and a fault in it is told with its place."""

from collections import Counter
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.loader import PACKS_DIR
from content.understanding.corpus import ACTIONS, Corpus, load_corpus
from content.understanding.reading import DANGERS, TALKS
from content.understanding.table import read_rows
from core.errors import ContentError
from core.text import fold

QUESTIONS = Path(__file__).parents[2] / "bench/understanding/questions-dev.tsv"
MOST_ASKED = (
    *("poverty-standard", "household-review", "health-insurance", "tuition", "production-loan", "housing"),
    *("electricity", "legal-aid", "vocational-training", "contact"),
)


def test_every_label_has_enough_examples(corpus: Corpus, knowledge: Knowledge) -> None:
    counts = Counter(one.label for one in corpus)
    least = {
        **dict.fromkeys(knowledge.content.topics, 10),
        **dict.fromkeys(MOST_ASKED, 30),
        **{f"action:{action}": 12 for action in ACTIONS},
        **{f"danger:{kind}": 15 for kind in DANGERS},
        "fraud": 25,
        "caution": 25,
        "none": 120,
        **{f"smalltalk:{talk}": 10 for talk in TALKS},
        "followup": 30,
    }
    assert {label: counts[label] for label in least if counts[label] < least[label]} == {}
    assert set(counts) == set(least)


def test_the_corpus_is_written_in_many_hands(corpus: Corpus) -> None:
    for topic in MOST_ASKED:
        assert len({one.who for one in corpus if one.label == topic}) >= 8


def trigrams(text: str) -> frozenset[str]:
    framed = f" {fold(text)} "
    return frozenset(framed[at : at + 3] for at in range(len(framed) - 2))


def test_no_example_is_half_a_development_question(corpus: Corpus) -> None:
    """Of all trigrams of an example and a question together, at most half stand in both.

    Counted against the example alone the measure would say nothing: written by different people about different
    topics, Vietnamese questions without marks hold 58 % of each other's trigrams (median of the nearest of 472).
    """
    questions = [trigrams(row.text) for row in read_rows("dev", QUESTIONS.read_bytes())]
    asked_in: dict[str, list[int]] = {}
    for number, theirs in enumerate(questions):
        for trigram in theirs:
            asked_in.setdefault(trigram, []).append(number)
    near = []
    for one in corpus:
        mine = trigrams(one.text)
        shared = Counter(number for trigram in mine for number in asked_in.get(trigram, ()))
        if any(both / (len(mine) + len(questions[number]) - both) > 0.5 for number, both in shared.items()):
            near.append(one)
    assert near == []


def test_the_measure_finds_a_copy(corpus: Corpus) -> None:
    copied = trigrams(corpus[0].text.upper() + " ạ")
    assert len(copied & trigrams(corpus[0].text)) / len(copied | trigrams(corpus[0].text)) > 0.5


def pack(folder: Path, text: str, name: str = "housing.yaml") -> Path:
    place = folder / "vn" / "utterances"
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_text(text, encoding="utf-8")
    return place


TOPIC = "topic: housing\nutterances:\n"
ROW = '  - {text: "nhà dột quá", who: "chị Ba"}\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"topic: housing\nutterances:\n{ROW}  - {{text: hai, whom: x}}\n",
            r"vn/utterances/housing\.yaml:4: utterances\[1\]",
        ),
        (
            f"topic: housing\nutterances:\n{ROW}  - {{text: '?!', who: x}}\n",
            r"housing\.yaml:4: utterances\[1\]\.text: has no words",
        ),
        (
            f"topic: housing\nutterances:\n{ROW}  - {{text: NHA DOT QUA, who: x}}\n",
            r":4: .*the same words stand in vn/.*yaml:3",
        ),
        (
            "groups:\n  - label: nope\n    utterances:\n    - {text: a, who: b}\n",
            r':2: groups\[0\]\.label: unknown label "nope"',
        ),
        ("topic: Housing\nutterances: []\n", r"housing\.yaml:1: topic"),
        ("topic: housing\nutterances: [\n", r"housing\.yaml:\d+: broken YAML"),
        ("topic: housing\n", r"utterances: Field required"),
    ],
)
def test_a_fault_names_file_line_and_field(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        load_corpus([pack(tmp_path, text)])


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    folder = pack(tmp_path, f"topic: housing\nutterances:\n{ROW}")
    (folder / "b.yaml").write_bytes(b"topic: housing\nutterances:\n  - {text: \xff, who: x}\n")
    with pytest.raises(ContentError, match=r"b\.yaml:3: is not UTF-8"):
        load_corpus([folder])


def test_every_pack_of_the_folder_is_read() -> None:
    assert load_corpus(sorted(PACKS_DIR.glob("*/utterances")))
