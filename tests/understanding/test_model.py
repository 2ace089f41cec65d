"""The trained model: from the packs alone, the same each time, kept and found again, trained anew when they change."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from content.loader import PACKS_DIR
from content.understanding import Decision, built, load_understanding
from content.understanding.corpus import Corpus, Utterance
from content.understanding.features import blocks_of
from content.understanding.lexicon import Lexicon, lexicon_files, load_lexicon
from content.understanding.model import Model, load, save
from content.understanding.training.fit import fit
from content.understanding.training.rows import rows_of
from core.errors import ContentError, StorageError
from tests.support.corpus import sample_packs
from tests.support.training import train_here

pytestmark = pytest.mark.thorough

EVERY = 120  # of our utterances, those that a small pack keeps


@pytest.fixture(scope="session")
def small_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our packs with few utterances, trained in seconds."""
    folder = tmp_path_factory.mktemp("packs") / "packs"
    shutil.copytree(PACKS_DIR, folder, ignore=shutil.ignore_patterns(".models"))
    for path in folder.glob("*/utterances/*.yaml"):
        kept = list(_thinned(path.read_text(encoding="utf-8").splitlines()))
        path.write_text("\n".join(kept), encoding="utf-8")
    return folder


def _thinned(lines: list[str]) -> Iterator[str]:
    seen = 0
    for line in lines:
        if not line.strip().startswith("- {"):
            seen = 0  # another label begins: its first rows stay
        elif (seen := seen + 1) > 3 and seen % EVERY:
            continue
        yield line


@pytest.fixture(scope="session")
def kept(small_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the model of the small packs was kept, trained as the product does it."""
    folder = tmp_path_factory.mktemp("models")
    load_understanding([small_packs], folder)
    return folder


@pytest.fixture
def sample(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packs trained in a moment, for what is true of any packs."""
    train_here(monkeypatch)
    return sample_packs(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def sample_kept(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which their model was kept."""
    folder = tmp_path_factory.mktemp("models")
    load_understanding([sample], folder)
    return folder


@pytest.mark.thorough
def test_a_model_is_kept_and_found_again(small_packs: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "_train", pytest.fail)
    reading = load_understanding([small_packs], kept).read("bị mất thẻ bảo hiểm y tế thì làm lại ở đâu")
    assert (reading.decision, reading.best) == (Decision.ANSWER, "health-insurance")
    assert [path.suffix for path in kept.iterdir()] == [".npz"]


def test_a_new_word_of_the_ward_is_learnt(sample: Path, sample_kept: Path, tmp_path: Path) -> None:
    """A file laid over the packs is trained on: nothing old is used."""
    own = tmp_path / "own"
    place = own / "thi-mau/utterances"
    place.mkdir(parents=True)
    rows = "".join(
        f'  - {{text: "chòi vịt {word}", who: "bà Tư {word}"}}\n' for word in ("rách", "nghiêng", "tốc", "mục")
    )
    (place / "learned.yaml").write_text(f"topic: desk\nutterances:\n{rows}", encoding="utf-8")
    told: list[str] = []
    before = load_understanding([sample], sample_kept, lambda: told.append("kept")).read("chòi vịt")
    after = load_understanding([sample, own], tmp_path / "models", lambda: told.append("new")).read("chòi vịt")
    assert after.best == "desk" != before.best
    assert told == ["new"]  # whoever waits is told, nobody else
    assert built.fingerprint([sample]) != built.fingerprint([sample, own])


def test_a_broken_file_is_trained_anew_and_old_ones_go(sample: Path, sample_kept: Path, tmp_path: Path) -> None:
    name = next(sample_kept.iterdir()).name
    whole = (sample_kept / name).read_bytes()
    for broken in (b"", b"no model", whole[: len(whole) // 2]):
        (tmp_path / name).write_bytes(broken)
        assert load(tmp_path / name) is None
    for number in range(4):
        (tmp_path / f"old{number}.npz").write_bytes(b"x")
        os.utime(tmp_path / f"old{number}.npz", (number, number))
    load_understanding([sample], tmp_path)
    assert same(load(tmp_path / name), load(sample_kept / name))
    assert {path.name for path in tmp_path.iterdir()} == {name, "old3.npz"}  # of old ones the newest stays


@pytest.mark.thorough
def test_a_wrong_row_stops_the_training_with_its_place(small_packs: Path, tmp_path: Path) -> None:
    place = tmp_path / "own/vn/utterances"
    place.mkdir(parents=True)
    (place / "more.yaml").write_text("topic: roofing\nutterances:\n  - {text: a b, who: x}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r'vn/utterances/more\.yaml:1: topic: unknown label "roofing"'):
        load_understanding([small_packs, tmp_path / "own"], tmp_path / "models")


def test_a_folder_without_utterances(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, tmp_path / "packs", ignore=shutil.ignore_patterns("utterances"))
    with pytest.raises(ContentError, match="no utterances"):
        load_understanding([tmp_path / "packs"], tmp_path / "models")


def test_where_nothing_can_be_written_it_says_so(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match=r"file.*cannot be written"):
        load_understanding([sample], tmp_path / "file")


def trained(texts: dict[str, tuple[str, ...]], cards: dict[str, list[str]] | None = None) -> Model:
    """A model of a few texts."""
    said = tuple(
        Utterance(label=label, text=text, who=f"{label} {text}") for label, some in texts.items() for text in some
    )
    lexicon = Lexicon(typed={}, folded={})
    rows, columns = rows_of(Corpus(utterances=said), cards or {}, ["housing", "tuition"])
    read = blocks_of(lexicon)
    return fit(rows, columns, [read(row.folded, row.typed) for row in rows], lexicon)


def same(one: Model | None, other: Model | None) -> bool:
    """Whether two models hold the same, to the last bit."""
    assert one is not None and other is not None
    plain = (one.columns, one.vocabularies, one.calibration) == (other.columns, other.vocabularies, other.calibration)
    return plain and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("weights", "constants", "rarity")
    )


TEXTS = {
    "housing": ("nhà dột quá xin sửa", "nhà dột xin lợp mái", "sửa nhà dột"),
    "none": ("thời tiết mai thế nào", "mai thời tiết ra sao"),
}


def test_texts_of_the_cards_are_learnt() -> None:
    model = trained(TEXTS, {"tuition": ["Miễn, giảm học phí", "Học phí"]})
    decided = dict(zip(model.columns, model.decisions("giam hoc phi", "giảm học phí").tolist(), strict=True))
    assert decided["tuition"] > max(decided["housing"], decided["none"])


def test_a_saved_model_decides_the_same(tmp_path: Path) -> None:
    model = trained(TEXTS)
    save(model, tmp_path / "model.npz")
    again = load(tmp_path / "model.npz")
    assert again is not None and again.columns == model.columns and again.calibration == model.calibration
    for folded, typed in (("nha dot", "nhà dột"), ("", ""), ("gi do la", "gì đó lạ")):
        assert np.array_equal(again.decisions(folded, typed), model.decisions(folded, typed))


def test_training_does_not_hang_on_the_order_of_sets(sample: Path, sample_kept: Path) -> None:
    """Sets are walked in another order in each process: the weights must be the same to the last bit."""
    out = sample.parent / "another/m.npz"
    subprocess.run(
        [sys.executable, "-m", "content.understanding.training", "--out", str(out), str(sample)],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        cwd=PACKS_DIR.parents[1],
        check=True,
        capture_output=True,
    )
    assert same(load(next(sample_kept.iterdir())), load(out))


def lexicon_of(folder: Path, text: str) -> Lexicon:
    place = folder / "vn/lexicon"
    place.mkdir(parents=True)
    (place / "concepts.yaml").write_text(text, encoding="utf-8")
    return load_lexicon(lexicon_files([folder]))


def test_one_syllable_counts_with_its_marks_only(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, 'concepts:\n  animal: ["bò", "con heo", "wagyu~"]\n')
    assert lexicon.concepts("nuôi bò", "nuoi bo") == {"animal"}
    assert lexicon.concepts("bo mẹ", "bo me") == frozenset()
    assert lexicon.concepts("con heo", "con heo") == lexicon.concepts("wagyu", "wagyu") == {"animal"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("concepts:\n  animal: cow\n", r"vn/lexicon/concepts\.yaml:2: concepts\.animal"),
        ('concepts:\n  animal: ["bò", "?"]\n', r"concepts\.yaml:2: concepts\.animal\[1\]: has no words"),
        ("concept:\n  animal: [cow]\n", r"concepts\.yaml:1: "),
        ("concepts: [\n", "broken YAML"),
    ],
)
def test_a_fault_in_the_lexicon_names_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        lexicon_of(tmp_path, text)
