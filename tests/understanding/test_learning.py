"""What a model is measured by, and that a learnt row changes nothing but what it should."""

from dataclasses import replace
from pathlib import Path

import pytest

from content.loader import load_catalogue
from content.understanding import built
from content.understanding.corpus import Corpus, Utterance, load_corpus
from content.understanding.effect import changes, told
from content.understanding.learned import corpus_of, stands_as, with_row
from content.understanding.model import Measured, load
from content.understanding.reader import Reader
from content.understanding.training.heldback import part_of
from content.understanding.training.rows import rows_of
from core.errors import ContentError, StorageError
from tests.support.corpus import sample_packs
from tests.support.training import train_here

LEARNT = Utterance(label="bridge", text="ống tre bắc ngang suối hư rồi", who="learnt from use: 7")


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    train_here(monkeypatch)
    return sample_packs(tmp_path)


@pytest.fixture
def corpus(packs: Path) -> Corpus:
    return corpus_of([packs], sorted(load_catalogue(packs).topics))


@pytest.mark.thorough
def test_a_model_brings_its_figures_along(packs: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    model = built.trained([packs], path)
    kept = load(path)
    assert kept is not None and kept.measured == model.measured != Measured()
    assert (kept.measured.known, kept.measured.others) == (84, 21)
    for share in (kept.measured.right, kept.measured.declined):
        assert 0.5 < share <= 1
    assert kept.measured.refused <= 0.1


def test_a_learnt_row_is_held_back_and_leaves_the_others_where_they_are(corpus: Corpus) -> None:
    topics = ("bridge", "desk", "grain")
    before = part_of(rows_of(corpus, {}, topics)[0])
    more = replace(corpus, utterances=(LEARNT, *corpus.utterances))
    first, *others = part_of(rows_of(more, {}, topics)[0])
    assert others == before and first >= 0


@pytest.mark.thorough
def test_the_same_model_changes_nothing(packs: Path, corpus: Corpus, tmp_path: Path) -> None:
    reader = Reader(built.trained([packs], tmp_path / "model.npz"))
    assert changes(reader, reader, corpus) == []
    assert told(reader.read("cho tôi hỏi sửa cầu")) == "answer bridge"


def test_a_row_is_written_so_that_it_is_read_back(tmp_path: Path) -> None:
    path, content = tmp_path / "learned.yaml", b""
    said = ['"ngoặc" \\ và: #dấu', "{a: [b]}", "- gạch đầu dòng", "true", "2026-11-20", "nhiều\ndòng", "ký hiệu 🌾"]
    for number, text in enumerate(said):
        content = with_row(content, number=number, label="grain", text=text)
    path.write_bytes(content)
    assert [one.text for one in load_corpus([path]).utterances] == said


def test_what_stands_in_the_file_stays_as_it_is() -> None:
    before = "# của xã\ngroups:\n  - label: grain\n    utterances: [{text: thóc, who: ai đó}] # nhớ hỏi lại".encode()
    after = with_row(before, number=7, label="bridge", text="cầu")
    assert after.startswith(before + b"\n") and after.count(b"\n") == before.count(b"\n") + 4


def test_a_row_that_makes_the_file_wrong_is_told(tmp_path: Path) -> None:
    path = tmp_path / "learned.yaml"
    path.write_bytes(with_row(b"topic: grain\n", number=7, label="bridge", text="cầu"))
    with pytest.raises(ContentError, match=r"learned\.yaml"):
        load_corpus([path])


def test_words_that_stand_there_already(corpus: Corpus) -> None:
    assert stands_as(corpus, "CHO TOI HOI SUA CAU!") == "bridge"
    assert stands_as(corpus, LEARNT.text) is None


def test_a_model_that_cannot_be_kept_is_told(packs: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        built.adopt(tmp_path / "nothing.npz", [packs])
