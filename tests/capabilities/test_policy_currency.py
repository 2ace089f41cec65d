"""policy-currency: one line ends a document; every answer that rests on it is listed, and says so until mended."""

from pathlib import Path

import pytest

from tests.support.service import chungtay_here

DOCUMENT = "Quyết định 2553/QĐ-TTg"
ENDED = f'- {{document: "{DOCUMENT}", to: 2026-10-31, replaced_by: "Quyết định mẫu"}}\n'


def end(data_dir: Path) -> None:
    folder = data_dir / "packs" / "vn"
    folder.mkdir(parents=True)
    (folder / "documents.yaml").write_text(ENDED, "utf-8")


@pytest.mark.thorough
def test_every_answer_that_rests_on_it_is_in_the_review_list(tmp_path: Path) -> None:
    before = chungtay_here("content", "check", "--on", "2026-11-20", data_dir=tmp_path)
    end(tmp_path)
    after = chungtay_here("content", "check", "--on", "2026-11-20", data_dir=tmp_path)
    assert before.returncode == 0 and after.returncode == 1
    listed = set(after.stdout.splitlines()) - set(before.stdout.splitlines())
    for card in ("production-loan", "student-loan", "water-sanitation-loan"):
        assert any(f"vn/policies/{card}.yaml" in line for line in listed), card


def test_citizens_are_told_that_it_ended_and_hear_no_old_figure(tmp_path: Path) -> None:
    end(tmp_path)
    done = chungtay_here(
        "chat", "--locality", "dak-cam", data_dir=tmp_path, stdin="vay vốn làm ăn hộ nghèo lãi bao nhiêu\n"
    )
    assert done.returncode == 0, done.stderr
    assert "31/10/2026" in done.stdout
    assert "6,24%" not in done.stdout
    assert "Gặp cán bộ" in done.stdout


@pytest.mark.thorough
def test_a_name_that_no_card_knows_is_a_fault_with_the_nearest(tmp_path: Path) -> None:
    end(tmp_path)
    path = tmp_path / "packs" / "vn" / "documents.yaml"
    path.write_text(ENDED.replace("2553", "2535"), "utf-8")
    done = chungtay_here("content", "check", data_dir=tmp_path)
    assert done.returncode == 1
    assert "Quyết định 2535/QĐ-TTg" in done.stdout and f'write "{DOCUMENT}"' in done.stdout
    path.write_text(path.read_text("utf-8").replace("2535", "2553"), "utf-8")
    mended = chungtay_here("content", "check", "--on", "2026-11-20", data_dir=tmp_path)
    assert "vn/policies/production-loan.yaml" in mended.stdout and "2535" not in mended.stdout
