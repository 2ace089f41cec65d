"""The scorer counts what it says it counts."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCORER = Path(__file__).parents[2] / "bench/understanding/score.py"


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GOLD = "id\ttext\ttopics\tregister\tnote\n" + "".join(
    f"{row}\n"
    for row in (
        "D001\ta\thousing,electricity\tshort\t",
        "D002\tb\ttuition\tshort\t",
        "D003\tc\thousing,tuition\tmulti\t",
        "D004\td\tnone,action:menu\toos\t",
        "D005\te\taction:jobs\tshort\t",
        "D006\tf\thousing\tshort\tafter:housing",
    )
)
READINGS = (
    "id\tranked\tscore\nD001\telectricity\t2\nD002\tnone,tuition\t1\nD003\ttuition,legal-aid\t3\n"
    "D004\taction:menu\t-1\nD005\taction:jobs\t1\n"
)


def test_figures(score: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "gold.tsv").write_text(GOLD, encoding="utf-8")
    (tmp_path / "p.tsv").write_text(READINGS, encoding="utf-8")
    rows = score.read_table(tmp_path / "gold.tsv")
    result = score.evaluate(rows, score.read_predictions(tmp_path / "p.tsv"))
    assert result["tally"]["topic/all"] == [3, 2, 3]
    assert result["tally"]["action/all"] == [1, 1, 1]
    assert result["tally"]["out/all"] == [1, 1, 1]
    assert result["tally"]["follow-up/all"] == [1, 0, 0]
    assert result["refused"] == {"topic": [3, 1], "action": [1, 0]}
    assert result["coverage"] == 0.5
    assert result["absent"] == ["D006"]
    assert result["cut"] == {"at": 1.0, "topic_below": 0.0, "out_below": 1.0}


def test_halves_and_topics(
    score: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold.tsv").write_text(GOLD, encoding="utf-8")
    (tmp_path / "p.tsv").write_text(READINGS, encoding="utf-8")
    arguments = [
        "score",
        str(tmp_path / "p.tsv"),
        "--gold",
        str(tmp_path / "gold.tsv"),
        "--topics",
        "tuition",
        "--errors",
    ]
    monkeypatch.setattr("sys.argv", arguments)
    score.main()
    said = capsys.readouterr().out
    assert "== all: 1 rows" in said
    assert "== even ids: 1 rows" in said
    assert "odd ids" not in said
    assert "D002\t" not in said  # a miss of the half that is not read


def test_interval(score: ModuleType) -> None:
    low, high = score.wilson(90, 100)
    assert (round(low, 1), round(high, 1)) == (82.6, 94.5)
